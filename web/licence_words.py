"""A licence in plain words, the same on every desk: how it stands, how long it runs, what became of it."""

from datetime import date
from typing import Any

from forms import Text
from services.house import House
from services.law.clock import legal_date
from services.law.licences import State, Turn
from services.licences.acting import acts_for
from services.licences.library import own_identifier
from services.licences.register import Licence
from web.formats import MONTHS_EN

Words = dict[str, str]

STATES = {
    State.VALID: {"zh": "有效", "en": "Valid"},
    State.EXPIRED: {"zh": "已过期", "en": "Expired"},
    State.CANCELLED: {"zh": "已注销", "en": "Struck off"},
    State.REVOKED: {"zh": "已撤销", "en": "Revoked"},
    State.REPLACED: {"zh": "已换发新证", "en": "Replaced by a new licence"},
}
TURNS = {
    Turn.ISSUED: {"zh": "核发", "en": "Issued"},
    Turn.RENEWED: {"zh": "延续", "en": "Renewed"},
    Turn.AMENDED: {"zh": "变更", "en": "Changed"},
    Turn.REISSUED: {"zh": "补发", "en": "Issued again"},
    Turn.EXPIRED: {"zh": "届满", "en": "Ended with its term"},
    Turn.CANCELLED: {"zh": "注销", "en": "Struck off"},
    Turn.REVOKED: {"zh": "撤销", "en": "Revoked"},
    Turn.REPLACED: {"zh": "换发新证", "en": "Replaced by a new licence"},
}
_NEAR = 90  # days: as the first reminder


def told(house: House, row: Any) -> dict[str, Any]:
    """A row of services.licences.queries as pages draw it."""
    licence, today = Licence.of(row), legal_date(house.now())
    # Past its last day and not yet in the register: what silence has renewed goes on.
    state = licence.standing.state if row["renewing"] else licence.standing.on(today)
    item = house.items.get(row["item_code"])
    return {
        "row": row,
        "number": licence.number,
        "identifier": own_identifier(house, licence.item_code, licence.number, licence.standing.version),
        "name": item.result.name if item.result else item.name,
        "state": STATES[state],
        "lamp": _lamp(licence, state, today),
        "validity": _validity(licence, state, today),
        "acts": [_act(act) for act in acts_for(house, licence)],
    }


def history_steps(rows: list[Any], case_address: str = "") -> list[dict[str, Any]]:
    """For the timeline; the last state stands out where the licence has ended."""
    return [
        {
            "title": TURNS[Turn(r["turn"])],
            "when": {"zh": _zh(r["on_day"]), "en": _en(r["on_day"])},
            "note": _until(r["valid_until"]) if r["state"] == State.VALID else STATES[State(r["state"])],
            "state": "done" if r["state"] == State.VALID else "flag",
            "links": [{"href": f"{case_address}{r['case_no']}", "label": r["title"]}] if case_address else [],
        }
        for r in rows
    ]


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _en(day: date) -> str:
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def _lamp(licence: Licence, state: State, today: date) -> str:
    until = licence.standing.until
    if state is not State.VALID:
        return "over"
    return "near" if until and (until - today).days <= _NEAR else "ok"


def _validity(licence: Licence, state: State, today: date) -> Words:
    until = licence.standing.until
    if state is State.EXPIRED:
        return {
            "zh": f"已于 {until} 届满，不能再使用",
            "en": f"Ended on {until}; it may not be used any more",
        }
    if state is not State.VALID:
        return {"zh": "不能再使用", "en": "It may not be used any more"}
    if until is None:
        return {"zh": "长期有效", "en": "Without an end"}
    left = (until - today).days
    if left < 0:
        return {"zh": "延续申请正在登记，继续有效", "en": "Its renewal is being registered; it goes on"}
    if left == 0:
        return {"zh": "今天是最后一天，24 时届满", "en": "Today is its last day"}
    if left <= _NEAR:
        return {
            "zh": f"有效期至{_zh(until)}，还有 {left} 天",
            "en": f"Valid until {_en(until)}: {left} days left",
        }
    return _until(until)


def _until(until: date | None) -> Words:
    if until is None:
        return {"zh": "长期有效", "en": "Without an end"}
    return {"zh": f"有效期至{_zh(until)}", "en": f"Valid until {_en(until)}"}


def _act(act: Any) -> dict[str, Any]:
    note = None
    if act.opens:
        note = Text(zh=f"{_zh(act.opens)}起可以申请", en=f"from {_en(act.opens)} on")
    elif act.late and act.item.acts_on.window.late == "as_new":
        note = Text(zh="已超过延续的时间，将按新办处理", en="too late to renew: handled as a new application")
    elif act.late:
        note = Text(zh="已超过延续的时间，将不予受理", en="too late to renew: it will be declined")
    elif act.closes:
        note = Text(zh=f"请在{_zh(act.closes)}前（含当日）申请", en=f"apply by {_en(act.closes)}")
    return {
        "item": act.item,
        "code": act.item.code,
        "as": act.item.acts_on.as_,
        "ready": act.opens is None,
        "note": note,
    }


ACTS = {
    "renewal": {"zh": "延续", "en": "Renew"},
    "change": {"zh": "变更", "en": "Change"},
    "replacement": {"zh": "补办", "en": "Replace"},
    "cancellation": {"zh": "注销", "en": "Cancel"},
    "revocation": {"zh": "撤销", "en": "Revoke"},
}
