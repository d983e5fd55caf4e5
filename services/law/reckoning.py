"""A limit reckoned from plain words, the same for the command line, the API and the public page.

What it answers is the due date and why: a sentence, and every day from the start to the end.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from services.law.calendar import Calendar, Words
from services.law.clock_words import STOP_NAMES
from services.law.counting import SHANGHAI, Clock, Due, Stop, due, instant, shifts
from services.law.explaining import Day, list_days
from services.law.watching import whole

# As people type them; the law's own names are those of `forms.Limit`.
UNITS = {
    "working": "working_days",
    "calendar": "calendar_days",
    "hours": "working_hours",
    "months": "months",
}
# A public page counts day by day, so what it is asked has bounds: about a year, and stops of five.
LONGEST = {"working": 366, "calendar": 731, "hours": 366, "months": 24}
MOST_STOPS = 20
FIRST, LAST = date(2004, 1, 1), date(2099, 12, 31)
_FARTHEST = timedelta(days=5 * 366)
_SHOWN_AFTER_STOP = timedelta(days=7)

BEGAN = Words(zh="起算日", en="the start")
_NUMBERS = {"limit": Words(zh="期限", en="The limit"), "extend": Words(zh="延长", en="The extension")}
_OUTSIDE = Words(zh="工作时间以外", en="outside working hours")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_MINUTE = re.compile(r"(\d{1,2}):(\d{2})(:\d{2})?", re.ASCII)
_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})", re.ASCII)


class Unreadable(ValueError):
    """What was asked cannot be reckoned. `problems`: name of the parameter -> a sentence; stop-2 is the second stop."""

    def __init__(self, problems: dict[str, Words]) -> None:
        super().__init__("; ".join(f"{name}: {sentence.en}" for name, sentence in problems.items()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Limit:
    n: int
    unit: str


@dataclass(frozen=True, slots=True)
class Reckoned:
    due: Due
    n: int
    extension: int

    def days(self) -> list[Day]:
        """kind: start, counted, stopped, off, rolled (after the last day, Civil Code art. 203) or due."""
        return [_told(day, self.due) for day in _list(self.due, self.until)]

    def days_at(self, today: date) -> list[Day]:
        """The same days as a ribbon draws them: those up to today are used, the others left."""
        return list(list_days(self.due, today, BEGAN, until=self.until))

    @property
    def until(self) -> date:
        """The last day shown: the due date, or, where there is none, a week of the stop without an end."""
        return self.due.on or self.counted_until + _SHOWN_AFTER_STOP

    @property
    def counted_until(self) -> date:
        """The last day that could count: the due date, or the day on which the stop without an end began."""
        terms = self.due.terms
        open_from = Clock(terms.unit, terms.calendar, terms.stops).open_from
        return self.due.on or max(open_from or FIRST, terms.start.date())


def reckon(
    calendar: Calendar,
    *,
    start: str = "",
    limit: str = "",
    unit: str = "working",
    stops: Sequence[str] = (),
    extend: str = "",
) -> Reckoned:
    """`start` is a day or an instant (of Shanghai unless it says otherwise), a stop `[KIND:]FROM..[TO]`.

    Raises Unreadable with everything that is wrong, not only the first.
    """
    problems: dict[str, Words] = {}
    began = _start(start, problems)
    if unit not in UNITS:
        names = ", ".join(UNITS)
        problems["unit"] = Words(zh=f"单位只能是：{names}", en=f"The unit must be one of {names}")
    n = _number(limit, "limit", unit, problems)
    extension = _number(extend or "0", "extend", unit, problems)
    found = _stops(stops, began, problems)
    if problems or began is None or n is None or extension is None:
        raise Unreadable(problems)
    return Reckoned(
        due(Limit(n, UNITS[unit]), began, calendar, stops=found, extension=extension), n, extension
    )


def _start(text: str, problems: dict[str, Words]) -> date | datetime | None:
    found = _moment(_plain(text))
    if found is None:
        problems["start"] = (
            Words(zh="请填写起算日，例如 2025-01-20", en="Give the start, as 2025-01-20")
            if _plain(text) == ""
            else Words(
                zh="起算日不是有效的日期，请按 2025-01-20 或者 2025-01-20 09:30 的样子填写",
                en="The start is not a date: write it as 2025-01-20 or 2025-01-20 09:30",
            )
        )
    elif not FIRST <= instant(found).date() <= LAST:
        problems["start"] = Words(
            zh=f"起算日应当在 {FIRST.year} 年到 {LAST.year} 年之间",
            en=f"The start must lie between {FIRST.year} and {LAST.year}",
        )
        return None
    return found


def _moment(text: str) -> date | datetime | None:
    if _ZONED.fullmatch(text):
        try:
            return instant(datetime.fromisoformat(text))
        except (ValueError, OverflowError):
            return None
    written, _, clock = text.replace("T", " ").partition(" ")
    day = _day(written)
    if day is None or not clock:
        return day
    at = _MINUTE.fullmatch(clock.strip())
    try:
        return datetime.combine(day, time(int(at[1]), int(at[2])), SHANGHAI) if at else None
    except ValueError:
        return None


def _day(text: str) -> date | None:
    parts = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, parts.groups())) if parts else None
    except ValueError:
        return None


def _number(text: str, name: str, unit: str, problems: dict[str, Words]) -> int | None:
    written, longest = _plain(text), LONGEST.get(unit, max(LONGEST.values()))
    if written.isascii() and written.isdigit() and len(written) < 6 and int(written) <= longest:
        return int(written)
    what = _NUMBERS[name]
    problems[name] = Words(
        zh=f"{what.zh}应当是 0 到 {longest} 之间的整数",
        en=f"{what.en} must be a whole number from 0 to {longest}",
    )
    return None


def _stops(texts: Iterable[str], began: date | datetime | None, problems: dict[str, Words]) -> list[Stop]:
    found = []
    for n, text in enumerate(texts, 1):
        stop = _stop(_plain(text), began)
        if isinstance(stop, Words):
            problems[f"stop-{n}"] = Words(zh=f"第 {n} 段：{stop.zh}", en=f"Stop {n}: {stop.en}")
        elif n > MOST_STOPS:
            problems[f"stop-{n}"] = Words(
                zh=f"最多填写 {MOST_STOPS} 段暂停", en=f"At most {MOST_STOPS} stops"
            )
            break
        else:
            found.append(stop)
    return found


def _stop(text: str, began: date | datetime | None) -> Stop | Words:
    kind, _, span = text.rpartition(":")
    begins, dots, ends = span.partition("..")
    start, end = _day(begins), _day(ends)
    if kind and kind not in STOP_NAMES:
        names = ", ".join(STOP_NAMES)
        return Words(
            zh=f"不计入时限的程序只有：{names}", en=f"the clock stops only for {names} (Licence Law art. 45)"
        )
    if not dots or start is None or (ends.strip() and end is None):
        return Words(
            zh="请填写开始和结束日期（如 2025-05-19..2025-06-05）；还没有结束的，只填开始日期",
            en="give the dates it began and ended (2025-05-19..2025-06-05), or only the first while it has no end (2025-05-19..)",
        )
    if end is not None and end < start:
        return Words(zh="结束日期不能早于开始日期", en="it cannot end before it begins")
    near = instant(began).date() if began else start
    if any(abs(day - near) > _FARTHEST for day in (start, end or start)):
        return Words(zh="离起算日太远（五年以上）", en="it must lie within five years of the start")
    return Stop(start, end, kind)


def _plain(text: str) -> str:
    """As typed on any keyboard: full-width digits and colons are those we know."""
    return unicodedata.normalize("NFKC", text).strip()


def _list(end: Due, until: date) -> list[Day]:
    days = list(list_days(end, until, BEGAN, until=until))
    return _with_hours(days, end) if end.terms.unit == "working_hours" else days


def _told(day: Day, end: Due) -> Day:
    """Without a today there is no used and left: a day counts, or it lies after the last one that does."""
    last = whole(end.terms)
    rolls = end.terms.unit in ("calendar_days", "months")
    number = None if rolls and day.number and day.number > last else day.number
    if day.kind not in ("used", "left"):
        return replace(day, number=number)
    return replace(day, kind="counted" if number or not rolls else "rolled", number=number)


def _with_hours(days: list[Day], end: Due) -> list[Day]:
    """Which hours of each day count, in place of the number of the day."""
    until = end.at or datetime.combine(days[-1].date, time.max, SHANGHAI)
    open_hours: dict[date, str] = {}
    spans = ((begin, min(close, until)) for begin, close in _shifts_until(end, until))
    for on, group in groupby(spans, key=lambda span: span[0].date()):
        open_hours[on] = "、".join(f"{begin:%H:%M}–{close:%H:%M}" for begin, close in group)
    told = []
    for day in days:
        hours = open_hours.get(day.date)
        if hours:
            day = replace(day, note=Words(zh=hours, en=hours.replace("、", ", ")))
        elif day.kind in ("used", "left"):
            day = replace(day, kind="off", note=_OUTSIDE)
        told.append(replace(day, number=None))
    return told


def _shifts_until(end: Due, until: datetime) -> Iterable[tuple[datetime, datetime]]:
    for begin, close in shifts(end.terms):
        if begin >= until:
            return
        yield begin, close
