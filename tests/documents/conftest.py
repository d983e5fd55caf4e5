"""One demo district a module."""

import pytest

from tests.living import MORNING, Living


@pytest.fixture(scope="module")
async def home(database_urls, tmp_path_factory) -> Living:
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield home
    await home.leave()


@pytest.fixture
async def living(home: Living) -> Living:
    home.clock.now = MORNING
    return home
