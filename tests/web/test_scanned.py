"""A scanner that finds something, falls silent, comes back, and finds it later."""

import re
from dataclasses import dataclass

import pytest

from services.scanning.port import NoScanner, Unreachable, Verdict
from services.scanning.rescan import rescan
from tests.cases.conftest import home, living
from tests.living import Living
from tests.web.applying import JPG, PDF, Visitor, png, upload, visiting
from tests.web.desks import at_desk, desks_of
from tests.web.test_apply import fill_in_food
from tests.web.test_uploads import stored
from workflows.activities import Activities
from workflows.schedule import ReconcileIn

__all__ = ["home", "living"]

BAD = PDF.replace(b"\n1", b"\n% WORM\n1", 1)


@dataclass
class Watchdog:
    """Barks at WORM."""

    refuses: bool = False
    down: bool = False
    name: str = "watchdog"

    async def scan(self, content: bytes) -> Verdict:
        if self.down:
            raise Unreachable("asleep")
        return Verdict("infected", "Worm.Test") if b"WORM" in content else Verdict("clean")


class AllRun:
    """The engine, as far as reconciliation asks it."""

    async def runs(self, case_no: str) -> bool:
        return True


@pytest.fixture
async def dog(living: Living):
    living.house.scanner = Watchdog()
    yield living.house.scanner
    living.house.scanner = NoScanner()


@pytest.fixture
async def chen(living: Living):
    async with visiting(living) as visitor:
        yield await visitor.sign_in("chen")


async def test_a_virus_is_named_and_not_kept_and_what_came_with_it_is(
    living: Living, dog: Watchdog, chen: Visitor
):
    draft, before = await fill_in_food(chen), stored(living)
    files = [upload("layout", "坏.pdf", BAD), upload("safety-rules", "好.jpg", JPG + b"\n")]
    await chen.press(f"{draft}/papers", files, then="here")
    assert chen.page.status_code == 422
    assert "“坏.pdf”没有收下：文件里查出了病毒（Worm.Test）" in chen.text
    assert "好.jpg" in chen.text
    assert "已查毒" in chen.text
    assert stored(living) == before + 1


async def test_where_nothing_is_taken_unscanned_a_silent_scanner_stops_uploads_and_loses_nothing(
    living: Living, dog: Watchdog, chen: Visitor
):
    draft, before = await fill_in_food(chen), stored(living)
    dog.down = dog.refuses = True
    await chen.press(f"{draft}/papers", [upload("layout", "图.pdf", PDF + b"\n\n\n")], then="here")
    assert "查毒服务暂时不可用" in chen.text
    assert stored(living) == before
    assert 'value="小满饭店"' in await chen.go(f"{draft}/form")


async def test_taken_unscanned_it_says_so_is_scanned_later_and_then_neither_opens_nor_is_filed(
    living: Living, dog: Watchdog, chen: Visitor
):
    draft = await fill_in_food(chen)
    dog.down = True
    bad = BAD + b"\n"
    files = [
        upload("layout", "图.pdf", bad),
        upload("safety-rules", "制度.jpg", JPG),
        upload("health-certificates", "健康证.png", png(9, 9)),
    ]
    await chen.press(f"{draft}/papers", files, then="here")
    assert chen.text.count("还没有查毒") >= 1
    assert (await rescan(living.house)).left, "still silent: nothing is given up"
    dog.down = False
    assert len((await rescan(living.house)).infected) == 1
    await chen.go(f"{draft}/papers")
    assert "查出病毒" in chen.text
    address = re.search(rf'href="({draft}/papers/layout/\w+)"', chen.page.text)
    assert (await chen.client.get(address[1])).status_code == 400
    await chen.go(f"{draft}/check")
    assert "后来查出这份文件带病毒" in chen.text
    assert f'action="{draft}/submit"' not in chen.text
    token = chen.hidden(f"{draft}/discard")["csrf"] if f"{draft}/discard" in chen.text else ""
    token = token or re.search(r'name="csrf" value="([^"]+)"', chen.page.text)[1]
    refused = await chen.client.post(f"{draft}/submit", data={"csrf": token, "truth": "yes"})
    assert refused.status_code == 422


async def test_found_after_filing_the_workbench_says_so_and_does_not_open_it(
    living: Living, dog: Watchdog, chen: Visitor
):
    draft = await fill_in_food(chen)
    dog.down = True
    files = [
        upload("layout", "图.pdf", BAD + b"\n\n"),
        upload("safety-rules", "制度.jpg", JPG),
        upload("health-certificates", "健康证.png", png(7, 7)),
    ]
    await chen.press(f"{draft}/papers", files, then="check")
    await chen.press(f"{draft}/submit", truth="yes")
    no = chen.path.split("/")[2]
    await living.engine(no)
    dog.down = False
    await Activities(living.house, AllRun()).reconcile(ReconcileIn())  # type: ignore[arg-type]
    async with living.house.db.connection() as conn:
        id_ = await conn.fetchval("SELECT id FROM material WHERE case_no = $1 AND code = 'layout'", no)
    async with desks_of(living) as app, at_desk(app, living, "clerk") as clerk:
        assert "查出病毒" in await clerk.open(f"/window/cases/{no}")
        assert "不能打开" in await clerk.open(f"/materials/{id_}", status=400)


async def test_a_house_without_a_scanner_says_that_nobody_looked(living: Living, chen: Visitor):
    draft = await fill_in_food(chen)
    await chen.press(f"{draft}/papers", [upload("layout", "图.pdf", PDF + b"\n \n")], then="here")
    assert "还没有查毒" in chen.text
    assert await rescan(living.house) is not None
    assert "已查毒" not in await chen.go(f"{draft}/papers")
