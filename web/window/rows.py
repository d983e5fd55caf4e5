"""The worklist's rows, worked out once in Python: the template then only writes them down (it is what a page costs)."""

from datetime import date, datetime
from typing import NamedTuple

import asyncpg

from forms import Item
from services.house import House
from services.law.clock import SHANGHAI, Due, Terms, instant, remaining
from services.law.masking import mask_name
from services.law.roles import Actor
from services.law.stages import REVIEWING
from web import wording
from web.formats import case_no, day_short
from web.i18n import in_language, leave, pick, translate


class Row(NamedTuple):
    id: int
    case_no: str
    number: str
    due: str
    title: str
    applicant: str
    step: str
    light: str  # its class: ok, near, over, or "" without a limit
    left: str
    who: str
    mine: bool
    assigned: bool  # to whoever has claimed it: not theirs to put back
    cards: int


def rows(found: list[asyncpg.Record], house: House, actor: Actor, lang: str) -> list[Row]:
    count, named = _Left(house, lang), _Named(house, lang)
    token = in_language(lang)
    try:
        return [_row(record, actor, named, count) for record in found]
    finally:
        leave(token)


def _row(r: asyncpg.Record, actor: Actor, named: "_Named", count: "_Left") -> Row:
    title, step, unit = named(r["item_code"], r["item_version"], r["step"], r["key"])
    light, left = count(r["due_at"], r["due_on"], unit, r["district"])
    return Row(
        id=r["id"],
        case_no=r["case_no"],
        number=case_no(r["case_no"]),
        due=day_short(r["due_on"]),
        title=title if r["kind"] != "order" else r["title"],
        applicant=shown_name(r["applicant"], r["applicant_kind"]),
        step=step,
        light=light,
        left=left,
        who=r["claimed_name"] or "",
        mine=r["claimed_by"] == actor.id,
        assigned=bool(r["handler"]) and r["handler"] == r["claimed_by"] and r["stage"] in REVIEWING,
        cards=r["cards"],
    )


def step_words(item: Item, step: str, key: str, lang: str) -> str:
    """The step, and which time round it is."""
    round_ = key.rpartition("#")[2]
    words = pick(wording.step(item, step), lang)
    if not round_.isdecimal() or round_ == "1":
        return words
    if step == "acceptance":
        return translate(lang, "受理（补正已回）")
    return translate(lang, "%(step)s（第 %(n)s 次）", step=words, n=round_)


def shown_name(name: str | None, kind: str | None) -> str:
    """In lists a person's name is masked; an organisation's is public."""
    return mask_name(name) if name and kind == "person" else name or ""


def unit_of(item: Item, step: str) -> str:
    """The unit in which the step's own limit counts."""
    for s in item.procedure.steps:
        if s.code == step:
            return s.limit.unit
    limits = {"acceptance": item.acceptance, "delivery": item.delivery, "correction": item.correction}
    return limits[step].unit if step in limits else "working_days"


class _Named:
    """An item's name, its step and the step's unit. Many rows share them, so each is worded once a page."""

    def __init__(self, house: House, lang: str) -> None:
        self._house, self._lang = house, lang
        self._known: dict[tuple[str, int, str, str], tuple[str, str, str]] = {}

    def __call__(self, code: str, version: int, step: str, key: str) -> tuple[str, str, str]:
        asked = (code, version, step, key)
        if asked not in self._known:
            item = self._house.items.get(code, version)
            self._known[asked] = (
                pick(item.name, self._lang),
                step_words(item, step, key, self._lang),
                unit_of(item, step),
            )
        return self._known[asked]


class _Left:
    """Time left in words and colour. Many rows share a date, so each date is counted once a page."""

    def __init__(self, house: House, lang: str) -> None:
        self._house, self._now, self._lang = house, house.now(), lang
        self._known: dict[tuple[datetime, str, str], tuple[str, str]] = {}

    def __call__(
        self, at: datetime | None, on: date | None, unit: str, district: str = ""
    ) -> tuple[str, str]:
        if at is None or on is None:
            return "", ""
        found = self._known.get((at, unit, district))
        if found is None:
            calendar = self._house.at_home(district).calendar
            terms = Terms(0, unit, instant(self._now), calendar, ())
            left = remaining(Due(on, at, provisional=False, open=False, terms=terms), self._now)
            late = self._now >= at
            found = self._known[(at, unit, district)] = (
                _colour(left, late, unit),
                self._words(left, unit, late, at),
            )
        return found

    def _words(self, left: int, unit: str, late: bool, at: datetime) -> str:
        if unit == "working_hours":
            if not late and left == 0:
                return translate(self._lang, "%(time)s 前", time=f"{at.astimezone(SHANGHAI):%H:%M}")
            return _say(self._lang, left, "hours", late)
        if left == 0 and not late:
            return translate(self._lang, "今天到期")
        return _say(self._lang, left, "working" if unit == "working_days" else "days", late)


def time_left(house: House, at: datetime | None, on: date | None, unit: str, lang: str) -> tuple[str, str]:
    """One light on its own: its class and its words."""
    return _Left(house, lang)(at, on, unit)


def _colour(left: int, late: bool, unit: str) -> str:
    if late or left < 0:
        return "over"
    return "near" if left <= (4 if unit == "working_hours" else 1) else "ok"


def _say(lang: str, left: int, unit: str, late: bool) -> str:
    n = abs(left)
    if late or left < 0:
        words = {
            "working": translate(lang, "已超 %(n)s 个工作日", n=n),
            "days": translate(lang, "已超 %(n)s 天", n=n),
            "hours": translate(lang, "已超 %(n)s 个工作小时", n=n),
        }
    else:
        words = {
            "working": translate(lang, "还有 %(n)s 个工作日", n=n),
            "days": translate(lang, "还有 %(n)s 天", n=n),
            "hours": translate(lang, "还有 %(n)s 个工作小时", n=n),
        }
    return words[unit]
