"""Suspending (暂停), resuming (恢复) and withdrawing (取消) an item; and the door that a closed one shuts.

Cases that run go on, drafts stay: only a new filing is refused, with the reason that was published.
"""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

import asyncpg

from forms import Item
from services.catalogue.publishing import announce, note_turn
from services.errors import Invalid, NotAllowed, NotFound, Refusal
from services.law.clock import legal_date
from services.law.item_life import STATE_WORDS, Standing, Turn, hindrance
from services.law.roles import SYSTEM, Actor, Role

if TYPE_CHECKING:
    from services.house import House  # which holds the catalogue

LONGEST_REASON = 500


class NotOpen(Refusal):
    """The item cannot be applied for today: suspended, withdrawn, or not in force yet."""

    status, code = 422, "item-not-open"


class Renewed(Refusal):
    """The item has a newer version than the one that was looked at: look again, then file."""

    status, code = 422, "item-renewed"


async def turn_item(
    house: "House", actor: Actor, code: str, turn: Turn, reason: str, on_day: date | None = None
) -> Standing:
    """Enter it, with who, when and why, and tell every process. `on_day`: its first day, today if not said.

    Raises NotFound, NotAllowed, or Invalid naming `reason` or `on_day`; then nothing was kept.
    """
    reason = reason.strip()
    async with house.db.transaction() as tx:
        # Two administrators at once take turns; the second sees what the first has entered.
        await tx.execute("SELECT pg_advisory_xact_lock(hashtext($1))", f"item_turn:{code}")
        await house.items.refresh(tx)
        item = house.items.get(code)
        _may_turn(actor, item)
        now = house.now()
        today = legal_date(now)
        _check(house, code, turn, reason, on_day or today, today)
        await note_turn(tx, code, turn.value, on_day or today, reason, now, actor.id)
        await announce(tx)
    async with house.db.connection() as conn:
        await house.items.refresh(conn)
    return house.items.standing(code)


def administers(actor: Actor, item: Item) -> bool:
    """An administrator's grants say whose items: a department's, a district's, or all."""
    return actor is SYSTEM or any(
        g.role is Role.ADMIN and g.department in ("", item.department) and g.district in ("", item.district)
        for g in actor.grants
    )


async def names_of(conn: asyncpg.Connection, accounts: Collection[str]) -> dict[str, str]:
    """Of those who entered turns, by account."""
    rows = await conn.fetch("SELECT id, display_name FROM account WHERE id = ANY($1)", list(accounts))
    return {r["id"]: r["display_name"] for r in rows}


def closed(house: "House", item: Item) -> dict[str, str] | None:
    """Why this item cannot be applied for today, as a sentence; None if it can."""
    standing = house.items.standing(item.code)
    if not standing.open:
        words = STATE_WORDS[standing.state]
        return {
            "zh": f"“{item.name.zh}”自 {_day(standing.since)}起{words.zh}。原因：{standing.reason}",
            "en": f"{item.name.en} is {words.en} since {standing.since}. Reason: {standing.reason}",
        }
    if not house.items.in_force(item):
        return {
            "zh": f"“{item.name.zh}”自 {_day(item.effective)}起施行，到那天才能申请。",
            "en": f"{item.name.en} is in force from {item.effective}; it can be applied for from that day on.",
        }
    return None


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def refuse_closed(house: "House", item: Item) -> None:
    if words := closed(house, item):
        raise NotOpen(words["zh"], words["en"])


async def refuse_what_is_not_in_force(conn: asyncpg.Connection, house: "House", item: Item) -> None:
    """A case is filed under the version in force on the day of its application, which the store knows and not a page.

    Raises NotOpen or Renewed.
    """
    await house.items.catch_up(conn, item.code)
    refuse_closed(house, item)
    if house.items.get(item.code).version > item.version:
        raise Renewed(
            "这个事项刚刚更新，请再核对一遍后提交。填写的内容都还在。",
            "This item has just been updated: check what you filled in once more, then file. Nothing is lost.",
        )


def _may_turn(actor: Actor, item: Item) -> None:
    if actor is not SYSTEM and not actor.has(Role.ADMIN):
        raise NotAllowed(
            "只有系统管理员可以暂停或者取消事项", "Only an administrator may suspend or withdraw an item"
        )
    if not administers(actor, item):
        raise NotAllowed("这个事项不归您管理", "You do not administer that item")
    if not item.listed:
        raise NotFound("没有这个可以申请的事项", f"Nobody applies for {item.code}")


def _check(house: "House", code: str, turn: Turn, reason: str, on_day: date, today: date) -> None:
    if not reason:
        raise Invalid(
            {
                "reason": {
                    "zh": "请写明原因，会公布在办事指南上。",
                    "en": "Give the reason: the guide will show it.",
                }
            }
        )
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            {
                "reason": {
                    "zh": f"原因最多 {LONGEST_REASON} 字。",
                    "en": f"At most {LONGEST_REASON} characters.",
                }
            }
        )
    if no := hindrance(house.items.changes(code), turn, on_day, today):
        raise Invalid({"on_day": {"zh": no.zh, "en": no.en}})


__all__ = [
    "NotOpen",
    "Renewed",
    "Turn",
    "administers",
    "closed",
    "names_of",
    "refuse_closed",
    "refuse_what_is_not_in_force",
    "turn_item",
]
