"""The real engine in a test: relay and workers against a Temporal server, over a living house."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from tests.living import Living
from workflows.gateway import Gateway
from workflows.relay import Relay
from workflows.worker import case_worker, errand_worker


@contextlib.asynccontextmanager
async def engine(living: Living, address: str, key: bytes | None = None) -> AsyncIterator[Gateway]:
    gateway = await Gateway.connect(address, "default", key or living.house.vault.codec_key)
    async with case_worker(gateway, living.house), errand_worker(gateway, living.house):
        relay = asyncio.create_task(Relay(living.house.db, gateway).run())
        try:
            yield gateway
        finally:
            relay.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await relay


async def until_open(living: Living, case_no: str, task_key: str, seconds: float = 20) -> None:
    """Until the engine has opened this task."""
    await _until(
        living,
        "SELECT 1 FROM task WHERE case_no = $1 AND key = $2 AND state = 'open'",
        case_no,
        task_key,
        seconds,
    )


async def until_event(living: Living, case_no: str, kind: str, seconds: float = 20) -> None:
    await _until(living, "SELECT 1 FROM case_event WHERE case_no = $1 AND kind = $2", case_no, kind, seconds)


async def _until(living: Living, sql: str, case_no: str, what: str, seconds: float) -> None:
    for _ in range(int(seconds / 0.05)):
        async with living.house.db.connection() as conn:
            if await conn.fetchval(sql, case_no, what):
                return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{case_no}: no {what} after {seconds} s; the log has {await living.kinds(case_no)}")
