"""期限计算器: anybody may count a limit as the counter does, and see why. The address holds the question; nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.law.calendar import Calendar
from services.law.clock_words import STOP_NAMES, Labels, Words, show_date
from services.law.counting import legal_date
from services.law.reckoning import BEGAN, Reckoned, Unreadable, reckon
from services.law.reckoning_words import DAY_KINDS, sentence
from services.law.ribbon import Ribbon, ribbon
from web.deps import HouseDep, OptionalActor
from web.formats import MONTHS_EN
from web.i18n import language_of
from web.rendering import page

router = APIRouter(include_in_schema=False)

LONGEST_PICTURE = 190  # days; beyond it the table says it better
_UNITS = [
    {"value": "working", "label": {"zh": "工作日", "en": "Working days"}},
    {"value": "calendar", "label": {"zh": "自然日", "en": "Calendar days"}},
    {"value": "months", "label": {"zh": "月", "en": "Months"}},
    {"value": "hours", "label": {"zh": "工作小时", "en": "Working hours"}},
]
_LABELS = Labels(
    Words(zh="期限", en="The limit"),
    BEGAN,
    Words(zh="到期日", en="Due"),
    Words(zh="到期日", en="Due"),
)


class StopRow(NamedTuple):
    """One stop as it was typed."""

    begins: str
    ends: str
    kind: str

    def text(self) -> str:
        return f"{self.kind}:{self.begins}..{self.ends}" if self.kind else f"{self.begins}..{self.ends}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the form, whether or not it can be reckoned."""

    start: str
    time: str
    limit: str
    unit: str
    extend: str
    stops: tuple[StopRow, ...]

    def reckon(self, calendar: Calendar) -> Reckoned:
        start = f"{self.start} {self.time}" if self.unit == "hours" and self.time else self.start
        stops = [stop.text() for stop in self.stops]
        return reckon(
            calendar, start=start, limit=self.limit, unit=self.unit, stops=stops, extend=self.extend
        )


@router.get("/clock")
async def clock(
    request: Request,
    house: HouseDep,
    actor: OptionalActor,
    start: str | None = None,
    time: str = "",
    limit: str = "",
    unit: str = "working",
    extend: str = "",
    stop_from: Annotated[list[str] | None, Query()] = None,
    stop_to: Annotated[list[str] | None, Query()] = None,
    stop_kind: Annotated[list[str] | None, Query()] = None,
    more: str = "",
) -> Response:
    """Asked without a start, it is the empty form; with `more`, the same form with room for another stop."""
    today = legal_date(house.now())
    stops = _rows(stop_from or (), stop_to or (), stop_kind or ())
    asked = Asked(str(today) if start is None else start, time, limit, unit, extend, stops)
    found, problems = None, {}
    if start is not None and not more:
        try:
            found = asked.reckon(house.calendar)
        except Unreadable as wrong:
            problems = {name: words._asdict() for name, words in wrong.problems.items()}
    return page(
        request, "citizen/clock.html", status=422 if problems else 200, problems=problems, asked=asked, units=_UNITS,
        kinds=STOP_NAMES, day_kinds=DAY_KINDS, blank=2 if more else 1,
        answer=_answer(found, today, language_of(request)) if found else None,
    )  # fmt: skip


def _rows(begins: Sequence[str], ends: Sequence[str], kinds: Sequence[str]) -> tuple[StopRow, ...]:
    """The rows in which something stands, so that the second problem belongs to the second row drawn."""
    width = max(len(begins), len(ends), len(kinds))
    columns = (
        [text.strip() for text in (*column, *[""] * width)][:width] for column in (begins, ends, kinds)
    )
    return tuple(StopRow(*row) for row in zip(*columns, strict=True) if any(row))


def _answer(found: Reckoned, today: date, lang: str) -> dict[str, object]:
    days = found.days()
    return {
        "date": _date(found),
        "open": found.due.open,
        "provisional": found.due.provisional,
        "sentence": sentence(found, lang),
        "days": days,
        "numbered": any(day.number for day in days),
        "ribbon": _ribbon(found, today, lang) if 1 < len(days) <= LONGEST_PICTURE else None,
        "calendar": found.due.terms.calendar.version,
    }


def _date(found: Reckoned) -> dict[str, str]:
    on, at = found.due.on, found.due.at
    if on is None:
        return {"zh": "现在没有到期日", "en": "No due date now"}
    minute = f" {at:%H:%M}" if at and found.due.terms.unit == "working_hours" else ""
    return {
        "zh": f"{show_date(on)}{minute}",
        "en": f"{on:%A} {on.day} {MONTHS_EN[on.month - 1]} {on.year}{minute}",
    }


def _ribbon(found: Reckoned, today: date, lang: str) -> Ribbon:
    drawn = ribbon(
        found.days_at(today),
        today=today,
        title=_LABELS.title.in_(lang),
        desc=sentence(found, lang),
        legal=found.due.on,
        labels=_LABELS,
        lang=lang,
    )
    return replace(
        drawn, cut=False
    )  # a limit that ended long ago is complete: nothing is left out of its picture
