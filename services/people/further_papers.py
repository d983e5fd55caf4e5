"""One subject, several papers: a passport beside a permit, a newborn's birth certificate before there is a number."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

import asyncpg

from services.people.papers import RESIDENT_ID, paper_code
from services.store.crypto import Vault, normalise


class AnothersPaper(ValueError):
    """This very paper is on file for somebody else: never moved silently from one person to another."""


class Numbered(Protocol):
    """A subject in the clear, as far as its number goes."""

    @property
    def id(self) -> str: ...
    @property
    def id_type(self) -> str | None: ...
    @property
    def id_number(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Paper:
    """`source`: a register's query, or "counter" where staff saw it."""

    type: str
    number: str
    source: str
    as_of: date


async def add_paper(
    conn: asyncpg.Connection, vault: Vault, subject_id: str, paper: Paper, *, now: datetime
) -> bool:
    """False if it was there. Raises AnothersPaper. Call inside a transaction."""
    code, number = paper_code(paper.type), normalise(paper.number)
    index = vault.index(number, purpose=f"subject|{code}")
    # Two desks that add the same paper at once go one after the other.
    await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", index.hex())
    holder = await conn.fetchval(_HOLDER, code, index)
    if holder:
        if holder != subject_id:
            raise AnothersPaper(f"a paper of kind {code} is on file for another subject")
        return False
    await conn.execute(
        "INSERT INTO subject_paper (type, index, subject_id, number_sealed, source, as_of, noted_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        code, index, subject_id, vault.seal(number, where=f"subject_paper|{code}|{index.hex()}"), paper.source,
        paper.as_of, now,
    )  # fmt: skip
    return True


async def holder_of(conn: asyncpg.Connection, code: str, index: bytes) -> str | None:
    """Whose paper this is, be it the first or a further one."""
    return await conn.fetchval(_HOLDER, code, index)


async def papers_of(conn: asyncpg.Connection, vault: Vault, subject_id: str) -> list[Paper]:
    """The further ones, in the clear. Only for those who may see them: ask the policy first."""
    rows = await conn.fetch(
        "SELECT type, index, number_sealed, source, as_of FROM subject_paper WHERE subject_id = $1 ORDER BY noted_at",
        subject_id,
    )
    return [
        Paper(
            r["type"],
            vault.open(r["number_sealed"], where=f"subject_paper|{r['type']}|{r['index'].hex()}").decode(),
            r["source"],
            r["as_of"],
        )
        for r in rows
    ]


_HOLDER = """
SELECT id FROM subject WHERE id_type = $1 AND id_index = $2
UNION ALL SELECT subject_id FROM subject_paper WHERE type = $1 AND index = $2 LIMIT 1
"""


async def numbers_of(conn: asyncpg.Connection, vault: Vault, subject: Numbered) -> list[str]:
    """All numbers that a register may know the subject by, the citizen's one number or the credit code first."""
    return [number for _, number in await all_papers(conn, vault, subject)]


async def all_papers(conn: asyncpg.Connection, vault: Vault, subject: Numbered) -> list[tuple[str, str]]:
    """(type, number), the citizen's one number first."""
    first = [(subject.id_type, subject.id_number)] if subject.id_type and subject.id_number else []
    papers = first + [(p.type, p.number) for p in await papers_of(conn, vault, subject.id)]
    return sorted(papers, key=lambda paper: paper[0] != RESIDENT_ID)
