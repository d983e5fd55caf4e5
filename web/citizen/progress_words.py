"""The first sentence of a progress page: where is it, by when will I know, must I do anything."""

from dataclasses import dataclass
from datetime import date

from services.law.clock_words import amount, stop_name
from services.law.fees import owes
from services.law.stages import Stage
from web import event_words, wording
from web.citizen.progress_steps import not_supplied
from web.citizen.progress_view import View, office
from web.formats import day, t
from web.i18n import current_language
from web.i18n import gettext as _

_UNITS = {"working_days": "working", "calendar_days": "calendar", "months": "calendar"}


@dataclass(frozen=True, slots=True)
class Lead:
    """In the language of the page being drawn. `lamp` is a (kind, words) that stands in for a light."""

    sentence: str
    todo: str
    due_on: date | None = None
    left: int | None = None
    unit: str = "working"
    lamp: tuple[str, str] | None = None


def lead(view: View) -> Lead:
    tells = {"order": _order, "official": _official}.get(view.case.kind, _application)
    sentence = tells(view)
    clock = view.clock
    if clock is None or clock.main.terms.unit not in _UNITS:
        ended = view.row["finished"]
        words = wording.stage(view.case.state.stage.value)
        return Lead(sentence, _todo(view), lamp=("done" if ended else "", t(words)))
    unit = _UNITS[clock.main.terms.unit]
    if clock.stopped:
        return Lead(sentence, _todo(view), lamp=("stop", _("时限暂停")))
    return Lead(sentence, _todo(view), clock.main.on, clock.left(view.now), unit)


def _official(view: View) -> str:
    """A case that the department opened about a licence: the reader holds it and asked for nothing."""
    match view.case.state.outcome:
        case "revoked":
            return _("决定：撤销许可。不服的，可以申请复议或者提起诉讼，见决定书。")
        case "struck_off":
            return _("决定：注销许可。不服的，可以申请复议或者提起诉讼，见决定书。")
        case "left":
            return _("决定：不作处理，许可继续有效。")
        case "":
            return _("%(unit)s正在依职权审查这张证照，还没有决定。", unit=t(view.item.department_name))
    return t(wording.stage(view.case.state.stage.value))


def _todo(view: View) -> str:
    if "request_hearing" in view.commands:
        asked = next(t for t in view.tasks if "request_hearing" in t["commands"])
        return _("请您在 %(day)s以前告诉我们是否要求听证", day=day(asked["due_on"]))
    if "supply_late" in view.commands:
        return _("请您补交材料")
    if "report_rectified" in view.commands:
        return _("请您按通知整改")
    if "plead" in view.commands:
        return _("您可以陈述、申辩")
    if view.case.state.stage is Stage.CORRECTING:
        return _("请您补正") if view.full else _("请申请人登录后补正")
    if any(task["step"] == "payment" for task in view.tasks):
        return _("请您缴费") if view.full else _("请申请人登录后缴费")
    if view.last("rated") and not view.last("rating_answered") and _bad(view):
        return _("您不满意的地方，承办单位会联系您并答复；您现在不需要做什么")
    if "rate" in view.commands:
        return _("您现在不需要做什么；愿意的话，请评价这次办事")
    return _("您现在不需要做什么")


def _bad(view: View) -> bool:
    rated = view.last("rated")
    return bool(rated) and str(rated.event.data["score"]) in ("1", "2")


def _by(view: View) -> str:
    clock = view.clock
    return day(clock.main.on) if clock else ""


def _application(view: View) -> str:
    state, by = view.case.state, _by(view)
    match state.stage:
        case Stage.RECEIVED if state.round > 1:
            return _("已收到您补正后的申请，正在核对材料。最晚 %(day)s告诉您是否受理。", day=by)
        case Stage.RECEIVED:
            return _("已收到您的申请，正在核对材料。最晚 %(day)s告诉您是否受理。", day=by)
        case Stage.CORRECTING:
            asked = view.last("correction_requested")
            n = len(asked.event.data.get("items", ())) if asked else 0
            return _("有 %(n)s 处需要补正，最晚 %(day)s提交。", n=n, day=by)
        case Stage.ACCEPTED | Stage.IN_REVIEW:
            return _in_review(view)
        case Stage.DECIDED_GRANT | Stage.DECIDED_REFUSE | Stage.DELIVERING:
            return _decided(view, by)
        case Stage.FORWARDED:
            return _forwarded()
    return _ended(view)


def _in_review(view: View) -> str:
    clock, duty = view.clock, view.duty()
    accepted = _("逾期没有告知，依法视为已受理") if view.case.state.accepted_how == "silence" else _("已受理")
    step = t(wording.step(view.item, duty["step"])) if duty else _("审查")
    by = _by(view)
    if clock and clock.stopped:
        last = view.case.state.stays[-1]
        return _(
            "%(accepted)s。%(name)s期间时限暂停，还剩 %(left)s，结束后继续计算。",
            accepted=accepted,
            name=t(stop_name(last["kind"])),
            left=amount(clock.left(view.now), clock.main.terms.unit, current_language()),
        )
    if clock and clock.left(view.now) < 0:
        late = _("%(accepted)s，正在%(step)s。已经超过承诺的 %(day)s，效能监督部门正在督办。",
                 accepted=accepted, step=step, day=by)  # fmt: skip
        if clock.statutory and clock.promised:
            return late + _("法定期限是 %(day)s。", day=day(clock.statutory.on))
        return late
    if view.case.state.gaps and not view.case.state.gaps_lapsed:
        return _(
            "%(accepted)s，正在%(step)s。材料补齐后作出决定，最晚 %(day)s。",
            accepted=accepted,
            step=step,
            day=by,
        )
    return _("%(accepted)s，正在%(step)s。最晚 %(day)s告诉您结果。", accepted=accepted, step=step, day=by)


def _decided(view: View, by: str) -> str:
    if view.case.state.outcome == "refused":
        return _("决定：不予许可。决定书最晚 %(day)s送达。", day=by)
    if view.case.state.outcome == "granted" and owes(view.case.state):
        return _("决定：准予。缴费以后制证、送达。")
    if view.licence:
        return _("决定：准予。证照已制作，最晚 %(day)s送达。", day=by)
    return _("决定：准予。最晚 %(day)s送达。", day=by)


def _forwarded() -> str:
    return _("初审已完成，全部材料已转报上级机关。您不用再交材料，后续进度看上级机关的办件。")


def _ended(view: View) -> str:
    match view.case.state.outcome:
        case "granted" if view.case.state.by_promise:
            return _promised(view)
        case "granted":
            return _("已办结：准予。")
        case "refused":
            return _("已办结：不予许可。")
        case "declined":
            return _("不予受理，办件已经结束。")
        case "forwarded":
            return _forwarded()
        case "withdrawn":
            return _("申请已撤回，办件已经结束。")
        case "terminated" if (ended := view.last("terminated")) and not_supplied(ended.event):
            return _("承诺补交的材料没有在期限内补齐，办件已终止。您可以重新申请。")
        case "terminated":
            ended = view.last("terminated")
            if ended and "command" in ended.event.data:
                return _("办件已终止，原因见下。")
            why = t(event_words.not_in_time(ended.event)) if ended else ""
            return _("%(why)s，办件已终止。您可以重新申请。", why=why)
        case "voided":
            return _("这是录入错误，办件已作废，原因见下。")
    return t(wording.stage(view.case.state.stage.value))


def _promised(view: View) -> str:
    """Upon a promise the licence comes first and the check after it."""
    match view.case.state.later_check:
        case "kept":
            return _("已办结：准予。事后核查：承诺属实。")
        case "to_rectify":
            return _("已办结：准予。事后核查与承诺不符，须限期整改。")
        case "broken":
            return _("已办结：准予。事后核查认为没有履行承诺，正在决定是否撤销许可。")
        case "revoked":
            return _("没有履行承诺，许可已撤销。")
    check = next((t["due_on"] for t in view.tasks if t["step"] == "later_check"), None)
    return (
        _("已办结：准予。%(day)s前会有两名工作人员上门核查您的承诺。", day=day(check))
        if check
        else _("已办结：准予。")
    )


def _order(view: View) -> str:
    state, by = view.case.state, _by(view)
    unit = t(office(view, state.lead)) if state.lead else "12345"
    match state.stage:
        case Stage.REGISTERED:
            return _("已登记，正在派给承办单位。登记之日起 %(n)s 个工作日内答复您。", n=view.item.promised.n)
        case Stage.DISPATCHED:
            return _("已派给%(unit)s，等待签收。最晚 %(day)s答复您。", unit=unit, day=by)
        case Stage.HANDLING if view.clock and view.clock.left(view.now) < 0:
            return _(
                "%(unit)s正在办理，已经超过应当答复的 %(day)s，效能监督部门正在督办。", unit=unit, day=by
            )
        case Stage.HANDLING if state.reworks:
            return _("您说没有解决，已退回%(unit)s重新办理。最晚 %(day)s答复您。", unit=unit, day=by)
        case Stage.HANDLING:
            return _("%(unit)s正在办理。最晚 %(day)s答复您。", unit=unit, day=by)
        case Stage.REPLIED:
            return _("%(unit)s已答复。我们会回访您，请留意 12345 来电。", unit=unit)
    return {
        "solved": _("已办结：问题已解决。"),
        "unsolved": _("已办结：问题没有解决。您可以再次拨打 12345。"),
        "not_reached": _("已办结：已答复，回访没有接通。"),
        "out_of_scope": _("不属于 12345 受理范围，应当走的渠道见下。"),
    }.get(state.outcome, _("已办结"))
