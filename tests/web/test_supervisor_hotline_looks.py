"""The supervisor's and the hotline's pages in a browser: accessible, and no wider than the screen."""

import pytest
from playwright.async_api import Browser

from services.people import open_session
from tests.browser import complaints_of, opened, served, sideways
from tests.living import Living
from tests.web.axe import assert_accessible
from tests.web.desks import COMPLAINT, MARKET, desks_of, file_food, go_on
from tests.web.looks import every_way

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
async def living(database_urls, tmp_path_factory) -> Living:
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield home
    await home.leave()


@pytest.fixture(scope="module")
async def pages(living: Living) -> dict[str, list[str]]:
    """What each of them looks at: a late case with cards, and a complaint about it that waits for its reply."""
    case = await file_food(living)
    living.clock.forward(days=8)
    await living.engine(case)
    raw = COMPLAINT | {"case_no": [case]}
    order = (await living.file("hotline-order", "chen", raw, [], linked_no=case)).case_no
    await living.engine(order)
    await go_on(
        living,
        order,
        ("triage#1", "dispatch", "agent", {"department": MARKET}),
        ("sign#1", "sign_for", "liaison", {}),
    )
    async with living.house.db.connection() as conn:
        card = await conn.fetchval("SELECT id FROM card WHERE case_no = $1 ORDER BY id", case)
    page = f"/hotline/orders/{order}"
    wall = ["/supervisor", "/supervisor/cases", "/supervisor/cards"]
    return {
        "supervisor": [
            *wall,
            f"/supervisor/cases/{case}",
            f"/supervisor/cases/{order}",
            f"/supervisor/cards/{card}",
        ],
        "agent": ["/hotline/desk?queue=all", f"/hotline/desk/new?phone=19900000001&case={case}", page],
        "liaison": [page, f"{page}/acts/reply"],
        "chen": ["/hotline", f"/hotline/new?case={case}", page],
    }


@every_way
@pytest.mark.parametrize("who", ["supervisor", "agent", "liaison", "chen"])
async def test_every_page_is_accessible_and_fits_the_screen(
    browser: Browser,
    living: Living,
    pages: dict[str, list[str]],
    who: str,
    lang: str,
    large: bool,
    phone: bool,
) -> None:
    async with living.house.db.transaction() as tx:
        token = await open_session(tx, living.world.actors[who].id, "web", now=living.house.now())
    async with (
        desks_of(living) as app,
        served(app) as base,
        opened(browser, base, lang=lang, large=large, phone=phone) as page,
    ):
        await page.context.add_cookies([{"name": "ow", "value": token, "url": base}])
        for address in pages[who]:
            answer = await page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            await assert_accessible(page)
            assert await sideways(page) <= 0, address
        assert complaints_of(page) == []
