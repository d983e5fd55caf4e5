"""Whoever follows a case reads that its dates moved, from when to when, and why."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from services.cases.recounting import recount_all
from tests.cases.announced import announce, survey
from tests.living import Living
from tests.web.desks import at_desk, desks_of


@pytest.fixture(scope="module")
async def living(database_urls, tmp_path_factory) -> AsyncIterator[Living]:
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield home
    await home.leave()


@pytest.fixture(scope="module")
async def app(living: Living) -> AsyncIterator[FastAPI]:
    async with desks_of(living) as app:
        yield app


@pytest.fixture(scope="module")
async def case(living: Living, app: FastAPI) -> str:
    no = await survey(living)
    async with at_desk(app, living, "chen") as desk:
        page = await desk.open(f"/cases/{no}/clock")
        assert "2027年2月8日（周一）到期。该年放假安排尚未公布，日期可能调整。" in page
    await announce(living)
    await recount_all(living.house)
    await living.engine(no)
    return no


async def test_the_applicant_reads_both_dates_and_the_notice(app: FastAPI, living: Living, case: str):
    async with at_desk(app, living, "chen") as desk:
        page = await desk.open(f"/cases/{case}")
        assert "假期安排公布，期限重新计算" in page
        assert "承诺期限由 2027年2月8日 改为 2027年2月12日；法定期限由 2027年3月1日 改为 2027年3月4日" in page
        assert "依据：虚构的2027年放假安排，只用于测试" in page
        assert "最晚 2月12日（周五）告诉您结果" in page
        assert "尚未公布" not in await desk.open(f"/cases/{case}/clock")
        desk.client.headers["accept-language"] = "en"
        assert "The promised limit from 8 Feb 2027 to 12 Feb 2027" in await desk.open(f"/cases/{case}")


@pytest.mark.parametrize(
    ("who", "address", "said"),
    [
        ("reviewer", "/window/cases/{no}", "“审查”期限由 2027年2月1日 改为 2027年1月31日"),
        ("supervisor", "/supervisor/cases/{no}", "期限重新计算，日历 2004-2026.1 → 2004-2027.1"),
        ("supervisor", "/supervisor/cases/{no}", "孙管理"),
    ],
)
async def test_staff_read_it_in_the_case_and_who_loaded_it(
    app: FastAPI, living: Living, case: str, who: str, address: str, said: str
):
    async with at_desk(app, living, who) as desk:
        assert said in await desk.open(address.format(no=case))
