"""Why an act is refused, in words for whoever asked: the policy decides, and this says it."""

from services.cases.attending import STRANGER
from services.cases.log import Case
from services.errors import NotAllowed, NotExpected
from services.law.commands import COMMANDS
from services.law.pledged import GAPS
from services.law.policy import Expected, Why, allowed, may, may_take
from services.law.roles import Actor, Role

_FOUR_EYES = {
    False: (
        "审核和决定不能是同一个人，请由他人办理",
        "The same person may not both review and decide; somebody else must take this",
    ),
    True: (
        "经办人和被亮牌的部门不能处理自己的牌",
        "Neither whoever handled the case nor the unit that was carded decides about its cards",
    ),
}
_PENDING = (
    "听证、特别程序、公示或者挂起还没有结束，结束后才能作出决定",
    "A hearing, special procedure, notice or suspension has not ended yet; a decision waits for it",
)
_UNPAID = (
    "申请人还没有缴费，缴清或者减免以后才能准予、颁发证件",
    "The fee is not paid: nothing is granted or handed out before it is paid or remitted",
)
_GAPS = (
    "容缺后补的材料还没有补齐，补齐或者期满后才能作出决定",
    "Papers that were promised are still to come; a decision waits for them or for their day",
)
_LAPSED = (
    "承诺补交的材料逾期没有补齐，不能准予",
    "Papers that were promised did not come in time; nothing can be granted",
)
_HINDERED = {
    "barred": "申请人到 {until} 前不得再次申请这个许可，只能不予受理（第七十八条、第七十九条）",
    "too_late": "延续应当在 {until} 前申请，已经超过，只能不予受理并告知重新申请（第五十条）",
}
_OUTSIDE = (
    "您得到的授权不包括这项权限，请申请人本人办理，或者请申请人另行授权",
    "Your authorisation does not give this power: the applicant does it, or authorises you for it",
)


def refuse_unless_allowed(
    actor: Actor, task: Expected, case: Case, command: str, task_state: str, visitor: Actor | None
) -> None:
    """Raises NotAllowed, or NotExpected with what is expected instead; `visitor` stands before the clerk (代办)."""
    taken = may_take(actor, task, case.parties, visitor)
    if taken == Why.NOT_YOURS:
        raise NotAllowed("这件事不由您办理", "This is not yours to do")
    if taken == Why.NOT_THEIRS:
        raise NotAllowed(**STRANGER, code=taken)
    if command not in COMMANDS:
        raise NotExpected("没有这个操作", f"No such act: {command}", expected=[])
    why = Why.NOT_NOW
    if task_state == "open":
        why = may(actor, task, case.parties, case.state, command, visitor)
    if why is None:
        return
    if why == Why.NOT_YOURS:
        raise NotAllowed("这件事须由申请人自己办", "This is for the applicant alone to do")
    if why == Why.OUTSIDE:
        raise NotAllowed(*_OUTSIDE, code=why)
    if why == Why.UNPAID:
        raise NotExpected(*_UNPAID, code=why, expected=[])
    if why == Why.HINDERED:
        zh = _HINDERED[case.state.hindrance["kind"]].format(**case.state.hindrance)
        raise NotExpected(zh, "This application can only be declined", code=why, expected=["decline"])
    if why == Why.PENDING:
        words = _GAPS if case.state.pending == [GAPS] else _PENDING
        raise NotExpected(*words, code=why, expected=[])
    if why == Why.LAPSED:
        raise NotExpected(*_LAPSED, code=why, expected=["refuse"])
    if why == Why.FOUR_EYES:
        raise NotAllowed(*_FOUR_EYES[task.role is Role.SUPERVISOR], code=why)
    expected = (
        [c.code for c in allowed(actor, task, case.parties, case.state, visitor)]
        if task_state == "open"
        else []
    )
    if why == Why.CLAIMED:
        raise NotExpected(
            "这件事已由同事认领", "A colleague has claimed this", code="claimed", expected=expected
        )
    raise NotExpected(
        "办件已经往前走了，现在不能做这个操作",
        "The case has moved on; this act is not expected now",
        expected=expected,
    )
