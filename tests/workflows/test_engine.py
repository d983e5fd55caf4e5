"""The same life under the real engine: outbox, relay, Temporal, workers."""

import asyncio

from infra.servers import Temporal
from services.law.stages import Stage
from tests.conftest import make_home, remove_home
from tests.living import FOOD, FOOD_PAPERS, SITE_CHECK, Living
from tests.workflows.engine import engine, until_event, until_open
from workflows.case import MOST_BELLS, CaseWorkflow
from workflows.reconcile import reconcile


async def file_food(living: Living) -> str:
    firm = living.world.subjects["湖南示例餐饮有限公司"]
    return (await living.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=firm)).case_no


async def test_the_engine_carries_a_case_from_click_to_archive(living: Living, temporal_address: str):
    async with engine(living, temporal_address) as gateway:
        no = await file_food(living)
        for task, command, who, values in (
            ("acceptance#1", "accept", "clerk", {}),
            ("site_check#1", "record_site_check", "reviewer", SITE_CHECK),
            ("review#1", "recommend_grant", "reviewer", {}),
            ("decision#1", "grant", "director", {}),
            ("delivery", "deliver", "clerk", {"mode": "direct", "recipient": "陈示例"}),
            ("rating", "rate", "chen", {"score": "5"}),
        ):
            await until_open(living, no, task)
            await living.act(no, task, command, who, **values)
        await until_event(living, no, "archived")
        assert (await living.case(no)).state.stage is Stage.ARCHIVED
        await gateway.client.get_workflow_handle(no).result()


async def test_a_lost_engine_is_replaced_and_every_half_done_case_goes_on(
    living: Living, temporal_address: str
):
    """Temporal's database is deleted with cases half done; an empty server conducts them to the same end."""
    async with engine(living, temporal_address):
        numbers = [await file_food(living) for _ in range(4)]
        for no in numbers:
            await until_open(living, no, "acceptance#1")
            await living.act(no, "acceptance#1", "accept", "clerk")
            await until_open(living, no, "site_check#1")
    before = {no: await living.kinds(no) for no in numbers}
    home = make_home()
    empty = Temporal(home)
    empty.start()
    try:
        async with engine(living, empty.address):
            for no in numbers:
                await living.act(no, "site_check#1", "record_site_check", "reviewer", **SITE_CHECK)
                await until_open(living, no, "review#1")
    finally:
        empty.stop()
        remove_home(home)
    for no in numbers:
        kinds = await living.kinds(no)
        assert kinds[: len(before[no])] == before[no]
        assert kinds.count("accepted") == 1
        assert kinds.count("site_checked") == 1


async def test_a_case_that_was_rung_too_often_goes_on_in_a_new_run(living: Living, temporal_address: str):
    async with engine(living, temporal_address) as gateway:
        no = await file_food(living)
        await until_open(living, no, "acceptance#1")
        handle = gateway.client.get_workflow_handle(no)
        first_run = (await handle.describe()).run_id
        for _ in range(MOST_BELLS + 1):
            await handle.signal(CaseWorkflow.ring)
        await living.act(no, "acceptance#1", "accept", "clerk")
        await until_open(living, no, "site_check#1")
        async with asyncio.timeout(20):
            while (await handle.describe()).run_id == first_run:
                await asyncio.sleep(0.1)
        assert (await living.kinds(no)).count("accepted") == 1


async def test_reconciliation_rings_what_lags_and_what_sleeps(living: Living, temporal_address: str):
    no = await file_food(living)
    async with living.house.db.connection() as conn:
        await conn.execute("DELETE FROM outbox")  # a bell that was lost for good
    async with engine(living, temporal_address) as gateway:
        living.clock.forward(minutes=1)
        found = await reconcile(living.house, gateway, full=True)
        assert no in found.lagging
        assert no in found.sleeping
        await until_open(living, no, "acceptance#1")
        assert no not in (await reconcile(living.house, gateway, full=True)).all
