"""A small world for tests: a house on a fresh store, the demo district's people, cases that live in a rehearsal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from forms import ITEMS_DIR, load_items, to_raw
from infra.rehearse import of_any_year
from infra.seed.world import World, build_world
from services.calendars import ship
from services.cases.door import Done, act
from services.cases.filing import Receipt, submit
from services.cases.log import Case, load
from services.cases.rounds import Paper
from services.catalogue import Catalogue, publish
from services.house import House
from services.payments.standin import StandIn
from services.registries.guard import Guarded
from services.registries.standin import StandIn as Registers
from services.signing.demo import DemoSeals
from services.store.crypto import Vault
from services.store.db import Database
from services.store.files import Files
from workflows.rehearsal import Rehearsal

TENNIS = Path(__file__).parent / "forms" / "items"
KEY = b"k" * 32
MORNING = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)  # Monday 09:30 in Shanghai

FOOD = {
    "only_prepackaged": ["no"],
    "applicant_role": ["self"],
    "premises_name": ["湖南示例餐饮有限公司"],
    "premises_address": ["示例区示例路1号"],
    "area": ["120"],
    "category": ["hot_food"],
    "staff": ["8"],
    "has_network_trade": ["no"],
    "officer_name": ["陈示例"],
    "officer_phone": ["19900000001"],
    "truth": ["yes"],
}
FOOD_PAPERS = [
    Paper("layout", file="0" * 64, name="布局图.pdf", size=10, type="pdf"),
    Paper("safety-rules", file="1" * 64, name="制度.pdf", size=10, type="pdf"),
    Paper("health-certificates", file="2" * 64, name="健康证.pdf", size=10, type="pdf"),
]
# What is signed in their place, and instead of all proof.
GAPS = {"gaps_signed": ["yes"], "signer": ["陈示例"]}
PROMISE = {"way": ["promise"], "promise_signed": ["yes"], "signer": ["陈示例"]}
SITE_CHECK = {
    "checked_on": "2026-11-16",
    "officer_1": "何核查 A001",
    "officer_2": "胡核查 A002",
    "result": "pass",
    "findings": "布局与图纸一致",
}


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        self.now += timedelta(**delta)


@dataclass
class Living:
    """A house with people in it."""

    house: House
    clock: Clock
    world: World
    running: dict[str, Rehearsal] = field(default_factory=dict)

    @classmethod
    async def move_in(
        cls, app_url: str, folder: Path, *, max_size: int = 10, any_year: bool = False
    ) -> "Living":
        """`any_year`: the items are in force on whatever day the test plays."""
        db = await Database.open(app_url, max_size=max_size)
        clock = Clock()
        items = {**load_items(ITEMS_DIR), **load_items(TENNIS)}
        async with db.transaction() as tx:
            await publish(tx, of_any_year(items.values()) if any_year else items.values(), clock())
            catalogue, calendars = await Catalogue.read(tx, clock), await ship(tx, clock())
        vault = Vault(KEY)
        house = House(
            db, vault, catalogue, calendars, Files(str(folder / "files")), clock=clock,
            seals=DemoSeals(folder / "seals"), platform=StandIn(db, vault, House.base_url, clock),
            exchange=Guarded(Registers(db, vault, clock)),
        )  # fmt: skip
        return cls(house, clock, await build_world(house))

    async def file(
        self, item_code: str, who: str, raw: Mapping[str, list[str]], papers: list[Paper], **more: object
    ) -> Receipt:
        item, actor = self.house.items.get(item_code), self.world.actors[who]
        options = {
            "channel": "web",
            "token": uuid4().hex,
            "applicant_id": next(iter(actor.subjects), None),
            **more,
        }
        async with self.house.db.transaction() as tx:
            return await submit(tx, self.house, actor, item, raw=raw, papers=papers, **options)

    async def engine(self, case_no: str) -> Rehearsal:
        """The case's rehearsed engine, settled."""
        rehearsal = self.running.get(case_no)
        if rehearsal is None:
            rehearsal = self.running[case_no] = Rehearsal(self.house, case_no, self._errand)
        await rehearsal.settle()
        return rehearsal

    async def act(
        self,
        case_no: str,
        task_key: str,
        command: str,
        who: str,
        *,
        token: str | None = None,
        defects=(),
        **values: object,
    ) -> Done:
        from services.law.commands import COMMANDS

        async with self.house.db.connection() as conn:
            task_id = await conn.fetchval(
                "SELECT id FROM task WHERE case_no = $1 AND key = $2", case_no, task_key
            )
            raw = to_raw(COMMANDS[command].fields, values)
            return await act(
                conn, self.house, self.world.actors[who], task_id=task_id or 0, command=command, raw=raw,
                token=token or uuid4().hex, defects=defects,
            )  # fmt: skip

    async def case(self, case_no: str) -> Case:
        async with self.house.db.connection() as conn:
            case = await load(conn, case_no)
        assert case is not None
        return case

    async def kinds(self, case_no: str) -> list[str]:
        async with self.house.db.connection() as conn:
            rows = await conn.fetch("SELECT kind FROM case_event WHERE case_no = $1 ORDER BY seq", case_no)
        return [r["kind"] for r in rows]

    async def _errand(self, case_no: str, errand) -> None:
        """Errands that matter to the course of a case; documents are rendered in tests of their own."""
        from services.archive.make import make_archive
        from services.cases.forwarding import file_upper
        from services.hotline.linked import tell_linked
        from services.licences.issue import issue_licence
        from services.payments.orders import order_payment
        from services.payments.refunds import order_refund

        if errand.name == "order_payment":
            await order_payment(self.house, case_no, errand.key, errand.about)
            return
        if errand.name == "refund_fee":
            await order_refund(self.house, case_no, errand.key, errand.about)
            return
        if errand.name == "make_archive":
            await make_archive(self.house, case_no, errand.key)
            return
        async with self.house.db.transaction() as tx:
            if errand.name == "issue_licence":
                await issue_licence(tx, self.house, case_no, errand.key)
            if errand.name == "file_upper":
                await file_upper(tx, self.house, case_no, errand.key)
            if errand.name == "tell_linked":
                await tell_linked(tx, self.house, case_no, errand.key, errand.about)

    async def leave(self) -> None:
        for rehearsal in self.running.values():
            await rehearsal.stop()
        await self.house.db.close()
