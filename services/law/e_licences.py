"""电子证照: how one stands, whether it may be used in place of a paper, and what a digital record of it is worth.

States are those of the exchange between departments (domain brief 7.3, practice): a table, so that another is a row.
"""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from forms import Text
from services.law.licences import State


@dataclass(frozen=True, slots=True)
class LicenceState:
    """`usable`: may stand for a paper. `described`: the record must say in words what it means."""

    code: str
    name: Text
    usable: bool = False
    described: bool = False


VALID, EXPIRED, OTHER = "01", "05", "99"
STATES = MappingProxyType(
    {
        s.code: s
        for s in (
            LicenceState(VALID, Text(zh="有效", en="Valid"), usable=True),
            LicenceState("03", Text(zh="已撤销", en="Revoked")),
            LicenceState("04", Text(zh="已注销", en="Struck off")),
            LicenceState(EXPIRED, Text(zh="已失效", en="Expired")),
            LicenceState("06", Text(zh="已办理转出", en="Transferred out")),
            LicenceState("07", Text(zh="已吊销", en="Revoked as a penalty")),
            LicenceState(OTHER, Text(zh="其他状态", en="Another state"), described=True),
        )
    }
)
# How a licence of our own register stands, in the exchange's codes.
OF_OUR_OWN = MappingProxyType(
    {
        State.VALID: VALID,
        State.EXPIRED: EXPIRED,
        State.CANCELLED: "04",
        State.REVOKED: "03",
        State.REPLACED: OTHER,
    }
)
# 可信等级 [design; the levels are practice, their wording was not read in a standard]
TRUST = MappingProxyType(
    {
        "A": Text(zh="A 级：发证机关签发的电子证照", en="A: issued electronically by the authority"),
        "B": Text(zh="B 级：发证机关数据库的记录", en="B: a record of the authority's own base"),
        "C": Text(zh="C 级：纸质证照数字化并经核对", en="C: digitised from paper and checked"),
        "D": Text(zh="D 级：未经核对的电子件", en="D: an electronic copy nobody checked"),
    }
)


def trusted_enough(level: str, wanted: str | None) -> bool:
    """Whether a record of this level may stand for a paper that asks for that one. An unchecked one never may."""
    return level <= (wanted or "C")


def state_on(state: str, until: date | None, today: date) -> str:
    """A licence is valid through its last day, whether or not anybody has said since that it is over."""
    return EXPIRED if state == VALID and until is not None and until < today else state


def unusable(
    state: str, since: date, until: date | None, today: date, *, superseded: bool, note: str = ""
) -> Text | None:
    """Why it cannot stand for a paper today, in words for its holder; None if it can."""
    now = STATES[state_on(state, until, today)]
    if superseded:
        return Text(zh="已有更新的版本，请使用新的那一份", en="A newer version took its place: use that one")
    if now.code == EXPIRED and until:
        return Text(zh=f"有效期到 {until}，已经失效", en=f"It expired on {until}")
    if not now.usable:
        more = f"（{note}）" if note else ""
        return Text(zh=f"这张证照{now.name.zh}{more}", en=f"{now.name.en}{more}")
    if since > today:
        return Text(zh=f"自 {since} 起才有效", en=f"It is valid from {since} on")
    return None
