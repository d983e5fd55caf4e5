"""How the door's two statements reach the store: over the caller's connection, or together with others of the moment."""

from contextlib import AsyncExitStack
from typing import Any, Protocol

import asyncpg

from services.cases.log import CASE_COLUMNS, Pen, write
from services.store.db import Database
from services.store.lane import Lane
from services.store.together import Together

_LOOK = f"""
SELECT {CASE_COLUMNS}, t.id, t.key AS task_key, t.role, t.commands, t.department AS task_department,
    t.not_by, t.claimed_by, t.state AS task_state, t.silence, t.due_at, e.body AS prior,
    EXISTS (SELECT FROM material m WHERE m.case_no = c.no AND m.consent_id IS NOT NULL) AS on_licences, asked.place
FROM {{asked}}
JOIN task t ON t.id = asked.task
JOIN cases c ON c.no = t.case_no
LEFT JOIN case_event e ON e.case_no = t.case_no AND e.key = asked.act
"""  # noqa: S608 - constants only
# One ask by itself, since PostgreSQL keeps no plan for a list whose length it does not know: planning took 0.2 ms.
_LOOK_AT_ONE = _LOOK.format(asked="(SELECT $1::bigint AS task, $2::text AS act, 1 AS place) asked")
_LOOK_AT_MANY = _LOOK.format(asked="unnest($1::bigint[], $2::text[]) WITH ORDINALITY asked(task, act, place)")

# What a statement says of its content: nothing of it took effect, and the line to the server holds.
_UNDONE = (
    ValueError,
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.RaiseError,
    asyncpg.TransactionRollbackError,
)


class Way(Protocol):
    async def read(self, task_id: int, key: str) -> asyncpg.Record | None:
        """Everything the decision needs: the task, its case, and what was done under this key before."""

    async def commit(self, pen: Pen, task_id: int) -> bool:
        """As `Pen.commit`."""

    async def connection(self) -> asyncpg.Connection:
        """For what belongs to some acts only."""


class Own:
    """Over one connection, within its transaction if it is in one."""

    def __init__(self, conn: asyncpg.Connection) -> None:
        self._conn = conn

    async def read(self, task_id: int, key: str) -> asyncpg.Record | None:
        return await self._conn.fetchrow(_LOOK_AT_ONE, task_id, key)

    async def commit(self, pen: Pen, task_id: int) -> bool:
        return await pen.commit(self._conn, close=task_id)

    async def connection(self) -> asyncpg.Connection:
        return self._conn


async def look_and_hold(conn: asyncpg.Connection, task_id: int) -> asyncpg.Record | None:
    """As `Way.read`; nobody else writes to the case until the transaction ends."""
    return await conn.fetchrow(_LOOK_AT_ONE + " FOR UPDATE OF c", task_id, "")


class Crowd:
    """Everybody who acts at this moment. Each act is decided for itself; looking and writing are shared."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.look, self._looking = Together(self._look), Lane(db)
        self.write, self._writing = Together(self._write), Lane(db)

    async def __aenter__(self) -> "Crowd":
        for lane in (self._looking, self._writing):
            async with lane.connection():
                pass  # opened now, and not for the first who comes
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._looking.close()
        await self._writing.close()

    def way(self) -> "_Shared":
        return _Shared(self)

    async def _look(self, asked: list[tuple[int, str]]) -> list[asyncpg.Record | None]:
        async with self._looking.connection() as conn:
            if len(asked) == 1:
                return [await Own(conn).read(*asked[0])]
            rows = await conn.fetch(_LOOK_AT_MANY, [task for task, _ in asked], [key for _, key in asked])
        found = {row["place"]: row for row in rows}
        return [found.get(place) for place in range(1, len(asked) + 1)]

    async def _write(self, asked: list[tuple[Pen, int]]) -> list[bool]:
        """False where nothing was written. Nobody waits here: one act must not wait for another one's case."""
        first: dict[str, tuple[Pen, int]] = {}
        for pen, task in asked:
            first.setdefault(pen.case.no, (pen, task))  # a second one to the same case comes too late
        async with self._writing.connection() as conn:
            try:
                moved = await write(conn, list(first.values()), wait=False)
            except _UNDONE:
                moved = set()  # one of them is at fault
        return [pen.case.no in moved and first[pen.case.no][0] is pen for pen, _ in asked]


class _Shared:
    """With the others, until this act needs a connection of its own: from then on over that one alone.

    Whoever held one and waited for the others, who wait for one to come free, would wait for ever.
    """

    def __init__(self, crowd: Crowd) -> None:
        self._crowd, self._held = crowd, AsyncExitStack()
        self._own: Own | None = None

    async def read(self, task_id: int, key: str) -> asyncpg.Record | None:
        if self._own:
            return await self._own.read(task_id, key)
        return await self._crowd.look((task_id, key))

    async def commit(self, pen: Pen, task_id: int) -> bool:
        """What could not be written with the others is tried alone: that waits, and says what is wrong."""
        if self._own is None and await self._crowd.write((pen, task_id)):
            return True
        return await pen.commit(await self.connection(), close=task_id)

    async def connection(self) -> asyncpg.Connection:
        if self._own is None:
            self._own = Own(await self._held.enter_async_context(self._crowd.db.connection()))
        return await self._own.connection()

    async def __aenter__(self) -> "_Shared":
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self._held.__aexit__(*error)
