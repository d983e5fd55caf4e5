"""People and organisations, each kept once; their numbers sealed, found by blind index, shown masked."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from services.errors import NotFound
from services.law.masking import mask_address, mask_id, mask_name, mask_phone
from services.people.further_papers import holder_of
from services.people.papers import CREDIT_CODE, paper_code
from services.store.crypto import Vault, normalise

_INSERT = """
WITH made AS (
    INSERT INTO subject
        (id, kind, name, id_type, id_number_sealed, id_index, phone_sealed, address_sealed, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (id_type, id_index) DO NOTHING RETURNING id, name
)
SELECT id, name, true AS created FROM made
UNION ALL
SELECT id, name, false FROM subject WHERE id_type = $4 AND id_index = $6
LIMIT 1
"""
# Whose further paper this is (services.people.further_papers): they are no new subject.
_BY_FURTHER_PAPER = """
SELECT s.id, s.name, false AS created FROM subject_paper p JOIN subject s ON s.id = p.subject_id
WHERE p.type = $1 AND p.index = $2
"""


@dataclass(frozen=True, slots=True)
class Registered:
    """`name` is the one on file: of somebody known it may differ from the one just given."""

    id: str
    name: str
    created: bool


@dataclass(frozen=True, slots=True)
class PlainSubject:
    id: str
    kind: str
    name: str
    id_type: str | None
    id_number: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class MaskedSubject(PlainSubject):
    """The same, as far as a screen may show it without a reason."""


async def register_subject(
    conn: asyncpg.Connection,
    vault: Vault,
    *,
    kind: str,
    name: str,
    now: datetime,
    id_type: str | None = None,
    id_number: str = "",
    phone: str = "",
    address: str = "",
) -> Registered:
    """The subject with this number, made if unknown. What is on file about somebody known is not changed."""
    id_ = uuid.uuid4().hex
    code = paper_code(id_type) if id_type and id_number else None
    number = normalise(id_number) if code else ""

    index = vault.index(number, purpose=f"subject|{code}") if code else None

    def sealed(column: str, value: str) -> bytes | None:
        return vault.seal(value, where=f"subject|{column}|{id_}") if value else None

    values = (
        id_, kind, name.strip(), code, sealed("id_number", number), index,
        sealed("phone", phone.strip()), sealed("address", address.strip()), now,
    )  # fmt: skip
    row = await conn.fetchrow(_BY_FURTHER_PAPER, code, index) if code else None
    if row is None:
        row = await conn.fetchrow(_INSERT, *values)
    if row is None:
        # Somebody registered the same number at this very moment, after our snapshot: now it is visible.
        row = await conn.fetchrow(_INSERT, *values)
    return Registered(row["id"], row["name"], row["created"])


async def find_subject(conn: asyncpg.Connection, vault: Vault, *, id_type: str, id_number: str) -> str | None:
    code = paper_code(id_type)
    return await holder_of(conn, code, vault.index(id_number, purpose=f"subject|{code}"))


async def subject_names(conn: asyncpg.Connection, ids: Collection[str]) -> dict[str, str]:
    """Names in the clear, by id. Mask them unless the reader handles the case."""
    rows = await conn.fetch("SELECT id, name FROM subject WHERE id = ANY($1)", list(ids))
    return {r["id"]: r["name"] for r in rows}


async def masked_view(conn: asyncpg.Connection, vault: Vault, subject_id: str) -> MaskedSubject:
    return masked(await _read(conn, vault, subject_id))


def masked(plain: PlainSubject) -> MaskedSubject:
    # A credit code is public (National Enterprise Credit Information system), and so is a firm's name.
    public = plain.id_type == CREDIT_CODE
    return MaskedSubject(
        plain.id,
        plain.kind,
        plain.name if plain.kind == "organisation" else mask_name(plain.name),
        plain.id_type,
        plain.id_number if public else mask_id(plain.id_number),
        mask_phone(plain.phone),
        mask_address(plain.address),
    )


async def unmasked(conn: asyncpg.Connection, vault: Vault, subject_id: str) -> PlainSubject:
    """In the clear. The caller asks the policy first, and logs who looked, at whom and why."""
    return await _read(conn, vault, subject_id)


async def _read(conn: asyncpg.Connection, vault: Vault, subject_id: str) -> PlainSubject:
    row = await conn.fetchrow(
        "SELECT kind, name, id_type, id_number_sealed, phone_sealed, address_sealed FROM subject WHERE id = $1",
        subject_id,
    )
    if row is None:
        raise NotFound("没有这个人或单位", "No such person or organisation")
    return opened(vault, subject_id, row["kind"], row["name"], row["id_type"], row)


def opened(
    vault: Vault, id_: str, kind: str, name: str, id_type: str | None, sealed: asyncpg.Record
) -> PlainSubject:
    """In the clear. `sealed`: a row with the sealed columns of `subject`."""

    def value(column: str) -> str:
        blob = sealed[f"{column}_sealed"]
        return vault.open(blob, where=f"subject|{column}|{id_}").decode() if blob else ""

    return PlainSubject(id_, kind, name, id_type, value("id_number"), value("phone"), value("address"))
