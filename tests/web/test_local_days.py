"""A day off in one district alone: every desk shows the date that it makes, from filing on."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from fastapi import FastAPI

from tests.cases.announced import FILED, announce
from tests.living import Living
from tests.web.desks import at_desk, desks_of

FOG = """
district: "430199"
year: 2026
edition: 1
source: 虚构的地方放假安排，只用于测试
holidays:
  - { zh: 龙舟大雾, en: Fog, from: 2026-12-02, to: 2026-12-03 }
work: [2026-12-06]
"""


@pytest.fixture(scope="module")
async def living(database_urls, tmp_path_factory) -> AsyncIterator[Living]:
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    await announce(home, FOG)
    yield home
    await home.leave()


@pytest.fixture(scope="module")
async def app(living: Living) -> AsyncIterator[FastAPI]:
    async with desks_of(living) as app:
        yield app


@pytest.fixture
async def case(living: Living) -> str:
    """Received on Monday 30 November: 1, 4, 6 (a Sunday), 7 and 8 December are its five working days."""
    living.clock.now = FILED
    no = (await living.file("lake-survey", "chen", {"lake": ["洞庭"]}, [])).case_no
    await living.engine(no)
    living.clock.now = FILED + timedelta(days=4)
    await living.engine(no)
    return no


@pytest.mark.parametrize(
    ("who", "address", "said"),
    [
        ("chen", "/cases/{no}", "最晚 12月8日（周二）告诉您是否受理"),
        ("chen", "/cases/{no}/clock", "龙舟大雾"),
        ("chen", "/cases/{no}/receipt", "12月8日"),
        ("chen", "/my/cases", "12月8日"),
        ("clerk", "/window/cases/{no}", "剩 3 个工作日"),
        ("clerk", "/window", "还有 3 个工作日"),
        ("supervisor", "/supervisor/cases/{no}", "还有 3 个工作日"),
        ("supervisor", "/supervisor/cases", "还有 3 个工作日"),
    ],
)
async def test_every_desk_counts_by_the_days_of_the_district(
    app: FastAPI, living: Living, case: str, who: str, address: str, said: str
):
    async with at_desk(app, living, who) as desk:
        assert said in await desk.open(address.format(no=case))
