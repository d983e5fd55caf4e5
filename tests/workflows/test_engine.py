"""The same life under the real engine: outbox, relay, Temporal, workers."""

from infra.servers import Temporal
from services.law.stages import Stage
from tests.conftest import make_home, remove_home
from tests.living import FOOD, FOOD_PAPERS, SITE_CHECK, Living
from tests.workflows.engine import engine, until_event, until_open


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
