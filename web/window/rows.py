"""The worklist's rows, worked out once in Python: the template then only writes them down (it is what a page costs)."""

from typing import NamedTuple

import asyncpg

from forms import Item
from services.house import House
from services.law.masking import mask_name
from services.law.stages import REVIEWING
from web import wording
from web.formats import case_no, day_short
from web.i18n import pick, translate
from web.window.time_left import Light, unit_of


class Row(NamedTuple):
    id: int
    case_no: str
    number: str
    due: str
    title: str
    applicant: str
    step: str
    light: Light
    who: str
    mine: bool
    assigned: bool  # to whoever has claimed it: not theirs to put back
    cards: int


def row_of(r: asyncpg.Record, title: str, step: str, light: Light, mine: bool) -> Row:
    """In the language of the page being rendered."""
    return Row(
        id=r["id"],
        case_no=r["case_no"],
        number=case_no(r["case_no"]),
        due=day_short(r["due_on"]),
        title=title if r["kind"] != "order" else r["title"],
        applicant=shown_name(r["applicant"], r["applicant_kind"]),
        step=step,
        light=light,
        who=r["claimed_name"] or "",
        mine=mine,
        assigned=r["handed"] and r["stage"] in REVIEWING,
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


class Words:
    """Of an item, of its step, and the unit in which that counts. Many rows share them: found once a page."""

    def __init__(self, house: House, lang: str) -> None:
        self._house, self._lang = house, lang
        self._known: dict[tuple[str, int, str, str], tuple[str, str, str]] = {}

    def __call__(self, r: asyncpg.Record) -> tuple[str, str, str]:
        asked = (r["item_code"], r["item_version"], r["step"], r["key"])
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = self._find(*asked)
        return found

    def _find(self, code: str, version: int, step: str, key: str) -> tuple[str, str, str]:
        item = self._house.items.get(code, version)
        return pick(item.name, self._lang), step_words(item, step, key, self._lang), unit_of(item, step)
