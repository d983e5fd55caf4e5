"""Promises and papers that follow on the pages of citizen and window: signed, supplied, put right, assigned."""

from datetime import timedelta

import pytest

from services.cases.rounds import Paper
from tests.documents.test_pledges import CHECK, REVOKE
from tests.living import FOOD, FOOD_PAPERS, GAPS, PROMISE, Living
from tests.web import progress_world as world
from tests.web.applying import FOOD_FORM, PDF, Visitor, png, upload, visiting
from tests.web.looks import every_way, look_at
from tests.web.test_progress import app, home, living
from tests.web.window import at_desk, hidden, send

__all__ = ["app", "home", "living"]  # fixtures

FIRM = "湖南示例餐饮有限公司"
GRANTED = (
    ("acceptance#1", "accept", "clerk", {}),
    ("decision#1", "grant", "director", {}),
    ("delivery", "deliver", "clerk", {"mode": "direct", "recipient": "陈示例"}),
)
DEMAND = {**CHECK, "demand": "加装隔断"}


async def file(living: Living, more: dict, papers: list, *acts: tuple) -> str:
    receipt = await living.file(
        "food-licence", "chen", FOOD | more, papers, applicant_id=living.world.subjects[FIRM]
    )
    await living.engine(receipt.case_no)
    await world.go(living, receipt.case_no, *acts)
    return receipt.case_no


async def begin(chen: Visitor, **more: str) -> str:
    draft = await chen.begin("food-licence")
    await chen.press(f"{draft}/start", only_prepackaged="no", applicant_role="self", **more)
    await chen.press(f"{draft}/form", **FOOD_FORM)
    return draft


async def test_a_promise_shows_every_condition_and_is_filed_once_it_is_signed(living: Living):
    async with visiting(living) as chen:
        await chen.sign_in("chen")
        draft = await begin(chen, way="promise")
        await chen.go(f"{draft}/check")
        for condition in living.house.items.get("food-licence").conditions:
            assert condition.zh in chen.text
        await chen.press(f"{draft}/submit", truth="yes")
        assert chen.page.status_code == 422
        assert 'href="#f-promise_signed"' in chen.text
        assert 'href="#f-signer"' in chen.text
        await chen.press(f"{draft}/submit", truth="yes", promise_signed="yes", signer="陈示例")
        assert chen.path.endswith("/receipt")
        assert (await living.case(chen.path.split("/")[2])).state.by_promise


async def test_a_paper_that_may_follow_is_promised_or_handed_in(living: Living):
    async with visiting(living) as chen:
        await chen.sign_in("chen")
        draft = await begin(chen)
        files = [upload("layout", "图.pdf", PDF), upload("safety-rules", "制度.pdf", PDF + b"\n")]
        await chen.press(f"{draft}/papers", files, then="check")
        assert "自受理之日起3个工作日内补交：从业人员健康证明" in chen.text
        assert "告知承诺书" not in chen.text
        await chen.press(f"{draft}/submit", truth="yes", gaps_signed="yes", signer="陈示例")
        assert (await living.case(chen.path.split("/")[2])).state.gaps == ["health-certificates"]


async def test_the_progress_page_says_what_is_to_be_supplied_and_takes_it(living: Living):
    no = await file(living, GAPS, FOOD_PAPERS[:2], GRANTED[0])
    async with visiting(living) as chen:
        await chen.sign_in("chen")
        page = await chen.go(f"/cases/{no}")
        assert "请您补交材料" in page
        assert "从业人员健康证明" in page
        assert no in await chen.go("/my/cases")
        await chen.go(f"/cases/{no}/supply")
        await chen.press(f"/cases/{no}/supply", [])
        assert chen.page.status_code == 422
        await chen.press(f"/cases/{no}/supply", [upload("health-certificates", "坏.pdf", b"MZ no pdf")])
        assert chen.page.status_code == 422
        assert "坏.pdf" in chen.text
        await chen.press(f"/cases/{no}/supply", [upload("health-certificates", "证.png", png())])
        assert chen.path == f"/cases/{no}"
        await living.engine(no)
        assert (await living.case(no)).state.gaps == []
        assert "请您补交材料" not in await chen.go(f"/cases/{no}")
        await chen.go(f"/cases/{no}/supply")
        assert chen.page.status_code == 409


async def test_an_order_to_put_right_is_on_top_and_is_reported_on(living: Living):
    no = await file(living, PROMISE, [], *GRANTED)
    async with visiting(living) as chen:
        await chen.sign_in("chen")
        assert "两名工作人员上门核查您的承诺" in await chen.go(f"/cases/{no}")
        await world.go(living, no, ("later_check#1", "order_rectification", "reviewer", DEMAND))
        page = await chen.go(f"/cases/{no}")
        assert "请您限期整改" in page
        assert "加装隔断" in page
        await chen.go(f"/cases/{no}/report_rectified")
        await chen.press(f"/cases/{no}/report_rectified", done="已经装好")
        await living.engine(no)
        assert "rectified" in await living.kinds(no)
        assert "请您限期整改" not in await chen.go(f"/cases/{no}")


async def test_the_window_sees_what_a_case_rests_on(living: Living):
    gaps = await file(living, GAPS, FOOD_PAPERS[:2])
    promise = await file(living, PROMISE, [])
    async with at_desk(living, "clerk") as client:
        assert "还缺：从业人员健康证明" in (await client.get(f"/window/cases/{gaps}")).text
        assert "申请人签了告知承诺书" in (await client.get(f"/window/cases/{promise}")).text


async def test_the_head_assigns_all_that_are_ticked_and_only_the_handler_sees_buttons(living: Living):
    cases = [await file(living, {}, FOOD_PAPERS, GRANTED[0]) for _ in range(2)]
    async with at_desk(living, "director") as client:
        page = await client.get("/window?queue=assign")
        async with living.house.db.connection() as conn:
            tasks = await conn.fetch(
                "SELECT id FROM task WHERE case_no = ANY($1) AND key = 'assignment#1'", cases
            )
        form = {
            "csrf": hidden(page, "csrf"), "token": hidden(page, "token"), "back": "/window?queue=assign",
            "task": [str(t["id"]) for t in tasks], "handler": living.world.actors["reviewer2"].id,
        }  # fmt: skip
        done = await client.post("/window/assignments", data=form)
        assert "done=assigned&n=2" in done.headers["location"]
        assert "共 2 件" in (await client.get(done.headers["location"])).text
        again = await client.post("/window/assignments", data=form)
        assert "done=assigned" in again.headers["location"], "the same button pressed twice"
        for no in cases:
            await living.engine(no)
            assert cases[0] not in (await client.get("/window?queue=assign")).text
    for no in cases:
        assert (await living.case(no)).state.handler == living.world.actors["reviewer2"].id
        assert (await living.kinds(no)).count("assigned") == 1
    async with at_desk(living, "reviewer2") as client:
        assert "分办给我" in (await client.get("/window?queue=mine")).text
        assert "record_site_check" in (await client.get(f"/window/cases/{cases[0]}")).text
    async with at_desk(living, "reviewer") as client:
        page = (await client.get(f"/window/cases/{cases[0]}")).text
        assert "何核查 已认领这件事" in page
        assert "record_site_check" not in page


async def test_one_case_is_assigned_on_its_own_page_by_name(living: Living):
    no = await file(living, {}, FOOD_PAPERS, GRANTED[0])
    async with living.house.db.connection() as conn:
        task = await conn.fetchval("SELECT id FROM task WHERE case_no = $1 AND key = 'assignment#1'", no)
    async with at_desk(living, "director") as client:
        page = await client.get(f"/window/tasks/{task}/assign")
        assert "何核查" in page.text
        assert "郑民警" not in page.text, "of another department"
        wrong = await send(client, f"/window/tasks/{task}/assign", {})
        assert wrong.status_code == 422
        done = await send(
            client, f"/window/tasks/{task}/assign", {"handler": living.world.actors["reviewer"].id}
        )
        assert done.status_code == 303
    assert (await living.case(no)).state.handler == living.world.actors["reviewer"].id


async def test_opinions_among_colleagues_are_not_the_applicants_to_read(living: Living):
    no = await file(living, PROMISE, [], *GRANTED)
    await world.go(
        living, no,
        ("later_check#1", "find_broken", "reviewer", CHECK),
        ("revocation#1", "return_check", "director", {"reason": "没有测距数据"}),
    )  # fmt: skip
    async with visiting(living) as chen:
        await chen.sign_in("chen")
        assert "没有测距数据" not in await chen.go(f"/cases/{no}")


@pytest.mark.browser
@every_way
async def test_every_page_is_accessible_fits_and_breaks_no_policy(browser, app, home, lang, large, phone):
    home.clock.now += timedelta(minutes=1)
    seen = [Paper(code, source="seen") for code in ("layout", "safety-rules")]
    gaps = await file(home, GAPS, seen, GRANTED[0])
    order = ("later_check#1", "order_rectification", "reviewer", DEMAND)
    rectify = await file(home, PROMISE, [], *GRANTED, order)
    revoked = await file(
        home, PROMISE, [], *GRANTED,
        ("later_check#1", "find_broken", "reviewer", CHECK),
        ("revocation#1", "revoke_licence", "director", REVOKE),
    )  # fmt: skip
    checked = await file(home, PROMISE, [], *GRANTED)
    async with home.house.db.connection() as conn:
        rows = await conn.fetch("SELECT id, case_no, key FROM task WHERE state = 'open'")
    task = {(r["case_no"], r["key"]): r["id"] for r in rows}
    check, assign = task[checked, "later_check#1"], task[gaps, "assignment#1"]
    visits = {
        "chen": [
            f"/cases/{gaps}", f"/cases/{gaps}/supply", f"/cases/{rectify}", f"/cases/{rectify}/report_rectified",
            f"/cases/{revoked}", f"/cases/{checked}", "/my/cases", "/my/licences", "/items/food-licence",
        ],
        "reviewer": [
            f"/window/cases/{gaps}", f"/window/cases/{checked}", "/window?queue=later_check",
            *(f"/window/tasks/{check}/{act}" for act in ("confirm_kept", "order_rectification", "find_broken")),
        ],
        "director": ["/window?queue=assign", f"/window/tasks/{assign}/assign", f"/window/cases/{revoked}"],
        "supervisor": [f"/supervisor/cases/{revoked}", f"/supervisor/cases/{gaps}"],
        "clerk": ["/window/intake/food-licence"],
    }  # fmt: skip
    await look_at(browser, app, visits, lang, large, phone)
