"""Who may act for whom. A grant is never changed, only revoked: the past stays explicable."""

import uuid
from datetime import date, datetime
from enum import StrEnum

import asyncpg

from services.errors import NotAllowed
from services.law.mandates import Mandate


class Basis(StrEnum):
    LEGAL_REPRESENTATIVE = "legal_representative"  # 法定代表人, Civil Code art. 61
    GUARDIAN = "guardian"  # 监护人, art. 27
    MANDATE = "mandate"  # 委托, art. 165: in writing, with matter, powers and period


def legal_representative_of(subject: str) -> str:
    """As SQL, of a column or a parameter: who is 法定代表人 now, if anybody is."""
    return (
        f"(SELECT person_id FROM representation WHERE subject_id = {subject} "  # noqa: S608 - a name, no value
        f"AND basis = '{Basis.LEGAL_REPRESENTATIVE}' AND revoked_at IS NULL ORDER BY valid_from DESC LIMIT 1)"
    )


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


async def acting_for(conn: asyncpg.Connection, on: date) -> dict[str, frozenset[str]]:
    """Whom each citizen's account may act for on a day: themselves, and those they represent."""
    rows = await conn.fetch(
        "SELECT a.id, a.subject_id, array_remove(array_agg(r.subject_id), NULL) AS represented FROM account a "
        "LEFT JOIN representation r ON r.person_id = a.subject_id AND r.revoked_at IS NULL AND r.valid_from <= $1 "
        "AND (r.valid_to IS NULL OR r.valid_to >= $1) WHERE a.kind = 'citizen' GROUP BY a.id",
        on,
    )
    return {r["id"]: frozenset({r["subject_id"], *r["represented"]}) for r in rows}


async def standing_for(conn: asyncpg.Connection, person_id: str, subject_id: str, on: date) -> str | None:
    """By what right the person may act for the subject on that day; None if they may not."""
    return await conn.fetchval(
        "SELECT basis FROM representation WHERE person_id = $1 AND subject_id = $2 AND revoked_at IS NULL "
        "AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $3) ORDER BY valid_from DESC LIMIT 1",
        person_id, subject_id, on,
    )  # fmt: skip


async def represented_by(conn: asyncpg.Connection, person_id: str, on: date) -> set[str]:
    """Whom the person may act for on that day, beside themselves."""
    rows = await conn.fetch(
        "SELECT subject_id FROM representation WHERE person_id = $1 AND revoked_at IS NULL "
        "AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)",
        person_id, on,
    )  # fmt: skip
    return {r["subject_id"] for r in rows}


async def who_may_collect(
    conn: asyncpg.Connection, subject_id: str, on: date, item: str = "", department: str = ""
) -> dict[str, str]:
    """Names: the subject's own, of those who may act for it on that day, and of agents who may collect this item's
    result; with the authorisation where it is one."""
    rows = await conn.fetch(
        "SELECT name, '' AS mandate FROM subject WHERE id = $1 UNION SELECT s.name, '' FROM representation r "
        "JOIN subject s ON s.id = r.person_id WHERE r.subject_id = $1 AND r.revoked_at IS NULL "
        "AND r.valid_from <= $2 AND (r.valid_to IS NULL OR r.valid_to >= $2) "
        "UNION SELECT s.name, m.id FROM authorisation m JOIN subject s ON s.id = m.agent_id "
        "WHERE m.principal_id = $1 AND m.ended_at IS NULL AND m.confirmed_at IS NOT NULL "
        "AND $2 BETWEEN m.valid_from AND m.valid_to AND 'collect' = ANY(m.actions) "
        "AND ($3 = ANY(m.items) OR m.department <> '' AND m.department = $4) ORDER BY mandate DESC",
        subject_id, on, item, department,
    )  # fmt: skip
    return {r["name"]: r["mandate"] for r in rows}  # whoever may anyway needs no authorisation


async def standing_of(conn: asyncpg.Connection, person_id: str, subject_id: str) -> str | None:
    """The latest standing that was not revoked."""
    return await conn.fetchval(
        "SELECT id FROM representation WHERE person_id = $1 AND subject_id = $2 AND revoked_at IS NULL "
        "ORDER BY valid_from DESC LIMIT 1",
        person_id, subject_id,
    )  # fmt: skip


async def mandates_of(conn: asyncpg.Connection, person_id: str, on: date) -> tuple[Mandate, ...]:
    """授权委托 that this person holds on a day, as whoever signs in holds them: for an agent who comes to the counter."""
    rows = await conn.fetch(
        "SELECT id, principal_id, items, department, actions FROM authorisation WHERE agent_id = $1 "
        "AND ended_at IS NULL AND confirmed_at IS NOT NULL AND $2 BETWEEN valid_from AND valid_to",
        person_id, on,
    )  # fmt: skip
    return tuple(
        Mandate(r["id"], r["principal_id"], frozenset(r["items"]), r["department"], frozenset(r["actions"]))
        for r in rows
    )


async def in_force(conn: asyncpg.Connection, mandate_id: str, on: date) -> None:
    """Raises NotAllowed unless this authorisation (授权委托) stands on that day.

    A right is remembered for two seconds; what is done under an authorisation asks for it afresh, so that a revocation
    counts at once. The row is held until the caller's transaction ends: whoever revokes meanwhile waits.
    """
    stands = await conn.fetchval(
        "SELECT ended_at IS NULL AND confirmed_at IS NOT NULL AND $2 BETWEEN valid_from AND valid_to "
        "FROM authorisation WHERE id = $1 FOR SHARE",
        mandate_id, on,
    )  # fmt: skip
    # What basis 'mandate' gave at a counter has no row here, and ends with the actor's standing.
    if stands is False:
        raise NotAllowed(
            "授权已经撤销或者到期，不能再代为办理",
            "The authorisation was revoked or has ended: you can no longer act",
        )
