"""经过: a case's log in words, and what it waits for now."""

from typing import Any

from services.cases.histories import Told
from services.law.masking import mask_name
from services.law.roles import Role
from services.law.rules import RULES
from web import event_words, wording
from web.formats import moment, signed
from web.i18n import current_language, in_language, leave, pick, translate
from web.lamps import by
from web.parts import Step
from web.window.bench import Bench

_OF_CARDS = {"card": "销牌（%(rule)s）", "appeal": "申诉（%(rule)s）", "card_review": "复核申诉（%(rule)s）"}
_SILENCE = {
    "terminated": {"zh": "到期不缴费，终止办理", "en": "Without payment by then the case ends"},
    "appeal_lapsed": {"zh": "到期不申诉，牌即成立", "en": "Without an appeal by then the card stands"},
    "plea_waived": {
        "zh": "到期不陈述、申辩，视为没有意见",
        "en": "Without a statement by then there is none",
    },
    "deemed_accepted": {"zh": "到期不告知，即视为受理", "en": "Silence until then is acceptance"},
    "lapsed": {"zh": "到期不补正，终止办理", "en": "Without corrections by then the case ends"},
    "hearing_waived": {"zh": "到期不要求，视为不要求听证", "en": "Silence until then: no hearing is wanted"},
    "rating_lapsed": {"zh": "到期不评价，自动归档", "en": "Without a rating by then it is archived"},
}


def story(bench: Bench, lang: str) -> list[Step]:
    """Steps for the timeline, oldest first, the open ones last."""
    token = in_language(lang)
    try:
        past = [_past(told, bench, lang) for told in bench.told if told.event.kind != "task_opened"]
        return past + [_now(row, bench, lang) for row in bench.reader.page.tasks if not _idle(row)]
    finally:
        leave(token)


def _past(told: Told, bench: Bench, lang: str) -> Step:
    line = event_words.line(told, bench.item)
    return Step(
        line.title,
        f"{moment(told.event.at)} {_name(told, bench)}",
        event_words.asked(told, bench.item, lang) or line.detail,
        line.tone,
    )


def _name(told: Told, bench: Bench) -> str:
    """Staff sign with their names; a citizen's is shown as far as this reader may see it."""
    if told.taken_down:
        return translate(current_language(), "申请人，%(clerk)s窗口代办", clerk=told.actor_name)
    if told.event.role != Role.APPLICANT.value:
        return signed(told.actor_name)
    if bench.case.kind == "order":
        return ""
    return told.actor_name if bench.reader.personal else mask_name(told.actor_name)


def _idle(row: Any) -> bool:
    """An offer that waits for nobody: the applicant may always withdraw, the head extend."""
    return row["step"] == "withdrawal" or row["standing"]


def _now(row: Any, bench: Bench, lang: str) -> Step:
    who = translate(lang, "申请人") if row["role"] == Role.APPLICANT else row["claimed_name"] or ""
    until = translate(lang, "%(time)s 前", time=pick(by(row["due_at"]), lang)) if row["due_at"] else ""
    return Step(
        translate(lang, "等待：%(step)s", step=_step(row, bench, lang)),
        " ".join(filter(None, (until, who))),
        _SILENCE.get(row["silence"], ""),
        "now",
    )


def _step(row: Any, bench: Bench, lang: str) -> str:
    if row["step"] not in _OF_CARDS:
        return pick(wording.step(bench.item, row["step"]), lang)
    rule = RULES.get(row["key"].split(":")[1])
    return translate(
        lang, _OF_CARDS[row["step"]], rule=pick({"zh": rule.zh, "en": rule.en}, lang) if rule else ""
    )
