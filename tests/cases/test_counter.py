"""代办: what an applicant without an account does at the counter, through the same door as everybody."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import orjson
import pytest

from services.cases.attending import IdPaper
from services.cases.door import Done, act
from services.cases.intake import StandIn, Visitor, file_at_counter
from services.cases.private import commitment
from services.cases.resubmitting import resubmit, supply
from services.cases.rounds import Paper
from services.errors import Invalid, KeyReused, NotAllowed, NotFound
from services.law.roles import Grant, Role
from services.law.stages import Stage
from services.people.authorising import end
from services.people.standing import Basis, represent, revoke_representation
from tests.cases.test_forbidden import LAYOUT
from tests.cases.test_life import file_food, settle
from tests.living import FOOD, FOOD_PAPERS, GAPS, Living
from tests.people.acting import fresh, mandate

FIRM = "湖南示例餐饮有限公司"
CHEN = IdPaper("resident_id", "430199199003076616")  # its legal representative
LI = IdPaper("resident_id", "430199199211234826")
UNKNOWN = IdPaper("passport", "E12345678")
TOLD = ("acceptance#1", "request_correction", "clerk", {"defects": [LAYOUT]})
HEARING = {"ground": "interests", "interests": "涉及相邻居民", "basis": "行政许可法第四十七条"}


async def task_of(living: Living, no: str, key: str) -> int:
    async with living.house.db.connection() as conn:
        return await conn.fetchval("SELECT id FROM task WHERE case_no = $1 AND key = $2", no, key)


async def at_counter(
    living: Living,
    no: str,
    key: str,
    command: str,
    visitor: IdPaper,
    *,
    clerk=None,
    token: str = "",
    raw=None,
) -> Done:
    clerk, token = clerk or living.world.actors["clerk"], token or uuid4().hex
    same = {"task_id": await task_of(living, no, key), "token": token, "visitor": visitor}
    async with living.house.db.transaction() as tx:
        if command == "resubmit":
            given = {"raw": raw or FOOD, "papers": FOOD_PAPERS}
            return await resubmit(tx, living.house, clerk, case_no=no, **given, **same)
        if command == "supply_late":
            papers = [Paper("health-certificates", "seen")]
            return await supply(tx, living.house, clerk, case_no=no, papers=papers, **same)
        return await act(tx, living.house, clerk, command=command, raw=raw or {}, **same)


async def event_of(living: Living, no: str, kind: str) -> tuple[dict, str]:
    async with living.house.db.connection() as conn:
        body = await conn.fetchval(
            "SELECT body FROM case_event WHERE case_no = $1 AND kind = $2 ORDER BY seq DESC LIMIT 1", no, kind
        )
    return orjson.loads(body), body


async def corrected(living: Living) -> str:
    no = await file_food(living)
    await settle(living, no, TOLD)
    return no


async def test_the_log_says_whose_act_it_is_who_took_it_down_and_not_who_stood_there(living: Living):
    no = await corrected(living)
    before = (await living.case(no)).state.hands
    await at_counter(living, no, "correction#1", "resubmit", CHEN)
    event, body = await event_of(living, no, "resubmitted")
    assert (event["role"], event["actor"]) == ("applicant", living.world.actors["clerk"].id)
    assert (event["data"]["channel"], event["data"]["standing"]) == ("window", "legal_representative")
    assert CHEN.id_number not in body
    assert "陈示例" not in body
    state = (await living.case(no)).state
    assert (state.stage, state.round, state.hands) == (Stage.RECEIVED, 2, before)
    async with living.house.db.connection() as conn:
        sealed = await conn.fetchval(
            "SELECT sealed FROM event_private WHERE case_no = $1 AND seq = $2", no, event["seq"]
        )
    kept = orjson.loads(living.house.vault.open(sealed, where=f"event_private|{no}|{event['seq']}"))[
        "visitor"
    ]
    assert kept["value"]["id_number"] == CHEN.id_number
    assert commitment(kept["salt"], kept["value"]) == event["data"]["visitor"]["commitment"]


@pytest.mark.parametrize("visitor", [LI, UNKNOWN])
async def test_whoever_may_not_act_for_the_applicant_gets_nothing_done(living: Living, visitor: IdPaper):
    no = await corrected(living)
    with pytest.raises(NotAllowed) as refused:
        await at_counter(living, no, "correction#1", "resubmit", visitor)
    assert refused.value.code == "not-theirs"
    assert (await living.case(no)).state.stage is Stage.CORRECTING


async def test_a_right_that_was_revoked_is_gone_at_the_counter_too(living: Living):
    people, day = living.world.subjects, date(2026, 11, 1)
    async with living.house.db.transaction() as tx:
        right = await represent(
            tx, person_id=people["李样本"], subject_id=people[FIRM], basis=Basis.MANDATE, valid_from=day
        )
    no, other = await corrected(living), await corrected(living)
    await at_counter(living, no, "correction#1", "resubmit", LI)
    async with living.house.db.transaction() as tx:
        await revoke_representation(tx, right, now=living.house.now())
    with pytest.raises(NotAllowed):
        await at_counter(living, other, "correction#1", "resubmit", LI)


@pytest.mark.parametrize(
    "grant",
    [
        Grant(Role.CLERK, "11430199MB99005A9C", "430199"),
        Grant(Role.CLERK, "", "430198"),
        Grant(Role.REVIEWER, "", "430199"),
    ],
)
async def test_it_is_taken_down_at_a_window_of_the_cases_department_and_district(
    living: Living, grant: Grant
):
    no = await corrected(living)
    other = replace(living.world.actors["clerk"], grants=(grant,))
    with pytest.raises(NotAllowed) as refused:
        await at_counter(living, no, "correction#1", "resubmit", CHEN, clerk=other)
    assert refused.value.code == "not-allowed"


async def test_a_clerk_before_whom_nobody_stands_does_nothing_for_the_applicant(living: Living):
    no = await corrected(living)
    with pytest.raises(NotAllowed):
        await living.act(no, "withdrawal", "withdraw", "clerk")


async def test_a_hearing_is_asked_for_papers_are_supplied_and_a_case_is_withdrawn_at_the_counter(
    living: Living,
):
    firm = living.world.subjects[FIRM]
    no = (await living.file("food-licence", "chen", FOOD | GAPS, FOOD_PAPERS[:2], applicant_id=firm)).case_no
    await living.engine(no)
    await settle(
        living,
        no,
        ("acceptance#1", "accept", "clerk", {}),
        ("special#1", "inform_hearing", "reviewer", HEARING),
    )
    for key, command in (
        ("supply_late#1", "supply_late"),
        ("hearing_request#1", "request_hearing"),
        ("withdrawal", "withdraw"),
    ):
        await at_counter(living, no, key, command, CHEN)
        await living.engine(no)
    kinds = await living.kinds(no)
    assert [k for k in kinds if k in ("late_supplied", "hearing_requested", "withdrawn")] == [
        "late_supplied", "hearing_requested", "withdrawn",
    ]  # fmt: skip
    with pytest.raises(NotAllowed, match="alone"):
        await at_counter(living, no, "rating", "rate", CHEN, raw={"score": ["5"]})


async def test_pressed_twice_it_is_one_act_and_under_its_key_no_other(living: Living):
    no = await corrected(living)
    token = uuid4().hex
    first = await at_counter(living, no, "correction#1", "resubmit", CHEN, token=token)
    again = await at_counter(living, no, "correction#1", "resubmit", CHEN, token=token)
    assert (again.seq, again.repeated) == (first.seq, True)
    with pytest.raises(KeyReused):
        await at_counter(living, no, "correction#1", "resubmit", LI, token=token)


async def test_a_task_of_one_case_takes_no_papers_into_another(living: Living):
    no, other = await corrected(living), await corrected(living)
    task = await task_of(living, no, "correction#1")
    with pytest.raises(NotFound):
        async with living.house.db.transaction() as tx:
            await resubmit(
                tx, living.house, living.world.actors["clerk"], case_no=other, raw=FOOD, papers=FOOD_PAPERS,
                task_id=task, token=uuid4().hex, visitor=CHEN,
            )  # fmt: skip
    assert (await living.case(no)).state.stage is Stage.CORRECTING


async def test_an_agent_authorised_online_does_at_the_counter_what_they_may_and_no_more(living: Living):
    id_ = await mandate(living, "correct")
    no, other = await corrected(living), await corrected(living)
    with pytest.raises(NotAllowed) as refused:
        await at_counter(living, no, "withdrawal", "withdraw", LI)
    assert refused.value.code == "not-theirs"
    await at_counter(living, no, "correction#1", "resubmit", LI)
    event, _ = await event_of(living, no, "resubmitted")
    assert (event["data"]["standing"], event["data"]["mandate"]) == ("mandate", id_)
    await end(living.house, await fresh(living, "chen"), id_)
    with pytest.raises(NotAllowed):
        await at_counter(living, other, "correction#1", "resubmit", LI)


async def filed_by_agent(living: Living, *, until, papers: list[Paper]) -> str:
    agent = StandIn("李样本", LI, date.fromisoformat(until) if until else None, proved=False)
    visitor = Visitor("organisation", FIRM, "credit_code", "91430199MA99001B89", "")
    async with living.house.db.transaction() as tx:
        receipt = await file_at_counter(
            tx, living.house, living.world.actors["clerk"], living.house.items.get("food-licence"), visitor,
            raw=FOOD | {"applicant_role": ["agent"]}, papers=papers, token=uuid4().hex, stand_in=agent,
        )  # fmt: skip
    await living.engine(receipt.case_no)
    return receipt.case_no


LETTER = [*FOOD_PAPERS, Paper("authorisation", "seen")]


async def test_an_agent_with_a_letter_goes_on_with_that_case_until_its_last_day(living: Living):
    no = await filed_by_agent(living, until="2026-11-20", papers=LETTER)
    event, body = await event_of(living, no, "submitted")
    assert (event["role"], event["data"]["standing"]) == ("clerk", "papers")
    assert "李样本" not in body
    await settle(living, no, TOLD)
    other = await corrected(living)
    with pytest.raises(NotAllowed):
        await at_counter(living, other, "correction#1", "resubmit", LI)
    living.clock.forward(days=5)
    with pytest.raises(NotAllowed):
        await at_counter(living, no, "withdrawal", "withdraw", LI)
    living.clock.forward(days=-1)
    await at_counter(living, no, "withdrawal", "withdraw", LI)
    assert (await living.case(no)).state.stage is Stage.WITHDRAWN


@pytest.mark.parametrize(
    ("until", "papers", "named"),
    [
        (None, LETTER, {"agent_until"}),
        ("2026-11-15", LETTER, {"agent_until"}),
        ("2026-12-31", FOOD_PAPERS, {"material:authorisation"}),
    ],
)
async def test_nobody_files_for_another_without_a_right_that_is_shown(living: Living, until, papers, named):
    with pytest.raises(Invalid) as refused:
        await filed_by_agent(living, until=until, papers=papers)
    assert set(refused.value.problems) == named
