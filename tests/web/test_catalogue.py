"""Finding an item, reading what it asks for, and an administrator who closes it; in a browser and without one."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from forms import Item
from services.catalogue import publish
from services.catalogue.life import turn_item
from services.catalogue.topics import topic_of
from services.law.item_life import Turn
from tests.browser import complaints_of, opened, served, sideways
from tests.cases.conftest import home
from tests.living import MORNING, Living
from tests.web.applying import visiting
from tests.web.axe import assert_accessible
from tests.web.desks import at_desk, desks_of

__all__ = ["home"]

CODE = "food-licence"
GUIDE = f"/items/{CODE}"
ANSWERS = "only_prepackaged=no&applicant_role=agent&way=promise"
WHY = "食品许可系统升级"


@pytest.fixture
async def living(home: Living) -> AsyncIterator[Living]:
    """Monday morning, and whatever a test has closed is open again."""
    home.clock.now = MORNING
    yield home
    if not home.house.items.standing(CODE).open:
        await turn_item(home.house, home.world.actors["admin"], CODE, Turn.RESUMED, "升级完成")


async def test_search_takes_everyday_words_and_never_ends_in_nothing(living: Living):
    async with visiting(living) as visitor:
        assert "食品经营许可（餐饮服务，新办）" in await visitor.go("/items/suggestions?q=canting")
        found = await visitor.go("/items?q=开饭店")
        assert 'href="/items/food-licence"' in found
        nothing = await visitor.go("/items?q=离婚证")
        assert "您要找的是不是" in nothing
        assert 'href="/items?topic=losing_papers"' in nothing
        assert 'href="tel:12345"' in nothing
        # a filter that hides what was asked for says so
        hidden = await visitor.go("/items?q=居住证&audience=organisation")
        assert "别处有 1 项" in hidden


async def test_browsing_counts_what_each_filter_leaves(living: Living):
    async with visiting(living) as visitor:
        page = await visitor.go("/items?topic=person-papers")
        assert '<span aria-current="page">证件办理</span>' in page
        assert 'href="/items/identity-card"' in page
        assert 'href="/items/food-licence"' not in page
        shelf = [i for i in living.house.items.listed() if topic_of("person-papers").holds(i)]
        assert f'/items?topic=person-papers&audience=person">个人 <b>{len(shelf)}</b>' in page
        assert (await visitor.go("/items?topic=nonsense&department=x")).count("找到") == 1


async def test_the_questions_before_applying_say_what_one_is_spared(living: Living):
    async with visiting(living) as visitor:
        assert f'href="{GUIDE}/eligibility"' in await visitor.go(GUIDE)
        assert "共 5 份材料，为您免交 2 份" in await visitor.go(f"{GUIDE}/eligibility")
        page = await visitor.go(f"{GUIDE}/eligibility?{ANSWERS}")
        assert "共 6 份材料，为您免交 5 份" in page
        assert "签承诺书，不用先交" in page
        assert "按您的回答，现在不用申请" in await visitor.go(f"{GUIDE}/eligibility?only_prepackaged=yes")


async def test_the_answers_are_taken_along_into_the_application(living: Living):
    async with visiting(living) as visitor:
        await visitor.sign_in("chen")
        await visitor.go(f"{GUIDE}/eligibility?{ANSWERS}")
        await visitor.press(f"{GUIDE}/start")
        assert visitor.path.endswith("/form"), "nothing is asked twice"


async def test_an_administrator_suspends_with_a_reason_and_the_draft_is_told(living: Living):
    async with visiting(living) as visitor:
        await visitor.sign_in("chen")
        draft = await visitor.begin(CODE)
        async with desks_of(living) as app, at_desk(app, living, "admin") as desk:
            await desk.open(f"/admin/items/{CODE}")
            await desk.send(f"/admin/items/{CODE}", status=422, turn="suspended", reason="")
            assert "请写明原因" in desk.page
            await desk.send(f"/admin/items/{CODE}", turn="suspended", reason=WHY)
            page = await desk.open(f"/admin/items/{CODE}?done=suspended")
            assert "孙管理" in page
            assert WHY in page
            assert "暂停办理" in await desk.open("/admin/items")
        guide = await visitor.go(GUIDE)
        assert WHY in guide
        assert f'action="{GUIDE}/start"' not in guide
        assert WHY in await visitor.go(f"{draft}/start")
        assert "暂停办理" in await visitor.go("/")
        assert "暂停办理" in await visitor.go("/items?q=食品经营许可")
        async with desks_of(living) as app, at_desk(app, living, "clerk") as desk:
            assert WHY in await desk.open(f"/window/intake/{CODE}", status=422)


async def test_a_guide_says_what_changed_and_what_is_coming(living: Living):
    items = living.house.items
    content = items.get("residence-permit").model_dump(mode="json", by_alias=True)
    content |= {
        "version": content["version"] + 1,
        "effective": "2026-11-20",
        "promised": content["promised"] | {"n": 3},
    }
    async with living.house.db.transaction() as tx:
        await publish(tx, [Item.model_validate(content)], living.house.now())
        await items.refresh(tx)
    async with visiting(living) as visitor:
        page = await visitor.go("/items/residence-permit")
        assert "11月20日" in page
        assert "承诺办结时限：由“" in page
        assert "这是第" in await visitor.go(f"/items/residence-permit?version={content['version']}")
        living.clock.forward(days=5)
        page = await visitor.go("/items/residence-permit")
        assert f"与第 {content['version'] - 1} 版相比" in page
        assert "改为“3 日”" in page or "改为“3 个工作日”" in page


@pytest.mark.browser
@pytest.mark.parametrize(("large", "phone"), [(False, False), (True, True)])
async def test_the_pages_are_accessible_fit_the_screen_and_answer_while_one_types(
    browser: Browser, living: Living, large: bool, phone: bool
):
    async with (
        desks_of(living) as app,
        served(app) as base,
        opened(browser, base, large=large, phone=phone) as page,
    ):
        await page.goto("/")
        await page.locator("#search").press_sequentially("jzz")
        await page.wait_for_selector("#suggestions a[href='/items/residence-permit']")
        await assert_accessible(page)
        await page.goto(f"{GUIDE}/eligibility")
        await page.get_by_label("告知承诺").check()
        await page.wait_for_selector("text=为您免交 5 份")
        for address in (
            f"{GUIDE}/eligibility?{ANSWERS}",
            GUIDE,
            "/items?q=离婚证",
            "/items?audience=person",
        ):
            await page.goto(address)
            await assert_accessible(page)
            assert await sideways(page) == 0, address
        assert complaints_of(page) == []
