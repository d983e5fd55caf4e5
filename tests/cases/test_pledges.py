"""Promises, papers that follow, the look before acceptance, and who handles a case: what a story does not show."""

from uuid import uuid4

import orjson
import pytest

from services.cases.private import commitment, read_private
from services.cases.resubmitting import supply
from services.cases.worklists import BY_SLUG, worklist
from services.errors import Invalid, KeyReused, NotAllowed, NotExpected
from services.law import chain
from services.law.policy import reach
from services.law.stages import Stage
from tests.cases.test_life import settle
from tests.living import FOOD, FOOD_PAPERS, GAPS, PROMISE, SITE_CHECK, Living

FIRM = "湖南示例餐饮有限公司"
HEALTH = FOOD_PAPERS[2:]
ACCEPTED = ("acceptance#1", "accept", "clerk", {})


async def file(living: Living, more: dict, papers: list) -> str:
    firm = living.world.subjects[FIRM]
    no = (await living.file("food-licence", "chen", FOOD | more, papers, applicant_id=firm)).case_no
    await living.engine(no)
    return no


async def hand_in(
    living: Living, no: str, papers: list, token: str | None = None, task: str = "supply_late#1"
):
    async with living.house.db.transaction() as tx:
        task_id = await tx.fetchval("SELECT id FROM task WHERE case_no = $1 AND key = $2", no, task)
        return await supply(
            tx, living.house, living.world.actors["chen"], task_id=task_id, case_no=no, papers=papers,
            token=token or uuid4().hex,
        )  # fmt: skip


async def mine(living: Living, who: str) -> set[str]:
    actor = living.world.actors[who]
    async with living.house.db.connection() as conn:
        rows = await worklist(conn, BY_SLUG["mine"], reach(actor), actor.id, living.house.now(), limit=200)
    return {f"{r['case_no']} {r['step']}" for r in rows}


# signing


@pytest.mark.parametrize(
    ("more", "papers", "missing"),
    [
        ({"way": ["promise"]}, [], {"promise_signed", "signer"}),
        ({"way": ["promise"], "promise_signed": ["no"], "signer": ["陈示例"]}, [], {"promise_signed"}),
        ({}, FOOD_PAPERS[:2], {"gaps_signed", "signer"}),
        ({"gaps_signed": ["yes"]}, FOOD_PAPERS[:2], {"signer"}),
        # A promise to supply secondary papers is none to supply the main ones.
        (GAPS, [], {"material:layout", "material:safety-rules"}),
    ],
)
async def test_nothing_is_filed_upon_a_promise_that_is_not_signed(living: Living, more, papers, missing):
    with pytest.raises(Invalid) as refused:
        await file(living, more, papers)
    assert set(refused.value.problems) == missing


async def test_whoever_does_not_choose_goes_the_ordinary_way(living: Living):
    no = await file(living, {"way": ["ordinary"]}, FOOD_PAPERS)
    assert not (await living.case(no)).state.by_promise
    assert "promise_signed" not in await living.kinds(no)


async def test_who_signed_is_sealed_and_the_log_keeps_only_a_commitment(living: Living):
    no = await file(living, PROMISE, [])
    async with living.house.db.connection() as conn:
        body = await conn.fetchval("SELECT body FROM case_event WHERE case_no = $1 AND key = 'promise#1'", no)
        sealed = await conn.fetchval("SELECT sealed FROM event_private WHERE case_no = $1", no)
        private = await read_private(conn, living.house, no)
    event = chain.read(body)
    assert "陈示例" not in body
    kept = orjson.loads(living.house.vault.open(sealed, where=f"event_private|{no}|{event.seq}"))["signer"]
    assert event.data["signer"] == {"commitment": commitment(kept["salt"], "陈示例")}
    assert private[event.seq] == {"signer": "陈示例"}


# papers that follow


async def test_papers_come_in_one_by_one_and_a_repeat_is_the_same_act(living: Living):
    no = await file(living, GAPS, FOOD_PAPERS[:2])
    await settle(living, no, ACCEPTED)
    first = await hand_in(living, no, HEALTH, token="the-very-same")
    again = await hand_in(living, no, HEALTH, token="the-very-same")
    assert (again.seq, again.repeated) == (first.seq, True)
    with pytest.raises(KeyReused):
        await hand_in(living, no, FOOD_PAPERS[:1], token="the-very-same")
    async with living.house.db.connection() as conn:
        n = await conn.fetchval(
            "SELECT count(*) FROM material WHERE case_no = $1 AND code = 'health-certificates'", no
        )
    assert n == 1


async def test_the_engine_learns_how_many_are_left_and_nothing_else(living: Living):
    no = await file(living, GAPS, FOOD_PAPERS[:2])
    await settle(living, no, ACCEPTED)
    await hand_in(living, no, HEALTH)
    rehearsal = await living.engine(no)
    facts = rehearsal.desk._answers["supply_late#1"].facts
    assert facts == {"left": "0", "command": "supply_late"}


async def test_a_hearing_and_a_gap_are_both_waited_for_and_said_in_their_own_words(living: Living):
    no = await file(living, GAPS, FOOD_PAPERS[:2])
    await settle(
        living, no, ACCEPTED, ("site_check#1", "record_site_check", "reviewer", SITE_CHECK),
        ("review#1", "recommend_grant", "reviewer", {}),
    )  # fmt: skip
    with pytest.raises(NotExpected, match="promised are still to come"):
        await living.act(no, "decision#1", "grant", "director")
    with pytest.raises(NotExpected, match="promised are still to come"):
        await living.act(
            no, "decision#1", "refuse", "director", facts_found="不符", reason="不符", basis="第三十五条"
        )


async def test_what_the_engine_still_wanted_when_silence_ended_the_case_is_not_open(living: Living):
    """The reviewer acts while the engine sleeps past the day by which the papers had to come."""
    no = await file(living, GAPS, FOOD_PAPERS[:2])
    await settle(living, no, ACCEPTED)
    living.clock.forward(days=4)
    checked = {**SITE_CHECK, "checked_on": "2026-11-18"}
    await living.act(no, "site_check#1", "record_site_check", "reviewer", **checked)
    await living.engine(no)
    assert (await living.case(no)).state.stage is Stage.TERMINATED
    async with living.house.db.connection() as conn:
        rows = await conn.fetch(
            "SELECT step FROM task WHERE case_no = $1 AND state = 'open' AND role <> 'supervisor'", no
        )
    assert [r["step"] for r in rows] == ["rating"]


async def test_a_card_of_the_moment_in_which_the_case_ended_can_still_be_closed(living: Living):
    """The check on site and the papers were due on the same day; neither came."""
    no = await file(living, GAPS, FOOD_PAPERS[:2])
    await settle(living, no, ACCEPTED)
    living.clock.forward(days=4)
    await living.engine(no)
    assert (await living.case(no)).state.stage is Stage.TERMINATED
    await settle(
        living, no,
        ("card:T04:site_check#1:due", "close_card", "supervisor", {"ground": "explained", "reason": "已终止"}),
    )  # fmt: skip
    assert "card_closed" in await living.kinds(no)


# a later check


async def test_the_later_check_is_not_before_the_decision(living: Living):
    no = await file(living, PROMISE, [])
    await settle(
        living, no, ACCEPTED, ("decision#1", "grant", "director", {}),
        ("delivery", "deliver", "clerk", {"mode": "direct", "recipient": "陈示例"}),
    )  # fmt: skip
    check = {"officer_1": "何核查", "officer_2": "胡核查", "findings": "一致"}
    for day in ("2026-11-13", "2026-11-17"):
        with pytest.raises(Invalid) as refused:
            await living.act(no, "later_check#1", "confirm_kept", "reviewer", checked_on=day, **check)
        assert set(refused.value.problems) == {"checked_on"}
    with pytest.raises(NotAllowed):
        await living.act(no, "later_check#1", "confirm_kept", "police", checked_on="2026-11-16", **check)


# 分办


async def test_an_assigned_case_is_the_handlers_from_step_to_step(living: Living):
    no = await file(living, {}, FOOD_PAPERS)
    await settle(living, no, ACCEPTED)
    await living.act(no, "assignment#1", "assign", "director", handler="reviewer2")
    await living.engine(no)
    assert f"{no} site_check" in await mine(living, "reviewer2")
    await settle(living, no, ("site_check#1", "record_site_check", "reviewer2", SITE_CHECK))
    assert f"{no} review" in await mine(living, "reviewer2")
    with pytest.raises(NotExpected) as refused:
        await living.act(no, "review#1", "recommend_grant", "reviewer")
    assert refused.value.code == "claimed"
    await living.act(no, "assignment#2", "reassign", "director", handler="reviewer", reason="外出")
    await living.engine(no)
    assert f"{no} review" in await mine(living, "reviewer")
    assert f"{no} review" not in await mine(living, "reviewer2")


async def test_a_case_is_assigned_once_to_a_reviewer_of_its_department(living: Living):
    no = await file(living, {}, FOOD_PAPERS)
    await settle(living, no, ACCEPTED)
    for nobody in ("police", "director", "chen", "no-such-person"):
        with pytest.raises(Invalid):
            await living.act(no, "assignment#1", "assign", "director", handler=nobody)
    await living.act(no, "assignment#1", "assign", "director", handler="reviewer")
    await living.engine(no)
    with pytest.raises(Invalid):
        await living.act(no, "assignment#2", "reassign", "director", handler="reviewer", reason="同一人")


async def test_whoever_presides_over_the_hearing_is_not_the_handler(living: Living):
    """Art. 48(1): the hearing stays open to those who do not review."""
    no = await file(living, {}, FOOD_PAPERS)
    await settle(living, no, ACCEPTED)
    await living.act(no, "assignment#1", "assign", "director", handler="reviewer")
    await living.engine(no)
    await settle(
        living, no,
        ("special#1", "inform_hearing", "reviewer", {"ground": "public", "interests": "邻居", "basis": "第四十六条"}),
        ("hearing_notice#1", "notify_hearing", "reviewer",
         {"held_on": "2026-11-27", "held_at": "9:00", "place": "二楼", "chair": "何核查"}),
    )  # fmt: skip
    async with living.house.db.connection() as conn:
        claimed = await conn.fetchval(
            "SELECT claimed_by FROM task WHERE case_no = $1 AND key = 'hearing#1'", no
        )
    assert claimed is None


async def test_cases_to_assign_wait_in_the_heads_own_queue_by_their_date(living: Living):
    head = living.world.actors["director"]

    async def waiting() -> list[str]:
        async with living.house.db.connection() as conn:
            rows = await worklist(
                conn, BY_SLUG["assign"], reach(head), head.id, living.house.now(), limit=200
            )
        return [r["case_no"] for r in rows if r["due_on"]]

    no = await file(living, {}, FOOD_PAPERS)
    assert no not in await waiting()
    await settle(living, no, ACCEPTED)
    assert no in await waiting()
    await living.act(no, "assignment#1", "assign", "director", handler="reviewer")
    await living.engine(no)
    assert no not in await waiting()

    reviewed = await file(living, {}, FOOD_PAPERS)
    await settle(living, reviewed, ACCEPTED)
    for key, command, values in (
        ("site_check#1", "record_site_check", SITE_CHECK),
        ("review#1", "recommend_grant", {}),
    ):
        assert reviewed in await waiting()
        await living.act(reviewed, key, command, "reviewer", **values)
        await living.engine(reviewed)
    assert reviewed not in await waiting(), "the head decides now: nobody is left to be given anything"
    await living.act(reviewed, "decision#1", "send_back", "director", opinion="请补充意见")
    await living.engine(reviewed)
    assert reviewed in await waiting()
