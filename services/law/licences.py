"""A licence's life (证照): its states, what may happen to it, what that leads to. Licence Law arts 49, 50, 69, 70, 78, 79.

A licence is valid through the whole of its last day. It keeps its number for life; each paper that is issued for it is
a version, and the newest is the one that counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from services.law.calendar import Calendar
from services.law.counting import Limit, add_months
from services.law.watching import back

_DAY = timedelta(days=1)


class State(StrEnum):
    VALID = "valid"  # 有效
    EXPIRED = "expired"  # 过期: its last day is over
    CANCELLED = "cancelled"  # 注销, art. 70
    REVOKED = "revoked"  # 撤销, art. 69
    REPLACED = "replaced"  # 已换发: a new licence with a number of its own took its place


class Turn(StrEnum):
    """What happens to a licence. Each is an event, `licence_<turn>`, in the log of the case that caused it."""

    ISSUED = "issued"  # 核发
    RENEWED = "renewed"  # 延续, art. 50
    AMENDED = "amended"  # 变更, art. 49
    REISSUED = "reissued"  # 补发
    EXPIRED = "expired"  # 过期
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    REPLACED = "replaced"


# What leads where, and from where. A licence that was renewed in time is renewed even if its last day has passed
# meanwhile: while the agency waited for corrections, say. Nothing follows an end.
_POSSIBLE: Mapping[Turn, frozenset[State]] = MappingProxyType(
    {
        Turn.RENEWED: frozenset({State.VALID, State.EXPIRED}),
        Turn.AMENDED: frozenset({State.VALID}),
        Turn.REISSUED: frozenset({State.VALID}),
        Turn.EXPIRED: frozenset({State.VALID}),
        Turn.CANCELLED: frozenset({State.VALID, State.EXPIRED}),
        Turn.REVOKED: frozenset({State.VALID, State.EXPIRED}),
        Turn.REPLACED: frozenset({State.VALID, State.EXPIRED}),
    }
)
_ENDS = {
    Turn.EXPIRED: State.EXPIRED,
    Turn.CANCELLED: State.CANCELLED,
    Turn.REVOKED: State.REVOKED,
    Turn.REPLACED: State.REPLACED,
}
# The document of a grant that does something to a licence which is there already.
GRANTS = MappingProxyType(
    {
        "renewal": "renewal_grant",
        "change": "change_grant",
        "replacement": "replacement_grant",
        "cancellation": "striking_off",
    }
)


class Impossible(ValueError):
    """This cannot happen to a licence that stands so."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`until`: its last day; None where it has none (长期). `version`: of the paper that counts."""

    state: State
    version: int
    until: date | None

    def on(self, today: date) -> State:
        """The state as of a day, even if nobody has yet written down that its last day is over."""
        past = self.state is State.VALID and self.until is not None and self.until < today
        return State.EXPIRED if past else self.state


def issued(on: date, years: int | None) -> Standing:
    return Standing(State.VALID, 1, runs_until(on, years))


def runs_until(first: date, years: int | None) -> date | None:
    """Through the day before the same day n years on."""
    return add_months(first, 12 * years) - _DAY if years else None


def possible(now: Standing, turn: Turn) -> bool:
    return now.state in _POSSIBLE.get(turn, frozenset())


def turned(now: Standing, turn: Turn, *, years: int | None = None) -> Standing:
    """How the licence stands after this. Raises Impossible. `years`: of validity, for a renewal."""
    if not possible(now, turn):
        raise Impossible(f"a licence that is {now.state} cannot be {turn}")
    if turn in _ENDS:
        return replace(now, state=_ENDS[turn])
    then = replace(now, version=now.version + 1)
    if turn is Turn.RENEWED:
        # The new term runs on from the old one's end, however early the renewal was granted.
        return replace(then, state=State.VALID, until=now.until and runs_until(now.until + _DAY, years))
    return then


# 延续: when one may be applied for


@dataclass(frozen=True, slots=True)
class Window:
    """Both days included. `opens` is None where it is never too early."""

    opens: date | None
    closes: date

    def too_early(self, today: date) -> bool:
        return self.opens is not None and today < self.opens

    def too_late(self, today: date) -> bool:
        return today > self.closes


def window(until: date, opens: Limit | None, closes: Limit, calendar: Calendar) -> Window:
    """Art. 50(1): so long before the end. Counted back from the last day, which is the end."""
    return Window(_before(until, opens, calendar) if opens else None, _before(until, closes, calendar))


def _before(until: date, limit: Limit, calendar: Calendar) -> date:
    return back(limit.n, until, calendar) if limit.unit == "working_days" else until - timedelta(days=limit.n)


# 提醒


def reminder_days(until: date, since: date, before: tuple[int, ...]) -> dict[int, date]:
    """When the holder is reminded, by how many days before the end; never before the paper was there."""
    days = {n: until - timedelta(days=n) for n in sorted(before, reverse=True)}
    return {n: day for n, day in days.items() if day >= since}


# 不得再次申请: bars

FALSE_PAPERS = "false_papers"  # art. 78: one year
FRAUD = "fraud"  # art. 79: three years
_BARRED_MONTHS = {FALSE_PAPERS: 12, FRAUD: 36}


def barred_until(why: str, on: date) -> date:
    """The last day of the bar, which begins the day after it was imposed (Civil Code arts 201, 202)."""
    return add_months(on, _BARRED_MONTHS[why])
