"""A limit told day by day and in one sentence, the same for citizen, clerk and supervisor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.law.calendar import Calendar, DayKind, Words
from services.law.clock_words import ACCEPTANCE, amount, show_date, stop_name
from services.law.counting import Clock, Due, Limit, Stop, due, legal_date
from services.law.watching import remaining, used

_DAY = timedelta(days=1)

_WEEKEND = Words(zh="休息日", en="weekend")
_NO_NOTE = Words(zh="", en="")


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    kind: str  # start, used, stopped, off, left, due
    number: int | None
    note: Words


@dataclass(frozen=True, slots=True)
class Explanation:
    days: tuple[Day, ...]
    due: Due
    today: date | datetime
    began: Words

    def sentence(self, lang: str = "zh") -> str:
        parts = [spent(self.due, self.today, self.began, lang), left(self.due, self.today, lang)]
        return _join(parts, lang) + ends(self.due, lang)


def explain(
    limit: Limit,
    start: date | datetime,
    calendar: Calendar,
    *,
    stops: Iterable[Stop] = (),
    extension: int = 0,
    today: date | datetime,
    began: Words = ACCEPTANCE,
) -> Explanation:
    """Every day from the start to the due date; to today while a stop is open and no date can be told."""
    return told_day_by_day(due(limit, start, calendar, stops=stops, extension=extension), today, began)


def told_day_by_day(end: Due, today: date | datetime, began: Words) -> Explanation:
    """The same for a due date that was counted already."""
    return Explanation(tuple(list_days(end, legal_date(today), began)), end, today, began)


def list_days(end: Due, today: date, began: Words = ACCEPTANCE, until: date | None = None) -> Iterable[Day]:
    terms = end.terms
    clock = Clock(terms.unit, terms.calendar, terms.stops)
    first, number = terms.start.date(), 0
    day = first + _DAY
    if end.on == first:
        yield Day(first, "due", None, Words(zh="当天到期", en="due the same day"))
    elif terms.unit == "working_hours":
        day = first  # hours run from the minute of the start, so its day is one like the others
    else:
        yield Day(first, "start", None, Words(zh=f"{began.zh}当天不计", en=f"day of {began.en}, not counted"))
    last = until or end.on or max(today, first)
    while day <= last:
        counted = clock.counts(day)
        number += counted
        yield Day(day, _kind(day, end, today, clock), number if counted else None, _note(day, end, clock))
        day += _DAY


def _kind(day: date, end: Due, today: date, clock: Clock) -> str:
    if day == end.on:
        return "due"
    if not clock.in_unit(day):
        return "off"
    if clock.stopped(day):
        return "stopped"
    return "used" if day <= today else "left"


def _note(day: date, end: Due, clock: Clock) -> Words:
    calendar, kind = end.terms.calendar, end.terms.calendar.day_kind(day)
    if clock.in_unit(day) and clock.stopped(day):
        return stop_name(next(stop.kind for stop in end.terms.stops if stop.covers(day)))
    if kind is DayKind.MAKE_UP:
        return Words(zh="调休上班", en="working weekend")
    return calendar.holiday(day) or (_WEEKEND if kind is DayKind.WEEKEND else _NO_NOTE)


def spent(end: Due, today: date | datetime, began: Words, lang: str) -> str:
    """'受理当天不计。已用 4 个工作日，检验暂停的 2 个工作日不计': without a stop at its end."""
    if end.terms.unit == "working_hours":
        return {"zh": "只计工作时间", "en": "Only working hours count"}[lang]
    until = legal_date(today) if end.on is None else min(legal_date(today), end.on)
    terms = end.terms
    done = amount(used(terms.start, until, terms.calendar, terms.stops, terms.unit), terms.unit, lang)
    if lang == "en":
        parts = [f"The day of {began.en} is not counted. {done} used"]
    else:
        parts = [f"{began.zh}当天不计。已用 {done}"]
    for name, n in _stopped(end, until):
        days = amount(n, terms.unit, lang)
        parts.append(f"{days} of {name.en} do not count" if lang == "en" else f"{name.zh}暂停的 {days}不计")
    return _join(parts, lang)


def _stopped(end: Due, until: date) -> Iterable[tuple[Words, int]]:
    """Days each procedure took; a day two of them share is told once, under the first."""
    terms, counts = end.terms, {}
    clock = Clock(terms.unit, terms.calendar, terms.stops)
    day = terms.start.date() + _DAY
    while day <= until:
        if clock.in_unit(day) and clock.stopped(day):
            kind = next(stop.kind for stop in terms.stops if stop.covers(day))
            counts[kind] = counts.get(kind, 0) + 1
        day += _DAY
    return [(stop_name(kind), n) for kind, n in counts.items()]


def left(end: Due, today: date | datetime, lang: str, name: str = "") -> str:
    """'承诺期限还剩 1 个工作日', or that it is today, past, or not running."""
    n, unit = remaining(end, today), end.terms.unit
    if lang == "en":
        of = f" of the {name}" if name else ""
        if end.open:
            return f"the clock{of} is stopped with {amount(n, unit, lang)} left"
        if n < 0:
            return f"{amount(-n, unit, lang)} past the {name or 'limit'}"
        return f"{amount(n, unit, lang)}{of} left" if n else f"the {name or 'limit'} ends today"
    if end.open:
        return f"{name}已暂停，剩余 {amount(n, unit, lang)}"
    if n < 0:
        return f"{name}已超期 {amount(-n, unit, lang)}"
    return f"{name}还剩 {amount(n, unit, lang)}" if n else f"{name}今天到期"


def ends(end: Due, lang: str) -> str:
    """The date itself, and that it may move when next year's calendar is published."""
    if end.on is None or end.at is None:
        return {"zh": "。", "en": "."}[lang]
    if lang == "en":
        by = f"; due {end.on:%A} {end.on.isoformat()}" + _minute(end)
        return by + (", provisional until that year's calendar is published." if end.provisional else ".")
    by = f"，{show_date(end.on)}{_minute(end)}到期。"
    return by + ("该年放假安排尚未公布，日期可能调整。" if end.provisional else "")


def _minute(end: Due) -> str:
    return f" {end.at:%H:%M}" if end.terms.unit == "working_hours" else ""


def _join(parts: Iterable[str], lang: str) -> str:
    return (", " if lang == "en" else "，").join(parts)
