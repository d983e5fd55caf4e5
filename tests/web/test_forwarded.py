"""A case that was forwarded leads its applicant on to the upper level's, and that one back."""

import pytest

from tests.cases.test_forwarding import forwarded
from tests.living import Living
from tests.web.desks import at_desk, desks_of
from web.citizen.progress_steps import steps
from web.citizen.progress_view import view_by_code


@pytest.fixture(scope="module")
async def living(database_urls, tmp_path_factory) -> Living:
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield home
    await home.leave()


async def test_the_progress_of_each_level_leads_to_the_other(living: Living):
    lower, upper = await forwarded(living)
    async with desks_of(living) as app, at_desk(app, living, "li") as desk:
        page = await desk.open(f"/cases/{lower}")
        assert "全部材料已转报上级机关" in page
        assert f'href="/cases/{upper}"' in page
        page = await desk.open(f"/cases/{upper}")
        assert f'href="/cases/{lower}"' in page
        assert "下级机关转报" in page


async def test_whoever_has_only_the_query_code_is_not_led_anywhere(living: Living):
    """A number and a code open one case, not the other."""
    lower, _ = await forwarded(living)
    async with living.house.db.connection() as conn:
        told = steps(await view_by_code(conn, living.house, lower))
    assert [step.title["zh"] for step in told][-1] == "上级机关收到转报"
    assert not [link for step in told for link in step.links]
