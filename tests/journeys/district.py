"""The district to walk through: servers and parts as processes, opened when the counter answers."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from infra.seed.world import World, build_world
from services.house import House
from services.law.counting import SHANGHAI
from tests.bench.town import Town, town

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def district(furnish: Callable[[House], Awaitable[World]] = build_world) -> AsyncIterator[Town]:
    async with town(furnish) as made:
        await _opened(made)
        yield made


async def _opened(made: Town) -> None:
    async with httpx.AsyncClient(base_url=made.settings.base_url) as client:
        for _ in range(150):
            try:
                if (await client.get("/healthz")).is_success:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)
    raise AssertionError(made.home.log_tail("web", 30))


def move_clock(made: Town, more: timedelta) -> datetime:
    """By the command that a trainer would give; what it says the time is."""
    minutes = int(more.total_seconds() // 60) + 1
    done = subprocess.run(
        [sys.executable, "-m", "infra.cli", "clock-ahead", f"{minutes}m"],
        cwd=ROOT,
        env=os.environ | made.settings.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", done.stdout)
    assert said, done.stdout
    return datetime.strptime(said[0], "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
