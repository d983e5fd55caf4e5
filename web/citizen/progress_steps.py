"""The timeline: what happened, what is going on, what comes and by when."""

from collections.abc import Iterable, Iterator
from typing import Any

from forms import Limit
from services.cases.histories import Told
from services.documents.story import SAYS
from services.law.chain import Event
from services.law.commands import COMMANDS
from services.law.roles import Role
from services.law.stages import Stage
from web import event_words, recounted, wording
from web.citizen.progress_view import View, office, option_label
from web.formats import case_no, date_long, day, moment, t
from web.i18n import gettext as _
from web.parts import Step

# Told by other lines: the decision says what is served, and the end stands in the first sentence.
_HIDDEN = frozenset({"delivery_opened", "archived"})
# What the law or a calendar says: nothing personal, so whoever has the query code reads it too.
_TOLD_TO_ANYBODY = frozenset({"deemed_accepted", "deemed_renewed", "recounted"})
# Two kinds say the same event, so counting does not tell which of them a document belongs to.
_UNPLACED = frozenset({"later_check", "rectification"})
# The event that a document belongs to, where its maker says so; a licence's paper to what became of the licence.
_ABOUT = {kind: events for kind, events in SAYS.items() if kind not in _UNPLACED} | {
    "licence": ("licence_issued", "licence_renewed", "licence_amended", "licence_reissued"),
}


def steps(view: View) -> list[Step]:
    links = _document_links(view)
    return [
        *(
            _told(view, told, links.get(told.event.seq, []))
            for told in view.told
            if told.event.kind in wording.CITIZEN_EVENTS - _HIDDEN or _own_order(view, told.event)
        ),
        *_now(view),
        *_later(view),
    ]


def _own_order(view: View, event: Event) -> bool:
    """A 12345 order about this case that the reader filed; of anybody else's the case's page says nothing."""
    return view.full and event.kind == "order_linked" and event.actor == view.reader


def _told(view: View, told: Told, links: list[dict[str, Any]]) -> Step:
    line = event_words.line(told, view.item)
    where = t(_where(view, told.event))
    when = f"{moment(told.event.at)} · {where}" if where else moment(told.event.at)
    note = t(_note(view, told.event)) if view.full or told.event.kind in _TOLD_TO_ANYBODY else ""
    note = " ".join(filter(None, (note, _behalf(told)))) if view.full else note
    tone = line.tone if line.tone in ("flag", "hold") else "done"
    return Step(line.title, when, note, tone, [*_other(view, told.event), *links])


def _behalf(told: Told) -> str:
    """Whose hand it was, where it was not the applicant's own: both names are kept."""
    data = told.event.data
    if "assistance" in data:
        return _("由帮办员%(name)s帮助填写提交", name=told.actor_name)
    if "guardian" in data and told.event.role == Role.APPLICANT:
        return _("由监护人%(name)s代为办理", name=told.actor_name)
    if "mandate" in data and told.event.role == Role.APPLICANT:
        return _("由代办人%(name)s按授权办理", name=told.actor_name)
    return ""


def _other(view: View, event: Event) -> list[dict[str, Any]]:
    """转报: the case at the other level, a page on; and the order that one filed about this case."""
    if event.kind == "order_linked":
        return [{"href": f"/cases/{event.data['order']}", "label": f"12345 {case_no(event.data['order'])}"}]
    other = event.data.get({"upper_filed": "case", "submitted": "from"}.get(event.kind, ""))
    if not (other and view.full):
        return []
    words = _("上级机关的办件") if event.kind == "upper_filed" else _("下级机关的办件")
    return [{"href": f"/cases/{other}", "label": f"{words} {case_no(other)}"}]


def _where(view: View, event: Event) -> Any:
    match event.role:
        case Role.APPLICANT | Role.SYSTEM if event.kind in ("submitted", "registered"):
            return wording.CHANNELS.get(view.row["channel"], "")
        case Role.CLERK if event.data.get("channel") == "discovered":
            return wording.CHANNELS.get(view.row["channel"], "")
        case Role.APPLICANT if event.data.get("channel") == "window":
            return _("申请人（到窗口办理）")
        case Role.APPLICANT:
            return _("申请人")
        case Role.CLERK:
            return _("综合窗口")
        case Role.HELPER:
            return _("帮办")
        case Role.AGENT:
            return _("12345 热线")
        case Role.REVIEWER | Role.DIRECTOR:
            return office(view, view.case.lead)
    return ""


def _note(view: View, event: Event) -> Any:
    """A closed list: an opinion or a remark among colleagues is not the applicant's to read."""
    data = event.data
    match event.kind:
        case "declined":
            return f"{t(option_label('decline', 'category', data['category']))}。{data['reason']}"
        case "correction_requested":
            return _("%(n)s 处，全部内容见补正告知书", n=len(data.get("items", ())))
        case "deemed_accepted":
            return _("五个工作日内没有告知，自收到申请之日（%(day)s）起即为受理。行政许可法第三十二条",
                     day=date_long(view.case.state.received_on))  # fmt: skip
        case "recounted":
            return recounted.sentence(data, lambda code: wording.step(view.item, code), beside=False)
        case "site_checked":
            return option_label("record_site_check", "result", data["result"])
        case "refused" | "holder_informed" | "revoked" | "struck_off" | "left":
            return data["reason"]
        case "deemed_renewed":
            return _("许可届满前没有作出决定，视为准予延续。行政许可法第五十条")
        case kind if kind.startswith("licence_"):
            return data["number"]
        case "forwarded":
            return option_label("forward", "conclusion", data["conclusion"])
        case "served":
            return option_label("deliver", "mode", data["mode"])
        case "terminated" if "command" in data:
            return _(
                "%(ground)s。%(reason)s",
                ground=t(option_label("terminate", "kind", data["kind"])),
                reason=data["reason"],
            )
        case "terminated" if not_supplied(event):
            return _("承诺补交的材料没有在期限内补齐")
        case "terminated":
            return event_words.not_in_time(event)
        case "voided":
            return _(
                "%(ground)s。%(reason)s",
                ground=t(option_label("void", "kind", data["kind"])),
                reason=data["reason"],
            )
        case "special_started" | "suspended" | "extended" | "notice_published" | "hearing_notified":
            return event_words.line(Told(event, "", ""), view.item).detail
        case "fee_ordered" | "paid" | "refund_ordered" | "refunded":
            return event_words.line(Told(event, "", ""), view.item).detail
        case "notice_ended":
            return option_label("end_notice", "result", data["result"])
        case "gaps_signed":
            return _materials(view, data["materials"])
        case "late_supplied":
            return _materials(view, [paper["code"] for paper in data["papers"]])
        case "later_checked":
            return COMMANDS[data["command"]].name
        case "promise_revoked":
            return data["reason"]
        case "dispatched":
            return office(view, data["department"])
        case "order_declined":
            return data["channel"]
        case "order_closed":
            return wording.OUTCOMES.get(data.get("outcome", ""), "")
        case "order_answered":
            return data["order"]
        case "rated" if view.owner:
            return option_label("rate", "score", data["score"])
    return ""


def not_supplied(event: Event) -> bool:
    """容缺: ended because what was promised did not come."""
    return event.kind == "terminated" and (event.task or "").startswith("supply_late")


def _materials(view: View, codes: list[str]) -> str:
    return _("、").join(t(view.item.material(code).name) for code in codes)


def _document_links(view: View) -> dict[int, list[dict[str, Any]]]:
    links: dict[int, list[dict[str, Any]]] = {}
    taken: dict[str, int] = {}
    for document in view.documents:
        kind = document["kind"]
        # A refund that is no task's is of money that never was the fee, and has no paper.
        about = [
            t.event.seq
            for t in view.told
            if t.event.kind in _ABOUT.get(kind, ()) and (kind != "refund_notice" or t.event.task)
        ]
        n = taken.get(kind, 0)
        taken[kind] = n + 1
        if n < len(about):
            words = t(wording.DOCUMENTS.get(kind, kind))
            link = {"href": f"/documents/{document['id']}.pdf", "label": f"{words} PDF"}
            links.setdefault(about[n], []).append(link)
    return links


def _now(view: View) -> Iterator[Step]:
    duty = view.duty()
    if duty is not None:
        mine = duty["role"] == Role.APPLICANT.value
        who = (_("等您办") if view.full else _("等申请人办")) if mine else t(_office_of(view, duty))
        late = duty["due_at"] is not None and duty["due_at"] < view.now
        by = day(duty["due_on"])
        by = by and (_("应在 %(day)s前完成，已超期", day=by) if late else _("最晚 %(day)s", day=by))
        yield Step(wording.step(view.item, duty["step"]), " · ".join(filter(None, (who, by))), state="now")
    elif not view.row["finished"]:
        yield Step(_("处理中"), _("系统正在准备下一步，请稍后刷新"), state="now")


def _office_of(view: View, duty: Any) -> Any:
    if duty["role"] == Role.CLERK.value:
        return _("综合窗口")
    return _("12345 热线") if duty["role"] == Role.AGENT.value else office(view, duty["department"])


def _later(view: View) -> Iterable[Step]:
    if view.row["finished"] or view.case.state.stage in (Stage.DELIVERING, Stage.REPLIED):
        return []
    codes = [s.code for s in view.item.procedure.steps]
    if view.case.kind == "official":
        codes = [*codes, "delivery"]
    elif not view.is_order:
        codes = ["acceptance", *codes, *([] if view.item.procedure.forward_to else ["delivery"])]
    return [
        Step(wording.step(view.item, c), _by_when(view, c), state="later")
        for c in codes[_place(view, codes) :]
    ]


def _place(view: View, codes: list[str]) -> int:
    """Where in the course the first step stands that has not begun."""
    duty = view.duty()
    if duty is not None and duty["step"] in codes:
        return codes.index(duty["step"]) + 1
    match view.case.state.stage:
        case Stage.CORRECTING:
            return 0
        case Stage.RECEIVED | Stage.REGISTERED:
            return 1
        case Stage.DECIDED_GRANT | Stage.DECIDED_REFUSE:
            return codes.index("delivery")
        case Stage.ACCEPTED:
            return 2
    return len(codes) - 1


def _by_when(view: View, code: str) -> str:
    state, item = view.case.state, view.item
    if code == "acceptance":
        return _("收到补正后 %(span)s内", span=span(item.acceptance))
    if code == "delivery":
        return _("决定后 %(span)s内", span=span(item.delivery))
    if code == item.procedure.steps[-1].code and not view.is_order:
        clock = view.clock
        if state.accepted_on and clock:
            return _("最晚 %(day)s", day=day(clock.main.on))
        return _("受理后 %(span)s内", span=span(item.promised))
    return _("限 %(span)s", span=span(item.procedure.step(code).limit))


def span(limit: Limit) -> str:
    n = limit.n
    match limit.unit:
        case "working_days":
            return _("%(n)s 个工作日", n=n)
        case "working_hours":
            return _("%(n)s 个工作小时", n=n)
        case "months":
            return _("%(n)s 个月", n=n)
    return _("%(n)s 天", n=n)
