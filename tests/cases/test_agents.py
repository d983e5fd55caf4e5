"""An agent does what they were authorised to, as long as they are: at the door, in the lists, at the counter."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.cases.collecting import check_recipient
from services.cases.filing import submit
from services.cases.histories import history
from services.cases.lists import cases_of_citizen
from services.cases.mine import count_cases_of_citizen, tasks_of_citizen
from services.cases.readable import readable
from services.cases.resubmitting import resubmit
from services.drafts.asking import ask_registers
from services.drafts.store import read, save, start
from services.errors import Invalid, NotAllowed, NotExpected, NotFound
from services.people.applicants import InPerson, check_applicant
from services.people.authorising import answer, end, lines_of
from tests.living import FOOD, FOOD_PAPERS, Living
from tests.people.acting import FIRM, enter, fresh, mandate
from tests.web.desks import file_food

DEFECT = [{"code": "layout", "defect": "没有比例", "fix": "按 1:100 重画"}]


async def filed_by_agent(living: Living) -> str:
    firm = living.world.subjects[FIRM]
    no = (await living.file("food-licence", "agent of firm", FOOD, FOOD_PAPERS, applicant_id=firm)).case_no
    await living.engine(no)
    return no


async def listed(living: Living, who: str) -> list[str]:
    actor = living.world.actors[who]
    async with living.house.db.connection() as conn:
        rows = await cases_of_citizen(conn, actor.id, actor.subjects, actor.mandates)
        assert await count_cases_of_citizen(conn, actor.id, actor.subjects, actor.mandates) == len(rows)
    return [r["no"] for r in rows]


async def reads(living: Living, who: str, no: str) -> bool:
    async with living.house.db.connection() as conn:
        try:
            await readable(conn, living.world.actors[who], no)
        except NotFound:
            return False
    return True


async def test_until_the_agent_agrees_nothing_is_given(living: Living):
    id_ = await mandate(living, "apply", agreed=False)
    assert (await fresh(living, "li")).mandates == ()
    stranger = await fresh(living, "wang")
    with pytest.raises(NotFound):
        await answer(living.house, stranger, id_, agrees=True)
    await answer(living.house, await fresh(living, "li"), id_, agrees=False)
    with pytest.raises(NotExpected):
        await answer(living.house, await fresh(living, "li"), id_, agrees=True)
    assert (await fresh(living, "li")).mandates == ()


async def test_the_agent_applies_within_the_scope_and_the_log_says_under_which_authorisation(living: Living):
    theirs = await file_food(living)
    id_ = await mandate(living, "apply")
    await enter(living, "li", "agent of firm")
    no = await filed_by_agent(living)
    async with living.house.db.connection() as conn:
        submitted = (await history(conn, no))[0].event
        tasks = await tasks_of_citizen(
            conn, living.world.actors["li"].id, living.world.actors["agent of firm"].subjects,
            living.world.actors["agent of firm"].mandates,
        )  # fmt: skip
    assert submitted.data["mandate"] == id_
    assert submitted.actor == living.world.actors["li"].id
    # Their own filing is theirs to follow; what the firm filed itself is not, nor is anything theirs to withdraw.
    assert (no in await listed(living, "agent of firm"), await reads(living, "agent of firm", no)) == (
        True,
        True,
    )
    assert theirs not in await listed(living, "agent of firm")
    assert not await reads(living, "agent of firm", theirs)
    assert no not in [t["case_no"] for t in tasks]
    with pytest.raises(NotAllowed):
        await living.act(no, "withdrawal", "withdraw", "agent of firm")
    with pytest.raises(NotAllowed):
        await living.file(
            "food-licence-change", "agent of firm", {}, [], applicant_id=living.world.subjects[FIRM]
        )
    await end(living.house, await fresh(living, "chen"), id_)


async def test_who_may_see_and_withdraw_sees_all_of_the_item_and_withdraws(living: Living):
    no = await file_food(living)
    id_ = await mandate(living, "see", "withdraw")
    await enter(living, "li", "agent of firm")
    assert no in await listed(living, "agent of firm")
    assert await reads(living, "agent of firm", no)
    await living.act(no, "withdrawal", "withdraw", "agent of firm")
    async with living.house.db.connection() as conn:
        assert (await history(conn, no))[-1].event.data["mandate"] == id_
        lines = await lines_of(conn, living.house, await fresh(living, "chen"))
    told = next(line for line in lines if line.row["id"] == id_)
    assert [d["kind"] for d in told.done] == ["withdrawn"]
    await end(living.house, await fresh(living, "chen"), id_)


async def test_revoked_in_mid_case_the_agent_stops_at_once_and_the_case_goes_on(living: Living):
    """Civil Code art. 173: what was done before stays valid. The agent's page was loaded a moment before."""
    id_ = await mandate(living, "apply", "correct")
    await enter(living, "li", "agent of firm")
    no = await filed_by_agent(living)
    await living.act(no, "acceptance#1", "request_correction", "clerk", defects=DEFECT)
    await living.engine(no)
    await end(living.house, await fresh(living, "chen"), id_)

    async def correct(who: str):
        async with living.house.db.transaction() as tx:
            task = await tx.fetchval(
                "SELECT id FROM task WHERE case_no = $1 AND 'resubmit' = ANY(commands) AND state = 'open'", no
            )
            return await resubmit(
                tx, living.house, living.world.actors[who], task_id=task, case_no=no, raw=FOOD, papers=FOOD_PAPERS,
                token=f"correct-{living.world.actors[who].id}",
            )  # fmt: skip

    with pytest.raises(NotAllowed):
        await correct("agent of firm")  # still holds the mandate in memory
    with pytest.raises(NotAllowed):
        await filed_by_agent(living)
    await enter(living, "li", "agent of firm")
    assert no not in await listed(living, "agent of firm")
    assert not await reads(living, "agent of firm", no)
    await correct("chen")
    assert (await living.case(no)).state.round == 2


async def test_a_mandate_ends_at_midnight_in_shanghai(living: Living):
    await mandate(living, "apply", days=0)
    shanghai = ZoneInfo("Asia/Shanghai")
    living.clock.now = datetime(2026, 11, 16, 23, 59, 59, tzinfo=shanghai)
    remembered = await enter(living, "li", "agent of firm")
    assert remembered.mandates
    await filed_by_agent(living)
    living.clock.now = datetime(2026, 11, 17, 0, 0, tzinfo=shanghai)
    assert not (await fresh(living, "li")).mandates
    with pytest.raises(NotAllowed):  # remembered for two seconds, and over
        await filed_by_agent(living)


async def test_at_the_counter_an_agent_collects_only_if_the_mandate_says_so(living: Living):
    case = await living.case(await file_food(living))
    values = {"mode": "direct", "recipient": "李样本"}
    first = await mandate(living, "apply", "see")
    async with living.house.db.connection() as conn:
        with pytest.raises(Invalid):
            await check_recipient(conn, living.house, case, values)
    other = await mandate(living, "collect", items=("individual-business",))
    async with living.house.db.connection() as conn:
        with pytest.raises(Invalid):
            await check_recipient(conn, living.house, case, values)
    third = await mandate(living, "collect")
    async with living.house.db.connection() as conn:
        assert await check_recipient(conn, living.house, case, values) == {"mandate": third}
        assert await check_recipient(conn, living.house, case, {**values, "recipient": FIRM}) == {}
    for id_ in (first, other, third):
        await end(living.house, await fresh(living, "chen"), id_)


async def test_what_one_does_in_person_no_agent_applies_for(living: Living):
    id_ = await mandate(living, "apply")
    li, firm = await fresh(living, "li"), living.world.subjects[FIRM]
    item = living.house.items.get("food-licence").model_copy(update={"delegable": False})
    async with living.house.db.transaction() as tx:
        with pytest.raises(InPerson) as refusal:
            await submit(
                tx, living.house, li, item, raw=FOOD, papers=FOOD_PAPERS, applicant_id=firm, channel="web", token="in-person",
            )  # fmt: skip
        assert "本人办理" in refusal.value.zh
        # The legal representative is no agent.
        assert await check_applicant(tx, living.house, await fresh(living, "chen"), item, firm) == {}
    await end(living.house, await fresh(living, "chen"), id_)


async def test_an_agent_hands_nothing_on_and_nobody_authorises_for_others_or_for_ever(living: Living):
    id_ = await mandate(living, "apply", "see")
    with pytest.raises(NotAllowed):
        await mandate(living, "apply", by="li")
    with pytest.raises(Invalid) as invalid:
        await mandate(living, "apply", days=400, items=("no-such-item",))
    assert set(invalid.value.problems) == {"items", "valid_to"}
    await end(living.house, await fresh(living, "li"), id_)  # given back by the agent
    async with living.house.db.connection() as conn:
        why = await conn.fetchval("SELECT ended_why FROM authorisation WHERE id = $1", id_)
    assert why == "renounced"


async def test_whoever_revokes_while_the_agent_acts_waits_until_the_act_is_written(living: Living):
    """Or else an act would stand in the log after the authorisation had ended."""
    no = await file_food(living)
    id_ = await mandate(living, "withdraw")
    await enter(living, "li", "agent of firm")
    chen = await fresh(living, "chen")
    async with living.house.db.transaction() as tx:
        await tx.execute("SELECT 1 FROM cases WHERE no = $1 FOR UPDATE", no)
        acting = asyncio.create_task(living.act(no, "withdrawal", "withdraw", "agent of firm"))
        await asyncio.sleep(0.3)  # asked for, and about to write
        revoking = asyncio.create_task(end(living.house, chen, id_))
        await asyncio.sleep(0.3)
        assert not acting.done()
        assert not revoking.done()
    await acting
    await revoking
    assert (await living.case(no)).state.stage == "withdrawn"


async def test_a_form_tells_an_agent_nothing_of_what_was_said_in_cases_that_are_not_theirs_to_see(
    living: Living,
):
    living.clock.forward(days=2)  # the newest word counts
    said = {**FOOD, "officer_name": ["吴负责"], "officer_phone": ["19900000055"]}
    firm, house = living.world.subjects[FIRM], living.house
    await living.file("food-licence", "chen", said, FOOD_PAPERS, applicant_id=firm)

    async def offered(who: str) -> list[str]:
        actor = await fresh(living, who)
        async with house.db.transaction() as tx:
            draft = await start(tx, house, actor, house.items.get("food-licence"))
            draft.applicant_id = firm
            await save(tx, house, draft)
        await ask_registers(house, actor, draft.id)
        async with house.db.connection() as conn:
            return (await read(conn, house, actor, draft.id)).raw.get("officer_name", [])

    blind = await mandate(living, "apply")
    assert "吴负责" not in await offered("li"), "only what they filed themselves"
    await end(house, await fresh(living, "chen"), blind)
    seeing = await mandate(living, "apply", "see")
    assert await offered("li") == ["吴负责"]
    await end(house, await fresh(living, "chen"), seeing)
