"""The engine that conducts a case: rung by the outbox or woken by the clock, it lets the procedure speak.

It holds no legal state. Everything it knows it read from the log through `sync`, so it can be stopped, lost, replaced
or started twice at any moment; that is also why it may continue as new whenever its history grows.
"""

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from services.law.wants import SyncOut
    from workflows.desk import Desk, Errand
    from workflows.procedures import conduct

ERRANDS_QUEUE = "errands"
ERRAND_TIME = timedelta(seconds=30)  # a worker that died on an errand is missed only after this
MOST_BELLS = 500  # the server suggests a new run by history length and ignores the number of signals

_PATIENT = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=10))


@dataclass(frozen=True)
class CaseStart:
    case_no: str


@dataclass(frozen=True)
class ErrandIn:
    case_no: str
    key: str
    about: str = ""


@workflow.defn(name="Case")
class CaseWorkflow:
    @workflow.init
    def __init__(self, start: CaseStart) -> None:
        self.case_no = start.case_no
        self.desk = Desk()
        self.bells = 0
        self.heard = 0
        self.wake_in: float | None = None
        self.running: dict[str, asyncio.Task[None]] = {}

    @workflow.signal
    def ring(self) -> None:
        """Something was written. What it was stands in the log."""
        self.bells += 1

    @workflow.run
    async def run(self, start: CaseStart) -> None:
        first = await self._ask()
        assert first.plan is not None
        procedure = asyncio.create_task(conduct(self.desk, first.plan))
        while True:
            await self._sync()
            self._send_errands()
            self.desk.check()
            if procedure.done():
                procedure.result()  # a bug in a procedure must stop the run, not hide in a task
                if not (self.desk.wants or self.running or self.bells != self.heard):
                    return
            if self._long() and not self.running:
                procedure.cancel()
                self.desk.leave()
                workflow.continue_as_new(start)
            await self._wait(procedure)

    async def _wait(self, procedure: "asyncio.Task[None]") -> None:
        """Until a bell, a want, an errand, or the next moment that the clock watches."""

        def stirred() -> bool:
            unsent = [e for e in self.desk.ready() if e.key not in self.running]
            over = procedure.done() and not self.running
            return self.bells != self.heard or self.desk.wants or bool(unsent) or over

        timeout = None if self.wake_in is None else timedelta(seconds=self.wake_in)
        with contextlib.suppress(TimeoutError):
            await workflow.wait_condition(stirred, timeout=timeout)

    async def _sync(self) -> None:
        """Read the log to its end, then write what the procedure wants of it."""
        while True:
            await workflow.wait_condition(lambda: True)  # let the procedure run until it waits
            out = await self._ask()
            if out.applied:
                self.wake_in = out.wake_in
                return

    async def _ask(self) -> SyncOut:
        self.heard = self.bells
        out: SyncOut = await workflow.execute_local_activity(
            "sync",
            self.desk.ask(self.case_no),
            result_type=SyncOut,
            start_to_close_timeout=timedelta(seconds=15),
            retry_policy=_PATIENT,
        )
        self.desk.take(out)
        return out

    def _send_errands(self) -> None:
        for errand in self.desk.ready():
            if errand.key not in self.running:
                self.running[errand.key] = asyncio.create_task(self._run(errand))

    async def _run(self, errand: Errand) -> None:
        await workflow.execute_activity(
            errand.name,
            ErrandIn(self.case_no, errand.key, errand.about),
            task_queue=ERRANDS_QUEUE,
            start_to_close_timeout=ERRAND_TIME,
            retry_policy=_PATIENT,
        )
        self.desk.errands.pop(errand.key, None)
        del self.running[errand.key]
        self.bells += 1  # its event is in the log now

    def _long(self) -> bool:
        return self.bells > MOST_BELLS or workflow.info().is_continue_as_new_suggested()
