"""A stage for scenarios: a database with the demo district in it, copied for each story, and the engine that it wants."""

import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg

from forms import ITEMS_DIR, Item, load_items
from infra.embedded import database_url
from infra.migrations import migrate
from infra.seed.world import World, build_world
from infra.servers import Home, Postgres
from infra.servers.cluster import DATABASE
from services.calendars import ship
from services.catalogue import Catalogue, publish
from services.house import House
from services.law.counting import SHANGHAI
from services.payments.standin import StandIn
from services.registries.guard import Guarded
from services.registries.standin import StandIn as Registers
from services.signing.demo import DemoSeals
from services.store.crypto import Vault
from services.store.db import Database
from services.store.files import Files
from workflows.scenarios import Clock, Engine, Player, RehearsedEngine, Report, Scenario
from workflows.scenarios.cast import Cast
from workflows.scenarios.skipping import SkippingEngine

SCENARIOS = ITEMS_DIR / "scenarios"
ENGINES = ("temporal", "rehearsal")
_FURNISHED = "rehearsal"
_BEFORE = datetime(2004, 1, 1, 9, tzinfo=SHANGHAI)  # the district was there before any story begins
# Nothing here outlives the command, so nothing waits for the disk.
_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}


@dataclass
class Stage:
    """`template`: the furnished database. `world`: whose people are the same in every copy of it.

    `items`: folders of item files; how each is applied for lies in `scenarios/<item>/filing.yaml` beside them.
    """

    home: Home
    items: tuple[Path, ...]
    template: str
    world: World
    folder: Path
    stories: int = 0

    @classmethod
    async def furnish(
        cls, home: Home, *, migrated: str = DATABASE, items: tuple[Path, ...] = (ITEMS_DIR,)
    ) -> "Stage":
        """Copy a migrated database and move the demo district in. Its server must run."""
        await _admin(home, f"DROP DATABASE IF EXISTS {_FURNISHED} WITH (FORCE)")
        await _copy(home, migrated, _FURNISHED)
        stage = cls(home, items, _FURNISHED, World({}, {}), home.path / "rehearsal")
        async with stage._house(_FURNISHED, Clock(_BEFORE)) as house:
            stage.world = await build_world(house)
        return stage

    @contextlib.asynccontextmanager
    async def story(self, clock: Clock) -> AsyncIterator[House]:
        """A house of one's own."""
        self.stories += 1
        name = f"{_FURNISHED}_{self.stories}"
        await _copy(self.home, self.template, name)
        try:
            async with self._house(name, clock) as house:
                yield house
        finally:
            await _admin(self.home, f"DROP DATABASE {name} WITH (FORCE)")

    @contextlib.asynccontextmanager
    async def _house(self, database: str, clock: Clock) -> AsyncIterator[House]:
        db = await Database.open(database_url(self.home, "app", database), max_size=8)
        try:
            async with db.transaction() as tx:
                for folder in self.items:
                    await publish(tx, of_any_year(load_items(folder).values()), clock())
                items, calendars = await Catalogue.read(tx, clock), await ship(tx, clock())
            files, seals = Files(str(self.folder / "files")), DemoSeals(self.folder / "seals")
            vault = Vault(b"k" * 32)
            platform = StandIn(db, vault, House.base_url, clock)
            exchange = Guarded(Registers(db, vault, clock))
            yield House(
                db, vault, items, calendars, files, clock=clock, seals=seals, platform=platform, exchange=exchange
            )  # fmt: skip
        finally:
            await db.close()

    @property
    def filings(self) -> list[Path]:
        return [folder / "scenarios" for folder in self.items]

    def cast(self) -> Cast:
        return Cast(dict(self.world.actors), dict(self.world.subjects))


Begin = Callable[[House, Clock], Awaitable[Engine]]


def engine(name: str, *, documents: bool = False) -> Begin:
    """How one of ENGINES begins a story; `documents` prints them too."""

    async def begin(house: House, clock: Clock) -> Engine:
        if name == "temporal":
            return await SkippingEngine(house, clock, documents=documents).start()
        return RehearsedEngine(house, clock, documents=documents)

    return begin


async def rehearse(stage: Stage, scenario: Scenario, begin: Begin) -> Report:
    """Play one scenario in a house of its own."""
    clock = Clock(scenario.story[0].on)
    async with stage.story(clock) as house:
        return await Player(house, await begin(house, clock), stage.cast(), scenario, stage.filings).play()


@contextlib.asynccontextmanager
async def own_stage(*more_items: Path) -> AsyncIterator[Stage]:
    """A stage with a server of its own, thrown away afterwards."""
    with _folder() as folder:
        home = Home(folder / "home").prepare()
        server = Postgres(home, tuning=_QUICK)
        server.start()
        try:
            await migrate(database_url(home, "owner"))
            yield await Stage.furnish(home, items=(ITEMS_DIR, *more_items))
        finally:
            server.stop()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="onewindow-rehearsal-"))
    folder.chmod(0o755)  # as root, the server runs as somebody else
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def of_any_year(items: Iterable[Item]) -> list[Item]:
    """A story plays today's items on the calendar of the year that shows its point: they are in force from the start."""
    return [Item.model_validate(i.model_dump(mode="json") | {"effective": _BEFORE.date()}) for i in items]


async def _copy(home: Home, template: str, name: str) -> None:
    await _admin(home, f"CREATE DATABASE {name} TEMPLATE {template} OWNER onewindow_owner STRATEGY file_copy")


async def _admin(home: Home, sql: str) -> None:
    connection = await asyncpg.connect(database_url(home, "superuser", "postgres"))
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
