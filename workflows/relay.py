"""The relay: carries bells from the outbox to the engine.

It claims rows with a lease, rings, deletes, and never holds a transaction across a call. If it dies after the call the
lease runs out and the bell rings twice, which is ringing once.

It waits for a lull: a crowd's acts are answered first, and the engine follows when they pause, in a second at most.
Nobody waits for the engine, and where all parts share a machine its work would take from theirs.
"""

import asyncio
import contextlib
from collections import defaultdict

import structlog
from temporalio.service import RPCError

from services.cases.outbox import CHANNEL, claim_bells, forget_bells, hand_back_bells
from services.store.db import Database
from services.store.listening import AWAY, PAUSE, listen
from workflows.gateway import Gateway

log = structlog.get_logger()
AT_ONCE = 200
LULL = 0.05  # seconds without a new bell; the web gathers its own for a part of it
PATIENCE = 1.0  # seconds: the engine follows even if bells never cease; pages wait two for the next task
POLL = 1.0  # seconds: the net under LISTEN/NOTIFY


async def lull(bell: asyncio.Event, quiet: float, patience: float) -> None:
    """Until nobody has set `bell` for `quiet` seconds, but no longer than `patience`."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while await _rings_within(bell, quiet):
                pass


async def _rings_within(bell: asyncio.Event, seconds: float) -> bool:
    bell.clear()
    with contextlib.suppress(TimeoutError):
        return await asyncio.wait_for(bell.wait(), seconds)
    return False


class Relay:
    def __init__(self, db: Database, gateway: Gateway) -> None:
        self.db, self.gateway = db, gateway
        self.bell = asyncio.Event()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            # The poll carries on while the listening connection is away.
            group.create_task(listen(self.db, CHANNEL, self.bell.set))
            group.create_task(self._carry())

    async def _carry(self) -> None:
        while True:
            try:
                await lull(self.bell, LULL, PATIENCE)
                while await self.carry_once():
                    pass
            except (*AWAY, RPCError, RuntimeError) as trouble:
                log.warning("relay waits", trouble=type(trouble).__name__)
                await asyncio.sleep(PAUSE)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.bell.wait(), POLL)
            self.bell.clear()

    async def carry_once(self) -> int:
        """Ring for a batch of outbox rows; returns how many rows were carried."""
        async with self.db.connection() as conn:
            rows = await claim_bells(conn, AT_ONCE)
        bells: dict[str, list[int]] = defaultdict(list)
        for row_id, case_no in rows:
            bells[case_no].append(row_id)
        if not bells:
            return 0
        answers = await asyncio.gather(*(self.gateway.ring(no) for no in bells), return_exceptions=True)
        rung = [ids for ids, answer in zip(bells.values(), answers, strict=True) if answer is None]
        unrung = [ids for ids, answer in zip(bells.values(), answers, strict=True) if answer is not None]
        async with self.db.connection() as conn:
            await forget_bells(conn, [row_id for ids in rung for row_id in ids])
            await hand_back_bells(conn, [row_id for ids in unrung for row_id in ids])
        for answer in answers:
            if answer is not None:
                raise answer
        return len(rows)
