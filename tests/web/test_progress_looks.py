"""The pages of a citizen's cases in a browser: readable by everybody, on a phone and in large type."""

from datetime import timedelta

import pytest

from tests.web import progress_world as world
from tests.web.looks import every_way, look_at
from tests.web.test_progress import app, home, living

__all__ = ["app", "home", "living"]  # fixtures

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
async def addresses(home) -> dict[str, list[str]]:
    """Every page, by who may see it."""
    cases = {name: await world.food(home, *acts) for name, acts in world.SITUATIONS.items()}
    orders = [await world.order(home, *acts) for acts in world.ORDERS.values()]
    for name in ("delivering", "concluded"):
        for kind in ("receipt", "acceptance", "grant", "licence"):
            code = await world.put_document(home, cases[name], kind)
    return {
        "chen": [
            *(f"/cases/{no}" for no in cases.values()),
            f"/cases/{cases['in_review']}/clock",
            f"/cases/{cases['asked']}/clock",
            f"/cases/{cases['informed']}/request_hearing",
            f"/cases/{cases['informed']}/waive_hearing",
            f"/cases/{cases['received']}/withdraw",
            f"/cases/{cases['concluded']}/rate",
            "/my/cases",
            "/my/licences",
            f"/verify/{code}",
            "/verify/none",
            "/track",
        ],
        "li": [f"/cases/{no}" for no in orders],
    }


@every_way
async def test_every_page_is_accessible_fits_and_breaks_no_policy(
    browser, app, home, addresses, lang, large, phone
):
    home.clock.now += timedelta(minutes=1)
    await look_at(browser, app, addresses, lang, large, phone)
