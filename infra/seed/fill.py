"""Filling an empty store with the demo month."""

from datetime import datetime, timedelta
from random import Random

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from infra.seed.family import settle_families
from infra.seed.licences import handed_over
from infra.seed.month import Clock, Month
from infra.seed.office import Office
from infra.seed.people import invite
from infra.seed.plots import plan_all
from infra.seed.sheets import Sheets
from infra.seed.supervising import afternoons
from infra.seed.world import build_world
from services.cases.lagging import cases_open
from services.cases.outbox import claim_bells, forget_bells, put_bells
from services.house import House
from services.licences.taking_in import take_in
from services.payments.standin import StandIn

SEED = 12345
_ALL = 1_000_000
WORKING_DAYS = 27  # about 38 days on the wall, more around a long holiday


async def fill(house: House, now: datetime, console: Console) -> Month:
    """Live the month that ends at `now`. The house's clock is the month's own when this is done."""
    rng = Random(SEED)  # noqa: S311 - a story is to be told the same way every time
    office = Office(house.calendar, now, rng)
    clock = Clock(office.morning(WORKING_DAYS))
    house.clock = clock
    # Money moves under the month's clock too.
    house.platform = StandIn(house.db, house.vault, house.base_url, clock)
    world = await build_world(house)
    await take_in(house, handed_over(clock.now))
    cast = await invite(house, world, rng)
    await settle_families(house, cast)
    month = Month(house, clock, now, cast, await Sheets.print_all(house), office, rng)
    plan_all(month)
    month.plan(office.morning(WORKING_DAYS - 1), afternoons(month))
    try:
        await _show(month, console)
    finally:
        await month.leave()
    async with house.db.connection() as conn:
        # The real engine takes over: every case that still waits for somebody or for the clock is rung once.
        await forget_bells(conn, [id_ for id_, _ in await claim_bells(conn, most=_ALL)])
        await put_bells(conn, await cases_open(conn))
    return month


async def _show(month: Month, console: Console) -> None:
    start = month.clock.now
    columns = (TextColumn("  {task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=(month.end - start) / timedelta(hours=1))
        async for moment in month.live():
            progress.update(
                bar, completed=(moment - start) / timedelta(hours=1), description=f"{moment:%Y-%m-%d}"
            )
