"""The sentence that says how a limit was reckoned, with what was left out and why."""

from collections.abc import Iterator
from datetime import timedelta

from services.law.calendar import DayKind, Words
from services.law.clock_words import amount, show_date, stop_name
from services.law.counting import SHIFTS, Due
from services.law.explaining import Day, ends
from services.law.reckoning import Reckoned
from services.law.watching import remaining

DAY_KINDS = {
    "start": Words(zh="起算日，不计", en="start, not counted"),
    "counted": Words(zh="计入", en="counted"),
    "stopped": Words(zh="暂停，不计", en="stopped, not counted"),
    "off": Words(zh="不计", en="not counted"),
    "rolled": Words(zh="顺延", en="rolled over"),
    "due": Words(zh="到期日", en="due"),
}
_DAY = timedelta(days=1)


def sentence(found: Reckoned, lang: str = "zh") -> str:
    """'2025年1月20日（周一）当天不计，自次日起数 20 个工作日，…，2025年2月21日（周五）到期。'"""
    end, days = found.due, [day for day in found.days() if day.date <= found.counted_until]
    if end.terms.n == 0:
        return _on_the_spot(end, lang)
    parts = [_length(found, lang), *_left_out(end, days, lang), *_rolled(days, lang)]
    if end.open:
        parts.append(_stands_still(found, lang))
    return (", " if lang == "en" else "，").join(parts) + ends(end, lang)


def _on_the_spot(end: Due, lang: str) -> str:
    day = end.terms.start.date()
    return f"Due the same day, {day:%A} {day}." if lang == "en" else f"{show_date(day)}当天到期。"


def _length(found: Reckoned, lang: str) -> str:
    start, unit = found.due.terms.start, found.due.terms.unit
    whole = _span(found.due.terms.n, unit, lang)
    if found.extension:
        more = _span(found.extension, unit, lang)
        whole += f" (extended by {more})" if lang == "en" else f"（含延长的 {more}）"
    if unit == "working_hours":
        hours = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in SHIFTS)
        if lang == "en":
            return f"{whole} from {start:%A} {start:%Y-%m-%d %H:%M}, only {hours} of working days counted"
        return f"自{show_date(start.date())} {start:%H:%M} 起只计工作日的 {hours.replace(', ', '、')}，共 {whole}"
    if lang == "en":
        return f"{start:%A} {start.date()} is not counted; {whole} from the next day"
    return f"{show_date(start.date())}当天不计，自次日起数 {whole}"


def _span(n: int, unit: str, lang: str) -> str:
    if unit != "months":
        return amount(n, unit, lang)
    return f"{n} 个月" if lang == "zh" else f"{n} month" + "s" * (n != 1)


def _left_out(end: Due, days: list[Day], lang: str) -> Iterator[str]:
    """What was passed over between the start and the end, each with its number of days."""
    off = sum(1 for day in days if day.kind == "off")
    if off and end.terms.unit == "working_days":
        plural = "day" if off == 1 else "days"
        yield f"{off} {plural} off not counted" if lang == "en" else f"休息日和节假日 {off} 天不计"
    kind = end.terms.calendar.day_kind
    extra = sum(1 for day in days if day.number and kind(day.date) is DayKind.MAKE_UP)
    if extra and end.terms.unit == "working_days":
        plural = "weekend day" if extra == 1 else "weekend days"
        yield f"{extra} working {plural} counted" if lang == "en" else f"调休上班的 {extra} 天照算"
    yield from _stopped(end, days, lang)


def _stopped(end: Due, days: list[Day], lang: str) -> Iterator[str]:
    """A day that two procedures share is told once, under the first: stops are a union (Licence Law art. 45)."""
    counts: dict[str, int] = {}
    for day in (day.date for day in days if day.kind == "stopped"):
        kind = next(stop.kind for stop in end.terms.stops if stop.covers(day))
        counts[kind] = counts.get(kind, 0) + 1
    unit = "working_days" if end.terms.unit == "working_hours" else end.terms.unit
    for kind, n in counts.items():
        if lang == "en":
            yield f"{amount(n, unit, lang)} of {stop_name(kind).en or 'a stop'} not counted"
        else:
            yield f"{stop_name(kind).zh}暂停的 {amount(n, unit, lang)}不计"


def _rolled(days: list[Day], lang: str) -> Iterator[str]:
    """Civil Code art. 203: a last day that is a day off."""
    last = next((day.date for day in reversed(days) if day.number), None)
    if last is None or days[-1].kind != "due" or last == days[-1].date:
        return
    if lang == "en":
        yield f"the last of them, {last:%A} {last}, is a day off and the limit goes on to the next working day"
    else:
        yield f"期满那天 {show_date(last)}是休息日，顺延到其后的第一个工作日"


def _stands_still(found: Reckoned, lang: str) -> str:
    unit = found.due.terms.unit
    left = amount(remaining(found.due, found.counted_until + _DAY), unit, lang)
    if lang == "en":
        return f"a stop has no end yet, so there is no due date, with {left} left"
    return f"暂停还没有结束，现在没有到期日，剩余 {left}"
