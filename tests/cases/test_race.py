"""Two hands at the same instant: one wins, the other gets a clear answer, and the log has neither gap nor double."""

import asyncio
from uuid import uuid4

import pytest

from services.cases.sync import sync
from services.errors import NotAllowed, NotExpected
from services.law.wants import SyncIn
from tests.cases.test_life import REVIEWED, file_food, settle
from tests.living import FOOD, FOOD_PAPERS, MORNING, Living


async def both(*work):
    return await asyncio.gather(*work, return_exceptions=True)


def one_won(results) -> bool:
    refused = [r for r in results if isinstance(r, NotExpected | NotAllowed)]
    return len(refused) == 1 and len(results) - len(refused) == 1


async def test_two_clerks_accept_at_once_and_one_is_told_that_it_is_done(living: Living):
    for _ in range(15):
        no = await file_food(living)
        results = await both(
            living.act(no, "acceptance#1", "accept", "clerk"),
            living.act(no, "acceptance#1", "accept", "clerk2"),
        )
        assert one_won(results), results
        assert (await living.kinds(no)).count("accepted") == 1


async def test_a_withdrawal_and_a_decision_at_once_leave_one_of_them(living: Living):
    for _ in range(10):
        no = await file_food(living)
        await settle(living, no, *REVIEWED)
        results = await both(
            living.act(no, "withdrawal", "withdraw", "chen"),
            living.act(no, "decision#1", "grant", "director"),
        )
        assert one_won(results), results
        kinds = await living.kinds(no)
        assert ("withdrawn" in kinds) != ("granted" in kinds)


async def test_a_clerk_and_the_silence_timer_at_once_accept_it_once(living: Living):
    for _ in range(10):
        no = await file_food(living)
        living.clock.forward(days=9)

        async def timer(no: str = no):
            desk = living.running[no].desk
            async with living.house.db.transaction() as tx:
                return await sync(tx, living.house, SyncIn(no, desk.cursor))

        await both(living.act(no, "acceptance#1", "accept", "clerk"), timer())
        await living.engine(no)
        kinds = await living.kinds(no)
        assert kinds.count("accepted") + kinds.count("deemed_accepted") == 1


async def test_the_same_act_sent_ten_times_at_once_is_done_once(living: Living):
    no = await file_food(living)
    token = uuid4().hex
    results = await both(*(living.act(no, "acceptance#1", "accept", "clerk", token=token) for _ in range(10)))
    assert {r.seq for r in results} == {results[0].seq}
    assert sum(not r.repeated for r in results) == 1


@pytest.mark.soak
@pytest.mark.parametrize(
    ("race", "times"),
    [
        (test_two_clerks_accept_at_once_and_one_is_told_that_it_is_done, 67),
        (test_a_withdrawal_and_a_decision_at_once_leave_one_of_them, 100),
        (test_a_clerk_and_the_silence_timer_at_once_accept_it_once, 100),
    ],
)
async def test_a_thousand_races_leave_one_winner_each(living: Living, race, times: int):
    for _ in range(times):
        living.clock.now = MORNING
        await race(living)


async def test_the_same_filing_sent_five_times_at_once_is_one_case(living: Living):
    firm, token = living.world.subjects["湖南示例餐饮有限公司"], uuid4().hex
    receipts = await both(
        *(
            living.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=firm, token=token)
            for _ in range(5)
        )
    )
    assert {r.case_no for r in receipts} == {receipts[0].case_no}
    assert sum(not r.repeated for r in receipts) == 1
