"""A demo district with a lived-in month, made through the same door as everything else."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from infra.seed.world import DEMO_LOGINS
from infra.settings import Settings

__all__ = ["DEMO_LOGINS", "run_seed"]


async def run_seed(settings: Settings) -> None:
    """Fill an empty store; the month ends at the moment this is called."""
    from rich.console import Console

    from infra.parts import open_house
    from infra.seed.fill import fill

    console = Console(highlight=False)
    # Each thread keeps a press of its own, and a press is quick from its second sheet on.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    async with open_house(settings, connections=4, application="onewindow-seed") as house:
        month = await fill(house, house.now(), console)
    console.print(f"  {month.cases} cases in a month", markup=False)
