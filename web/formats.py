"""Dates, numbers and sizes as people write them, in the language of the page being rendered."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from forms import yuan
from services.law.roles import SYSTEM
from web.i18n import current_language, pick, translate

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = tuple(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])
CASE_NO_GROUPS = (6, 8, 1, 6, 1)  # region, day, channel, serial, check character


def t(text: Any) -> str:
    return pick(text, current_language())


def day(when: date | datetime | None) -> str:
    """11月26日（周四） / Thu 26 Nov"""
    if when is None:
        return ""
    when = legal_date(when)
    if current_language() == "en":
        return f"{WEEKDAYS_EN[when.weekday()]} {when.day} {MONTHS_EN[when.month - 1]}"
    return f"{when.month}月{when.day}日（周{WEEKDAYS_ZH[when.weekday()]}）"


def day_short(when: date | datetime | None) -> str:
    """11月26日 / 26 Nov, for table columns"""
    if when is None:
        return ""
    when = legal_date(when)
    if current_language() == "en":
        return f"{when.day} {MONTHS_EN[when.month - 1]}"
    return f"{when.month}月{when.day}日"


def date_long(when: date | datetime | None) -> str:
    """2026年11月26日 / 26 Nov 2026"""
    if when is None:
        return ""
    when = legal_date(when)
    if current_language() == "en":
        return f"{when.day} {MONTHS_EN[when.month - 1]} {when.year}"
    return f"{when.year}年{when.month}月{when.day}日"


def moment(when: datetime | None) -> str:
    """11-18 09:12 / 18 Nov 09:12, Beijing time"""
    if when is None:
        return ""
    when = _local(when)
    if current_language() == "en":
        return f"{when.day} {MONTHS_EN[when.month - 1]} {when:%H:%M}"
    return f"{when:%m-%d %H:%M}"


def legal_date(when: date | datetime) -> date:
    return _local(when).date() if isinstance(when, datetime) else when


def _local(when: datetime) -> datetime:
    if when.tzinfo is None:
        raise ValueError("a datetime without a time zone has no legal date")
    return when.astimezone(SHANGHAI)


def case_no(number: str) -> str:
    """430199 20261117 1 000012 K; anything that is not a case number stays as it is."""
    if len(number) != sum(CASE_NO_GROUPS) or not number[:-1].isdigit():
        return number
    parts, start = [], 0
    for width in CASE_NO_GROUPS:
        parts.append(number[start : start + width])
        start += width
    return " ".join(parts)


def signed(name: str) -> str:
    """Whoever did something; the system itself in the language of the page."""
    return translate(current_language(), name) if name == SYSTEM.name else name


def size(count: int) -> str:
    """1.2 MB"""
    if count < 1024:
        return f"{count} B"
    value = float(count)
    for unit in ("KB", "MB", "GB"):
        value /= 1024
        if value < 1024 or unit == "GB":
            return f"{value:.1f} {unit}" if value < 10 else f"{value:.0f} {unit}"
    raise AssertionError("unreachable")


def money(yuan: Decimal | int | str | None) -> str:
    """¥1,234.50; never from a float"""
    if yuan is None or yuan == "":
        return ""
    if isinstance(yuan, float):
        raise TypeError("money is never a float")
    return f"¥{Decimal(yuan):,.2f}"


def fen(sum_: int) -> str:
    """A sum in fen, as yuan: 4000 is ¥40.00."""
    return money(yuan(sum_))


FILTERS = {
    "t": t,
    "day": day,
    "day_short": day_short,
    "date_long": date_long,
    "moment": moment,
    "case_no": case_no,
    "signed": signed,
    "bytes": size,
    "money": money,
    "fen": fen,
}
