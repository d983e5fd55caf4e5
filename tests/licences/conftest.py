"""A house with a licence in it, and a clock that a test moves through its years."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import pytest

from services.law.clock import SHANGHAI
from tests.living import Living
from tests.web import progress_world as world


@pytest.fixture
async def living(own_database, tmp_path) -> AsyncIterator[Living]:
    """A database for each test: a sweep looks after everything in it."""
    home = await Living.move_in(own_database.app, tmp_path)
    yield home
    await home.leave()


@pytest.fixture
async def licence(living: Living) -> str:
    """Of 陈示例's firm, granted on 2026-11-16 and so valid until 2031-11-15."""
    no = await world.food(living, *world.SERVED)
    async with living.house.db.connection() as conn:
        return await conn.fetchval("SELECT number FROM licence WHERE case_no = $1", no)


def set_clock(living: Living, day: date, hour: int = 0, minute: int = 5) -> None:
    living.clock.now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


async def notices(living: Living) -> list[str]:
    async with living.house.db.connection() as conn:
        rows = await conn.fetch("SELECT kind, facts ->> 'before' AS before FROM notice ORDER BY id")
    return [r["kind"] + (f":{r['before']}" if r["before"] else "") for r in rows]


UNTIL = date(2031, 11, 15)
DAY = timedelta(days=1)
