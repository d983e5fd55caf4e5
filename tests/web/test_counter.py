"""代办 on the clerk's pages: who stands there, what they go on with, and that it needs no script."""

import re
from html import unescape
from uuid import uuid4

import pytest

from services.catalogue import Catalogue, publish
from tests.browser import complaints_of, sideways
from tests.cases.test_forbidden import LAYOUT
from tests.living import FOOD, FOOD_PAPERS, Living
from tests.web.axe import assert_accessible
from tests.web.test_window_browser import desk
from tests.web.test_window_intake import PDF, WALK_IN, hand_in
from tests.web.window import FIRM, at_desk, filed, hidden, home, living, task_of

__all__ = ["home", "living"]

CHEN = {"visitor_paper": "430199199003076616", "visitor_paper_type": "resident_id"}
LI = {"visitor_paper": "430199199211234826", "visitor_paper_type": "resident_id"}


async def to_correct(living: Living) -> str:
    no = await filed(living)
    await living.act(no, "acceptance#1", "request_correction", "clerk", defects=[LAYOUT])
    await living.engine(no)
    return no


async def sent(client, address: str, page, more: dict, files: dict | None = None):
    """As a browser sends the form of the page, its hidden fields with it."""
    form = page.text.partition("<main")[2]
    fields = {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    }
    return await client.post(address, data={**fields, **more}, files=files or {"nothing": ("", b"")})


def kept(page) -> list[str]:
    """The papers that are ticked to go on."""
    return [unescape(v) for v in re.findall(r'name="kept" value="([^"]+)" checked', page.text)]


async def test_a_correction_is_taken_down_once_the_right_person_stands_there(living: Living):
    no = await to_correct(living)
    address = f"/window/cases/{no}/counter/resubmit"
    async with at_desk(living, "clerk2") as client:
        assert address in (await client.get(f"/window/cases/{no}")).text
        page = await client.get(address)
        assert "示例区示例路1号" not in page.text, "nothing is shown before somebody is identified"
        stranger = await sent(client, address, page, {**LI, "do": "look"})
        assert stranger.status_code == 422
        assert 'href="#f-visitor_paper"' in stranger.text
        assert "示例区示例路1号" not in stranger.text
        known = await sent(client, address, page, {**CHEN, "do": "look"})
        assert "法定代表人" in known.text
        assert "示例区示例路1号" in known.text
        assert "按 1:100 重新绘制" in known.text
        assert len(kept(known)) == 2, "what the notice found fault with does not go on by itself"
        answers = {name: values[0] for name, values in FOOD.items()} | {"kept": kept(known)}
        wrong = await sent(client, address, known, {**CHEN, **answers, "area": "很大", "do": "act"})
        assert wrong.status_code == 422
        assert "很大" in wrong.text
        assert 'href="#f-material:layout"' in wrong.text
        scan = {"material:layout": ("新图.pdf", PDF, "application/pdf")}
        form = {**CHEN, **answers, "do": "act"}
        done = await sent(client, address, wrong, form, scan)
        assert done.status_code == 303, done.text
        await living.engine(no)
        assert (await sent(client, address, wrong, form, scan)).status_code == 303, "pressed twice"
        told = await client.get(done.headers["location"])
        assert "申请人，吴窗口窗口代办" in told.text
    kinds = await living.kinds(no)
    assert kinds.count("resubmitted") == 1
    assert kinds.count("revealed") == 1
    async with living.house.db.connection() as conn:
        rows = await conn.fetch("SELECT code, source FROM material WHERE case_no = $1 AND round = 2", no)
    assert {(r["code"], r["source"]) for r in rows if r["source"] != "shared"} == {
        ("layout", "upload"), ("safety-rules", "carried"), ("health-certificates", "carried"),
    }  # fmt: skip
    async with at_desk(living, "supervisor") as client:
        assert "申请人（窗口代办）" in (await client.get(f"/supervisor/cases/{no}")).text


async def test_a_case_is_withdrawn_for_whoever_stands_there_and_found_by_their_paper(living: Living):
    no = await filed(living)
    async with at_desk(living, "clerk") as client:
        page = await client.get("/window/visitors")
        found = await client.post("/window/visitors", data={"csrf": hidden(page, "csrf"), **CHEN})
        address = f"/window/cases/{no}/counter/withdraw"
        assert address in found.text
        nobody = await client.post("/window/visitors", data={"csrf": hidden(page, "csrf"), **LI})
        assert no not in nobody.text
        page = await client.get(address)
        form = {**CHEN, "reason": "不开店了", "do": "act"}
        assert (await sent(client, address, page, {**form, **LI})).status_code == 422
        assert (await sent(client, address, page, form)).status_code == 303
        await living.engine(no)
        assert (await client.get(address)).status_code == 409
        assert (await client.get(f"/window/cases/{no}/counter/rate")).status_code == 404
    assert "withdrawn" in await living.kinds(no)


async def test_an_agent_at_intake_shows_a_paper_and_a_letter(living: Living):
    ticked = {"seen": ["layout", "safety-rules", "health-certificates", "authorisation"]}
    agent = {"applicant_role": "agent", "agent_paper": LI["visitor_paper"], "agent_paper_type": "resident_id"}
    async with at_desk(living, "clerk") as client:
        blank = await hand_in(client, WALK_IN | ticked | {"applicant_role": "agent"})
        assert 'href="#f-agent_paper"' in blank.text
        assert 'href="#f-agent_name"' in blank.text
        named = WALK_IN | ticked | agent | {"agent_name": "李样本"}
        undated = await hand_in(client, named)
        assert 'href="#f-agent_until"' in undated.text
        done = await hand_in(client, named | {"agent_until": "2026-12-31"})
        assert done.status_code == 303, done.text
        no = done.headers["location"].rpartition("/")[2]
        await living.engine(no)
        assert "到窗口办理：凭本案委托书或者关系证明" in (await client.get(f"/window/cases/{no}")).text
        looked = await hand_in(
            client, {"kind": "organisation", "subject_paper": WALK_IN["subject_paper"], "do": "look"}
        )
        assert f"/window/cases/{no}/counter/withdraw" in looked.text


async def test_reviewers_who_assign_have_the_queue_that_heads_have(living: Living):
    house = living.house
    item = house.items.get("food-licence")
    theirs = type(item).model_validate(
        item.model_dump(mode="json", by_alias=True) | {"code": "food-by-reviewers", "assigned_by": "reviewer"}
    )
    async with at_desk(living, "reviewer") as client:
        assert "待分办" not in (await client.get("/window")).text
    before = house.items
    async with house.db.transaction() as tx:
        await publish(tx, [theirs], house.now())
        house.items = await Catalogue.read(tx, house.now)
    firm = living.world.subjects[FIRM]
    no = (await living.file("food-by-reviewers", "chen", FOOD, FOOD_PAPERS, applicant_id=firm)).case_no
    await living.engine(no)
    await living.act(no, "acceptance#1", "accept", "clerk")
    await living.engine(no)
    task = await task_of(living, no, "assignment#1")
    async with at_desk(living, "director") as client:
        assert no not in (await client.get("/window?queue=assign")).text
    async with at_desk(living, "reviewer") as client:
        page = await client.get("/window?queue=assign")
        assert no in page.text
        assert "何核查" in page.text
        assert "郑民警" not in page.text, "of another department"
        form = {
            "csrf": hidden(page, "csrf"), "token": uuid4().hex, "back": "/window?queue=assign", "task": [str(task)],
            "handler": living.world.actors["reviewer2"].id,
        }  # fmt: skip
        done = await client.post("/window/assignments", data=form)
        assert "done=assigned" in done.headers["location"]
    assert (await living.case(no)).state.handler == living.world.actors["reviewer2"].id
    house.items = before


@pytest.mark.browser
@pytest.mark.parametrize(("large", "phone", "scripts"), [(True, True, True), (False, False, False)])
async def test_the_pages_are_accessible_fit_and_need_no_script(browser, living, large, phone, scripts):
    no = await to_correct(living)
    async with desk(browser, living, "clerk", large=large, phone=phone, scripts=scripts) as page:
        await page.goto(f"/window/cases/{no}")
        await page.get_by_role("link", name="补正并重新提交").first.click()
        await page.locator("#f-visitor_paper").fill(CHEN["visitor_paper"])
        await page.locator("button[value=look]").click()
        await page.get_by_text("需要补正 1 处").wait_for()
        if scripts:
            await assert_accessible(page)
            assert await sideways(page) <= 0
            assert complaints_of(page) == []
            await page.goto("/window/visitors")
            await assert_accessible(page)


async def test_a_page_that_claims_to_have_been_shown_the_last_set_is_shown_nothing(living: Living):
    no = await to_correct(living)
    address = f"/window/cases/{no}/counter/resubmit"
    async with at_desk(living, "clerk2") as client:
        page = await client.get(address)
        forged = await sent(client, address, page, {**LI, "do": "look", "filled": "yes"})
        assert forged.status_code == 422
        assert not re.search(r'name="kept"', forged.text)
        known = await sent(client, address, page, {**CHEN, "do": "look"})
        assert kept(known)
        mistyped = await sent(client, address, known, {**LI, "do": "look"})
        assert re.search(r'name="kept"', mistyped.text), "what was shown once stays"
    assert (await living.kinds(no)).count("revealed") == 1
