"""The running parts, each put together from settings: worker, relay, reconciliation, and the house they share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from forms import ITEMS_DIR, load_items
from infra.clock import training_clock
from infra.registries import exchange_of
from infra.seals import seals_of
from infra.settings import Settings
from services.calendars import ship
from services.catalogue import Catalogue, publish
from services.house import House, wall_clock
from services.payments.platform import NoPlatform
from services.payments.standin import StandIn
from services.scanning.clamd import Clamd
from services.scanning.port import NoScanner, Scanner
from services.store.crypto import Vault
from services.store.db import Database
from services.store.files import Files
from workflows.gateway import Gateway
from workflows.reconcile import reconcile
from workflows.relay import Relay
from workflows.schedule import keep_schedules
from workflows.worker import run_workers


@asynccontextmanager
async def open_house(
    settings: Settings,
    *,
    connections: int = 10,
    warm: bool = False,
    application: str = "onewindow",
    durable: bool = True,
    publishing: bool = True,
) -> AsyncIterator[House]:
    """`warm`: all connections are opened at once. With `publishing` what is new in the item files is frozen first.

    Raises Unavailable, BadKeyFile, NoSeal, or Frozen if an item was changed under a published number."""
    db = await Database.open(
        settings.database_url,
        min_size=connections if warm else 1,
        max_size=connections,
        application=application,
        durable=durable,
    )
    try:
        clock = training_clock(settings.home) if settings.demo else wall_clock
        async with db.transaction() as tx:
            if publishing:
                await publish(tx, load_items(ITEMS_DIR).values(), clock())
            items, calendars = await Catalogue.read(tx, clock), await ship(tx, clock())
        vault = Vault.from_key_file(settings.key_file)
        files, seals = Files(settings.files_url), seals_of(settings)
        platform = StandIn(db, vault, settings.base_url, clock) if settings.demo else NoPlatform()
        async with exchange_of(settings, db, vault, clock) as exchange:
            yield House(
                db, vault, items, calendars, files, settings.base_url, clock, seals, platform, exchange=exchange,
                scanner=scanner_of(settings), kiosk=settings.kiosk,
            )  # fmt: skip
    finally:
        await db.close()


def scanner_of(settings: Settings) -> Scanner:
    if settings.scanner == "none":
        return NoScanner()
    return Clamd(settings.scanner, refuses=settings.scanner_down == "refuse")


async def connect(settings: Settings, house: House) -> Gateway:
    return await Gateway.connect(
        settings.temporal_address, settings.temporal_namespace, house.vault.codec_key
    )


async def run_worker(settings: Settings) -> None:
    async with open_house(settings, connections=20, application="onewindow-worker") as house:
        gateway = await connect(settings, house)
        await keep_schedules(gateway.client)
        await run_workers(gateway, house)


async def run_relay(settings: Settings) -> None:
    # A claim or a deletion that is lost with the server rings a bell twice, which is ringing it once.
    async with open_house(settings, connections=3, application="onewindow-relay", durable=False) as house:
        await Relay(house.db, await connect(settings, house)).run()


async def run_reconcile(settings: Settings) -> None:
    async with open_house(settings, connections=2, application="onewindow-reconcile") as house:
        found = await reconcile(house, await connect(settings, house), full=True)
    print(
        f"lagging {len(found.lagging)}, sleeping {len(found.sleeping)}, overslept {len(found.overslept)}, "
        f"stale bells {found.stale_bells}"
    )
    for case_no in found.all:
        print(f"  rung {case_no}")
