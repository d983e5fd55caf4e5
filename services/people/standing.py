"""Who may act for whom. A grant is never changed, only revoked: the past stays explicable."""

import uuid
from datetime import date, datetime
from enum import StrEnum

import asyncpg


class Basis(StrEnum):
    LEGAL_REPRESENTATIVE = "legal_representative"  # 法定代表人, Civil Code art. 61
    GUARDIAN = "guardian"  # 监护人, art. 27
    MANDATE = "mandate"  # 委托, art. 165: in writing, with matter, powers and period


async def represent(
    conn: asyncpg.Connection,
    *,
    person_id: str,
    subject_id: str,
    basis: Basis | str,
    valid_from: date,
    valid_to: date | None = None,
) -> str:
    """The person may act for the subject from the first day to the last, both included."""
    id_ = uuid.uuid4().hex
    await conn.execute(
        "INSERT INTO representation (id, person_id, subject_id, basis, valid_from, valid_to) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        id_, person_id, subject_id, Basis(basis).value, valid_from, valid_to,
    )  # fmt: skip
    return id_


async def revoke_representation(conn: asyncpg.Connection, representation_id: str, *, now: datetime) -> bool:
    """False if there is nothing left to revoke."""
    done = await conn.fetchval(
        "UPDATE representation SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING true",
        representation_id,
        now,
    )
    return bool(done)
