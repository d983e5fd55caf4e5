"""The facts of each kind of document, from a case's story: one small function a kind.

Domain brief 3.4. Dates are those of the log: a document made a day late still says the day of the act.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from forms.documents.press import chinese_date
from services.cases.clocks import case_clocks
from services.cases.histories import Told
from services.documents.certificate import licence
from services.documents.fees import FEE_NOTICES, fee_words, not_paid
from services.documents.licence_notices import LICENCE_NOTICES
from services.documents.notices import NOTICES, Say, by_the_head
from services.documents.papers import handed_in, handed_in_on_paper, not_yet_handed_in
from services.documents.pledges import PLEDGES
from services.documents.replies import order_reply
from services.documents.story import Story, remedies
from services.documents.words import (
    ONLINE,
    choice_words,
    item_basis,
    limit_words,
    paper_words,
)
from services.law.clock import SHANGHAI, due
from services.law.clock_words import STOP_NAMES

Facts = dict[str, Any]

_CHANNELS = {
    "window": "综合窗口", "helper": "帮办代办", "web": "网上一窗", "phone": "电话", "sent_up": "下级机关转报",
}  # fmt: skip
# Licence Law arts 32 and 78, by the ground that the clerk picked.
_DECLINED = {
    "not_needed": "《中华人民共和国行政许可法》第三十二条第一款第一项",
    "not_ours": "《中华人民共和国行政许可法》第三十二条第一款第二项",
    "false_papers": "《中华人民共和国行政许可法》第七十八条",
    "barred": "《中华人民共和国行政许可法》第七十八条、第七十九条",
    "too_late": "《中华人民共和国行政许可法》第五十条第一款",
}
_BUSINESS_SEAL = "业务专用章"  # of what is no licence


@dataclass(frozen=True, slots=True)
class Marks:
    """What only the maker knows: number, verification address, and a seal other than the usual one."""

    number: str
    verify_url: str
    seal: str = ""


def gather(story: Story, kind: str, key: str, marks: Marks) -> Facts:
    told = story.said(kind, key)
    facts = _sealed(story, told, marks) | _KINDS[kind](story, told)
    if marks.seal:
        facts["seal"] = marks.seal
    return facts


def _sealed(story: Story, told: Told, marks: Marks) -> Facts:
    return {
        "agency": story.item.department_name.zh,
        "number": marks.number,
        "date": told.event.on,
        "verify_url": marks.verify_url,
        "complaint_phone": story.item.contact.complaint,
    }


def _common(story: Story, told: Told) -> Facts:
    item, subject = story.item, story.subject
    facts: Facts = {
        "case_number": story.no,
        "query_code": story.query_code,
        "applicant": story.applicant,
        "id_type": paper_words(subject.id_type if subject else None),
        "id_number": (subject and subject.id_number) or "未登记",
        "item": item.name.zh,
        "item_code": item.task_code,
        "contact": told.actor_name if told.event.role not in ("system", "applicant") else "综合窗口",
        "phone": item.contact.consult,
    }
    return facts if item.kind in ("licence", "official") else facts | {"seal": _BUSINESS_SEAL}


def _decided(story: Story) -> Facts:
    return {
        "licence": story.item.kind == "licence",
        "applied_on": story.applied_on,
        "accepted_on": story.page.case.state.accepted_on,
    }


def receipt(story: Story, told: Told) -> Facts:
    at_counter = told.event.role != "applicant"
    return _common(story, told) | {
        "received_at": told.event.at.astimezone(SHANGHAI),
        "channel": _CHANNELS[told.event.data["channel"]],
        "materials": handed_in(story),
        "missing": not_yet_handed_in(story),
        "clerk": told.actor_name if at_counter else "网上一窗（系统收件）",
    }


def acceptance(story: Story, told: Told) -> Facts:
    item, case = story.item, story.page.case
    clocks = case_clocks(case, story.house)
    facts: Facts = {
        "applied_on": story.applied_on,
        "accepted_on": case.state.accepted_on,
        "deemed": told.event.kind == "deemed_accepted",
        "basis": "" if item.kind == "licence" else item_basis(item),
        "legal_limit": limit_words(item.statutory)
        if item.statutory
        else limit_words(item.promised_for(case.state.by_promise)),
        "promised_limit": limit_words(item.promised_for(case.state.by_promise)),
        "gaps": tuple(item.material(code).name.zh for code in _gaps(story)),
        "excluded": tuple(name.zh for name in STOP_NAMES.values()) if item.kind == "licence" else (),
        "fee": fee_words(item, story.answers),
        "delivery": "电子送达，也可以到窗口领取或者邮寄送达",
        "query": ONLINE,
    }
    if item.gaps and _gaps(story):
        facts["gaps_due"] = due(item.gaps.limit, told.event.on, story.house.calendar).on
    if clocks:
        facts["legal_due"] = clocks.statutory.on if clocks.statutory else None
        facts["promised_due"] = clocks.promised.on if clocks.promised else None
    return _common(story, told) | facts


def _gaps(story: Story) -> list[str]:
    """What was to follow when it was accepted, whatever has come since."""
    round_ = story.page.case.state.round
    signed = (t.event.data for t in story.told if t.event.kind == "gaps_signed")
    return next((s["materials"] for s in signed if s["round"] == round_), [])


def correction(story: Story, told: Told) -> Facts:
    event, item = told.event, story.item
    materials = {m.code: m for m in item.materials}
    fields = {f.name: f for f in item.fields}
    note = story.values(event).get("note") or ""

    def line(asked: dict[str, str]) -> Facts:
        material = materials.get(asked["code"])
        label = material.name.zh if material else f"申请表“{fields[asked['code']].label.zh}”"
        return {
            "material": label,
            "problem": asked["defect"],
            "basis": material.basis if material else item_basis(item),
            "remedy": asked["fix"] or "按材料要求补正后重新提交。",
        }

    where = (
        f"登录政务服务网“我的办件”在线补正，或者到{item.contact.address.zh}提交（{item.contact.hours.zh}）。"
    )
    return _common(story, told) | {
        "received_on": story.received_before(event),
        "defects": tuple(line(asked) for asked in event.data["items"]),
        "due": due(item.correction, event.at, story.house.calendar).on,
        "where": f"{where}\n{note}" if note else where,
    }


def non_acceptance(story: Story, told: Told) -> Facts:
    said, item = story.values(told.event), story.item
    category = choice_words("decline", "category", said["category"])
    basis = _DECLINED[said["category"]] if item.kind == "licence" else item_basis(item)
    return (
        _common(story, told)
        | remedies(story)
        | {
            "applied_on": story.applied_on,
            "category": category.partition("（")[0],
            "reasons": said["reason"],
            "basis": basis,
            "competent_body": said.get("competent_body") or "",
        }
    )


def grant(story: Story, told: Told) -> Facts:
    item, result, issued = story.item, story.item.result, story.licence
    facts: Facts = {
        "basis": item_basis(item),
        "decision": f"准予{story.applicant}“{item.name.zh}”的申请",
        "certificate": result.name.zh if result else "",
        "certificate_number": issued["number"] if issued else "",
        "delivery": f"本机关将自作出决定之日起{limit_words(item.delivery)}内向你（单位）颁发、送达有关证件。"
        if result
        else f"本机关将自作出决定之日起{limit_words(item.delivery)}内向你（单位）送达本文书。",
    }
    if result and result.validity_years:
        facts["validity"] = f"{result.validity_years}年，自{chinese_date(told.event.on)}起"
    return _common(story, told) | _decided(story) | facts


def refusal(story: Story, told: Told) -> Facts:
    said = story.values(told.event)
    return (
        _common(story, told)
        | _decided(story)
        | remedies(story)
        | {"findings": said["facts_found"], "reasons": said["reason"], "basis": said["basis"]}
    )


def termination(story: Story, told: Told) -> Facts:
    facts = _common(story, told) | {
        "applied_on": story.applied_on,
        "basis": item_basis(story.item),
        "returned": handed_in_on_paper(story),
    }
    if told.event.kind == "withdrawn":
        reason = story.values(told.event).get("reason") or ""
        said = f"\n你（单位）说明的原因：{reason}" if reason else ""
        return facts | {"reason": f"你（单位）在本机关作出决定前撤回申请，本次申请终止办理。{said}"}
    if "command" in told.event.data:
        return facts | remedies(story) | by_the_head(story, told)
    if told.event.task and told.event.task.startswith("payment"):
        return facts | remedies(story) | not_paid(story)
    if told.event.task and told.event.task.startswith("supply_late"):
        return facts | remedies(story) | {"reason": _not_supplied(story)}
    until = _correction_due(story)
    return (
        facts
        | remedies(story)
        | {"reason": f"你（单位）在补正告知书载明的期限{until}内未补正，且未说明正当理由。"}
    )


def _not_supplied(story: Story) -> str:
    names = "、".join(story.item.material(code).name.zh for code in story.page.case.state.gaps)
    return f"你（单位）在容缺受理承诺书载明的期限内没有补交下列材料：{names}。依照承诺，本次申请终止办理。"


def _correction_due(story: Story) -> str:
    asked = [t.event for t in story.told if t.event.kind == "correction_requested"][-1]
    on = due(story.item.correction, asked.at, story.house.calendar).on
    return f"（至{chinese_date(on)}）" if on else ""


def _notice(say: Say, story: Story, told: Told) -> Facts:
    return _common(story, told) | say(story, told)


_KINDS: dict[str, Callable[[Story, Told], Facts]] = {
    "receipt": receipt,
    "acceptance": acceptance,
    "correction": correction,
    "non_acceptance": non_acceptance,
    "grant": grant,
    "refusal": refusal,
    "termination": termination,
    "licence": licence,
    "order_reply": order_reply,
    **{
        kind: partial(_notice, say)
        for kind, say in (NOTICES | FEE_NOTICES | LICENCE_NOTICES | PLEDGES).items()
    },
}
