"""The clock ribbon (时限条) as plain numbers: one cell a day, for a template to draw as it stands.

Outlined start, filled days used, hatched days stopped, dashed days off, pale days left; diamonds for the
promised and the statutory date; a line at the end of today. Units are those of the drawing's viewBox.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.law.calendar import Calendar, Words
from services.law.counting import Due, Stop, legal_date
from services.law.explaining import ACCEPTANCE, Day, left, list_days, spent

PITCH, SIZE, MARGIN, ROW_HEIGHT = 26, 22, 10, 88
ONE_ROW = 45  # days that are still readable in one row
WRAPPED_ROW = 28  # whole weeks, so that the days off stand under each other
LATE_DAYS = 31  # a ribbon shows how a case became late, not every day of a year that it has been

_CELL_Y, _NUMBER_Y, _MONTH_Y, _DIAMOND_Y, _LABEL_Y = 26, 64, 80, 15, 19
_CLASSES = {"start": "start", "used": "ran", "stopped": "stopped", "off": "off", "left": "left"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TODAY = Words(zh="今天", en="today")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one kind of clock."""

    title: Words
    began: Words
    promise: Words
    legal: Words


KINDS = {
    "handling": Labels(
        Words(zh="办理时限", en="Time limits"),
        ACCEPTANCE,
        Words(zh="承诺办结", en="Promised"),
        Words(zh="法定期限", en="Statutory"),
    ),
    "acceptance": Labels(
        Words(zh="受理时限", en="Limit for acceptance"),
        Words(zh="收到申请", en="receipt"),
        Words(zh="受理期限", en="Accept by"),
        Words(zh="受理期限", en="Accept by"),
    ),
    "correction": Labels(
        Words(zh="补正时限", en="Limit for corrections"),
        Words(zh="告知", en="the notice"),
        Words(zh="补正期限", en="Correct by"),
        Words(zh="补正期限", en="Correct by"),
    ),
    "delivery": Labels(
        Words(zh="送达时限", en="Limit for delivery"),
        Words(zh="作出决定", en="the decision"),
        Words(zh="送达期限", en="Deliver by"),
        Words(zh="送达期限", en="Deliver by"),
    ),
    "order": Labels(
        Words(zh="工单时限", en="Limit of the work order"),
        Words(zh="派单", en="dispatch"),
        Words(zh="回复期限", en="Reply by"),
        Words(zh="回复期限", en="Reply by"),
    ),
}


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
        fits = count <= per_row
        self.per_row = count if fits else max(min(WRAPPED_ROW, per_row) // 7 * 7, 7)
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
    main = promised or statutory
    if main is None:
        raise ValueError("a ribbon needs a limit: promised, statutory or both")
    labels, now = KINDS[kind], legal_date(today)
    ends = [due.on for due in (promised, statutory) if due and due.on]
    last = max([*ends, legal_date(start)])
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
        if month and day == today:
            yield Label(f"{month} · {_TODAY.in_(lang)}", x, y)
        elif month:
            yield Label(month, x, y)
        elif day == today:
            yield Label(_TODAY.in_(lang), x + SIZE // 2, y, "middle")


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
    """Names to the right of their diamonds; to the left, or in one label, where two would run into each other.

    Also the width, since a name at the end of a single row makes the ribbon wider.
    """
    placed, width = [], sheet.width
    marks = sorted(marks, key=lambda mark: mark[1])
    while marks:
        _, day, text = marks.pop(0)
        x, y = sheet.at(day)
        centre, y = x + SIZE // 2, y - _CELL_Y + _LABEL_Y
        after = sheet.at(marks[0][1]) if marks else None
        room = after[0] - x - 24 if after and after[1] - _CELL_Y + _LABEL_Y == y else None
        if room is not None and room < text_width(text):
            if centre - 11 - text_width(text) >= 0:
                placed.append(Label(text, centre - 11, y, "end"))
                continue
            cls, later, other = marks.pop(0)
            marks.insert(0, (cls, later, text if text == other else f"{text} · {other}"))
        elif sheet.rows > 1 and centre + 11 + text_width(text) > sheet.width:
            placed.append(Label(text, centre - 11, y, "end"))
        else:
            width = max(width, centre + 11 + text_width(text) + MARGIN)
            placed.append(Label(text, centre + 11, y))
    return placed, width


def text_width(text: str) -> int:
    """At 11 px: a Chinese character is as wide as high, a Latin one a little over half."""
    return sum(11 if ord(char) > 0x2E80 else 7 for char in text)
