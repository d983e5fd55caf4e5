"""接听登记: an agent writes down a call. The caller need not say who they are."""

from collections.abc import Mapping

import asyncpg

from forms import Item
from services.cases.filing import Receipt, submit
from services.house import House
from services.law.roles import Actor
from services.people import register_subject


async def take_call(
    conn: asyncpg.Connection,
    house: House,
    agent: Actor,
    item: Item,
    *,
    raw: Mapping[str, list[str]],
    caller: str,
    linked_no: str | None,
    token: str,
) -> Receipt:
    """File an order for a caller. Call inside a transaction. Raises what `submit` raises."""
    applicant = await _caller(conn, house, agent, caller, raw, token)
    return await submit(
        conn, house, agent, item, raw=raw, papers=(), applicant_id=applicant, channel="phone",
        linked_no=linked_no, token=token,
    )  # fmt: skip


async def _caller(
    conn: asyncpg.Connection, house: House, agent: Actor, name: str, raw: Mapping[str, list[str]], token: str
) -> str | None:
    """A person without a number; a form sent twice is about the person it was about the first time."""
    prior = await conn.fetchrow("SELECT applicant_id FROM cases WHERE filing_key = $1", f"{agent.id}:{token}")
    if prior:
        return prior["applicant_id"]
    if not name:
        return None
    phone = next(iter(raw.get("contact_phone", [])), "")
    made = await register_subject(conn, house.vault, kind="person", name=name, phone=phone, now=house.now())
    return made.id
