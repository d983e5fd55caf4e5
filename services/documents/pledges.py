"""What is signed instead of proof or papers, and what follows from it: domain brief 3.4, 3.5.

告知承诺书: conditions, promise, consequence, signature, by when it is proved. 容缺受理承诺书: what is missing, by when, what otherwise.
"""

from typing import Any

from forms.documents.press import chinese_date
from forms.parts import Limit
from services.cases.histories import Told
from services.documents.notices import Say
from services.documents.story import Story, remedies
from services.documents.words import day, passages, rows
from services.law.clock import SHANGHAI

Facts = dict[str, Any]

_RESULTS = {
    "confirm_kept": ("承诺属实", "经核查，你（单位）符合承诺的条件，许可继续有效。"),
    "find_broken": (
        "承诺不实或者逾期未改",
        "经核查，你（单位）没有履行承诺。本机关将依法作出是否撤销许可的决定，并将决定书送达你（单位）。",
    ),
}


def promise_pledge(story: Story, told: Told) -> Facts:
    item, promise = story.item, story.item.promise
    assert promise
    conditions = "\n".join(f"{n}．{c.zh}" for n, c in enumerate(item.conditions, 1))
    return {
        "opening": f"本机关就“{item.name.zh}”实行告知承诺：申请人书面承诺符合申请条件的，可以不先提交证明材料，"
        "由本机关直接作出决定。是否选择告知承诺，由申请人自愿决定。",
        "rows": _signed(story, told),
        "passages": passages(
            ("申请条件", conditions),
            ("承诺", promise.statement.zh),
            ("不履行承诺或者虚假承诺的后果", promise.consequence.zh),
            (
                "办理和核查的期限",
                f"受理后{_within(promise.decision)}作出决定。自作出决定之日起{_within(promise.check)}，由两名以上工作人员"
                "进行事后核查，届时应当能够提供证明材料。",
            ),
        ),
        "signed_by": ("承诺人",),
    }


def gaps_pledge(story: Story, told: Told) -> Facts:
    item, gaps = story.item, story.item.gaps
    assert gaps
    missing = "\n".join(item.material(code).name.zh for code in told.event.data["materials"])
    otherwise = {
        "terminate": "逾期没有补齐的，本机关终止办理本次申请，已经提交的材料退还申请人；以后可以重新申请。",
        "refuse": "逾期没有补齐的，本机关不能准予许可，将依法作出不予行政许可的书面决定。",
    }
    return {
        "opening": f"你（单位）“{item.name.zh}”的申请，主要材料齐全，缺少下列次要材料。经你（单位）书面承诺补交，可以先予受理。",
        "rows": _signed(story, told),
        "passages": passages(
            ("尚缺的材料", missing),
            (
                "补交的期限",
                f"自受理之日起{_within(gaps.limit)}。补交期间办理时限继续计算；补齐以前不作出决定。",
            ),
            ("逾期的后果", otherwise[gaps.otherwise]),
        ),
        "signed_by": ("承诺人",),
    }


def _signed(story: Story, told: Told) -> tuple[dict[str, str], ...]:
    online = told.event.role == "applicant" and not told.taken_down
    how = "在线签署" if online else f"在窗口签署，经办人{told.actor_name}"
    return rows(
        ("承诺人", story.applicant),
        ("签署人", story.values(told.event).get("signer") or "（已删除）"),
        ("签署时间", f"{told.event.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),
        ("签署方式", how),
    )


def later_check(story: Story, told: Told) -> Facts:
    said = story.values(told.event)
    result, then = _RESULTS[said["command"]]
    return {
        "opening": f"你（单位）以告知承诺方式取得“{story.item.name.zh}”许可，本机关指派两名以上工作人员进行了事后核查，结果如下：",
        "rows": rows(*_check_rows(story, said), ("核查结论", result)),
        "passages": passages(("核查情况", said["findings"]), ("处理", then)),
        "signed_by": ("核查人员", "核查人员", "被核查方"),
    }


def rectification(story: Story, told: Told) -> Facts:
    said = story.values(told.event)
    return {
        "opening": f"你（单位）以告知承诺方式取得“{story.item.name.zh}”许可。经事后核查，与承诺不符，责令限期整改。",
        "rows": rows(*_check_rows(story, said), ("整改期限", f"至{day(said['until'])}（含当日）")),
        "passages": passages(
            ("核查情况", said["findings"]),
            ("需要整改的内容", said["demand"]),
            (
                "怎样报告",
                "整改完成后，在“我的办件”中报告，或者到窗口报告。对核查情况有不同意见的，可以一并写明。",
            ),
            ("逾期的后果", "整改期满后本机关将再次核查；逾期未改的，依法撤销许可。"),
        ),
        **remedies(story),
    }


def revocation(story: Story, told: Told) -> Facts:
    """Licence Law arts 69, 79; remedies as on every adverse document."""
    said, issued = story.values(told.event), story.licence
    bar = "申请人在三年内不得再次申请该行政许可（《中华人民共和国行政许可法》第七十九条）。"
    return {
        "opening": f"你（单位）以告知承诺方式取得“{story.item.name.zh}”许可。经事后核查，没有履行承诺，本机关决定予以撤销。",
        "rows": rows(
            ("被撤销的证照", story.item.result.name.zh if story.item.result else None),
            ("证照编号", issued["number"] if issued else None),
            ("作出许可决定的日期", chinese_date(story.page.case.state.decided_on)),
            ("撤销日期", chinese_date(told.event.on)),
        ),
        "passages": passages(
            ("事实", said["facts_found"]),
            ("理由", said["reason"]),
            ("法律依据", said["basis"]),
            ("再次申请的限制", bar if said["safety"] else None),
        ),
        **remedies(story),
    }


def _check_rows(story: Story, said: Facts) -> tuple[tuple[str, str | None], ...]:
    address = story.answers.get("premises_address") or story.answers.get("address")
    return (
        ("核查日期", day(said["checked_on"])),
        ("核查人员一", said["officer_1"]),
        ("核查人员二", said["officer_2"]),
        ("核查地点", address if isinstance(address, str) else None),
    )


def _within(limit: Limit) -> str:
    """With the mark that nobody has read its basis in a text."""
    unread = "（期限依据未核对）" if limit.basis and not limit.verified else ""
    return f"{limit.words.zh}内{unread}"


PLEDGES: dict[str, Say] = {
    "promise_pledge": promise_pledge,
    "gaps_pledge": gaps_pledge,
    "later_check": later_check,
    "rectification": rectification,
    "promise_revocation": revocation,
}
