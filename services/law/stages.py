"""Where a case stands (办件状态). Late, extended and carded are flags, not stages."""

from enum import StrEnum


class Stage(StrEnum):
    RECEIVED = "received"  # 已收件: papers are here; that is not acceptance
    CORRECTING = "correcting"  # 待补正
    ACCEPTED = "accepted"  # 已受理
    IN_REVIEW = "in_review"  # 审查中
    DECIDED_GRANT = "decided_grant"  # 准予
    DECIDED_REFUSE = "decided_refuse"  # 不予
    FORWARDED = "forwarded"  # 转报: reviewed first here; the upper level decides
    DECIDED = "decided"  # 已决定, of a case that the department opened itself
    DELIVERING = "delivering"  # 送达中
    CONCLUDED = "concluded"  # 办结
    NOT_ACCEPTED = "rejected_acceptance"  # 不予受理
    WITHDRAWN = "withdrawn"  # 已撤回
    TERMINATED = "terminated"  # 终止
    VOIDED = "voided"  # 作废: entered in error; never deleted
    ARCHIVED = "archived"  # 已归档
    # a 12345 work order (工单)
    REGISTERED = "registered"  # 登记
    DISPATCHED = "dispatched"  # 已派单
    HANDLING = "handling"  # 办理中
    REPLIED = "replied"  # 已答复
    CLOSED = "closed"  # 办结（工单）


# The case was ended by something other than its own course; every pending expectation falls away.
CUT_SHORT = frozenset({Stage.NOT_ACCEPTED, Stage.WITHDRAWN, Stage.TERMINATED, Stage.VOIDED})
REVIEWING = frozenset({Stage.ACCEPTED, Stage.IN_REVIEW})
OPEN_APPLICATION = REVIEWING | {
    Stage.RECEIVED,
    Stage.CORRECTING,
}  # no decision yet: the applicant may still withdraw
RATED = CUT_SHORT | {Stage.CONCLUDED, Stage.FORWARDED, Stage.CLOSED}  # one may be rated, and answered for
# The next word is the agency's: silence until a licence's last day is over renews it (Licence Law art. 50).
AGENCYS_TURN = REVIEWING | {Stage.RECEIVED}
FINISHED = CUT_SHORT | {Stage.CONCLUDED, Stage.FORWARDED, Stage.ARCHIVED, Stage.CLOSED}
