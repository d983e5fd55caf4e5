"""Choosing the licence that an application is about: whose it is, how it stands, whether it is the time. Licence Law art. 50."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import asyncpg

from forms import Item
from services.errors import Invalid
from services.house import House
from services.law.clock import legal_date
from services.law.licences import State, Window, window
from services.licences.bars import barred
from services.licences.register import Licence, read_licence

# In which states a licence may be acted on, by what is to be done. An expired one can still be renewed as a new one.
_OPEN_TO = {
    "renewal": frozenset({State.VALID, State.EXPIRED}),
    "change": frozenset({State.VALID}),
    "replacement": frozenset({State.VALID}),
    "cancellation": frozenset({State.VALID, State.EXPIRED}),
    "revocation": frozenset({State.VALID, State.EXPIRED}),
}
_STATES = {
    State.EXPIRED: {"zh": "这张证照已经过期", "en": "This licence has expired"},
    State.CANCELLED: {"zh": "这张证照已经注销", "en": "This licence was struck off"},
    State.REVOKED: {"zh": "这张证照已经撤销", "en": "This licence was revoked"},
    State.REPLACED: {"zh": "这张证照已经换发新证", "en": "This licence was replaced by a new one"},
}


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a filing says of the licence it is about, and what stands in its way: both go into its first event."""

    licence: dict[str, Any] = field(default_factory=dict)
    hindrance: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> str | None:
        return self.licence.get("number")

    def told(self) -> dict[str, Any]:
        known = {"licence": self.licence, "hindrance": self.hindrance}
        return {name: value for name, value in known.items() if value}


NOTHING = Grounds()


async def grounds(
    conn: asyncpg.Connection, house: House, item: Item, holder_id: str | None, number: str
) -> Grounds:
    """Call in the filing's transaction: the licence stays locked. Raises Invalid, naming the field `licence`."""
    today = legal_date(house.now())
    hindrance = await _bar(conn, item, holder_id, today)
    if item.acts_on is None:
        return Grounds({}, hindrance)
    licence = await read_licence(conn, _plain(number), lock=True)
    _may_be_acted_on(licence, item, holder_id, today)
    assert licence
    await _nothing_under_way(conn, licence, item)
    until = licence.standing.until
    acts = {"number": licence.number, "as": item.acts_on.as_, "until": until and until.isoformat()}
    if w := renewal_window(item, licence, house):
        if w.too_early(today):
            raise _wrong(
                f"还没有到可以申请延续的时间，请从 {w.opens} 起申请", f"Too early: renew from {w.opens} on"
            )
        acts["in_time"] = not w.too_late(today)
        assert item.acts_on.window
        if not acts["in_time"] and item.acts_on.window.late == "decline":
            hindrance = hindrance or {"kind": "too_late", "until": w.closes.isoformat()}
    return Grounds(acts, hindrance)


def renewal_window(item: Item, licence: Licence, house: House) -> Window | None:
    """When this licence may be renewed by this item; None if that is not what the item is for."""
    until = licence.standing.until
    if item.acts_on is None or item.acts_on.window is None or until is None:
        return None
    return window(
        until, item.acts_on.window.opens, item.acts_on.window.closes, house.at_home(item.district).calendar
    )


def open_to(item: Item, licence: Licence, today: date) -> bool:
    """Whether the licence, as it stands today, may be acted on like this."""
    acts = item.acts_on
    return (
        acts is not None
        and licence.item_code == acts.item
        and licence.standing.on(today) in _OPEN_TO[acts.as_]
    )


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done with a licence: now, or from `opens` on."""

    item: Item
    opens: date | None = None
    closes: date | None = None  # the last day in time
    late: bool = False


def acts_for(house: House, licence: Licence, *, official: bool = False) -> list[Act]:
    """What its holder may apply for, or what a department may open itself."""
    today, found = legal_date(house.now()), []
    items = [i for i in house.items.latest() if (i.kind == "official") == official and (i.listed or official)]
    for item in sorted(items, key=lambda i: i.handle_code):
        if not open_to(item, licence, today):
            continue
        w = renewal_window(item, licence, house)
        if w is None:
            found.append(Act(item))
        elif w.too_late(today):
            found.append(Act(item, late=True))
        else:
            found.append(Act(item, w.opens if w.too_early(today) else None, w.closes))
    return found


def _may_be_acted_on(licence: Licence | None, item: Item, holder_id: str | None, today: date) -> None:
    assert item.acts_on
    if licence is None or licence.holder_id != holder_id or licence.item_code != item.acts_on.item:
        # Whether somebody else holds it is nobody's business.
        raise _wrong(
            "申请人名下没有这张证照，请核对编号", "The applicant holds no such licence: check the number"
        )
    if not open_to(item, licence, today):
        words = _STATES[licence.standing.on(today)]
        raise _wrong(
            f"{words['zh']}，不能办理“{item.short.zh}”", f"{words['en']}: “{item.short.en}” is not possible"
        )


async def _nothing_under_way(conn: asyncpg.Connection, licence: Licence, item: Item) -> None:
    """One case at a time does the same thing to a licence."""
    other = await conn.fetchval(
        "SELECT no FROM cases WHERE licence_no = $1 AND NOT finished AND state -> 'licence' ->> 'as' = $2 LIMIT 1",
        licence.number,
        item.acts_on and item.acts_on.as_,
    )
    if other:
        raise _wrong(
            f"这张证照已有一件“{item.short.zh}”正在办理（{other}），请等它办完", f"Already under way: {other}"
        )


async def _bar(conn: asyncpg.Connection, item: Item, holder_id: str | None, today: date) -> dict[str, str]:
    applies = item.acts_on is None or item.acts_on.as_ == "renewal"  # 再次申请该行政许可
    bar = await barred(conn, holder_id, item.family, today) if applies and holder_id else None
    return (
        {"kind": "barred", "why": bar["why"], "until": bar["until"].isoformat(), "case": bar["case_no"]}
        if bar
        else {}
    )


def _plain(number: str) -> str:
    return "".join(number.split()).upper()


def _wrong(zh: str, en: str) -> Invalid:
    return Invalid({"licence": {"zh": zh, "en": en}})
