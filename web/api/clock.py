"""The legal clock for anybody: when a limit ends, and why."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from services.errors import Invalid
from services.law.reckoning import Unreadable, reckon
from services.law.reckoning_words import sentence
from web.api.shapes import V1, Words, refusals
from web.deps import HouseDep

router = APIRouter(prefix=V1, tags=["clock"])


class ClockDay(BaseModel):
    date: date
    kind: str = Field(description="start, counted, stopped, off, rolled or due", examples=["counted"])
    number: int | None = Field(description="Which day of the limit it is, if it counts")
    note: Words


class DueDate(BaseModel):
    due: date | None = Field(description="None while a stop has no end", examples=["2025-02-21"])
    at: datetime | None = Field(
        description="The last instant in time", examples=["2025-02-22T00:00:00+08:00"]
    )
    open: bool = Field(description="A stop has no end yet, so there is no due date")
    provisional: bool = Field(description="A year in it has no published calendar: the date may move")
    calendar: str = Field(description="The calendars it was counted by", examples=["2004-2026.1"])
    explanation: Words
    days: list[ClockDay]


@router.get("/clock/due", summary="When a limit ends 期限计算", responses=refusals(422))
async def clock_due(
    house: HouseDep,
    start: Annotated[
        str, Query(description="A day, which is not counted, or an instant", examples=["2025-01-20"])
    ] = "",
    limit: Annotated[str, Query(description="How many", examples=["20"])] = "",
    unit: Annotated[str, Query(description="working, calendar, hours or months")] = "working",
    stop: Annotated[
        list[str] | None,
        Query(
            description="`[KIND:]FROM..[TO]`, several times: what is not counted (Licence Law art. 45), after FROM up "
            "to TO. Problems name the second stop `stop-2`.",
            examples=[["expert_review:2025-05-19..2025-06-05"]],
        ),
    ] = None,
    extend: Annotated[str, Query(description="An extension in the same unit (Licence Law art. 42)")] = "",
) -> DueDate:
    """Public: no token, nothing is kept."""
    try:
        found = reckon(house.calendar, start=start, limit=limit, unit=unit, stops=stop or (), extend=extend)
    except Unreadable as wrong:
        raise Invalid({name: words._asdict() for name, words in wrong.problems.items()}) from None
    end = found.due
    return DueDate(
        due=end.on,
        at=end.at,
        open=end.open,
        provisional=end.provisional,
        calendar=end.terms.calendar.version,
        explanation=Words(zh=sentence(found), en=sentence(found, "en")),
        days=[
            ClockDay(date=day.date, kind=day.kind, number=day.number, note=Words(**day.note._asdict()))
            for day in found.days()
        ],
    )
