"""电子证照 on the desks: offered instead of an upload, looked at as a marked copy, verified by anybody."""

import pytest

from infra.seed.world import PASSWORD
from services.licences.library import held
from tests.browser import browser, complaints_of, opened, served, sideways
from tests.cases.conftest import home, living
from tests.licences.handing_over import fresh_certificate
from tests.living import Living
from tests.web.applying import FOOD_FORM, PDF, Visitor, desk, upload, visiting
from tests.web.axe import assert_accessible

__all__ = ["browser", "home", "living"]
HEALTH = "health-certificates"


@pytest.fixture
async def health(living: Living) -> str:
    """The identifier of 陈示例's health certificate."""
    return (await fresh_certificate(living)).identifier


@pytest.fixture
async def chen(living: Living):
    async with visiting(living) as visitor:
        yield await visitor.sign_in("chen")


async def identifier(living: Living, who: str, name: str) -> str:
    async with living.house.db.connection() as conn:
        found = await held(conn, living.house, living.world.actors[who].subjects)
    return next(e.identifier for e in found if e.name.zh == name)


async def papers_page(visitor: Visitor) -> str:
    draft = await visitor.begin("food-licence")
    await visitor.press(f"{draft}/start", only_prepackaged="no", applicant_role="self")
    await visitor.press(f"{draft}/form", **FOOD_FORM)
    return draft


async def filed(visitor: Visitor, health: str) -> str:
    draft = await papers_page(visitor)
    files = [upload("layout", "布局图.pdf", PDF), upload("safety-rules", "制度.pdf", PDF)]
    await visitor.press(f"{draft}/papers", files, **{f"licence:{HEALTH}": health}, then="check")
    assert visitor.path == f"{draft}/check"
    assert "电子证照，经您同意使用" in visitor.text
    await visitor.press(f"{draft}/submit", truth="yes")
    return visitor.path.split("/")[2]


async def test_a_tick_stands_for_the_upload_and_the_holder_reads_who_used_it(living, chen, health):
    no = await filed(chen, health)
    await living.engine(no)
    async with visiting(living) as clerk:
        await clerk.sign_in("clerk")
        assert f"m={HEALTH}" in await clerk.go(f"/window/cases/{no}")
        assert f"/window/cases/{no}/licences/{HEALTH}.pdf" in await clerk.go(f"/window/cases/{no}?m={HEALTH}")
        shown = await clerk.client.get(f"/window/cases/{no}/licences/{HEALTH}.pdf")
        assert shown.content.startswith(b"%PDF")
    page = await chen.go(f"/my/licences/{health}")
    assert "张受理（综合窗口）" in page
    assert "查验" in page
    consent = page.split("/my/consents/")[1].split("/")[0]
    assert "已撤回" in await chen.press(f"/my/consents/{consent}/end")
    async with visiting(living) as clerk:
        await clerk.sign_in("clerk")
        assert "持证人撤回了同意" in await clerk.go(f"/window/cases/{no}")
        assert (await clerk.client.get(f"/window/cases/{no}/licences/{HEALTH}.pdf")).status_code == 404


async def test_what_has_expired_is_named_with_the_reason_and_no_box(living, health):
    async with visiting(living) as li:
        await li.sign_in("li")
        await papers_page(li)
        assert "李样本的从业人员健康证明不能用：有效期到" in li.text
        assert f'name="licence:{HEALTH}"' not in li.text


async def test_a_licence_taken_off_the_list_is_not_consented_to_any_more(living, chen, health):
    draft = await papers_page(chen)
    await chen.press(f"{draft}/papers", [], **{f"licence:{HEALTH}": health})
    remove = chen.text.split(f'value="{HEALTH}:')[1].split('"')[0]
    await chen.press(f"{draft}/papers", [], remove=f"{HEALTH}:{remove}")
    assert f'name="licence:{HEALTH}" value="{health}"' in chen.text
    assert "已撤回" in await chen.go(f"/my/licences/{health}")


async def test_anybody_may_verify_an_identifier_and_learns_no_name(living, health):
    async with visiting(living) as nobody:
        page = await nobody.go(f"/verify/{await identifier(living, 'chen', '居民身份证')}")
        assert "有这张证照，现在有效" in page
        assert "陈示例" not in page
        assert "430199199003076616" not in page
        assert "已吊销" in await nobody.go(f"/verify/{await identifier(living, 'wang', '医师资格证书')}")


async def test_the_holder_takes_a_copy_for_a_purpose_and_nobody_else_does(living, chen, health):
    card = await identifier(living, "chen", "居民身份证")
    await chen.go(f"/my/licences/{card}")
    assert "请写明这份加注件用来做什么" in await chen.press(f"/my/licences/{card}/copy", purpose=" ")
    await chen.press(f"/my/licences/{card}/copy", purpose="租房备案")
    assert chen.page.content.startswith(b"%PDF")
    assert "租房备案" in await chen.go(f"/my/licences/{card}")
    async with visiting(living) as li:
        await li.sign_in("li")
        assert (await li.client.get(f"/my/licences/{card}")).status_code == 404


@pytest.mark.browser
async def test_the_pages_are_readable_on_a_phone_and_by_a_screen_reader(living, browser, health):
    async with desk(living) as app, served(app) as base, opened(browser, base, phone=True) as page:
        await page.goto("/sign-in")
        await page.fill("[name=username]", "chen")
        await page.fill("[name=password]", PASSWORD)
        await page.press("[name=password]", "Enter")
        await page.wait_for_load_state()
        for path in ("/my/licences", f"/my/licences/{health}", f"/verify/{health}"):
            await page.goto(path)
            await assert_accessible(page)
            assert await sideways(page) == 0
        assert complaints_of(page) == []
