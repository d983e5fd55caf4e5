"""The calls of the README, as somebody would paste them, against a served application."""

import asyncio
import contextlib
import os
import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.law.stages import Stage
from tests.browser import served
from tests.living import Living

PAGE = Path(__file__).parents[2] / "README.md"


@contextlib.asynccontextmanager
async def engine(living: Living) -> AsyncIterator[None]:
    """Stands in for the worker: every case whose log it has not read to the end."""

    async def follow() -> None:
        while True:
            async with living.house.db.connection() as conn:
                behind = await conn.fetch("SELECT no FROM cases WHERE engine_seq < seq")
            for row in behind:
                await living.engine(row["no"])
            await asyncio.sleep(0.02)

    task = asyncio.create_task(follow())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@pytest.mark.skipif(not (shutil.which("bash") and shutil.which("curl")), reason="needs bash and curl")
async def test_the_calls_of_the_manual_carry_a_licence_from_filing_to_rating(app, living):
    calls = re.search(r"```bash\n(.*?)```", PAGE.read_text(), re.S)
    assert calls
    living.clock.now = datetime.now(UTC)  # the manual says today where it means today
    async with served(app) as base, engine(living):
        shell = await asyncio.create_subprocess_exec(
            "bash", "-c", calls[1] + '\necho "$NO"', env={**os.environ, "API": f"{base}/api/v1"},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await asyncio.wait_for(shell.communicate(), 60)
    *lines, chain, no = out.decode().splitlines()
    assert "'broken': None" in chain, err.decode()
    state = (await living.case(no)).state
    assert (state.stage, state.outcome, state.round) == (Stage.ARCHIVED, "granted", 2)
    events = [line for line in lines if '"event"' in line]
    assert len(events) == 8
    assert all('"repeated":false' in line for line in events)
