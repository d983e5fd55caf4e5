"""Versions come into force on their day; a suspended item is not filed, its running cases go on and its drafts stay."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest

from forms import Item
from services import drafts
from services.cases.filing import Receipt
from services.catalogue import Catalogue, Frozen, publish
from services.catalogue.following import following_items
from services.catalogue.life import NotOpen, Renewed, turn_item
from services.errors import Invalid, NotAllowed, NotFound
from services.law.item_life import Turn
from tests.living import FOOD, FOOD_PAPERS, GAPS, Living

CODE = "food-licence"
WHY = "食品许可系统升级"


@pytest.fixture
async def living(own_database, tmp_path) -> AsyncIterator[Living]:
    home = await Living.move_in(own_database.app, tmp_path)
    yield home
    await home.leave()


def next_version(living: Living, effective: str, **changes: object) -> Item:
    last = living.house.items.versions(CODE)[-1]
    content = last.model_dump(mode="json", by_alias=True)
    return Item.model_validate(content | {"version": last.version + 1, "effective": effective, **changes})


async def release(living: Living, item: Item) -> list[Item]:
    async with living.house.db.transaction() as tx:
        new = await publish(tx, [item], living.house.now())
        await living.house.items.refresh(tx)
    return new


async def apply(living: Living) -> Receipt:
    firm = living.world.subjects["湖南示例餐饮有限公司"]
    return await living.file(CODE, "chen", FOOD | GAPS, FOOD_PAPERS, applicant_id=firm)


async def turn(living: Living, what: Turn, who: str = "admin", on: date | None = None, why: str = WHY):
    return await turn_item(living.house, living.world.actors[who], CODE, what, why, on)


async def test_a_case_is_filed_under_the_version_in_force_on_its_day(living: Living):
    new = await release(living, next_version(living, "2026-11-18"))
    assert [i.version for i in new] == [3]
    items = living.house.items
    assert items.get(CODE).version == 2
    assert items.coming(CODE).version == 3
    before = await apply(living)
    living.clock.forward(days=2)  # it is the 18th
    assert items.get(CODE).version == 3
    assert items.coming(CODE) is None
    after = await apply(living)
    assert (await living.case(before.case_no)).item_version == 2
    assert (await living.case(after.case_no)).item_version == 3


async def test_a_published_version_is_never_said_otherwise(living: Living):
    await release(living, next_version(living, "2026-12-01"))
    with pytest.raises(Frozen):
        await release(living, next_version(living, "2026-12-02").model_copy(update={"version": 3}))


async def test_a_page_that_has_not_heard_of_a_new_version_files_nothing_under_the_old_one(living: Living):
    old = living.house.items.get(CODE)
    async with living.house.db.transaction() as tx:
        await publish(tx, [next_version(living, "2026-11-16")], living.house.now())
    assert living.house.items.get(CODE) is old  # nobody told this process
    with pytest.raises(Renewed):
        await apply(living)
    assert (await living.case((await apply(living)).case_no)).item_version == 3


async def test_a_suspended_item_is_not_filed_while_running_cases_and_drafts_go_on(living: Living):
    house, chen = living.house, living.world.actors["chen"]
    running = (await apply(living)).case_no
    await living.engine(running)
    async with house.db.transaction() as tx:
        draft = await drafts.start(tx, house, chen, house.items.get(CODE))

    standing = await turn(living, Turn.SUSPENDED)
    assert (standing.open, standing.reason) == (False, WHY)
    with pytest.raises(NotOpen, match=WHY):
        await apply(living)
    await living.act(running, "acceptance#1", "accept", "clerk")
    async with house.db.connection() as conn:
        assert (await drafts.read(conn, house, chen, draft.id)).item_code == CODE

    await turn(living, Turn.RESUMED, why="升级完成")
    assert (await apply(living)).case_no


async def test_who_when_and_why_is_kept_in_order(living: Living):
    await turn(living, Turn.SUSPENDED)
    await turn(living, Turn.RESUMED, on=date(2026, 12, 1), why="升级完成")
    async with living.house.db.connection() as conn:
        fresh = await Catalogue.read(conn, living.house.now)
    told = [(t.turn, t.on_day, t.reason, t.by) for t in fresh.turns(CODE) if t.turn != "published"]
    admin = living.world.actors["admin"].id
    assert told == [
        ("suspended", date(2026, 11, 16), WHY, admin),
        ("resumed", date(2026, 12, 1), "升级完成", admin),
    ]
    living.clock.forward(days=20)
    assert (await apply(living)).case_no, "resumed on its day, by nobody's hand"


async def test_only_an_administrator_with_a_reason_closes_what_can_be_applied_for(living: Living):
    with pytest.raises(NotAllowed):
        await turn(living, Turn.SUSPENDED, who="director")
    with pytest.raises(Invalid) as refused:
        await turn(living, Turn.SUSPENDED, why="  ")
    assert list(refused.value.problems) == ["reason"]
    with pytest.raises(NotFound):
        await turn_item(living.house, living.world.actors["admin"], "hotline-order", Turn.WITHDRAWN, WHY)
    await turn(living, Turn.WITHDRAWN)
    assert CODE not in {i.code for i in living.house.items.listed()}
    with pytest.raises(Invalid):
        await turn(living, Turn.RESUMED)


async def test_every_running_process_hears_of_it(living: Living):
    async with living.house.db.connection() as conn:
        elsewhere = await Catalogue.read(conn, living.house.now)
    house = type(living.house)(**{**vars(living.house), "items": elsewhere})
    async with following_items(house):
        await asyncio.sleep(0.2)
        await turn(living, Turn.SUSPENDED)
        for _ in range(50):
            if not elsewhere.standing(CODE).open:
                break
            await asyncio.sleep(0.05)
    assert not elsewhere.standing(CODE).open
