"""The demo month: lived-in, lawful in its hours, whole in its evidence, and ready to be taken over by the engine."""

from datetime import UTC, datetime, time, timedelta
from random import Random
from types import SimpleNamespace

import pytest
from rich.console import Console

from infra.parts import open_house
from infra.seed.fill import fill
from infra.seed.office import Office
from infra.settings import Settings
from services.cases.histories import verify_chain
from services.cases.lagging import cases_open, lagging_cases, overdue_alarms
from services.law.calendar import load_calendar
from services.law.counting import SHANGHAI, SHIFTS
from services.law.stages import Stage
from services.store.crypto import Vault
from workflows.rehearsal import Rehearsal

NOW = datetime(2026, 11, 18, 7, 0, tzinfo=UTC)  # Wednesday 15:00 in Shanghai
# A decision is followed by its service at once; no case rests in these.
_PASSING = {Stage.DECIDED_GRANT, Stage.DECIDED_REFUSE, Stage.DECIDED}


@pytest.fixture(scope="module")
async def lived(database_urls, tmp_path_factory):
    home = tmp_path_factory.mktemp("seed")
    settings = Settings(home=home, database_url=database_urls.app, demo=True)
    (home / "files").mkdir()
    Vault.from_key_file(settings.key_file, create=True)
    async with open_house(settings) as house:
        month = await fill(house, NOW, Console(quiet=True))
        yield SimpleNamespace(house=house, month=month)


@pytest.fixture
async def conn(lived):
    async with lived.house.db.connection() as conn:
        yield conn


async def test_there_are_cases_in_every_stage_that_lasts(conn):
    rows = await conn.fetch("SELECT stage, count(*) AS n FROM cases GROUP BY stage")
    assert {r["stage"] for r in rows} == set(Stage) - _PASSING
    assert sum(r["n"] for r in rows) >= 145


async def test_every_item_and_the_hotline_had_a_month(lived, conn):
    rows = await conn.fetch("SELECT item_code, count(*) AS n FROM cases GROUP BY item_code")
    counted = {r["item_code"]: r["n"] for r in rows}
    busy = {"food-licence", "residence-permit", "individual-business", "hotline-order"}
    assert min(counted[code] for code in busy) >= 20
    # What acts on a licence waits for its holder; everything else that people may apply for has a case.
    applied_for = {i.code for i in lived.house.items.listed() if i.acts_on is None}
    unasked = {"living-allowance-confirmation", "food-licence-revocation"}
    assert counted.keys() == busy | applied_for | unasked
    assert await conn.fetchval("SELECT count(*) FROM cases WHERE linked_no IS NOT NULL") >= 2


async def test_fees_are_owed_paid_and_gone_back_and_licences_looked_into(conn):
    """Those desks are not empty either."""
    rows = await conn.fetch("SELECT state FROM cases WHERE item_code = 'identity-card'")
    stands = [fee for r in rows for fee in r["state"]["fees"].values()]
    assert {"ordered", "paid", "returned"} <= set(stands)
    rows = await conn.fetch("SELECT stage, finished FROM cases WHERE item_code = 'food-licence-revocation'")
    assert {r["finished"] for r in rows} == {True, False}
    assert await conn.fetchval("SELECT count(*) FROM licence WHERE state = 'revoked'") == 1


async def test_the_clock_raised_cards_and_a_supervisor_closed_some(conn):
    rows = await conn.fetch("SELECT severity, state, count(*) AS n FROM card GROUP BY 1, 2")
    counted = {(r["severity"], r["state"]): r["n"] for r in rows}
    assert counted.keys() == {(s, t) for s in ("yellow", "red") for t in ("open", "closed")}


async def test_a_card_is_dated_the_moment_it_was_due(conn):
    """But where silence was acceptance: that reaches back to the day of receipt, when nobody could yet know."""
    cards = await conn.fetch(
        "SELECT raised_at, facts->>'moment' AS moment FROM card k WHERE NOT EXISTS (SELECT FROM case_event e "
        "WHERE e.case_no = k.case_no AND e.kind = 'deemed_accepted')"
    )
    assert cards
    assert [
        c for c in cards if c["raised_at"] - datetime.fromisoformat(c["moment"]) > timedelta(seconds=5)
    ] == []


async def test_corrections_wait_came_back_and_lapsed(conn):
    kinds = {r["kind"] for r in await conn.fetch("SELECT DISTINCT kind FROM case_event")}
    assert {
        "correction_requested", "resubmitted", "lapsed", "terminated", "deemed_accepted", "refused", "declined",
        "withdrawn", "sent_back", "rated", "archived", "card_closed", "reworked", "order_linked",
    } <= kinds  # fmt: skip


async def test_staff_act_in_office_hours_only(lived, conn):
    rows = await conn.fetch(
        "SELECT at FROM case_event e JOIN account a ON a.id = e.actor_id WHERE a.kind = 'staff'"
    )
    assert rows
    assert [r["at"] for r in rows if not _in_office(r["at"], lived.house.calendar)] == []


def _in_office(moment: datetime, calendar) -> bool:
    local = moment.astimezone(SHANGHAI)
    return calendar.is_workday(local.date()) and any(a <= local.time() <= b for a, b in SHIFTS)


async def test_nothing_happened_after_now_and_events_follow_one_another(conn):
    assert await conn.fetchval("SELECT max(at) FROM case_event") <= NOW
    backwards = await conn.fetchval(
        "SELECT count(*) FROM case_event a JOIN case_event b ON b.case_no = a.case_no AND b.seq = a.seq + 1 "
        "WHERE b.at < a.at"
    )
    assert backwards == 0


async def test_every_chain_holds(conn):
    for row in await conn.fetch("SELECT no FROM cases"):
        assert (await verify_chain(conn, row["no"])).broken is None, row["no"]


async def test_whatever_somebody_owes_has_a_due_date(conn):
    rows = await conn.fetch(
        # A step whose case's clock stands still has no date until it runs again (Licence Law art. 45).
        "SELECT t.case_no, t.step FROM task t JOIN cases c ON c.no = t.case_no "
        "WHERE t.state = 'open' AND t.due_at IS NULL AND NOT t.standing AND t.step NOT IN ('withdrawal', 'card') "
        "AND NOT (t.stops AND jsonb_path_exists(c.state, '$.stays[*] ? (@.end == null)'))"
    )
    assert rows == []


async def test_every_document_is_made_and_its_series_have_no_gaps(lived, conn):
    rows = await conn.fetch("SELECT kind, number, file FROM document ORDER BY number")
    assert all(r["file"] for r in rows)
    series: dict[str, list[int]] = {}
    for r in rows:
        if r["kind"] != "licence":
            series.setdefault(r["number"][:-8], []).append(int(r["number"][-7:-1]))
    assert {word: list(range(1, len(n) + 1)) for word, n in series.items()} == series
    assert (await lived.house.files.get(rows[0]["file"])).startswith(b"%PDF")


async def test_every_uploaded_paper_can_be_opened(lived, conn):
    for row in await conn.fetch("SELECT DISTINCT file, size FROM material WHERE source = 'upload'"):
        assert len(await lived.house.files.get(row["file"])) == row["size"]


async def test_chen_has_no_food_licence_under_way(lived, conn):
    chen = lived.month.cast.demo_firm("chen").subject
    assert await conn.fetchval("SELECT count(*) FROM cases WHERE applicant_id = $1", chen) == 0


async def test_the_engine_takes_over_and_finds_everything_done(lived, conn):
    """A fresh engine on each living case walks through the log and adds nothing to it."""

    async def unexpected(no: str, errand) -> None:
        raise AssertionError(f"{no} still wanted {errand.key}")

    living = await cases_open(conn)
    bells = [r["case_no"] for r in await conn.fetch("SELECT case_no FROM outbox ORDER BY case_no")]
    assert bells == living
    before = await conn.fetch("SELECT no, seq FROM cases ORDER BY no")
    for no in living:
        rehearsal = Rehearsal(lived.house, no, unexpected)
        await rehearsal.settle()
        await rehearsal.stop()
    assert await conn.fetch("SELECT no, seq FROM cases ORDER BY no") == before
    assert await lagging_cases(conn, NOW) == []
    assert await overdue_alarms(conn, NOW) == []


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 16, 0, 30, tzinfo=SHANGHAI),
        datetime(2026, 11, 16, 10, 59, tzinfo=SHANGHAI),
        datetime(2026, 11, 21, 12, 0, tzinfo=SHANGHAI),
        datetime(2026, 10, 5, 23, 0, tzinfo=SHANGHAI),
    ],
)
def test_the_month_ends_on_a_working_day_whose_morning_is_over(now):
    office = Office(load_calendar(), now, Random(1))
    last = office.morning(0)
    assert last < now
    assert load_calendar().is_workday(last.date())
    assert time(9) <= last.time() <= time(11)
    assert office.morning(3) < office.morning(2)


async def test_somebody_is_a_guardian_an_agent_and_is_asked_to_be_another(conn):
    assert await conn.fetchval("SELECT count(*) FROM guardian_consent WHERE turn = 'given'") == 1
    agreed = await conn.fetch("SELECT confirmed_at IS NOT NULL AS yes FROM authorisation")
    assert sorted(r["yes"] for r in agreed) == [False, True]
