"""Finding an item, and reading its guide."""

import pytest

from forms import ITEMS_DIR, load_items
from tests.cases.conftest import home, living
from tests.living import Living
from tests.web.applying import visiting
from web.citizen.home_search import search

__all__ = ["home", "living"]

ITEMS = sorted(load_items(ITEMS_DIR).values(), key=lambda item: item.catalog_code)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("食品经营许可", "food-licence"),
        ("我要办居住证", "residence-permit"),
        ("怎么申请 个体工商户？", "individual-business"),
        ("RESIDENCE permit", "residence-permit"),
        ("food licence", "food-licence"),
        ("４３０１３１９０１０００", "food-licence"),
        ("餐饮服务", "food-licence"),
    ],
)
def test_an_item_is_found_by_everyday_words(query: str, first: str):
    assert search(ITEMS, query)[0].code == first


def test_nothing_is_found_for_nonsense_and_everything_for_nothing():
    assert search(ITEMS, "量子纠缠") == []
    assert len(search(ITEMS, "  ")) == len(ITEMS)


def test_only_items_for_that_audience_are_found():
    assert "food-licence" not in {i.code for i in search(ITEMS, "", "person")}


async def test_a_guide_says_what_was_not_verified_and_gives_two_phones(living: Living):
    async with visiting(living) as visitor:
        text = await visitor.go("/items/food-licence")
        assert "未核对</span>" in text
        assert "tel:0731-00001001" in text
        assert "tel:0731-00001002" in text
        assert "“由谁办理？”选“委托代理人”时需要" in text
        assert "第 2 版" in text
        assert "未核对</span>" not in await visitor.go("/items/residence-permit")


async def test_an_unlisted_item_has_no_guide(living: Living):
    async with visiting(living) as visitor:
        await visitor.go("/items/hotline-order")
        assert visitor.page.status_code == 404


async def test_a_visitor_signs_in_on_the_way_to_applying(living: Living):
    async with visiting(living) as visitor:
        assert "/sign-in?next=/items/food-licence" in await visitor.go("/items/food-licence")


async def test_staff_do_not_apply_online(living: Living):
    async with visiting(living) as visitor:
        await visitor.sign_in("clerk")
        assert "工作人员请在窗口收件页" in await visitor.go("/items/food-licence")
