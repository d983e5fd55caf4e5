"""A case as lanes, one a party: when it lay with whom, and when they acted. Plain numbers for parts/lanes.html."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from forms import Item
from services.law.chain import Event
from services.law.clock import SHANGHAI
from web import wording

LEFT, RIGHT, ACT = 94, 1062, 12  # where time begins and ends, and how wide an act is drawn
TICKS = 10
_NOT_WAITED_FOR = frozenset({"withdrawal", "rating", "card", "appeal", "card_review"})  # offers, not turns
_OF_PEOPLE = frozenset({"submitted", "registered"})
_PARTIES = {
    "applicant": {"zh": "申请人", "en": "Applicant"},
    "caller": {"zh": "来电人", "en": "Caller"},
    "clerk": {"zh": "窗口", "en": "Counter"},
    "agent": {"zh": "12345", "en": "12345"},
    "unit": {"zh": "承办单位", "en": "Unit"},
}


@dataclass
class _Sheet:
    """The drawing so far."""

    first: datetime
    last: datetime
    rows: list[dict[str, Any]] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    bars: list[dict[str, Any]] = field(default_factory=list)

    def x(self, at: datetime) -> int:
        whole = (self.last - self.first) or timedelta(minutes=1)
        return LEFT + round((RIGHT - LEFT) * ((at - self.first) / whole))

    def row(self, party: str, label: dict[str, str]) -> int:
        if party not in self.index:
            self.index[party] = len(self.rows)
            self.rows.append({"label": label})
        return self.index[party]

    def bar(self, row: int, begin: datetime, end: datetime, cls: str) -> None:
        x = self.x(begin)
        self.bars.append({"row": row, "x": x, "w": max(self.x(end) - x, 3), "cls": cls})

    def act(self, row: int, at: datetime) -> None:
        self.bars.append({"row": row, "x": max(self.x(at) - ACT, LEFT), "w": ACT, "cls": "do"})


def lanes(events: Sequence[Event], now: datetime, item: Item, *, finished: bool) -> dict[str, Any]:
    """Title, description, ticks, rows, bars and marks of a log that is not empty."""
    order = item.kind == "order"
    turns = [e for e in events if e.kind == "task_opened" and _waited_for(e)]
    answered = {e.data["task"]: _answer(events, e) for e in turns}
    sheet = _Sheet(events[0].at, _last(events, answered, now, finished))
    for event in events:
        if event.kind in _OF_PEOPLE:
            who = "caller" if order else "applicant"
            sheet.act(sheet.row(who, _PARTIES[who]), event.at)
    for turn in turns:
        _draw_turn(sheet, turn, answered[turn.data["task"]], _claim(events, turn), item)
    return {
        "title": {"zh": "办件经过：每一方何时经手", "en": "The case: when it lay with whom"},
        "desc": _describe(sheet),
        "ticks": _ticks(sheet),
        "rows": sheet.rows,
        "bars": sheet.bars,
        "marks": _marks(sheet, events, turns, item),
    }


def _waited_for(opened: Event) -> bool:
    return opened.data["step"] not in _NOT_WAITED_FOR and not opened.data.get("standing")


def _last(
    events: Sequence[Event], answered: dict[str, Event | None], now: datetime, finished: bool
) -> datetime:
    waits = not finished and any(a is None for a in answered.values())
    return max(now, events[-1].at) if waits else events[-1].at


def _answer(events: Sequence[Event], turn: Event) -> Event | None:
    return next(
        (e for e in events if e.task == turn.data["task"] and e.seq > turn.seq and e.kind != "card_raised"),
        None,
    )


def _claim(events: Sequence[Event], turn: Event) -> Event | None:
    return next((e for e in events if e.kind == "claimed" and e.data.get("task") == turn.data["task"]), None)


def _party(turn: Event, item: Item) -> tuple[str, dict[str, str]]:
    role, step = turn.data["role"], turn.data["step"]
    if item.kind == "order" and role not in ("applicant", "agent"):
        return "unit", _PARTIES["unit"]
    if role in _PARTIES:
        return role, _PARTIES[role]
    words = wording.step(item, step)
    return step, {lang: _cut(words[lang], room) for lang, room in (("zh", 7), ("en", 14))}


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def _draw_turn(sheet: _Sheet, turn: Event, answer: Event | None, claim: Event | None, item: Item) -> None:
    row = sheet.row(*_party(turn, item))
    end = answer.at if answer else sheet.last
    held = claim.at if claim and turn.at <= claim.at <= end else None
    sheet.bar(row, turn.at, held or end, "wait")
    if held:
        sheet.bar(row, held, end, "do")
    if answer and answer.role != "system":
        sheet.act(row, answer.at)


def _ticks(sheet: _Sheet) -> list[dict[str, Any]]:
    """Midnights, at most ten of them; a case of a single day has its day at the left."""
    first, last = (at.astimezone(SHANGHAI).date() for at in (sheet.first, sheet.last))
    every = max(1, -(-((last - first).days + 1) // TICKS))
    days = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, every)]
    return [{"x": max(LEFT, sheet.x(_midnight(day))), "text": f"{day:%m-%d}"} for day in days]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _marks(
    sheet: _Sheet, events: Sequence[Event], turns: Sequence[Event], item: Item
) -> list[dict[str, Any]]:
    marks: dict[tuple[int, int], dict[str, Any]] = {}
    for event in events:
        if event.kind != "card_raised" or not sheet.rows:
            continue
        at = min(datetime.fromisoformat(event.data["moment"]), sheet.last)
        holder = _holder(turns, event, at)
        row = sheet.row(*_party(holder, item)) if holder else len(sheet.rows) - 1
        _mark(marks, sheet.x(at), row, event.data["rule"], red=event.data["severity"] == "red")
    return list(marks.values())


def _mark(marks: dict[tuple[int, int], dict[str, Any]], x: int, row: int, rule: str, *, red: bool) -> None:
    """Cards of one moment share a diamond; red is seen above yellow."""
    mark = marks.setdefault((row, x), {"x": x, "row": row, "cls": "yellow", "rules": []})
    mark["rules"].append(rule)
    red = red or mark["cls"] == "red"
    rules = " · ".join(mark["rules"])
    mark["cls"] = "red" if red else "yellow"
    mark["label"] = {
        "zh": f"{'红牌' if red else '黄牌'} {rules}",
        "en": f"{'Red' if red else 'Yellow'} {rules}",
    }


def _holder(turns: Sequence[Event], card: Event, at: datetime) -> Event | None:
    """Whose turn it was: the card's own task, else the last one that had been opened by then."""
    if task := card.data.get("task"):
        return next((t for t in turns if t.data["task"] == task), None)
    return next((t for t in reversed(turns) if t.at <= at), None)


def _describe(sheet: _Sheet) -> dict[str, str]:
    names = [row["label"] for row in sheet.rows]
    return {
        "zh": f"经手方：{'、'.join(n['zh'] for n in names)}。逐条经过见下表。",
        "en": f"Parties: {', '.join(n['en'] for n in names)}. The table below has every event.",
    }
