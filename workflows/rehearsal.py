"""A small engine in one process: the same procedures, the same door, a clock that a rehearsal moves.

Used to make a lived-in store and to test life cycles. Since a procedure is a function of the log, cases rehearsed into
a store go on living there under the real engine.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from services.cases.sync import sync
from services.house import House
from services.law.wants import SyncOut
from workflows.desk import Desk, Errand
from workflows.procedures import conduct

RunErrand = Callable[[str, Errand], Awaitable[None]]


class Rehearsal:
    """One case under a rehearsed engine. `settle` after every act and whenever the clock has moved."""

    def __init__(self, house: House, case_no: str, run_errand: RunErrand) -> None:
        self.house, self.case_no, self.run_errand = house, case_no, run_errand
        self.desk = Desk()
        self.procedure: asyncio.Task[None] | None = None
        self.wake_in: float | None = None

    async def settle(self) -> None:
        """Until the procedure waits for a person or for the clock."""
        await self._sync()
        while True:
            await _let_run()
            errands = self.desk.ready()
            for errand in errands:
                await self.run_errand(self.case_no, errand)
                self.desk.errands.pop(errand.key, None)
            if not (self.desk.wants or errands):
                break
            await self._sync()
        self.desk.check()
        if self.procedure and self.procedure.done():
            self.procedure.result()

    @property
    def over(self) -> bool:
        return self.procedure is not None and self.procedure.done()

    async def stop(self) -> None:
        self.desk.leave()
        if self.procedure and not self.procedure.done():
            self.procedure.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.procedure

    async def _sync(self) -> None:
        out = await self._ask()
        if self.procedure is None:
            assert out.plan is not None
            self.procedure = asyncio.create_task(conduct(self.desk, out.plan))
        while not out.applied:
            await _let_run()
            out = await self._ask()
        self.wake_in = out.wake_in

    async def _ask(self) -> SyncOut:
        async with self.house.db.transaction() as tx:
            out = await sync(tx, self.house, self.desk.ask(self.case_no))
        self.desk.take(out)
        return out


async def _let_run() -> None:
    """Let the procedure run until it waits: it never does input or output, so a few turns of the loop are enough."""
    for _ in range(12):
        await asyncio.sleep(0)
