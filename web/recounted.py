"""Dates that moved when days off were announced, in words: from when to when, and by which notice."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from services.law.clock import SHANGHAI

Words = dict[str, str]

_CLOCKS = {
    "promised": {"zh": "承诺期限", "en": "the promised limit"},
    "statutory": {"zh": "法定期限", "en": "the statutory limit"},
}
BESIDE = frozenset(
    {"rating", "withdrawal", "card", "appeal", "card_review"}
)  # offers: nobody's case ends later for them


def sentence(data: dict[str, Any], step: Callable[[str], Words], *, beside: bool = True) -> Words:
    """`step` names a step of the case; without `beside` only what the case itself waits for is told."""
    moves = [d for d in data["dates"] if beside or _code(d["what"]) not in BESIDE]
    if not moves:
        return {"zh": "", "en": ""}
    zh = "；".join(
        f"{_name(m, step)['zh']}由 {_day(m['from'], 'zh')} 改为 {_day(m['to'], 'zh')}" for m in moves
    )
    en = "; ".join(
        f"{_name(m, step)['en']} from {_day(m['from'], 'en')} to {_day(m['to'], 'en')}" for m in moves
    )
    notices = "、".join(data["notices"])
    return {
        "zh": f"{zh}。依据：{notices}" if notices else f"{zh}。",
        "en": f"{en[:1].upper()}{en[1:]}. By: {notices}" if notices else f"{en[:1].upper()}{en[1:]}.",
    }


def calendars(data: dict[str, Any]) -> Words:
    zh, en = (
        f"{word} {data['before']} → {data['calendar']}"
        for word in ("期限重新计算，日历", "Dates counted again, calendar")
    )
    return {"zh": zh, "en": en}


def _code(what: str) -> str:
    return what.partition("#")[0].partition(":")[0]


def _name(move: dict[str, str], step: Callable[[str], Words]) -> Words:
    what = move["what"]
    if what in _CLOCKS:
        return _CLOCKS[what]
    words = step(_code(what))
    return {"zh": f"“{words['zh']}”期限", "en": f"the limit of “{words['en']}”"}


def _day(iso: str, lang: str) -> str:
    """Midnight belongs to the day that it ends; a limit in hours has its minute."""
    at = datetime.fromisoformat(iso).astimezone(SHANGHAI)
    minute = "" if at.time() == time() else f" {at:%H:%M}"
    day = at - timedelta(days=1) if at.time() == time() else at
    text = f"{day:%-d %b %Y}" if lang == "en" else f"{day.year}年{day.month}月{day.day}日"
    return text + minute
