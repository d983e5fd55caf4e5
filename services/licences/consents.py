"""授权用证: a holder's consent to use a licence for one application, and for a time. Given once, taken back at any time.

PIPL arts 13(1), 14 and 15: informed, for a purpose, and as easily withdrawn as it was given; what was done before
stays lawful.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import asyncpg

from forms import Item
from services.errors import NotAllowed, NotFound
from services.house import House
from services.law.clock import legal_date
from services.law.roles import Actor
from services.licences.library import ELicence

LASTS = timedelta(days=90)  # [design] longer than any promised limit of the catalogue

_READ = """
SELECT c.*, e.at AS ended_at, EXISTS (SELECT FROM licence_use u WHERE u.consent_id = c.id AND u.mode = 'reference'
    AND u.case_no = $2) AS of_case, a.subject_id AS given_by_subject
FROM licence_consent c JOIN account a ON a.id = c.given_by
LEFT JOIN licence_consent_end e ON e.consent_id = c.id WHERE c.id = ANY($1)
"""


@dataclass(frozen=True, slots=True)
class Consent:
    id: str
    identifier: str
    holder_id: str
    given_by: str | None  # the person's subject
    item_code: str
    material: str
    token: str
    until: date
    ended: bool
    of_case: bool  # the case that was asked about was filed with it

    def lapsed(self, today: date) -> bool:
        return self.ended or self.until < today


def lasts_until(house: House) -> date:
    return legal_date(house.now()) + LASTS


def wording(item: Item, material: str, licence: ELicence, until: date) -> str:
    """What the holder agrees to, kept as they read it."""
    return (
        f"同意在办理“{item.name.zh}”时使用我的{licence.name.zh}代替“{item.material(material).name.zh}”，"
        f"仅限这一次申请，有效至{until.year}年{until.month}月{until.day}日，可以随时撤回。"
    )


async def give(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    item: Item,
    material: str,
    licence: ELicence,
    token: str,
) -> str:
    """The consent's id; agreeing twice is agreeing once. Call in a transaction.

    Raises NotAllowed for anybody but the holder, or who may act for them.
    """
    if actor.kind != "citizen" or licence.holder_id not in actor.subjects:
        raise NotAllowed(
            "只有持证人本人（单位）可以同意使用这张证照",
            "Only the holder may consent to the use of this licence",
        )
    known = await conn.fetchval(
        "SELECT id FROM licence_consent c WHERE token = $1 AND material = $2 AND identifier = $3 AND given_by = $4 "
        "AND NOT EXISTS (SELECT FROM licence_consent_end e WHERE e.consent_id = c.id)",
        token, material, licence.identifier, actor.id,
    )  # fmt: skip
    if known:
        return known
    id_, until = uuid.uuid4().hex, lasts_until(house)
    await conn.execute(
        "INSERT INTO licence_consent (id, identifier, holder_id, given_by, item_code, material, token, wording, until, "
        "at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id_, licence.identifier, licence.holder_id, actor.id, item.code, material, token,
        wording(item, material, licence, until), until, house.now(),
    )  # fmt: skip
    return id_


async def take_back(conn: asyncpg.Connection, house: House, actor: Actor, consent_id: str) -> str:
    """撤回同意; gives the licence's identifier. Twice is once. Raises NotFound for a consent that is not theirs."""
    row = None
    if consent_id.isalnum():  # anything else PostgreSQL may not even be asked about
        row = await conn.fetchrow(
            "SELECT holder_id, identifier FROM licence_consent WHERE id = $1", consent_id
        )
    if row is None or row["holder_id"] not in actor.subjects:
        raise NotFound("没有这项同意", "No such consent")
    await conn.execute(
        'INSERT INTO licence_consent_end (consent_id, "by", at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        consent_id, actor.id, house.now(),
    )  # fmt: skip
    return row["identifier"]


async def take_back_all(conn: asyncpg.Connection, house: House, actor: Actor, token: str) -> None:
    """An application that is not made needs no licence."""
    await conn.execute(
        'INSERT INTO licence_consent_end (consent_id, "by", at) SELECT id, $2::text, $3 FROM licence_consent '
        "WHERE token = $1 AND given_by = $2::text ON CONFLICT DO NOTHING",
        token, actor.id, house.now(),
    )  # fmt: skip


async def read_consents(
    conn: asyncpg.Connection, ids: list[str], case_no: str | None = None
) -> dict[str, Consent]:
    """By id. `case_no`: to learn which of them that case was filed with."""
    rows = await conn.fetch(_READ, ids, case_no) if ids else []
    return {
        r["id"]: Consent(
            r["id"], r["identifier"], r["holder_id"], r["given_by_subject"], r["item_code"], r["material"], r["token"], r["until"],
            r["ended_at"] is not None, r["of_case"],
        )
        for r in rows
    }  # fmt: skip


async def consents_to(conn: asyncpg.Connection, identifiers: Collection[str]) -> list[asyncpg.Record]:
    """For the holder: each with its end, and the case that was filed with it. The newest first."""
    return await conn.fetch(
        "SELECT c.*, e.at AS ended_at, (SELECT u.case_no FROM licence_use u WHERE u.consent_id = c.id "
        "AND u.case_no IS NOT NULL ORDER BY u.id LIMIT 1) AS case_no FROM licence_consent c "
        "LEFT JOIN licence_consent_end e ON e.consent_id = c.id WHERE c.identifier = ANY($1) ORDER BY c.at DESC LIMIT 100",
        list(identifiers),
    )
