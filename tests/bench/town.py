"""A town to measure in: real servers with durable settings, the parts as processes, cases waiting at the counter."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg
import psutil

from forms import ITEMS_DIR, load_items
from infra.embedded import database_url
from infra.migrations import migrate
from infra.part import Command
from infra.seals import seals_of
from infra.seed.world import World, build_world
from infra.servers import Home, Postgres, Temporal
from infra.servers.home import free_port
from infra.settings import Settings
from services.calendars import ship
from services.cases.filing import submit
from services.catalogue import Catalogue, publish
from services.house import House, wall_clock
from services.store.crypto import Vault
from services.store.db import Database, plain_url
from services.store.files import Files
from tests.conftest import make_home, remove_home
from tests.living import FOOD, FOOD_PAPERS
from workflows.rehearsal import Rehearsal


@dataclass
class Town:
    settings: Settings
    home: Home
    postgres: Postgres
    temporal: Temporal
    house: House
    world: World
    parts: dict[str, Command]

    def engine_seconds(self) -> float:
        """Processor time that Temporal, worker and relay have taken so far."""
        parts = [self.temporal, self.parts["worker"], self.parts["relay"]]
        running = [psutil.Process(part.process.pid) for part in parts if part.process]
        return sum(time.user + time.system for time in (process.cpu_times() for process in running))

    async def waiting(self, n: int) -> list[tuple[str, int]]:
        """(case number, acceptance task) of n food licences, filed and at the counter."""
        gate = asyncio.Semaphore(8)

        async def one() -> tuple[str, int]:
            async with gate:
                return await self._file()

        made = await asyncio.gather(*(one() for _ in range(n)))
        await self._know_its_size()
        return made

    async def _know_its_size(self) -> None:
        """As autovacuum does within a minute: until then plans are kept that suit empty tables."""
        owner = await asyncpg.connect(plain_url(self.settings.owner_database_url))
        try:
            await owner.execute("ANALYZE")
        finally:
            await owner.close()

    async def _file(self) -> tuple[str, int]:
        item, chen = self.house.items.get("food-licence"), self.world.actors["chen"]
        firm = self.world.subjects["湖南示例餐饮有限公司"]
        async with self.house.db.transaction() as tx:
            receipt = await submit(
                tx,
                self.house,
                chen,
                item,
                raw=FOOD,
                papers=FOOD_PAPERS,
                applicant_id=firm,
                channel="web",
                token=uuid4().hex,
            )
            await tx.execute(
                "DELETE FROM outbox WHERE case_no = $1", receipt.case_no
            )  # not yet for the engine
        rehearsal = Rehearsal(self.house, receipt.case_no, _nothing)
        await rehearsal.settle()
        await rehearsal.stop()
        async with self.house.db.connection() as conn:
            task = await conn.fetchval(
                "SELECT id FROM task WHERE case_no = $1 AND key = 'acceptance#1'", receipt.case_no
            )
        return receipt.case_no, task


async def _nothing(case_no: str, errand: object) -> None:
    """Documents are not what is measured here."""


@asynccontextmanager
async def town(furnish: Callable[[House], Awaitable[World]] = build_world) -> AsyncIterator[Town]:
    """Everything up; PostgreSQL with fsync and synchronous commits, as in production."""
    home = make_home()
    postgres, temporal = Postgres(home), Temporal(home)
    postgres.start()
    temporal.start()
    settings = Settings.load(
        home=home.path,
        port=free_port(),
        database_url=database_url(home, "app"),
        owner_database_url=database_url(home, "owner"),
        temporal_address=temporal.address,
        demo=True,
    )
    Path(home.path / "files").mkdir(exist_ok=True)
    await migrate(settings.owner_database_url)
    house = await _open(settings)
    parts = {
        name: Command(name, home, {**os.environ, **settings.environment()})
        for name in ("web", "worker", "relay")
    }
    try:
        world = await furnish(house)
        for part in parts.values():
            part.start()
        yield Town(settings, home, postgres, temporal, house, world, parts)
    finally:
        for part in reversed(parts.values()):
            part.stop()
        await house.db.close()
        temporal.stop()
        postgres.stop()
        remove_home(home)


async def _open(settings: Settings) -> House:
    db = await Database.open(settings.database_url, max_size=70)
    vault = Vault.from_key_file(settings.key_file, create=True)
    async with db.transaction() as tx:
        await publish(tx, load_items(ITEMS_DIR).values(), wall_clock())
        items, calendars = await Catalogue.read(tx, wall_clock), await ship(tx, wall_clock())
    return House(db, vault, items, calendars, Files(settings.files_url), seals=seals_of(settings))
