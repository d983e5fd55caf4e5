"""Stored files by their own ids, each with the case that decides who may open it; and documents as the public checks them."""

from dataclasses import dataclass
from datetime import date, datetime

import asyncpg

from services.law.masking import mask_name
from services.licences.queries import RENEWING


async def document(conn: asyncpg.Connection, id_: str) -> asyncpg.Record | None:
    """文书 by its verification code."""
    if not id_.isprintable():  # NUL, which PostgreSQL cannot be asked about
        return None
    return await conn.fetchrow(
        "SELECT id, case_no, kind, number, file, made_at FROM document WHERE id = $1 AND file IS NOT NULL",
        id_,
    )


async def material(conn: asyncpg.Connection, id_: int) -> asyncpg.Record | None:
    """材料 of any round; one that stands for shared data has no file."""
    return await conn.fetchrow(
        "SELECT id, case_no, code, round, file, name, type FROM material WHERE id = $1", id_
    )


@dataclass(frozen=True, slots=True)
class Verified:
    """What the public may know of a document: enough to tell a true one, nothing personal."""

    id: str
    kind: str
    number: str
    file: str  # SM3 of the PDF
    made_at: datetime
    applicant: str  # a person's name masked; an organisation's is public
    item_code: str
    item_version: int
    department: str
    licence_state: str | None
    valid_until: date | None
    renewing: bool = False  # its last day may be over, but silence is renewing it
    superseded: bool = False  # a later paper of the same licence took its place
    version: int = 0  # of the licence's paper; 0 for what is no licence


_VERIFIED = f"""
SELECT d.id, d.kind, d.number, d.file, d.made_at, s.name, s.kind AS subject_kind, c.item_code, c.item_version,
    c.department, l.state AS licence_state, l.valid_until, l.number IS NOT NULL AND {RENEWING} AS renewing,
    EXISTS (SELECT FROM licence_event e WHERE e.number = d.number AND e.case_no = d.case_no AND e.version < l.version
        AND e.turn IN ('issued', 'renewed', 'amended', 'reissued')) AS superseded,
    (SELECT max(e.version) FROM licence_event e WHERE e.number = l.number AND e.case_no = d.case_no) AS version
FROM document d JOIN cases c ON c.no = d.case_no LEFT JOIN subject s ON s.id = c.applicant_id
LEFT JOIN licence l ON l.number = d.number AND d.kind = 'licence'
WHERE d.id = $1 AND d.file IS NOT NULL
"""  # noqa: S608 - constants only


async def verified(conn: asyncpg.Connection, id_: str) -> Verified | None:
    if not id_.isprintable():
        return None
    row = await conn.fetchrow(_VERIFIED, id_)
    if row is None:
        return None
    name = row["name"] or ""
    shown = name if row["subject_kind"] == "organisation" else mask_name(name)
    return Verified(
        row["id"], row["kind"], row["number"], row["file"], row["made_at"], shown, row["item_code"],
        row["item_version"], row["department"], row["licence_state"], row["valid_until"],
        row["renewing"], row["superseded"], row["version"] or 0,
    )  # fmt: skip
