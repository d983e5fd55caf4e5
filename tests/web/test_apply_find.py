"""Finding an item, and reading its guide."""

from tests.cases.conftest import home, living
from tests.living import Living
from tests.web.applying import visiting

__all__ = ["home", "living"]


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
