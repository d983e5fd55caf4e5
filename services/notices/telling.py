"""Telling somebody something, once."""

from collections.abc import Collection, Mapping
from typing import Any, Literal

import asyncpg

from services.house import House
from services.notices.words import words
from services.people.subjects import unmasked

_SHOWN = 20


async def tell(
    conn: asyncpg.Connection, house: House, subject_id: str, kind: str, key: str, facts: Mapping[str, Any]
) -> bool:
    """On their own page, and by short message if a number is on file. False if they were told under this key before."""
    told = await conn.fetchval(
        "INSERT INTO notice (key, subject_id, kind, facts, at) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (key) DO NOTHING RETURNING true",
        key, subject_id, kind, dict(facts), house.now(),
    )  # fmt: skip
    phone = (await unmasked(conn, house.vault, subject_id)).phone if told else ""
    if told and (phone := phone or await contact_phone(conn, house, subject_id)):
        await house.sms.send(conn, phone, f"【一窗通办】{words(kind, facts)['zh']}", house.now())
    return bool(told)


async def contact_phone(conn: asyncpg.Connection, house: House, subject_id: str) -> str:
    """帮办: of whoever has no telephone, that of the family or the village, as long as such a case is open."""
    row = await conn.fetchrow(
        "SELECT a.id, a.phone_sealed FROM assistance a JOIN cases c ON c.no = a.case_no WHERE a.subject_id = $1 "
        "AND a.phone_sealed IS NOT NULL AND NOT c.finished ORDER BY a.at DESC LIMIT 1",
        subject_id,
    )
    if row is None:
        return ""
    return house.vault.open(row["phone_sealed"], where=f"assistance|phone|{row['id']}").decode()


async def notices_for(
    conn: asyncpg.Connection, subjects: Collection[str], about: Literal["number", "case"] = "number"
) -> list[dict[str, Any]]:
    """Of licences or of cases, the newest first, in words; of several about the same one, the last."""
    rows = await conn.fetch(
        "SELECT * FROM (SELECT DISTINCT ON (kind, facts ->> $3) id, kind, facts, at FROM notice "
        "WHERE subject_id = ANY($1) AND facts ? $3 ORDER BY kind, facts ->> $3, at DESC, id DESC) last "
        "ORDER BY at DESC, id DESC LIMIT $2",
        list(subjects),
        _SHOWN,
        about,
    )
    return [{"at": r["at"], "text": words(r["kind"], r["facts"]), about: r["facts"][about]} for r in rows]


async def kinds_told(conn: asyncpg.Connection, subject_id: str, number: str) -> list[str]:
    """What somebody was told about one licence, by kind, and reminders by their days too: `licence_ends:90`."""
    rows = await conn.fetch(
        "SELECT kind, facts ->> 'before' AS before FROM notice WHERE subject_id = $1 AND facts ->> 'number' = $2 ORDER BY id",
        subject_id, number,
    )  # fmt: skip
    return [r["kind"] + (f":{r['before']}" if r["before"] else "") for r in rows]
