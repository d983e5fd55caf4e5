"""Registers that work and know only made-up people: what a demonstration and the tests ask.

They stand in for the province's exchange behind `Exchange`. Their book lies in a table of its own, sealed, which
nothing else of the house reads; a province sets ONEWINDOW_REGISTRIES_URL instead (`services.registries.wire`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import asyncpg
import orjson

from services.law.clock import legal_date
from services.registries.exchange import Answer, Declined, Question, RegistryDown, Unknown
from services.store.crypto import Vault
from services.store.db import Database


@dataclass(frozen=True, slots=True)
class Entry:
    """`as_of`: the day on which the register stood still; without it its data is always today's."""

    query: str
    number: str
    facts: Mapping[str, Any]
    as_of: date | None = None


class StandIn:
    """`down`: registers that cannot be reached, a test's way to see what happens then. `asked`: every question, for tests."""

    def __init__(self, db: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self.db, self.vault, self.clock = db, vault, clock
        self.down: set[str] = set()
        self.asked: list[Question] = []

    async def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        if question.register in self.down:
            raise RegistryDown(f"{question.register} cannot be reached")
        if not (question.purpose and question.requester):
            raise Declined("no register tells anything without a purpose and a requester")
        key = _key(self.vault, question.query, question.number)
        async with self.db.connection() as conn:
            row = await conn.fetchrow(
                "SELECT sealed, as_of FROM demo_register WHERE query = $1 AND key = $2", question.query, key
            )
        if row is None:
            raise Unknown(f"{question.query} knows no such number")
        facts = orjson.loads(self.vault.open(row["sealed"], where=_where(question.query, key)))
        return Answer(question.query, facts, row["as_of"] or legal_date(self.clock()))


async def enter(conn: asyncpg.Connection, vault: Vault, entries: Iterable[Entry]) -> None:
    """Write into the stand-in's book; what stood there under the same query and number is replaced."""
    rows = []
    for entry in entries:
        key = _key(vault, entry.query, entry.number)
        sealed = vault.seal(orjson.dumps(dict(entry.facts)), where=_where(entry.query, key))
        rows.append((entry.query, key, sealed, entry.as_of))
    await conn.executemany(
        "INSERT INTO demo_register (query, key, sealed, as_of) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (query, key) DO UPDATE SET sealed = excluded.sealed, as_of = excluded.as_of",
        rows,
    )


def _key(vault: Vault, query: str, number: str) -> bytes:
    return vault.index(number, purpose=f"demo_register|{query}")


def _where(query: str, key: bytes) -> str:
    return f"demo_register|{query}|{key.hex()}"
