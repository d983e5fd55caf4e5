"""Days off that are announced while cases run: every open date follows, and the log says from when to when."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.calendars import Calendars, load_notice, ship
from services.cases.clocks import case_clocks
from services.cases.histories import verify_chain
from services.cases.recounting import count_behind, recount, recount_all
from services.errors import Invalid, NotAllowed
from services.house import House
from services.law.roles import SYSTEM
from services.notices.telling import notices_for
from tests.cases.announced import NOTICE, announce, edition, recountings, row, survey
from tests.living import FOOD, FOOD_PAPERS, Living


@pytest.fixture
async def living(own_database, tmp_path):
    """A home of its own a test: what is announced cannot be taken back."""
    home = await Living.move_in(own_database.app, tmp_path)
    yield home
    await home.leave()


async def statutory(living: Living, no: str):
    return case_clocks(await living.case(no), living.house).statutory


async def test_a_provisional_date_becomes_certain_when_next_years_days_off_are_announced(living: Living):
    no = await survey(living)
    before = await statutory(living, no)
    assert (before.on, before.provisional) == (date(2027, 3, 1), True)
    living.clock.now = datetime(2026, 12, 29, 1, 30, tzinfo=UTC)
    await living.act(no, "review#1", "recommend_grant", "reviewer", opinion="同意")
    wake_in = (await living.engine(no)).wake_in
    await announce(living)
    done = await recount_all(living.house)
    assert list(done.moved) == [no]
    after = await statutory(living, no)
    assert (after.on, after.provisional) == (date(2027, 3, 4), False)
    (event,) = await recountings(living, no)
    dates = {d["what"]: (d["from"][:10], d["to"][:10]) for d in event.data["dates"]}
    assert dates["statutory"] == ("2027-03-02", "2027-03-05"), (
        "24:00 of a day is the first minute of the next"
    )
    assert dates["promised"] == ("2027-02-09", "2027-02-13")
    assert (event.data["before"], event.data["calendar"]) == ("2004-2026.1", "2004-2027.1")
    assert event.data["notices"] == ["虚构的2027年放假安排，只用于测试"]
    assert (event.actor, event.role) == (living.world.actors["admin"].id, "admin")
    assert dates["decision#1"] == ("2027-01-07", "2027-01-08")
    assert (await living.engine(no)).wake_in == wake_in + 86_400, (
        "the workflow's timer moves with its next date"
    )
    async with living.house.db.connection() as conn:
        assert (await verify_chain(conn, no)).broken is None


async def test_the_task_and_the_lists_follow_and_a_bell_is_put_for_the_workflow(living: Living):
    no = await survey(living)
    async with living.house.db.connection() as conn:
        await conn.execute("DELETE FROM outbox")
    await announce(living)
    await recount_all(living.house)
    task = await row(living, "SELECT * FROM task WHERE case_no = $1 AND key = 'review#1'", no)
    assert task["due_on"] == date(2027, 1, 31), "a make-up Sunday brought it forward by a day"
    assert task["warn_at"] < task["due_at"]
    case = await row(living, "SELECT due_on, calendar FROM cases WHERE no = $1", no)
    assert (case["due_on"], case["calendar"]) == (date(2027, 2, 12), "2004-2027.1")
    assert (await row(living, "SELECT count(*) AS n FROM outbox WHERE case_no = $1", no))["n"] == 1


async def test_the_applicant_is_told_by_when_they_will_know_now_and_only_once(living: Living):
    no = await survey(living)
    await announce(living)
    for _ in range(2):
        await recount_all(living.house)
    async with living.house.db.connection() as conn:
        told = await notices_for(conn, living.world.actors["chen"].subjects, "case")
        messages = await conn.fetch("SELECT * FROM sms")
    assert [n["case"] for n in told] == [no]
    assert "由2027年2月8日调整为2027年2月12日" in told[0]["text"]["zh"]
    assert [told[0]["text"]["zh"] in m["text"] for m in messages] == [True]


async def test_a_case_whose_dates_stay_gets_no_entry(living: Living):
    no = (await living.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=firm(living))).case_no
    await living.engine(no)
    before = await living.kinds(no)
    await announce(living)
    done = await recount_all(living.house)
    assert done.looked == 1
    assert done.moved == {}
    assert await living.kinds(no) == before
    assert await count_behind(living.house) == 0


async def test_counting_again_twice_is_counting_again_once(living: Living):
    no = await survey(living)
    await announce(living)
    await announce(living)
    await recount_all(living.house)
    assert await recount(living.house, no) == []
    assert (await recount_all(living.house)).looked == 0
    assert len(await recountings(living, no)) == 1


async def test_a_corrected_edition_replaces_the_year_and_is_counted_from_the_first(living: Living):
    no = await survey(living)
    await announce(living)
    await recount_all(living.house)
    await announce(living, edition(2, ("to: 2027-02-11", "to: 2027-02-12")))
    await recount_all(living.house)
    first, second = await recountings(living, no)
    assert (second.data["before"], second.data["calendar"]) == ("2004-2027.1", "2004-2026.1+2027.2")
    moves = [{d["what"]: d for d in e.data["dates"]} for e in (first, second)]
    assert moves[0]["promised"]["to"] == moves[1]["promised"]["from"]
    assert (await statutory(living, no)).on == date(2027, 3, 5)


async def test_what_was_filed_between_the_notice_and_the_counting_is_right_from_the_start(living: Living):
    await announce(living)
    no = await survey(living)
    assert (await statutory(living, no)).on == date(2027, 3, 4)
    assert (await recount_all(living.house)).looked == 0
    assert await recountings(living, no) == []


async def test_a_process_that_does_not_know_the_notice_yet_does_not_count_without_it(living: Living):
    """Another process loaded it: the next sync sees so in its own transaction."""
    elsewhere = elsewhere_of(living)
    await load_notice(elsewhere, NOTICE, SYSTEM)
    assert living.house.calendar.version == "2004-2026.1"
    no = await survey(living)
    sql = "SELECT body::json->'data'->>'calendar' AS v FROM case_event WHERE case_no = $1 AND kind = 'task_opened'"
    opened = await row(living, sql, no)
    assert opened["v"] == "2004-2027.1"


async def test_a_due_moment_that_moved_into_the_past_is_recorded_once(living: Living):
    """A make-up day that is announced late: the fortieth working day was yesterday."""
    no = await survey(living)
    living.clock.now = datetime(2027, 1, 31, 17, 0, tzinfo=UTC)  # Monday 1 February, 01:00
    await living.engine(no)
    assert "card_raised" not in await living.kinds(no)
    await announce(living)
    await recount_all(living.house)
    for _ in range(2):
        await living.engine(no)
    assert (await living.kinds(no)).count("card_raised") == 1


async def test_a_warning_that_was_given_stays_and_a_card_waits_for_the_later_date(living: Living):
    no = await survey(living)
    living.clock.now = datetime(2027, 2, 8, 2, 0, tzinfo=UTC)  # the promised limit's last day
    await living.act(no, "review#1", "recommend_grant", "reviewer", opinion="同意")
    await living.engine(no)
    before = await living.kinds(no)
    assert "warned" in before
    cards = before.count("card_raised")
    await announce(living)
    await recount_all(living.house)
    living.clock.forward(days=1)  # the old date is past, the new one is not
    await living.engine(no)
    kinds = await living.kinds(no)
    assert kinds.count("card_raised") == cards
    assert kinds.count("warned") == before.count("warned")


async def test_a_district_has_days_of_its_own_and_only_its_cases_move(living: Living):
    no = await survey(living)
    text = """
district: "430199"
year: 2026
edition: 1
source: 虚构的地方放假安排，只用于测试
holidays:
  - { zh: 龙舟大雾, en: Fog, from: 2026-12-10, to: 2026-12-11 }
"""
    await announce(living, text)
    await recount_all(living.house)
    (event,) = await recountings(living, no)
    assert event.data["calendar"] == "2004-2026.1+430199.2026.1"
    assert living.house.calendar.version == "2004-2026.1"
    assert living.house.at_home("430199").calendar.day_kind(date(2026, 12, 10)).value == "holiday"
    assert case_clocks(await living.case(no), living.house.at_home("430199")).statutory.on == date(2027, 3, 3)
    task = await row(living, "SELECT due_on FROM task WHERE case_no = $1 AND key = 'review#1'", no)
    assert task["due_on"] == date(2027, 2, 3)


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("year: 2027", "缺少 edition"),
        ("{year: 2072, edition: 1, source: x, holidays: []}", "2072 年的放假安排还不会公布"),
        (NOTICE.replace("to: 2027-10-07", "to: 2027-10-02"), "缺少 2027-10-03"),
        ('district: "990000"\n' + NOTICE, "没有区划 990000，现有：430199"),
        ('district: "430199"\n' + NOTICE.replace("2027-01-09", "2027-01-12"), "work：2027-01-12 本来就上班"),
    ],
)
async def test_a_bad_notice_is_refused_in_a_sentence_and_nothing_is_kept(living: Living, text: str, zh: str):
    with pytest.raises(Invalid) as refused:
        await announce(living, text)
    assert zh in refused.value.problems["notice"]["zh"]
    assert refused.value.problems["notice"]["en"]
    found = await row(living, "SELECT count(*) AS n FROM calendar_notice WHERE year > 2026 OR district <> ''")
    assert found["n"] == 0


async def test_an_edition_is_final(living: Living):
    await announce(living)
    with pytest.raises(Invalid) as refused:
        await announce(living, NOTICE.replace("2027-01-09", "2027-01-16"))
    assert "更正请写 edition: 2" in refused.value.problems["notice"]["zh"]
    await announce(living, edition(3))
    with pytest.raises(Invalid) as refused:
        await announce(living, edition(2))
    assert "更正请写 edition: 4" in refused.value.problems["notice"]["zh"]


async def test_only_an_administrator_loads_a_notice(living: Living):
    with pytest.raises(NotAllowed):
        await load_notice(living.house, NOTICE, living.world.actors["supervisor"])


async def test_a_release_ships_its_years_once_and_never_an_older_edition(living: Living):
    async with living.house.db.transaction() as tx:
        again = await ship(tx, living.house.now() + timedelta(days=1))
    assert {f.loaded_at for f in again.filed} == {f.loaded_at for f in living.house.calendars.filed}


def firm(living: Living) -> str:
    return living.world.subjects["湖南示例餐饮有限公司"]


def elsewhere_of(living: Living) -> House:
    """The house as another process has it."""
    return replace(living.house, calendars=Calendars(living.house.calendars.filed))
