"""Decisions about a licence that is there already: renewed, changed, issued again, struck off, revoked; and the notices
before them. Licence Law arts 49, 50, 69, 70.
"""

from datetime import date
from typing import Any

from forms.documents.press import chinese_date
from services.cases.histories import Told
from services.documents.story import Story
from services.documents.words import choice_words, item_basis
from services.law.licences import State

Facts = dict[str, Any]
_LAW = "《中华人民共和国行政许可法》"
_STATES = {
    State.VALID: "有效",
    State.EXPIRED: "过期",
    State.CANCELLED: "注销",
    State.REVOKED: "撤销",
    State.REPLACED: "换发",
}


def renewal_grant(story: Story, told: Told) -> Facts:
    """Art. 50. Silence renews too, and then this says so."""
    acts = story.page.case.state.licence
    if told.event.kind == "deemed_renewed":
        opening = f"你（单位）在有效期届满前提出延续申请，本机关未在届满前作出决定。依照{_LAW}第五十条第二款的规定，视为准予延续。"
    elif acts["in_time"]:
        opening = f"你（单位）的延续申请，经审查符合条件，依照{item_basis(story.item)}的规定，决定准予延续。"
    else:
        opening = "你（单位）的延续申请超过了规定的时间，本机关按照新的申请办理。经审查符合条件，决定准予许可，核发新证，原证作废。"
    return _decided(story, opening, ("原届满日期", _day(acts["until"])))


def change_grant(story: Story, told: Told) -> Facts:
    """Art. 49."""
    changed = story.answers.get("what_changes")
    facts = _decided(
        story,
        f"你（单位）的变更申请，经审查符合条件，依照{item_basis(story.item)}的规定，决定准予变更，换发新证。",
    )
    return facts | {"passages": _passages(("变更内容", changed if isinstance(changed, str) else None))}


def replacement_grant(story: Story, told: Told) -> Facts:
    return _decided(
        story, "你（单位）的补办申请，经审查属实，决定补发。原证自补发之日起作废，找到后请交回本机关。"
    )


def striking_off(story: Story, told: Told) -> Facts:
    """Art. 70: asked for by the holder, or by the department's own motion; then it can be fought."""
    rows = _about(story)
    after = "自本决定作出之日起，该许可不再有效；请将证件交回本机关。"
    if told.event.kind == "granted":
        opening = f"根据你（单位）的申请，依照{_LAW}第七十条的规定，决定注销下列许可："
        return {"opening": opening, "rows": rows, "passages": _passages(("注销之后", after))}
    said = story.values(told.event)
    return {
        "opening": f"依照{_LAW}第七十条的规定，本机关决定注销下列许可：",
        "rows": (*rows, {"label": "注销情形", "value": choice_words("strike_off", "ground", said["ground"])}),
        "passages": _passages(("理由", said["reason"]), ("注销之后", after)),
        **_remedies(story),
    }


def revocation(story: Story, told: Told) -> Facts:
    """Art. 69: facts, reasons, basis, what the holder said, and how to fight it."""
    said = story.values(told.event)
    fraud = said["ground"] == "fraud" and story.main.safety
    return {
        "opening": f"依照{_LAW}第六十九条的规定，本机关决定撤销下列许可：",
        "rows": (
            *_about(story),
            {"label": "撤销情形", "value": choice_words("revoke", "ground", said["ground"])},
        ),
        "passages": _passages(
            ("事实", said["facts_found"]),
            ("理由", said["reason"]),
            ("依据", said["basis"]),
            ("你（单位）的陈述和申辩", _plea(story)),
            (
                "撤销之后",
                "该许可自本决定作出之日起不再有效，并依照第七十条第四项办理注销手续；请将证件交回本机关。"
                + (f"依照{_LAW}第七十九条的规定，三年内不得再次申请该许可。" if fraud else ""),
            ),
        ),
        **_remedies(story),
    }


def plea_notice(story: Story, told: Told) -> Facts:
    """Art. 7: the right to state one's case and to defend oneself, before anything is decided."""
    said = story.values(told.event)
    return {
        "opening": "本机关拟撤销下列许可。作出决定之前，现将有关事实、理由、依据和你（单位）的权利告知如下：",
        "rows": _about(story),
        "passages": _passages(
            ("初步查明的事实", said["facts_found"]),
            ("理由", said["reason"]),
            ("依据", said["basis"]),
            (
                "你（单位）的权利",
                f"依照{_LAW}第七条的规定，你（单位）有权陈述、申辩。请自收到本告知书之日起五个工作日内提出，可以在“我的办件”中"
                "提出，也可以到窗口提出；逾期未提出的，视为没有意见。",
            ),
        ),
    }


def no_measure(story: Story, told: Told) -> Facts:
    return {
        "opening": "本机关对下列许可进行了审查，决定不作处理，该许可继续有效。",
        "rows": _about(story),
        "passages": _passages(("理由", story.values(told.event)["reason"])),
    }


def _decided(story: Story, opening: str, *more: tuple[str, str]) -> Facts:
    """With the licence as it now is; if another case was faster, as that one left it."""
    if story.licence is None:
        assert story.about
        state = _STATES[State(story.about["state"])]
        opening += f"作出决定时，该许可已经{state}，本决定不再改变其状态。"
    return {"opening": opening, "rows": (*_about(story), *_rows(*more), *_rows(*_term(story)))}


def _about(story: Story) -> tuple[dict[str, str], ...]:
    about = story.licence or story.about
    assert about
    result = story.main.result
    return _rows(
        ("证件名称", result.name.zh if result else story.main.name.zh), ("证件编号", about["number"])
    )


def _term(story: Story) -> list[tuple[str, str]]:
    until = story.licence["valid_until"] if story.licence else None
    return [("有效期至", chinese_date(until))] if until else []


def _plea(story: Story) -> str:
    said = [story.values(t.event)["statement"] for t in story.told if t.event.kind == "pleaded"]
    return "\n".join(said) if said else "你（单位）没有陈述、申辩。"


def _remedies(story: Story) -> Facts:
    remedies = story.item.remedies
    return {"reconsideration_body": remedies.reconsideration.zh, "court": remedies.court.zh}


def _day(iso: str) -> str:
    return chinese_date(date.fromisoformat(iso))


def _rows(*rows: tuple[str, str]) -> tuple[dict[str, str], ...]:
    return tuple({"label": label, "value": value} for label, value in rows)


def _passages(*passages: tuple[str, str | None]) -> tuple[dict[str, str], ...]:
    return tuple({"heading": heading, "text": text} for heading, text in passages if text)


LICENCE_NOTICES = {
    "renewal_grant": renewal_grant,
    "change_grant": change_grant,
    "replacement_grant": replacement_grant,
    "striking_off": striking_off,
    "revocation": revocation,
    "plea_notice": plea_notice,
    "no_measure": no_measure,
}
