"""What is told or recorded on the way to a decision, and what a decision's service is proved by.

Licence Law arts 34, 42, 44-48; domain brief 3.4. Each says an opening, particulars and passages.
"""

from collections.abc import Callable, Iterable
from typing import Any

from forms.documents.press import chinese_date
from services.cases.histories import Told
from services.documents.story import LICENCES, Story, remedies
from services.documents.words import choice_words, item_basis, limit_words
from services.documents.words import day as _day
from services.documents.words import passages as _passages
from services.documents.words import rows as _rows
from services.law import hearings
from services.law.clock import SHANGHAI, due
from services.law.clock_words import stop_name

Facts = dict[str, Any]
Say = Callable[[Story, Told], Facts]


def _on(told: Told) -> str:
    return chinese_date(told.event.on)


def special_notice(story: Story, told: Told) -> Facts:
    """Art. 45: the applicant is told in writing how long it takes."""
    said = story.values(told.event)
    kind = stop_name(said["kind"]).zh
    return {
        "opening": f"你（单位）“{story.item.name.zh}”的申请，依法需要进行{kind}。依照《中华人民共和国行政许可法》"
        "第四十五条的规定，所需时间不计算在办理期限内，现将所需时间书面告知如下：",
        "rows": _rows(
            ("程序种类", kind),
            ("承担机构", said["body"]),
            ("开始日期", _on(told)),
            ("所需时间", f"{said['days']}个工作日"),
            ("预计结束日期", _day(said["expected_end"])),
        ),
        "passages": _passages(
            ("依据", said["basis"]),
            (
                "对办理期限的影响",
                f"自{_on(told)}的次日起至{kind}结束之日止，法定期限和承诺期限停止计算；结束后继续计算，"
                "新的办结日期可以凭办件编号查询。",
            ),
        ),
    }


def hearing_right(story: Story, told: Told) -> Facts:
    """Arts 46, 47."""
    said = story.values(told.event)
    if said["ground"] == "public":
        return {
            "title": "听证公告",
            "opening": f"“{story.item.name.zh}”的申请涉及公共利益，依照《中华人民共和国行政许可法》第四十六条的规定，"
            "本机关决定举行听证。听证的时间、地点将于举行七日前通知申请人、利害关系人，必要时予以公告。",
            "passages": _passages(("涉及的利益", said["interests"]), ("依据", said["basis"])),
        }
    last = due(hearings.REQUEST, told.event.on, story.house.calendar).on
    return {
        "opening": f"你（单位）“{story.item.name.zh}”的申请，直接涉及申请人与他人之间的重大利益关系。依照《中华人民共和国"
        "行政许可法》第四十七条的规定，在作出行政许可决定前，申请人、利害关系人享有要求听证的权利。",
        "rows": _rows(("告知日期", _on(told)), ("提出听证的最后日期", chinese_date(last) if last else None)),
        "passages": _passages(
            ("涉及的重大利益关系", said["interests"]),
            ("依据", said["basis"]),
            (
                "怎样要求听证",
                "要求听证的，应当在被告知听证权利之日起五个工作日内提出，可以在“我的办件”中提出，也可以到窗口提出；"
                "逾期未提出的，视为不要求听证。本机关在二十个工作日内组织听证，不收取任何费用。",
            ),
        ),
    }


def hearing_notice(story: Story, told: Told) -> Facts:
    """Art. 48(1)."""
    said = story.values(told.event)
    return {
        "opening": f"“{story.item.name.zh}”的听证定于下列时间、地点公开举行，请准时参加。",
        "rows": _rows(
            ("听证日期", _day(said["held_on"])),
            ("时间", said["held_at"]),
            ("地点", said["place"]),
            ("听证主持人", said["chair"]),
        ),
        "passages": _passages(
            (
                "权利和注意事项",
                "申请人、利害关系人认为主持人与该行政许可事项有直接利害关系的，有权申请回避；可以提出证据，并进行申辩和质证；"
                "可以委托代理人参加。无正当理由不参加的，视为放弃听证权利。",
            ),
            ("依据", "《中华人民共和国行政许可法》第四十八条"),
        ),
    }


def hearing_record(story: Story, told: Told) -> Facts:
    """Art. 48(5): signed by those who took part; the decision rests on it."""
    said = story.values(told.event)
    return {
        "opening": f"{_day(said['held_on'])}，就“{story.item.name.zh}”的申请公开举行听证，笔录如下：",
        "rows": _rows(("听证日期", _day(said["held_on"])), ("听证主持人", told.actor_name)),
        "passages": _passages(
            ("参加人", said["participants"]),
            ("各方意见和证据", said["opinions"]),
            ("听证意见", said["conclusion"]),
            (
                "依据",
                "依照《中华人民共和国行政许可法》第四十八条的规定，本机关根据听证笔录作出行政许可决定。",
            ),
        ),
        "signed_by": ("主持人", "申请人", "利害关系人"),
    }


def public_notice(story: Story, told: Told) -> Facts:
    said = story.values(told.event)
    return {
        "opening": said["text"],
        "rows": _rows(
            ("公示开始日期", _on(told)),
            ("公示期", f"{said['days']}日"),
            ("公示截止日期", _day(said["until"])),
        ),
        "passages": _passages(
            ("依据", said["basis"]),
            (
                "提出异议",
                f"对公示内容有异议的，请在公示截止日期前向{story.item.department_name.zh}书面提出，并写明理由和联系方式。",
            ),
        ),
    }


def extension(story: Story, told: Told) -> Facts:
    """Art. 42: by the head of the agency, with the reason told."""
    said = story.values(told.event)
    return {
        "opening": f"你（单位）“{story.item.name.zh}”的申请，因不能在法定期限内作出决定，依照《中华人民共和国行政许可法》"
        "第四十二条第一款的规定，经本机关负责人批准，延长办理期限。",
        "rows": _rows(
            ("原办结日期", _day(said["due_before"])),
            ("延长", f"{said['days']}个工作日"),
            ("延长后办结日期", _day(said["due"])),
            ("批准人", told.actor_name),
            ("批准时间", f"{told.event.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),
        ),
        "passages": _passages(("延长的理由", said["reason"])),
    }


def suspension(story: Story, told: Told) -> Facts:
    said = story.values(told.event)
    return {
        "opening": f"你（单位）“{story.item.name.zh}”的申请，因下列情形中止办理；情形消除后恢复办理。",
        "rows": _rows(
            ("中止情形", choice_words("suspend", "kind", said["kind"])),
            ("中止日期", _on(told)),
            ("预计恢复日期", _day(said["expected_end"])),
            ("批准人", told.actor_name),
        ),
        "passages": _passages(
            ("理由", said["reason"]),
            ("依据", said["basis"]),
            ("对办理期限的影响", "中止期间停止计算办理期限，恢复办理之日起继续计算。"),
        ),
        **remedies(story),
    }


def site_check_record(story: Story, told: Told) -> Facts:
    """Art. 34 para 3: two or more officers."""
    said = story.values(told.event)
    address = story.answers.get("premises_address") or story.answers.get("address")
    return {
        "opening": f"依照《中华人民共和国行政许可法》第三十四条第三款的规定，指派两名以上工作人员对“{story.item.name.zh}”"
        "申请材料的实质内容进行现场核查，记录如下：",
        "rows": _rows(
            ("核查日期", _day(said["checked_on"])),
            ("核查人员一", said["officer_1"]),
            ("核查人员二", said["officer_2"]),
            ("核查地点", address if isinstance(address, str) else None),
            ("核查结论", choice_words("record_site_check", "result", said["result"])),
        ),
        "passages": _passages(("核查情况", said["findings"])),
        "signed_by": ("核查人员", "核查人员", "被核查方"),
    }


def service_return(story: Story, told: Told) -> Facts:
    """Art. 44: what was served on whom, how, when and by whom."""
    said = story.values(told.event)
    served = ("refusal",) if story.page.case.state.outcome == "refused" else _NAMES.keys() - {"refusal"}
    return {
        "opening": "下列文书已经送达：\n" + "\n".join(_served(story, served)),
        "rows": _rows(
            ("送达方式", choice_words("deliver", "mode", said["mode"])),
            ("送达时间", f"{told.event.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),
            ("签收人", said["recipient"]),
            ("与申请人的关系", said.get("relation")),
            ("授权委托书有效期至", _day(said["mandate_until"]) if said.get("mandate_until") else None),
            ("送达人", told.actor_name),
            ("送达期限", f"自作出决定之日起{limit_words(story.item.delivery)}"),
        ),
        "signed_by": ("签收人", "送达人"),
    }


def transfer(story: Story, told: Told) -> Facts:
    """Arts 35, 43: from whom to whom, with what opinion, and which papers."""
    said = story.values(told.event)
    upper = story.house.items.get(story.item.procedure.forward_to or "")
    filed = [t.event.data["case"] for t in story.told if t.event.kind == "upper_filed"]
    sent = [p for p in story.papers if p["round"] == story.page.case.state.round]
    names = [story.item.material(p["code"]).name.zh for p in sent]
    return {
        "opening": f"“{story.item.name.zh}”的申请，依法应当先经本机关审查。现将初步审查意见和全部申请材料直接报送"
        f"{upper.department_name.zh}，由其依法审查并作出决定。",
        "rows": _rows(
            ("转报机关", story.item.department_name.zh),
            ("上级机关", upper.department_name.zh),
            ("上级事项", upper.name.zh),
            ("上级办件编号", filed[-1] if filed else None),
            ("初审结论", choice_words("forward", "conclusion", said["conclusion"])),
            ("审查人员", told.actor_name),
        ),
        "passages": _passages(
            ("初审意见", said["opinion"]),
            ("报送的材料", "\n".join(f"{n}. {name}" for n, name in enumerate(["申请表", *names], 1))),
            (
                "依据",
                "《中华人民共和国行政许可法》第三十五条、第四十三条"
                if story.item.kind == "licence"
                else item_basis(story.item),
            ),
            ("对申请人", "上级机关不得要求申请人重复提供申请材料；上级机关的办理期限自其受理之日起计算。"),
        ),
    }


_NAMES = {"grant": "决定书", "refusal": "决定书", "licence": "证照"} | dict.fromkeys(
    LICENCES.keys() - {"plea_notice"}, "决定书"
)


def _served(story: Story, kinds: Iterable[str]) -> list[str]:
    made = [t.event.data for t in story.told if t.event.kind == "document_made"]
    listed = [f"{_NAMES[m['kind']]} {m['number']}" for m in made if m["kind"] in kinds]
    return listed or ["决定文书"]


def by_the_head(story: Story, told: Told) -> Facts:
    """终止或者作废, by the head of the agency: the ground, why, and on what basis."""
    said = story.values(told.event)
    words = choice_words(said["command"], "kind", said["kind"])
    what = "本次办件系误录，予以作废" if told.event.kind == "voided" else "本机关决定终止办理"
    return {
        "reason": f"{words}。{what}。\n{said['reason']}",
        "basis": said.get("basis") or "本办件无申请事实或者重复录入，记录予以保留，不再办理。",
    }


NOTICES: dict[str, Say] = {
    "special_notice": special_notice,
    "hearing_right": hearing_right,
    "hearing_notice": hearing_notice,
    "hearing_record": hearing_record,
    "public_notice": public_notice,
    "extension": extension,
    "suspension": suspension,
    "site_check_record": site_check_record,
    "service_return": service_return,
    "transfer": transfer,
}
