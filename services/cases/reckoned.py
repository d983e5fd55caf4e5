"""What an act's content owes to its case, clocks and calendar: checked, and written down with the act."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from services.cases.clocks import case_clocks
from services.cases.log import Case
from services.errors import Invalid, NotExpected
from services.house import House
from services.law import hearings
from services.law.clock import back, due, legal_date
from services.law.stays import HEARING, number_of
from services.law.wants import Span

EXTENSION = 10  # working days: Licence Law art. 42; once

Values = Mapping[str, Any]


def reckon(command: str, task: str, case: Case, house: House, values: Values) -> dict[str, Any]:
    """More values for the act's event. Raises NotExpected or Invalid if the clocks do not allow the act."""
    house = house.at_home(case.district)
    if command == "end_notice":
        return _end_notice(task, case, house)
    if command == "close_card":
        return _close_card(task, case)
    rule = _RULES.get(command)
    return rule(case, house, values) if rule else {}


def _ask(case: Case, house: House, values: Values) -> dict[str, Any]:
    """Art. 35: the upper level must not ask the applicant again for papers that the lower one sent up."""
    if {line["code"] for line in values["items"]} & set(case.state.sent_up):
        raise Invalid(
            {
                "items": {
                    "zh": "下级机关已经转报的材料，不得要求申请人重复提供",
                    "en": "Papers that the lower level sent up may not be asked for again",
                }
            }
        )
    return {}


def _extend(case: Case, house: House, values: Values) -> dict[str, Any]:
    """Art. 42: by the head (the task's role), before the limit ends, once, with the reason told."""
    clocks = case_clocks(case, house)
    if clocks is None or clocks.statutory is None:
        raise _no("这个办件没有法定办理期限，无从延长", "This case has no statutory limit to extend")
    if case.state.extension:
        raise _no("审批期限只能延长一次，已经延长过", "The limit may be extended once, and was")
    if clocks.statutory.at is None:
        raise _no("时限已停止计算，恢复后才能延长", "The clock stands still; extend when it runs again")
    if house.now() >= clocks.statutory.at:
        raise _no("法定期限已过，不能再延长", "The statutory limit has passed; it cannot be extended")
    item = house.items.get(case.item_code, case.item_version)
    longer = due(
        item.statutory, case.state.accepted_on, house.calendar,
        stops=clocks.statutory.terms.stops, extension=EXTENSION,
    )  # fmt: skip
    return {
        "days": EXTENSION,
        "due_before": _iso(clocks.statutory.on),
        "due": _iso(longer.on),
        "calendar": house.calendar.version,
    }


def _special(case: Case, house: House, values: Values) -> dict[str, Any]:
    """When it should be over: what the applicant is told (art. 45)."""
    by = due(Span(values["days"], "working_days"), house.now(), house.calendar)
    return {"expected_end": _iso(by.on)}


def _notify_hearing(case: Case, house: House, values: Values) -> dict[str, Any]:
    """Arts 47, 48(1): notice seven working days before, the hearing within twenty of its request."""
    today, held_on = legal_date(house.now()), date.fromisoformat(values["held_on"])
    if back(hearings.NOTICE_BEFORE, held_on, house.calendar) < today:
        raise Invalid(
            {
                "held_on": {
                    "zh": "听证通知须在举行七个工作日前送达，请选择更晚的日期",
                    "en": "Notice must be out seven working days before the hearing: choose a later day",
                }
            }
        )
    asked = [s for s in case.state.stays if s["kind"] == HEARING and s["end"] is None]
    last = due(hearings.WITHIN, date.fromisoformat(asked[-1]["start"]), house.calendar).on if asked else None
    if last and held_on > last:
        raise Invalid(
            {
                "held_on": {
                    "zh": f"听证应当在 {last:%Y-%m-%d} 前举行（提出申请之日起二十个工作日内）",
                    "en": f"The hearing must be held by {last:%Y-%m-%d}, twenty working days after its request",
                }
            }
        )
    return {}


def _record_hearing(case: Case, house: House, values: Values) -> dict[str, Any]:
    return _not_after_today(house, "held_on", date.fromisoformat(values["held_on"]))


def _site_check(case: Case, house: House, values: Values) -> dict[str, Any]:
    """Art. 34: the check belongs to this case's review: not before its acceptance, not in the future."""
    checked, accepted = date.fromisoformat(values["checked_on"]), case.state.accepted_on
    if accepted and checked < accepted:
        raise Invalid(
            {
                "checked_on": {
                    "zh": f"核查日期不能早于受理日期（{accepted:%Y-%m-%d}）",
                    "en": f"The check cannot be before acceptance ({accepted:%Y-%m-%d})",
                }
            }
        )
    return _not_after_today(house, "checked_on", checked)


def _later_check(case: Case, house: House, values: Values) -> dict[str, Any]:
    """What a promise is checked against is what was granted upon it."""
    checked, decided = date.fromisoformat(values["checked_on"]), case.state.decided_on
    if decided and checked < decided:
        raise Invalid(
            {
                "checked_on": {
                    "zh": f"事后核查日期不能早于决定日期（{decided:%Y-%m-%d}）",
                    "en": f"The check cannot be before the decision ({decided:%Y-%m-%d})",
                }
            }
        )
    return _not_after_today(house, "checked_on", checked)


def _order_rectification(case: Case, house: House, values: Values) -> dict[str, Any]:
    """With the day by which it must be put right."""
    promise = house.items.get(case.item_code, case.item_version).promise
    assert promise
    until = due(promise.rectification, house.now(), house.calendar).on
    return {**_later_check(case, house, values), "until": _iso(until), "calendar": house.calendar.version}


def _supply_late(case: Case, house: House, values: Values) -> dict[str, Any]:
    """容缺后补: of what was promised, and how many are still to come. Art. 31: nothing else is taken in."""
    came = {paper["code"] for paper in values["papers"]}
    if not came or not came <= set(case.state.gaps):
        raise Invalid(
            {"papers": {"zh": "请上传还没有补交的材料", "en": "Upload papers that are still to come"}}
        )
    return {"left": len(set(case.state.gaps) - came)}


def _suspend(case: Case, house: House, values: Values) -> dict[str, Any]:
    if date.fromisoformat(values["expected_end"]) <= legal_date(house.now()):
        raise Invalid(
            {"expected_end": {"zh": "预计恢复日期须在今天以后", "en": "The expected end must be after today"}}
        )
    return {}


def _publish(case: Case, house: House, values: Values) -> dict[str, Any]:
    return {"until": (legal_date(house.now()) + timedelta(days=values["days"])).isoformat()}


def _end_notice(task: str, case: Case, house: House) -> dict[str, Any]:
    """Rule P07: a notice is not over before its days are."""
    until = case.state.notices[number_of(task)]
    if legal_date(house.now()) <= date.fromisoformat(until):
        raise _no(f"公示期到 {until} 满，期满后才能结束", f"The notice runs to the end of {until}")
    return {}


def _close_card(task: str, case: Case) -> dict[str, Any]:
    if task.partition(":")[2] in case.state.appeals:
        raise _no(
            "这张牌正在申诉，复核以后才能销牌", "An appeal against this card is undecided; review it first"
        )
    return {}


def _not_after_today(house: House, name: str, day: date) -> dict[str, Any]:
    if day > legal_date(house.now()):
        raise Invalid({name: {"zh": "日期不能晚于今天", "en": "The date cannot be after today"}})
    return {}


def _no(zh: str, en: str) -> NotExpected:
    return NotExpected(zh, en, expected=[])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


_RULES: dict[str, Callable[[Case, House, Values], dict[str, Any]]] = {
    "request_correction": _ask,
    "extend": _extend,
    "start_special": _special,
    "publish_notice": _publish,
    "notify_hearing": _notify_hearing,
    "record_hearing": _record_hearing,
    "record_site_check": _site_check,
    "suspend": _suspend,
    "supply_late": _supply_late,
    "confirm_kept": _later_check,
    "order_rectification": _order_rectification,
    "find_broken": _later_check,
}
