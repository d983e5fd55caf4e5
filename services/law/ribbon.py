"""The clock ribbon (时限条) as plain numbers: one cell a day, for a template to draw as it stands.

Outlined start, filled days used, hatched days stopped, dashed days off, pale days left; diamonds for the
promised and the statutory date; a line at the end of today. Units are those of the drawing's viewBox.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from services.law.calendar import Calendar, Words
from services.law.clock_words import KINDS, Labels
from services.law.counting import Due, Stop, Terms, legal_date
from services.law.explaining import Day, left, list_days, spent

PITCH, SIZE, MARGIN, ROW_HEIGHT = 26, 22, 10, 88
ONE_ROW = 45  # days that are still readable in one row
WRAPPED_ROW = 28  # whole weeks, so that the days off stand under each other
SHORTEST_ROW = 14  # narrower, and the names of two dates run into each other
LATE_DAYS = 31  # a ribbon shows how a case became late, not every day of a year that it has been

_CELL_Y, _NUMBER_Y, _MONTH_Y, _DIAMOND_Y, _LABEL_Y = 26, 64, 80, 15, 19
_CLEAR = 11  # from the middle of a diamond to its name
_CLASSES = {"start": "start", "used": "ran", "stopped": "stopped", "off": "off", "left": "left"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TODAY = Words(zh="今天", en="today")


@dataclass(frozen=True, slots=True)
class Cell:
    date: date
    x: int
    y: int
    cls: str  # start, ran, stopped, off, left
    late: bool  # after the last due date
    tip: str


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: int
    y: int
    anchor: str = "start"
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Diamond:
    cls: str  # promise, legal
    x: int
    y: int
    date: date

    @property
    def path(self) -> str:
        return f"M{self.x} {self.y - 7} l7 7 l-7 7 l-7 -7z"


@dataclass(frozen=True, slots=True)
class Line:
    x: int
    y1: int
    y2: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    title: str
    desc: str
    width: int
    height: int
    rows: int
    cells: tuple[Cell, ...]
    labels: tuple[Label, ...]
    diamonds: tuple[Diamond, ...]
    today: Line | None
    cut: bool  # days between the last cell and today are not drawn


class _Sheet:
    """Where a day stands on the drawing."""

    def __init__(self, first: date, count: int, per_row: int) -> None:
        self.first, self.count = first, count
        fits = count <= max(per_row, SHORTEST_ROW)
        self.per_row = count if fits else max(min(WRAPPED_ROW, per_row) // 7 * 7, SHORTEST_ROW)
        self.rows = -(-count // self.per_row)
        self.width = 2 * MARGIN + MARGIN + self.per_row * PITCH

    def at(self, day: date) -> tuple[int, int]:
        """The upper left corner of the day's cell; its row's own origin is 26 above it."""
        row, column = divmod((day - self.first).days, self.per_row)
        return MARGIN + column * PITCH, row * ROW_HEIGHT + _CELL_Y

    def holds(self, day: date | None) -> bool:
        return day is not None and 0 <= (day - self.first).days < self.count

    def opens_row(self, day: date) -> bool:
        return (day - self.first).days % self.per_row == 0


def ribbon(
    days: Sequence[Day],
    *,
    today: date,
    title: str,
    desc: str,
    promise: date | None = None,
    legal: date | None = None,
    labels: Labels = KINDS["handling"],
    lang: str = "zh",
    per_row: int = ONE_ROW,
) -> Ribbon:
    sheet = _Sheet(days[0].date, len(days), per_row)
    marks = [
        (cls, day, words.in_(lang))
        for cls, day, words in (("promise", promise, labels.promise), ("legal", legal, labels.legal))
        if day is not None and sheet.holds(day)
    ]
    last = max((day for _, day, _ in marks), default=None)
    names, width = _diamond_labels(sheet, marks)
    return Ribbon(
        title=title,
        desc=desc,
        width=width,
        height=sheet.rows * ROW_HEIGHT,
        rows=sheet.rows,
        cells=tuple(_cell(sheet, day, today, last, lang) for day in days),
        labels=(*_numbers(sheet, days), *_months(sheet, days, today, lang), *names),
        diamonds=tuple(_diamond(sheet, cls, day) for cls, day, _ in marks),
        today=_today_line(sheet, today),
        cut=today > days[-1].date,
    )


def case_ribbon(
    start: date | datetime,
    promised: Due | None,
    statutory: Due | None,
    stops: Iterable[Stop],
    today: date | datetime,
    calendar: Calendar,
    kind: str = "handling",
    lang: str = "zh",
    *,
    per_row: int = ONE_ROW,
) -> Ribbon:
    """Both dates of a case on one ribbon. Its days are counted by the promised limit, or else the statutory."""
    limits = [due for due in (promised, statutory) if due]
    if not limits:
        raise ValueError("a ribbon needs a limit: promised, statutory or both")
    # Within a day only limits in hours move.
    now = today if any(due.terms.unit == "working_hours" for due in limits) else legal_date(today)
    terms = tuple(due.terms for due in limits)
    return _of_day(
        legal_date(start), promised, statutory, terms, tuple(stops), now, calendar, kind, lang, per_row
    )


@lru_cache(maxsize=4000)
def _of_day(
    start: date,
    promised: Due | None,
    statutory: Due | None,
    _terms: tuple[Terms, ...],  # which a Due is compared without
    stops: tuple[Stop, ...],
    today: date | datetime,
    calendar: Calendar,
    kind: str,
    lang: str,
    per_row: int,
) -> Ribbon:
    """Cases that began on the same day under the same rules share their ribbon, and all look at it all day."""
    main = promised or statutory
    assert main is not None
    labels, now = KINDS[kind], legal_date(today)
    ends = [due.on for due in (promised, statutory) if due and due.on]
    last = max([*ends, start])
    shown = max(last, min(now, last + timedelta(days=LATE_DAYS))) if ends else max(now, last)
    return ribbon(
        tuple(list_days(main.counted_by(calendar, stops), now, labels.began, until=shown)),
        today=now,
        title=labels.title.in_(lang),
        desc=_describe(promised, statutory, today, labels, lang),
        promise=promised and promised.on,
        legal=statutory and statutory.on,
        labels=labels,
        lang=lang,
        per_row=per_row,
    )


def _describe(
    promised: Due | None, statutory: Due | None, today: date | datetime, labels: Labels, lang: str
) -> str:
    """The text alternative: everything the picture says, in a sentence."""
    both = promised is not None and statutory is not None
    names = {
        "zh": ("承诺期限" if both else labels.promise.zh, "法定期限" if both else labels.legal.zh),
        "en": ("promised limit", "statutory limit") if both else ("limit", "limit"),
    }[lang]
    parts = [
        left(due, today, lang, name) for due, name in zip((promised, statutory), names, strict=True) if due
    ]
    main = promised or statutory
    assert main is not None
    comma, stop = (", ", ".") if lang == "en" else ("，", "。")
    return comma.join([spent(main, today, labels.began, lang), *parts]) + stop


def _cell(sheet: _Sheet, day: Day, today: date, last: date | None, lang: str) -> Cell:
    cls = _CLASSES.get(day.kind) or ("ran" if day.date <= today else "left")
    parts = (day.date.isoformat(), str(day.number or ""), day.note.in_(lang))
    x, y = sheet.at(day.date)
    return Cell(day.date, x, y, cls, last is not None and day.date > last, " ".join(filter(None, parts)))


def _numbers(sheet: _Sheet, days: Sequence[Day]) -> Iterable[Label]:
    for day in days:
        x, y = sheet.at(day.date)
        yield Label(str(day.date.day), x + SIZE // 2, y - _CELL_Y + _NUMBER_Y, "middle", strong=False)


def _months(sheet: _Sheet, days: Sequence[Day], today: date, lang: str) -> Iterable[Label]:
    """Month names under the first of a month and of a row, and today; on one cell they share a label."""
    for day in (day.date for day in days):
        x, y = sheet.at(day)
        y += _MONTH_Y - _CELL_Y
        month = (
            (_MONTHS[day.month - 1] if lang == "en" else f"{day.month}月") if _names_month(sheet, day) else ""
        )
        both = f"{month} · {_TODAY.in_(lang)}"
        if month and day == today and not _month_begins_under(sheet, day, both):
            fits = x + text_width(both) <= sheet.width
            yield Label(both, x, y) if fits else Label(both, x + SIZE, y, "end")
        elif month and day != today:
            yield Label(month, x, y)
        elif day == today:
            yield Label(_TODAY.in_(lang), x + SIZE // 2, y, "middle")


def _month_begins_under(sheet: _Sheet, day: date, text: str) -> bool:
    """Whether the next month's name would stand in a text that begins at this day."""
    after = (day + timedelta(days=n) for n in range(1, -(-text_width(text) // PITCH)))
    return any(later.day == 1 and sheet.holds(later) and not sheet.opens_row(later) for later in after)


def _names_month(sheet: _Sheet, day: date) -> bool:
    return day.day == 1 or sheet.opens_row(day)


def _diamond(sheet: _Sheet, cls: str, day: date) -> Diamond:
    x, y = sheet.at(day)
    return Diamond(cls, x + SIZE // 2, y - _CELL_Y + _DIAMOND_Y, day)


def _today_line(sheet: _Sheet, today: date) -> Line | None:
    if not sheet.holds(today):
        return None
    x, y = sheet.at(today)
    return Line(x + SIZE + 2, y - 6, y + SIZE + 6)


def _diamond_labels(sheet: _Sheet, marks: list[tuple[str, date, str]]) -> tuple[list[Label], int]:
    """The names of the diamonds, and the width: a name at the end of a single row makes the ribbon wider."""
    rows: dict[int, dict[int, str]] = {}
    for _, day, text in sorted(marks, key=lambda mark: mark[1]):
        x, y = sheet.at(day)
        row, centre = rows.setdefault(y - _CELL_Y + _LABEL_Y, {}), x + SIZE // 2
        row[centre] = _both(row[centre], text) if centre in row else text
    limit = sheet.width if sheet.rows > 1 else None
    placed = [Label(text, x, y, anchor) for y, row in rows.items() for text, x, anchor in _place(row, limit)]
    ends = [label.x + text_width(label.text) + MARGIN for label in placed if label.anchor == "start"]
    return placed, sheet.width if limit else max([sheet.width, *ends])


def _place(row: dict[int, str], limit: int | None) -> list[tuple[str, int, str]]:
    """Beside their diamonds, to the right where there is room, else to the left, else both names in one label."""
    (first, text), (last, other) = next(iter(row.items())), list(row.items())[-1]
    between = last - first - 2 * _CLEAR
    ends_inside = limit is None or last + _CLEAR + text_width(other) <= limit
    starts_inside = first - _CLEAR - text_width(text) >= 0
    after = (other, last + _CLEAR, "start")
    before = (text, first - _CLEAR, "end")
    if len(row) == 1:
        return [after if ends_inside else before]
    if ends_inside and text_width(text) <= between:
        return [(text, first + _CLEAR, "start"), after]
    if ends_inside and starts_inside:
        return [before, after]
    if starts_inside and text_width(other) <= between:
        return [before, (other, last - _CLEAR, "end")]
    if text_width(text) + text_width(other) + MARGIN <= between:
        return [(text, first + _CLEAR, "start"), (other, last - _CLEAR, "end")]
    both = _both(text, other)
    if limit is None or last + _CLEAR + text_width(both) <= limit:
        return [(both, last + _CLEAR, "start")]
    return [(both, first - _CLEAR, "end")]


def _both(text: str, other: str) -> str:
    return text if text == other else f"{text} · {other}"


def text_width(text: str) -> int:
    """At 11 px: a Chinese character is as wide as high, a Latin one a little over half."""
    return sum(11 if ord(char) > 0x2E80 else 7 for char in text)
