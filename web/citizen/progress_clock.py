"""The clocks of a case as its applicant sees them: which ran, from when, until when. Computed from the log, never kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from forms import Item
from services.cases.histories import Told
from services.law.calendar import Calendar, Words
from services.law.clock import Due, Explanation, due, explain, remaining
from services.law.clock_words import KINDS
from services.law.ribbon import Ribbon, case_ribbon

# What each event makes begin. Licence Law arts 32, 42, 44: receipt, acceptance and decision each start their own.
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
    {"declined", "withdrawn", "terminated", "lapsed", "served", "concluded", "replied", "order_declined", "order_closed"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clock:
    """`ended` is the instant it stopped, None while it runs."""

    kind: str
    start: date
    promised: Due | None
    statutory: Due | None
    ended: datetime | None = None

    @property
    def main(self) -> Due:
        limit = self.promised or self.statutory
        assert limit is not None
        return limit

    def left(self, now: datetime) -> int:
        return remaining(self.main, self.ended or now)

    def ribbon(self, now: datetime, lang: str) -> Ribbon:
        today, terms = self.ended or now, self.main.terms
        return case_ribbon(
            self.start, self.promised, self.statutory, terms.stops, today, terms.calendar, self.kind, lang
        )

    def explained(self, now: datetime, item: Item, calendar: Calendar) -> list[tuple[Words, Explanation]]:
        """Day by day, for each of its limits by name."""
        labels = KINDS[self.kind]
        return [
            (name, explain(limit, self.start, calendar, today=self.ended or now, began=labels.began))
            for name, limit in zip((labels.promise, labels.legal), _limits(self.kind, item), strict=True)
            if limit is not None
        ]


def clocks_of(item: Item, told: Iterable[Told], calendar: Calendar) -> list[Clock]:
    """Every clock of the case, oldest first; at most the last one runs."""
    return list(_walk(item, told, calendar))


def running(clocks: list[Clock]) -> Clock | None:
    return clocks[-1] if clocks and clocks[-1].ended is None else None


def _walk(item: Item, told: Iterable[Told], calendar: Calendar) -> Iterator[Clock]:
    current, received = None, None
    for event in (t.event for t in told):
        begins = _BEGINS.get(event.kind)
        if event.kind == "dispatched" and current:
            continue  # a redispatch never starts the caller's clock again
        if current and (begins or event.kind in _ENDS):
            yield replace(current, ended=event.at)
            current = None
        if begins:
            # Licence Law art. 32(4): silence is acceptance as of the day of receipt.
            start = received if event.kind == "deemed_accepted" and received else event.on
            current = _clock(begins, start, item, calendar)
        if begins == "acceptance":
            received = event.on
    if current:
        yield current


def _clock(kind: str, start: date, item: Item, calendar: Calendar) -> Clock:
    promised, statutory = (due(limit, start, calendar) if limit else None for limit in _limits(kind, item))
    return Clock(kind, start, promised, statutory)


def _limits(kind: str, item: Item):
    """What government promised or asks, and what the law sets."""
    return {
        "acceptance": (None, item.acceptance),
        "correction": (item.correction, None),
        "handling": (item.promised, item.statutory),
        "delivery": (None, item.delivery),
        "order": (item.promised, None),
    }[kind]
