"""A due moment as a light: shape, colour and word. The same words on every list."""

from datetime import date, datetime, time, timedelta

from services.law.calendar import Calendar
from services.law.clock import SHANGHAI, days_between
from web.formats import MONTHS_EN

Lamp = dict[str, str | dict[str, str]]


def lamp(due_at: datetime | None, due_on: date | None, now: datetime, calendar: Calendar) -> Lamp | None:
    """None where nothing is due. A limit in hours can be past on its own day."""
    if due_at is None:
        return None
    due_on = due_on or due_at.astimezone(SHANGHAI).date()
    left = days_between(now.astimezone(SHANGHAI).date(), due_on, calendar)
    if due_at < now:
        return _over(max(-left, 0))
    if left <= 0:
        return _lamp("near", "今天到期", "due today")
    days = "working day" if left == 1 else "working days"
    return _lamp("near" if left == 1 else "ok", f"还有 {left} 个工作日", f"{left} {days} left")


def by(at: datetime | None) -> dict[str, str]:
    """The end of a limit: midnight belongs to the day that it ends, 11-23 24:00."""
    if at is None:
        return {"zh": "", "en": ""}
    at = at.astimezone(SHANGHAI)
    end, hour = (at - timedelta(days=1), "24:00") if at.time() == time() else (at, f"{at:%H:%M}")
    return {"zh": f"{end:%m-%d} {hour}", "en": f"{end.day} {MONTHS_EN[end.month - 1]} {hour}"}


def _over(n: int) -> Lamp:
    if n == 0:
        return _lamp("over", "今天已超期", "due earlier today")
    days = "working day" if n == 1 else "working days"
    return _lamp("over", f"已超 {n} 个工作日", f"{n} {days} past")


def _lamp(kind: str, zh: str, en: str) -> Lamp:
    return {"kind": kind, "words": {"zh": zh, "en": en}}
