"""The relay waits for a lull, but not for ever."""

import asyncio

from workflows.relay import lull

NEVER = 60  # seconds that no test waits


async def ringing(bell: asyncio.Event, times: int) -> None:
    for _ in range(times):
        bell.set()
        await asyncio.sleep(0.01)


async def test_it_lasts_while_bells_come_and_ends_when_they_pause():
    bell = asyncio.Event()
    waits = asyncio.create_task(lull(bell, quiet=1, patience=NEVER))
    await ringing(bell, 20)
    assert not waits.done()
    await waits


async def test_bells_that_never_pause_do_not_hold_it_for_ever():
    bell = asyncio.Event()
    rings = asyncio.create_task(ringing(bell, NEVER * 100))
    await lull(bell, quiet=NEVER, patience=0.05)
    assert not rings.done()
    rings.cancel()
