"""Where a prefilled value comes from, and what a register did not answer, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from forms import Text
from services.drafts import Draft
from services.registries.words import register_words
from web.i18n import N_

_OURS = Text(zh="取自您登记的信息", en="From what you registered")
_EARLIER = Text(zh="取自您上次申请", en="From your last application")
_LICENCE = Text(zh="取自您的证照", en="From your licence")
_CHANGE = Text(zh="，请核对，可以修改。", en=": check it, change it if needed.")


def source_of(draft: Draft, name: str) -> Text | None:
    """ "取自人口库 2026-11-25", as long as the value is the one that was filled in; None for what was typed."""
    if name not in draft.prefilled or draft.raw.get(name) != draft.prefilled[name]:
        return None
    told = draft.sources.get(name, {})
    day = f" {told['on']}" if told.get("on") else ""
    match told.get("source"):
        case "register":
            words = register_words(told["query"])
            return Text(zh=f"取自{words['zh']}{day}", en=f"From {words['en']}{day}")
        case "earlier":
            return Text(zh=_EARLIER.zh + day, en=_EARLIER.en + day)
        case "licence":
            return _LICENCE
    return _OURS


def source_hint(draft: Draft, name: str) -> Text | None:
    """The same beside the field, where it can be changed at once."""
    source = source_of(draft, name)
    return source and Text(zh=source.zh + _CHANGE.zh, en=source.en + _CHANGE.en)


@dataclass(frozen=True, slots=True)
class Silence:
    """Registers that did not stand for what was asked of them, and what the applicant can do about it."""

    how: str
    registers: Text
    on: str = ""

    @property
    def words(self) -> str:
        """A msgid with %(registers)s and %(on)s in it."""
        return _WORDS[self.how]


_WORDS = {
    "down": N_("%(registers)s暂时连不上。没有取到的内容请自己填写，证明可以自己上传；也可以稍后再取一次。"),
    "unknown": N_("%(registers)s没有查到申请人的记录。请自己填写，证明可以自己上传。"),
    "declined": N_("%(registers)s没有提供数据。请自己填写，证明可以自己上传。"),
    "stale": N_("%(registers)s的数据只到 %(on)s，太旧，没有取用。请自己填写，证明可以自己上传。"),
}


def silences(draft: Draft) -> list[Silence]:
    """One sentence for each way of not answering, whatever the number of questions."""
    found: dict[tuple[str, str], list[str]] = {}
    for query, told in draft.asked.items():
        if query != "earlier" and told["how"] in _WORDS:
            on = told.get("on", "") if told["how"] == "stale" else ""
            found.setdefault((told["how"], on), []).append(query)
    return [Silence(how, _listed(queries), on) for (how, on), queries in found.items()]


def _listed(queries: Iterable[str]) -> Text:
    words = list({w["zh"]: w for w in map(register_words, queries)}.values())
    return Text(zh="、".join(w["zh"] for w in words), en=" and ".join(w["en"] for w in words))
