"""The lines of a correction notice (补正告知书): every material and every answer, each to tick, to blame, to mend.

Licence Law art. 32(4): everything that is to be corrected is told at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms import applies
from web.i18n import pick
from web.window.bench import Bench
from web.window.materials import checklist

# The usual defects, offered while typing; anything else can be written.
REASONS = (
    {"zh": "没有提供", "en": "Not provided"},
    {"zh": "内容不完整", "en": "Incomplete"},
    {"zh": "不清晰，无法辨认", "en": "Not legible"},
    {"zh": "没有签名或盖章", "en": "Not signed or sealed"},
    {"zh": "已过有效期", "en": "Out of date"},
    {"zh": "与申请内容不一致", "en": "Does not match the application"},
)
_NO_WORDS = {"zh": "请写明“{name}”的问题", "en": "Say what is wrong with “{name}”"}
_NO_TICK = {"zh": "请勾选需要补正的材料或内容", "en": "Tick what must be corrected"}


@dataclass(frozen=True, slots=True)
class Thing:
    """One line as drawn: what was ticked and typed stays."""

    code: str
    name: Any
    hint: Any
    ticked: bool
    defect: str
    fix: str
    found_right: bool = False  # 已核对: ticked on the workbench, where a tick means that


@dataclass(frozen=True, slots=True)
class Things:
    materials: list[Thing]
    fields: list[Thing]

    @property
    def ticked(self) -> list[Thing]:
        return [thing for thing in self.materials + self.fields if thing.ticked]


def offered(bench: Bench, ok: list[str], lang: str) -> Things:
    """The page as first opened: what is missing is ticked; so is what was not found right, once anything was."""
    lines = checklist(bench)
    materials = []
    for line in lines:
        missing = line.light == "near"
        reason = pick(REASONS[0], lang) if missing else line.asked
        fix = pick(line.standard, lang)
        materials.append(
            Thing(
                line.code,
                line.name,
                line.standard,
                missing or (bool(ok) and line.code not in ok),
                reason,
                fix,
                line.code in ok,
            )
        )
    return Things(materials, [Thing(f.name, f.label, f.help or "", False, "", "") for f in _fields(bench)])


def typed(bench: Bench, form: Mapping[str, list[str]]) -> Things:
    """The page as it came back."""
    ticked, ok = set(form.get("tick", [])), form.get("ok", [])

    def thing(code: str, name: Any, hint: Any) -> Thing:
        words = [" ".join(form.get(f"{part}-{code}", [""])[0].split()) for part in ("defect", "fix")]
        return Thing(code, name, hint, code in ticked, *words, found_right=code in ok)

    return Things(
        [thing(line.code, line.name, line.standard) for line in checklist(bench)],
        [thing(f.name, f.label, f.help or "") for f in _fields(bench)],
    )


def lines(things: Things) -> list[dict[str, str]]:
    """As the door takes them."""
    return [{"code": t.code, "defect": t.defect, "fix": t.fix} for t in things.ticked]


def problems(things: Things) -> dict[str, dict[str, str]]:
    """By field of the page, so that the error summary leads to the very line."""
    if not things.ticked:
        return {"items": _NO_TICK}
    return {
        f"defect-{t.code}": {
            lang: sentence.format(name=pick(t.name, lang)) for lang, sentence in _NO_WORDS.items()
        }
        for t in things.ticked
        if not t.defect
    }


def _fields(bench: Bench) -> list:
    return [f for f in bench.item.fields if applies(f.when, bench.answers)]
