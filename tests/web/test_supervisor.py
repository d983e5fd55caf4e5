"""The supervisor's desk over HTTP: the wall, the cases, the cards and the audit, on cases that really ran late."""

import asyncpg
import pytest
from fastapi import FastAPI

from services.cases.lists import Filter, count_cases
from services.law.clock import legal_date
from services.supervision.queries import departments
from tests.living import MORNING, SITE_CHECK, Living
from tests.web.desks import MARKET, at_desk, desks_of, file_food, go_on
from tests.web.progress_world import CORRECTING, DEFECTS
from web.supervisor.wall import rate

ACCEPT = ("acceptance#1", "accept", "clerk", {})


@pytest.fixture(scope="module")
async def living(database_urls, tmp_path_factory) -> Living:
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield home
    await home.leave()


@pytest.fixture(autouse=True)
def monday(living: Living) -> None:
    living.clock.now = MORNING


@pytest.fixture
async def app(living: Living) -> FastAPI:
    async with desks_of(living) as app:
        yield app


async def silent_case(living: Living) -> str:
    no = await file_food(living)
    living.clock.forward(days=8)
    await living.engine(no)
    return no


async def first_card(living: Living, no: str) -> int:
    async with living.house.db.connection() as conn:
        return await conn.fetchval("SELECT id FROM card WHERE case_no = $1 ORDER BY id", no)


async def test_a_card_raised_by_silence_is_seen_and_closed_with_a_ground_and_a_reason(
    app: FastAPI, living: Living
) -> None:
    no = await silent_case(living)
    card = await first_card(living, no)
    async with at_desk(app, living, "supervisor") as desk:
        assert f"/supervisor/cards/{card}" in await desk.open("/supervisor/cards?severity=red")
        page = await desk.open(f"/supervisor/cards/{card}")
        assert "行政许可法第三十二条第一款第四项" in page
        assert living.house.calendar.version in page
        await desk.send(f"/supervisor/cards/{card}/close", ground="explained", reason="窗口停电，已当面告知")
        page = await desk.open(f"/supervisor/cards/{card}")
        assert "周监督" in page
        assert "窗口停电，已当面告知" in page
        assert "说明成立" in page
        assert f'/supervisor/cards/{card}"' not in await desk.open("/supervisor/cards")
        assert f'/supervisor/cards/{card}"' in await desk.open("/supervisor/cards?state=closed")
        assert "窗口停电，已当面告知" in await desk.open(f"/supervisor/cases/{no}")
    assert "card_closed" in await living.kinds(no)


async def appealed_card(living: Living) -> tuple[str, int]:
    no = await silent_case(living)
    card = await first_card(living, no)
    async with living.house.db.connection() as conn:
        key = await conn.fetchval("SELECT key FROM card WHERE id = $1", card)
    await living.act(no, f"appeal:{key}", "appeal_card", "director", reason="窗口系统停机一天")
    await living.engine(no)
    return no, card


async def test_the_units_head_finds_the_card_to_appeal_against_and_nothing_to_assign(
    app: FastAPI, living: Living
) -> None:
    no = await silent_case(living)
    async with at_desk(app, living, "director") as desk:
        page = await desk.open("/window?queue=cards")
        assert f"/window/cases/{no}?queue=cards" in page
        assert 'name="claim"' in page
        assert "assign" not in page.partition('id="rows"')[2].partition("</table>")[0]
        assert "/window/assignments" not in page


async def test_an_appeal_is_reviewed_on_the_cards_page_and_a_revoked_card_stays_to_be_seen(
    app: FastAPI, living: Living
) -> None:
    no, card = await appealed_card(living)
    async with at_desk(app, living, "supervisor") as desk:
        page = await desk.open(f"/supervisor/cards/{card}")
        assert "窗口系统停机一天" in page
        assert f"/supervisor/cards/{card}/close" not in page
        review = f"/supervisor/cards/{card}/review"
        kept = await desk.send(review, status=422, verdict="revoke_card", ground="", reason="停机属实")
        assert "停机属实" in kept.text
        await desk.send(review, verdict="revoke_card", ground="system_fault", reason="停机属实")
        assert f'/supervisor/cards/{card}"' not in await desk.open("/supervisor/cards")
        assert f'/supervisor/cards/{card}"' in await desk.open("/supervisor/cards?state=revoked")
        page = await desk.open(f"/supervisor/cards/{card}")
        assert "系统故障" in page
        assert "停机属实" in page
    assert "card_revoked" in await living.kinds(no)


async def test_a_card_that_is_upheld_can_be_closed_once_things_are_mended(
    app: FastAPI, living: Living
) -> None:
    _, card = await appealed_card(living)
    async with at_desk(app, living, "supervisor") as desk:
        await desk.open(f"/supervisor/cards/{card}")
        await desk.send(f"/supervisor/cards/{card}/review", verdict="uphold_card", reason="当日没有停机")
        assert f"/supervisor/cards/{card}/close" in await desk.open(f"/supervisor/cards/{card}")


async def test_closing_a_card_takes_a_reason_and_keeps_what_was_chosen(app: FastAPI, living: Living) -> None:
    card = await first_card(living, await silent_case(living))
    async with at_desk(app, living, "supervisor") as desk:
        await desk.open(f"/supervisor/cards/{card}")
        await desk.send(f"/supervisor/cards/{card}/close", status=422, ground="rectified", reason="")
        assert 'href="#f-reason"' in desk.page
        assert 'value="rectified" checked' in desk.page


async def test_the_numbers_of_the_wall_are_those_of_the_lists_behind_them(
    app: FastAPI, living: Living
) -> None:
    await silent_case(living)
    await file_food(living, ACCEPT)
    now = living.house.now()
    async with living.house.db.connection() as conn:
        row = next(
            r for r in await departments(conn, "430199", now, legal_date(now)) if r["department"] == MARKET
        )
        for light in ("open", "near", "over"):
            wanted = Filter(district="430199", department=MARKET, light=light)
            assert row[light] == await count_cases(conn, wanted, now), light
    async with at_desk(app, living, "supervisor") as desk:
        page = await desk.open("/supervisor")
        assert f"/supervisor/cases?department={MARKET}&light=over" in page
        assert f"/supervisor/cards?department={MARKET}&severity=red" in page


async def test_the_supervisor_reads_what_a_correction_notice_asked_for(app: FastAPI, living: Living) -> None:
    no = await file_food(living, *CORRECTING)
    async with at_desk(app, living, "supervisor") as desk:
        page = await desk.open(f"/supervisor/cases/{no}")
        for line in DEFECTS:
            assert line["defect"] in page


async def test_the_supervisor_reads_what_a_review_recommended(app: FastAPI, living: Living) -> None:
    check = ("site_check#1", "record_site_check", "reviewer", SITE_CHECK)
    no = await file_food(
        living, ACCEPT, check, ("review#1", "recommend_refuse", "reviewer", {"opinion": "布局不符"})
    )
    async with at_desk(app, living, "supervisor") as desk:
        assert "建议不予：布局不符" in await desk.open(f"/supervisor/cases/{no}")


def test_a_department_without_decisions_has_no_rate_rather_than_a_full_one() -> None:
    assert rate(0, 0) == "—"
    assert rate(3, 4) == "75.0%"


async def test_a_decision_after_the_promised_limit_is_late(living: Living) -> None:
    async def market() -> tuple[int, int]:
        now = living.house.now()
        async with living.house.db.connection() as conn:
            rows = await departments(conn, "", now, legal_date(now))
        row = next(r for r in rows if r["department"] == MARKET)
        return row["n"], row["on_time"]

    review = (
        ("site_check#1", "record_site_check", "reviewer", SITE_CHECK),
        ("review#1", "recommend_grant", "reviewer", {}),
        ("decision#1", "grant", "director", {}),
    )
    await file_food(living, ACCEPT, *review)
    n, on_time = await market()
    no = await file_food(living, ACCEPT)
    living.clock.forward(days=20)
    await living.engine(no)
    await go_on(living, no, *review)
    assert await market() == (n + 1, on_time)


async def test_the_filters_narrow_the_list_and_stand_in_the_address(app: FastAPI, living: Living) -> None:
    late = await silent_case(living)
    living.clock.now = MORNING
    fresh = await file_food(living, ACCEPT)
    living.clock.forward(days=1)
    async with at_desk(app, living, "supervisor") as desk:
        page = await desk.open(f"/supervisor/cases?number={late}")
        assert f"/supervisor/cases/{late}" in page
        assert f"/supervisor/cases/{fresh}" not in page
        assert f"/supervisor/cases/{fresh}" not in await desk.open("/supervisor/cases?carded=yes")
        assert f"/supervisor/cases/{late}" in await desk.open(
            "/supervisor/cases?carded=yes&item=food-licence"
        )
        page = await desk.open("/supervisor/cases?item=residence-permit&stage=accepted&kind=application")
        assert "没有符合条件的办件" in page
        assert 'value="residence-permit" selected' in page
        assert "日期写成" in await desk.open("/supervisor/cases?filed_from=yesterday")


async def test_the_audit_tells_who_did_what_and_what_it_did_to_the_clock(
    app: FastAPI, living: Living
) -> None:
    no = await file_food(living, ACCEPT)
    async with at_desk(app, living, "supervisor") as desk:
        page = await desk.open(f"/supervisor/cases/{no}")
    total = len(await living.kinds(no))
    assert f"事件 {total}/{total} 链已核对" in page
    for words in (
        "张受理",
        "受理时限结束，办理时限起算",
        "承诺期限",
        "逐日计算",
        "现场核查",
        '<svg class="lanes"',
    ):
        assert words in page, words


async def test_a_persons_name_is_masked_for_the_supervisor(app: FastAPI, living: Living) -> None:
    no = await file_food(living)
    async with living.house.db.transaction() as tx:
        await tx.execute(
            "UPDATE cases SET applicant_id = $2 WHERE no = $1", no, living.world.subjects["陈示例"]
        )
    async with at_desk(app, living, "supervisor") as desk:
        page = await desk.open(f"/supervisor/cases/{no}")
        assert "陈示例" not in page
        assert "陈*例" in page
        assert "陈示例" not in await desk.open("/supervisor/cases")


async def test_the_audit_and_the_desk_show_where_a_log_was_tampered_with(
    app: FastAPI, living: Living, database_urls
) -> None:
    no = await file_food(living, ACCEPT)
    await tamper(database_urls.superuser, no)
    async with at_desk(app, living, "clerk") as desk:
        assert "链在第 2 条断开" in await desk.open(f"/window/cases/{no}")
    async with at_desk(app, living, "supervisor") as desk:
        page = await desk.open(f"/supervisor/cases/{no}")
    assert "存证链在第 2 个事件处断开" in page
    assert "事件 1/" in page
    assert page.count("不能证明</span>") == len(await living.kinds(no)) - 1


async def tamper(superuser: str, no: str) -> None:
    """What only somebody with the database in their hands can do."""
    conn = await asyncpg.connect(superuser)
    try:
        await conn.execute("SET session_replication_role = replica")  # no trigger fires
        await conn.execute(
            'UPDATE case_event SET body = replace(body, \'"role":"system"\', \'"role":"sYstem"\') '
            "WHERE case_no = $1 AND seq = 2",
            no,
        )
    finally:
        await conn.close()


@pytest.mark.parametrize("who", ["clerk", "reviewer", "agent", "admin", "chen"])
async def test_only_supervisors_come_in(app: FastAPI, living: Living, who: str) -> None:
    async with at_desk(app, living, who) as desk:
        for address in ("/supervisor", "/supervisor/cases", "/supervisor/cards"):
            await desk.open(address, status=403)
