"""What time does to licences: reminded once each, expired at 24:00, whatever the sweep itself goes through."""

import asyncio
from datetime import timedelta

from services.licences import sweep
from services.licences.queries import licence_history
from services.licences.sweep import next_sweep, sweep_licences
from tests.licences.conftest import DAY, UNTIL, notices, set_clock
from tests.living import MORNING
from tests.web import progress_world as world


async def turns(living, number: str) -> list[str]:
    async with living.house.db.connection() as conn:
        return [r["turn"] for r in await licence_history(conn, number)]


async def test_nothing_is_due_long_before_the_end(living, licence):
    set_clock(living, UNTIL - timedelta(days=91))
    done = await sweep_licences(living.house)
    assert (done.reminded, done.expired, await notices(living)) == (0, 0, [])


async def test_each_reminder_goes_out_once_on_its_day(living, licence):
    for before in (90, 60, 30):
        set_clock(living, UNTIL - timedelta(days=before))
        for _ in range(3):
            await sweep_licences(living.house)
    assert await notices(living) == ["licence_ends:90", "licence_ends:60", "licence_ends:30"]


async def test_the_short_message_goes_to_a_masked_number_and_says_by_when(living, licence):
    set_clock(living, UNTIL - timedelta(days=60))
    await sweep_licences(living.house)
    async with living.house.db.connection() as conn:
        sms = await conn.fetch('SELECT "to", text FROM sms')
    assert {m["to"] for m in sms} == {"199****0010"}
    assert licence in sms[-1]["text"]
    assert "2031年11月15日" in sms[-1]["text"]


async def test_a_week_without_a_sweep_is_caught_up_in_the_order_of_its_days(living, licence):
    set_clock(living, UNTIL - timedelta(days=55))
    await sweep_licences(living.house)
    assert await notices(living) == ["licence_ends:90", "licence_ends:60"]
    set_clock(living, UNTIL + timedelta(days=7))
    await sweep_licences(living.house)
    assert await turns(living, licence) == ["issued", "expired"]
    async with living.house.db.connection() as conn:
        history = await licence_history(conn, licence)
    assert history[-1]["on_day"] == UNTIL + DAY  # when it ended, not when somebody looked


async def test_it_is_valid_until_24_00_of_its_last_day_and_expired_after_it(living, licence):
    set_clock(living, UNTIL, 23, 59)
    assert (await sweep_licences(living.house)).expired == 0
    set_clock(living, UNTIL + DAY, 0, 0)
    assert (await sweep_licences(living.house)).expired == 1
    assert (await sweep_licences(living.house)).expired == 0


async def test_two_sweeps_at_once_are_one(living, licence):
    set_clock(living, UNTIL + DAY)
    await asyncio.gather(*(sweep_licences(living.house) for _ in range(4)))
    assert await turns(living, licence) == ["issued", "expired"]
    assert (await notices(living)).count("licence_expired") == 1
    async with living.house.db.connection() as conn:
        opened = await conn.fetchval("SELECT count(*) FROM cases WHERE licence_no = $1", licence)
    assert opened == 1


async def test_what_expired_is_written_in_the_log_of_the_case_it_stood_by(living, licence):
    set_clock(living, UNTIL + DAY)
    await sweep_licences(living.house)
    async with living.house.db.connection() as conn:
        case_no = await conn.fetchval("SELECT case_no FROM licence WHERE number = $1", licence)
    assert "licence_expired" in await living.kinds(case_no)


async def test_a_sweep_goes_on_page_by_page(living, licence, monkeypatch):
    """Each page begins after the last licence of the one before, though that one has expired meanwhile."""
    monkeypatch.setattr(sweep, "_NEAR", sweep._NEAR.replace(f"LIMIT {sweep.AT_ONCE}", "LIMIT 1"))
    monkeypatch.setattr(sweep, "AT_ONCE", 1)
    for _ in range(3):
        living.clock.now = MORNING
        await world.food(living, *world.GRANTED)
    set_clock(living, UNTIL + DAY)
    assert (await sweep_licences(living.house)).expired == 4


async def test_the_next_sweep_is_the_next_day_with_something_to_do(living, licence):
    found = await next_sweep(living.house, UNTIL - timedelta(days=400))
    assert found.date() == UNTIL - timedelta(days=90)
    assert (await next_sweep(living.house, UNTIL - timedelta(days=30))).date() == UNTIL + DAY
    set_clock(living, UNTIL + DAY)
    await sweep_licences(living.house)
    assert await next_sweep(living.house, UNTIL) is None
