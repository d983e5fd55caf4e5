"""Moving the training clock (演练时钟) while everything runs, so that cards and reminders come up at once."""

import asyncio
import re
from datetime import datetime, timedelta

from rich.console import Console

from infra.clock import SLACK, move_ahead
from infra.parts import open_house
from infra.settings import Problem, Settings
from services.cases.lagging import cases_open
from services.cases.outbox import put_bells, wake_relay
from services.law.counting import SHANGHAI
from services.licences.sweep import sweep_licences

_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def read_duration(text: str) -> timedelta:
    """A whole number and a unit: 3d, 8h, 45m."""
    found = re.fullmatch(r"(\d{1,4})([dhm])", text.strip().lower())
    if found is None:
        raise Problem(f"How far ahead is {text!r}? Write 3d, 8h or 45m.")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


async def move_clock(settings: Settings, more: timedelta) -> datetime:
    """Legal time of every part runs ahead by so much more. Returns what time it is now."""
    if not settings.demo:
        raise Problem("Legal time is the wall's, except in a demonstration: set ONEWINDOW_DEMO=true.")
    move_ahead(settings.home, more)
    # Whoever is rung before every part has looked at its clock again would go back to sleep by the old time.
    await asyncio.sleep(SLACK + 0.2)
    async with open_house(settings, connections=2, application="onewindow-clock") as house:
        async with house.db.transaction() as tx:
            await put_bells(tx, await cases_open(tx))
        await sweep_licences(house)  # the nights that were jumped over
        async with house.db.connection() as conn:
            await wake_relay(conn)
        return house.now()


async def run_clock_ahead(settings: Settings, more: timedelta, console: Console) -> None:
    now = await move_clock(settings, more)
    console.print(f"Legal time is {now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}; every open case was rung")
