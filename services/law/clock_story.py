"""The clocks of a case in the order in which they ran, from its log alone: what every desk shows, computed once.

Licence Law arts 32, 42, 44, 45: receipt, acceptance and decision each start their own; special procedures stop the one
that runs from acceptance, and an extension moves its statutory limit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from forms import Item, Limit
from services.law.calendar import Calendar, Words
from services.law.case import CaseState, apply
from services.law.chain import Event
from services.law.clock import Due, Explanation, due, remaining
from services.law.clock_words import KINDS
from services.law.explaining import told_day_by_day
from services.law.fees import moment_of
from services.law.ribbon import ONE_ROW, Ribbon, case_ribbon
from services.law.stays import stops_of

_BEGINS = {
    "submitted": "acceptance",
    "resubmitted": "acceptance",
    "correction_requested": "correction",
    "accepted": "handling",
    "deemed_accepted": "handling",
    "granted": "delivery",
    "refused": "delivery",
    "deemed_renewed": "delivery",
    "revoked": "delivery",
    "struck_off": "delivery",
    "left": "delivery",
    "dispatched": "order",
    "reworked": "order",
}
_ENDS = frozenset(
    {
        "declined", "withdrawn", "terminated", "voided", "lapsed", "served", "concluded", "replied", "forwarded",
        "order_declined", "order_closed",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseClock:
    """`ended` is the instant it stopped, None while it runs. `limits`: each with the name of its date."""

    kind: str
    start: date
    promised: Due | None
    statutory: Due | None
    limits: tuple[tuple[Words, Limit, Due], ...]
    ended: datetime | None = None

    @property
    def main(self) -> Due:
        limit = self.promised or self.statutory
        assert limit is not None
        return limit

    @property
    def stopped(self) -> bool:
        return self.ended is None and self.main.open

    def left(self, now: datetime) -> int:
        return remaining(self.main, self.ended or now)

    def ribbon(self, now: datetime, lang: str, per_row: int = ONE_ROW) -> Ribbon:
        today, terms = self.ended or now, self.main.terms
        return case_ribbon(
            self.start, self.promised, self.statutory, terms.stops, today, terms.calendar, self.kind, lang,
            per_row=per_row,
        )  # fmt: skip

    def explained(self, now: datetime) -> list[tuple[Words, Limit, Explanation]]:
        """Day by day, for each of its limits by name."""
        began = KINDS[self.kind].began
        return [
            (name, limit, told_day_by_day(end, self.ended or now, began)) for name, limit, end in self.limits
        ]


def clocks_of(item: Item, events: Iterable[Event], calendar: Calendar) -> list[CaseClock]:
    """Every clock of the case, oldest first; at most the last one runs."""
    return list(_walk(item, events, calendar))


def running(clocks: list[CaseClock]) -> CaseClock | None:
    return clocks[-1] if clocks and clocks[-1].ended is None else None


def _walk(item: Item, events: Iterable[Event], calendar: Calendar) -> Iterator[CaseClock]:
    state, current = CaseState(), None  # current: (kind, start) of the clock that runs
    for event in events:
        begins = _BEGINS.get(event.kind) or _after_paying(event)
        if event.kind == "dispatched" and current:
            begins = None  # a redispatch never starts the caller's clock again
        if current and (begins or event.kind in _ENDS or _to_be_paid_first(event)):
            yield _ended(_clock(*current, state, item, calendar), event)
            current = None
        apply(state, event)
        if begins:
            # Art. 32(4): silence is acceptance as of the day of receipt, which the state knows.
            current = begins, (state.accepted_on or event.on if begins == "handling" else event.on)
    if current:
        yield _clock(*current, state, item, calendar)


def _to_be_paid_first(event: Event) -> bool:
    """Before a licence is paid for nobody may hand it out, so no limit for that runs."""
    return event.kind == "fee_ordered" and moment_of(event) == "grant"


def _after_paying(event: Event) -> str | None:
    return "handover" if event.kind in ("paid", "fee_waived") and moment_of(event) == "grant" else None


def _ended(clock: CaseClock, event: Event) -> CaseClock:
    """Silence speaks in the last moment of the limit, whenever it is written down."""
    last = clock.main.at
    at = last - timedelta(microseconds=1) if event.kind == "deemed_accepted" and last else event.at
    return replace(clock, ended=min(at, event.at))


def _clock(kind: str, start: date, state: CaseState, item: Item, calendar: Calendar) -> CaseClock:
    """An extension moves the statutory limit; what was promised stays what was promised (art. 42)."""
    promise, law = _limits(kind, item, state.by_promise)
    stops = stops_of(state.stays) if kind == "handling" else ()
    promised = due(promise, start, calendar, stops=stops) if promise else None
    longer = state.extension if kind == "handling" else 0
    statutory = due(law, start, calendar, stops=stops, extension=longer) if law else None
    labels = KINDS[kind]
    named = ((labels.promise, promise, promised), (labels.legal, law, statutory))
    return CaseClock(
        kind, start, promised, statutory, tuple((w, limit, end) for w, limit, end in named if limit and end)
    )


def _limits(kind: str, item: Item, by_promise: bool) -> tuple[Limit | None, Limit | None]:
    """What government promised or asks, and what the law sets."""
    return {
        "acceptance": (None, item.acceptance),
        "correction": (item.correction, None),
        "handling": (item.promised_for(by_promise), item.statutory),
        "delivery": (None, item.delivery),
        "handover": (None, item.delivery),
        "order": (item.promised, None),
    }[kind]
