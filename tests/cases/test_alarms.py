"""Warnings, cards and silence: what the clocks raise, when, and only once."""

from datetime import UTC, datetime

from services.cases.alarms import Watch, look
from tests.cases.test_life import REVIEWED, file_food, settle
from tests.living import Living

NOON = datetime(2026, 11, 16, 4, tzinfo=UTC)


def at(day: int, hour: int = 4) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_a_moment_that_came_while_nobody_was_there_still_counts():
    watch = Watch("alarm:x:due", at(17), "T04", "x", until=at(19))
    assert look([watch], (), at(20)).fire == [watch]


def test_a_moment_after_the_end_never_came():
    watch = Watch("alarm:x:due", at(19), "T04", "x", until=at(17))
    assert look([watch], (), at(20)).fire == []


def test_what_was_said_is_not_said_again_and_the_next_moment_is_known():
    said, later = Watch("alarm:x:warn", at(17), "T03", "x"), Watch("alarm:x:due", at(19), "T04", "x")
    outlook = look([later, said], {"alarm:x:warn"}, at(18))
    assert outlook.fire == []
    assert outlook.next == at(19)


async def cards(living: Living, no: str) -> list[tuple[str, str, str]]:
    async with living.house.db.connection() as conn:
        rows = await conn.fetch("SELECT rule, severity, state FROM card WHERE case_no = $1 ORDER BY id", no)
    return [tuple(r) for r in rows]


async def test_a_step_past_its_limit_raises_one_yellow_card_which_the_supervisor_closes(living: Living):
    no = await file_food(living)
    await settle(living, no, *REVIEWED[:1])
    living.clock.forward(days=4)  # the site check has three working days
    await living.engine(no)
    await living.engine(no)
    assert ("T04", "yellow", "open") in await cards(living, no)
    await living.act(
        no,
        "card:T04:site_check#1:due",
        "close_card",
        "supervisor",
        ground="explained",
        reason="核查人员因暴雨改期",
    )
    assert ("T04", "yellow", "closed") in await cards(living, no)
    async with living.house.db.connection() as conn:
        open_cards = await conn.fetchval(
            "SELECT count(*) FROM card WHERE case_no = $1 AND state = 'open'", no
        )
        assert await conn.fetchval("SELECT cards FROM cases WHERE no = $1", no) == open_cards


async def test_the_promise_is_warned_of_then_missed_then_the_law_is(living: Living):
    no = await file_food(living)
    await settle(living, no, *REVIEWED[:1])
    living.clock.forward(days=30)
    await living.engine(no)
    rules = [rule for rule, _, _ in await cards(living, no)]
    assert [r for r in rules if r in ("T05", "T06", "T07")] == ["T05", "T06", "T07"]


async def test_a_decision_in_time_raises_nothing_however_late_anybody_looks(living: Living):
    no = await file_food(living)
    await settle(living, no, *REVIEWED, ("decision#1", "grant", "director", {}))
    living.clock.forward(days=5)
    await living.engine(no)
    assert [c for c in await cards(living, no) if c[0] in ("T05", "T06", "T07")] == []
