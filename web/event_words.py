"""An event of a case's log in words, the same on every desk."""

from dataclasses import dataclass
from typing import Any

from forms import Item, yuan
from services.cases.histories import Told
from services.law.chain import Event
from services.law.clock_words import stop_name
from services.law.commands import COMMANDS
from services.law.fee_words import REASONS
from services.law.rules import RULES
from web import recounted
from web.i18n import pick
from web.wording import CHANNELS, DOCUMENTS, OUTCOMES, STANDINGS, Words, step, w
from web.wording import event as kind_words

_MONEY = frozenset({"fee_ordered", "paid", "refund_ordered", "refund_failed", "refunded"})


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a history. `tone` is done, flag (a warning or yellow card), hold (the clock stops) or red."""

    title: Words
    detail: Words
    tone: str


def line(told: Told, item: Item) -> Line:
    """An event in words. Personal values are not in the log and so are not here."""
    event = told.event
    detail, behalf = _detail(event.kind, event.data, item), _behalf(event)
    if behalf:
        detail = w(*(f"{detail[lang]} · {behalf[lang]}".strip(" ·") for lang in ("zh", "en")))
    return Line(kind_words(event.kind), detail, _tone(event.kind, event.data))


def _behalf(event: Event) -> Words | None:
    """In what right somebody acted who is not the applicant; their name stands beside the event."""
    if "assistance" in event.data:
        return w("帮办员帮助填写", "filled in by a helper")
    if "guardian" in event.data:
        return w("监护人代为申请", "by the guardian")
    if "mandate" in event.data:
        return w("代办人按授权办理", "by an agent, as authorised")
    return None


_FLAGS = frozenset(
    {
        "warned",
        "deemed_accepted",
        "lapsed",
        "late_lapsed",
        "rectification_lapsed",
        "promise_revoked",
        "deemed_renewed",
        "refund_failed",
    }
)


def _tone(kind: str, data: dict[str, Any]) -> str:
    if kind == "card_raised":
        return "red" if data["severity"] == "red" else "flag"
    if kind in ("special_started", "hearing_requested", "suspended"):
        return "hold"
    return "flag" if kind in _FLAGS else "done"


def _detail(kind: str, data: dict[str, Any], item: Item) -> Words:
    if kind in ("warned", "card_raised"):
        rule = RULES[data["rule"]]
        return w(f"规则 {rule.code}：{rule.zh}", f"Rule {rule.code}: {rule.en}")
    if kind == "task_opened":
        return step(item, data["step"])
    if kind == "document_made":
        words = DOCUMENTS.get(data.get("kind", ""), w("", ""))
        return w(f"{words['zh']} {data.get('number', '')}", f"{words['en']} {data.get('number', '')}")
    if kind in ("prechecked", "later_checked", "reviewed"):
        name = COMMANDS[data["command"]].name
        said = data.get("note") or data.get("findings") or data.get("opinion") or ""
        return w(f"{name.zh}：{said}", f"{name.en}: {said}") if said else w(name.zh, name.en)
    if kind == "assigned":
        name, said = data["handler_name"], data.get("reason")
        return w(f"{name}：{said}", f"{name}: {said}") if said else w(name, name)
    if kind == "gaps_signed":
        names = [item.material(code).name for code in data["materials"]]
        return w("、".join(n.zh for n in names), ", ".join(n.en for n in names))
    if kind == "late_supplied":
        names = [item.material(paper["code"]).name for paper in data["papers"]]
        return _and(w("、".join(n.zh for n in names), ", ".join(n.en for n in names)), _stood_there(data))
    if kind == "recounted":
        return recounted.sentence(data, lambda code: step(item, code))
    if kind.startswith("licence_"):
        return w(data["number"], data["number"])
    if kind in _MONEY:
        return _money(data)
    if kind in ("order_linked", "order_answered"):
        return w(data["order"], data["order"])
    if kind == "upper_filed":
        return w(data["case"], data["case"])
    if kind == "order_closed":
        return OUTCOMES.get(data.get("outcome", ""), w("", ""))
    if kind in ("special_started", "suspended", "extended", "notice_published", "hearing_notified"):
        return _beside(kind, data)
    if kind == "opened":
        return w("", "")  # its title says it
    if kind in ("submitted", "registered"):
        return _and(CHANNELS.get(data.get("channel", ""), w("", "")), _stood_there(data))
    if kind == "revealed" and data.get("what") == "answers":
        return w("申请人到窗口补正，查看填写的内容", "What was filled in, to correct it with the applicant")
    # Of an order the channel is a sentence: where the caller has to go instead.
    texts = ("channel", "note") if kind == "order_declined" else ("reason", "opinion", "findings", "note")
    said = next((data[name] for name in texts if isinstance(data.get(name), str)), "")
    return _and(_stood_there(data), w(said, said))


def _stood_there(data: dict[str, Any]) -> Words:
    """By what right somebody acted at the counter; who it was is not in the log."""
    right = STANDINGS.get(data.get("standing", ""))
    return w(f"到窗口办理：{right['zh']}", f"At the counter: {right['en']}") if right else w("", "")


def _and(first: Words, second: Words) -> Words:
    parts = [words for words in (first, second) if words["zh"]]
    return w("；".join(w["zh"] for w in parts), "; ".join(w["en"] for w in parts))


def _beside(kind: str, data: dict[str, Any]) -> Words:
    """What a procedure beside the review is, on what basis, and until when (Licence Law arts 42, 45, 48)."""
    match kind:
        case "special_started":
            name, days = stop_name(data["kind"]), data["days"]
            return w(
                f"{name.zh}，{data['body']}，约 {days} 个工作日（{data['basis']}）",
                f"{name.en}, {data['body']}, about {days} working days ({data['basis']})",
            )
        case "suspended":
            until = data["expected_end"]
            return w(
                f"{data['reason']}（{data['basis']}），预计 {until} 恢复",
                f"{data['reason']} ({data['basis']}), expected to resume on {until}",
            )
        case "extended":
            return w(
                f"法定期限由 {data['due_before']} 延至 {data['due']}：{data['reason']}",
                f"Statutory limit moved from {data['due_before']} to {data['due']}: {data['reason']}",
            )
        case "notice_published":
            return w(f"至 {data['until']}（{data['basis']}）", f"Until {data['until']} ({data['basis']})")
    return w(
        f"{data['held_on']} {data['held_at']}，{data['place']}",
        f"{data['held_on']} {data['held_at']}, {data['place']}",
    )


def _money(data: dict[str, Any]) -> Words:
    """How much, and why it goes back if it does."""
    amount = f"{yuan(data['fen']):.2f}"
    why = REASONS.get(data.get("reason", ""))
    return w(f"{amount} 元{f'：{why.zh}' if why else ''}", f"CNY {amount}{f': {why.en}' if why else ''}")


def not_in_time(event: Event) -> Words:
    """What the applicant left undone, where the clock terminated the case."""
    if (event.task or "").startswith("payment"):
        return w("没有在期限内缴费", "Not paid in time")
    return w("没有在期限内补正", "Corrections were not supplied in time")


def asked(told: Told, item: Item, lang: str) -> str:
    """What a correction notice (补正告知书) asked for, line by line; empty for any other event."""
    if told.event.kind != "correction_requested":
        return ""
    names = {m.code: m.name for m in item.materials} | {f.name: f.label for f in item.fields}
    colon, semicolon = (": ", "; ") if lang == "en" else ("：", "；")
    return semicolon.join(
        f"{pick(names.get(d['code'], d['code']), lang)}{colon}{d['defect']}" for d in told.event.data["items"]
    )
