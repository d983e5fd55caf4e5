"""What happens beside a case's own course, as the law words it: Licence Law arts 42, 45-48."""

from datetime import UTC, date, datetime

import pytest

from services.cases.clocks import case_clocks
from services.errors import Invalid, NotAllowed, NotExpected
from tests.cases.test_life import file_food, settle
from tests.living import SITE_CHECK, Living

EXPERTS = {"kind": "expert_review", "basis": "《食品安全法》第三十五条", "body": "省专家库", "days": 14}
HEARING = {"ground": "interests", "interests": "相邻商户的排烟", "basis": "《行政许可法》第四十七条"}
MINUTES = {"participants": "陈示例、相邻商户", "opinions": "各方意见已记录", "conclusion": "可以准予"}


@pytest.fixture(scope="module")
async def home(database_urls, tmp_path_factory) -> Living:
    """It is 2025, before these items were in force."""
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"), any_year=True)
    yield home
    await home.leave()


def morning(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 1, 30, tzinfo=UTC)  # 9:30 in Shanghai


async def accepted(living: Living, on: date) -> str:
    living.clock.now = morning(on)
    no = await file_food(living)
    await settle(living, no, ("acceptance#1", "accept", "clerk", {}))
    return no


async def statutory(living: Living, no: str):
    return case_clocks(await living.case(no), living.house).statutory


async def test_an_expert_review_stops_the_clock_from_its_start_to_its_end(living: Living):
    # Ten working days from Monday 2025-05-12 end on 05-26; five are used when the review begins.
    no = await accepted(living, date(2025, 5, 12))
    assert (await statutory(living, no)).on == date(2025, 5, 26)
    living.clock.now = morning(date(2025, 5, 19))
    await settle(living, no, ("special#1", "start_special", "reviewer", EXPERTS))
    stopped = await statutory(living, no)
    assert (stopped.open, stopped.on) == (True, None)
    living.clock.now = morning(date(2025, 6, 5))
    await settle(living, no, ("special_end#1", "end_special", "reviewer", {"result": "评审通过"}))
    assert (await statutory(living, no)).on == date(2025, 6, 12)


async def test_a_step_of_the_review_stands_still_with_the_clock(living: Living):
    no = await accepted(living, date(2025, 5, 12))
    before = await due_on(living, no, "site_check#1")
    await settle(living, no, ("special#1", "start_special", "reviewer", EXPERTS))
    assert (before, await due_on(living, no, "site_check#1")) == (date(2025, 5, 15), None)
    living.clock.now = morning(date(2025, 5, 20))
    await settle(living, no, ("special_end#1", "end_special", "reviewer", {"result": "通过"}))
    assert await due_on(living, no, "site_check#1") == date(2025, 5, 23)


async def due_on(living: Living, no: str, task: str) -> date | None:
    async with living.house.db.connection() as conn:
        return await conn.fetchval("SELECT due_on FROM task WHERE case_no = $1 AND key = $2", no, task)


async def test_overlapping_stops_count_once(living: Living):
    no = await accepted(living, date(2025, 5, 12))
    await settle(living, no, ("special#1", "start_special", "reviewer", EXPERTS))
    living.clock.now = morning(date(2025, 5, 14))
    testing = EXPERTS | {"kind": "testing", "body": "市检测中心"}
    await settle(living, no, ("special#2", "start_special", "reviewer", testing))
    living.clock.now = morning(date(2025, 5, 16))
    await settle(living, no, ("special_end#1", "end_special", "reviewer", {"result": "通过"}))
    assert (await statutory(living, no)).open, "the other procedure still stops it"
    living.clock.now = morning(date(2025, 5, 20))
    await settle(living, no, ("special_end#2", "end_special", "reviewer", {"result": "合格"}))
    # From 05-13 to 05-20 nothing counts, whoever was at it: six working days, not four and four.
    assert (await statutory(living, no)).on == date(2025, 6, 4)


async def test_a_special_procedure_longer_than_told_is_a_yellow_card(living: Living):
    no = await accepted(living, date(2025, 5, 12))
    await settle(living, no, ("special#1", "start_special", "reviewer", EXPERTS | {"days": 2}))
    living.clock.now = morning(date(2025, 5, 15))
    await living.engine(no)
    assert "T08" in await cards(living, no)


async def cards(living: Living, no: str) -> list[str]:
    async with living.house.db.connection() as conn:
        return [r["rule"] for r in await conn.fetch("SELECT rule FROM card WHERE case_no = $1", no)]


async def test_a_site_check_does_not_stop_the_clock(living: Living):
    no = await accepted(living, date(2025, 5, 12))
    before = await statutory(living, no)
    living.clock.now = morning(date(2025, 5, 14))
    check = SITE_CHECK | {"checked_on": "2025-05-14"}
    await settle(living, no, ("site_check#1", "record_site_check", "reviewer", check))
    assert (await statutory(living, no)).on == before.on


@pytest.mark.parametrize(
    ("day", "why"), [("2025-05-11", "before its acceptance"), ("2025-05-15", "in the future")]
)
async def test_a_site_check_is_dated_within_the_review(living: Living, day: str, why: str):
    no = await accepted(living, date(2025, 5, 12))
    living.clock.now = morning(date(2025, 5, 14))
    with pytest.raises(Invalid) as refused:
        await living.act(
            no, "site_check#1", "record_site_check", "reviewer", **SITE_CHECK | {"checked_on": day}
        )
    assert list(refused.value.problems) == ["checked_on"], why


async def test_the_clock_cannot_stop_before_acceptance(living: Living):
    no = await file_food(living)
    async with living.house.db.connection() as conn:
        assert not await conn.fetchval("SELECT 1 FROM task WHERE case_no = $1 AND step = 'special'", no)


async def test_a_decision_waits_for_the_hearing_and_rests_on_its_record(living: Living):
    no = await accepted(living, date(2025, 6, 27))
    await settle(
        living, no,
        ("site_check#1", "record_site_check", "reviewer", SITE_CHECK | {"checked_on": "2025-06-27"}),
        ("review#1", "recommend_grant", "reviewer", {}),
        ("special#1", "inform_hearing", "reviewer", HEARING),
    )  # fmt: skip
    assert await due_on(living, no, "hearing_request#1") == date(2025, 7, 4), "five working days to ask"
    living.clock.now = morning(date(2025, 7, 3))
    await settle(living, no, ("hearing_request#1", "request_hearing", "chen", {}))
    with pytest.raises(NotExpected) as waits:
        await living.act(no, "decision#1", "grant", "director")
    assert waits.value.code == "pending"
    notice = {"held_on": "2025-07-25", "held_at": "9:30", "place": "二楼会议室", "chair": "何核查"}
    living.clock.now = morning(date(2025, 7, 17))
    with pytest.raises(Invalid):  # 07-16 was the last day: seven working days before
        await living.act(no, "hearing_notice#1", "notify_hearing", "reviewer", **notice)
    living.clock.now = morning(date(2025, 7, 16))
    await settle(living, no, ("hearing_notice#1", "notify_hearing", "reviewer", notice))
    assert await due_on(living, no, "hearing#1") == date(2025, 7, 31), "twenty working days to hold it"
    living.clock.now = morning(date(2025, 7, 25))
    with pytest.raises(NotAllowed):  # art. 48: who presides is none of the reviewers
        await living.act(no, "hearing#1", "record_hearing", "reviewer", held_on="2025-07-25", **MINUTES)
    await settle(
        living, no, ("hearing#1", "record_hearing", "reviewer2", {"held_on": "2025-07-25"} | MINUTES)
    )
    await settle(living, no, ("decision#1", "grant", "director", {}))
    assert (await living.case(no)).state.outcome == "granted"


async def test_who_says_nothing_for_five_working_days_wants_no_hearing(living: Living):
    no = await accepted(living, date(2025, 6, 27))
    await settle(living, no, ("special#1", "inform_hearing", "reviewer", HEARING))
    before = await statutory(living, no)
    living.clock.now = morning(date(2025, 7, 7))
    await living.engine(no)
    assert "hearing_waived" in await living.kinds(no)
    assert (await statutory(living, no)).on == before.on, "nothing was held, so nothing stopped"
    assert not (await living.case(no)).state.pending


async def test_a_hearing_may_not_be_later_than_twenty_working_days_after_its_request(living: Living):
    no = await accepted(living, date(2025, 6, 27))
    await settle(living, no, ("special#1", "inform_hearing", "reviewer", HEARING | {"ground": "public"}))
    with pytest.raises(Invalid):
        await living.act(
            no, "hearing_notice#1", "notify_hearing", "reviewer",
            held_on="2025-07-28", held_at="9:30", place="二楼", chair="何核查",
        )  # fmt: skip


async def test_a_public_notice_runs_its_days_takes_objections_and_stops_nothing(living: Living):
    no = await accepted(living, date(2025, 5, 12))
    before = (await statutory(living, no)).on
    text = {"text": "拟准予许可，现予公示。", "basis": "《行政许可法》第四十条", "days": 7}
    await settle(
        living, no,
        ("special#1", "publish_notice", "reviewer", text),
        ("notice#1.1", "record_objection", "reviewer", {"objector": "赵邻居", "content": "油烟扰民"}),
    )  # fmt: skip
    assert (await statutory(living, no)).on == before
    with pytest.raises(NotExpected):
        await living.act(no, "notice#1.2", "end_notice", "reviewer", result="dismissed")
    living.clock.now = morning(date(2025, 5, 20))
    await settle(living, no, ("notice#1.2", "end_notice", "reviewer", {"result": "dismissed"}))
    assert not (await living.case(no)).state.pending


async def test_the_head_extends_once_before_the_limit_and_the_promise_stays(living: Living):
    no = await accepted(living, date(2025, 4, 21))
    promised = case_clocks(await living.case(no), living.house).promised.on
    assert (await statutory(living, no)).on == date(2025, 5, 7)
    await settle(living, no, ("direction#1", "extend", "director", {"reason": "核查面广"}))
    assert (await statutory(living, no)).on == date(2025, 5, 21)
    assert case_clocks(await living.case(no), living.house).promised.on == promised
    with pytest.raises(NotExpected):
        await living.act(no, "direction#2", "extend", "director", reason="再延长")


async def test_nobody_else_extends_and_nobody_after_the_limit(living: Living):
    no = await accepted(living, date(2025, 4, 21))
    with pytest.raises(NotAllowed):
        await living.act(no, "direction#1", "extend", "reviewer", reason="我来延长")
    living.clock.now = morning(date(2025, 5, 8))
    await living.engine(no)
    with pytest.raises(NotExpected):
        await living.act(no, "direction#1", "extend", "director", reason="迟了")


async def test_a_suspension_needs_a_basis_and_an_end_and_a_long_one_is_a_card(living: Living):
    no = await accepted(living, date(2025, 5, 12))
    stay = {
        "kind": "proceedings",
        "basis": "《行政诉讼法》",
        "reason": "等待判决",
        "expected_end": "2025-07-01",
    }
    with pytest.raises(Invalid):
        await living.act(no, "direction#1", "suspend", "director", **stay | {"basis": ""})
    await settle(living, no, ("direction#1", "suspend", "director", stay))
    assert (await statutory(living, no)).open
    living.clock.now = morning(date(2025, 6, 30))
    await living.engine(no)
    assert "P09" in await cards(living, no)
    assert "T07" not in await cards(living, no)
    await settle(living, no, ("resume#1", "resume", "director", {"reason": "判决生效"}))
    assert (await statutory(living, no)).on == date(2025, 7, 14)


@pytest.mark.parametrize(("command", "stage"), [("terminate", "terminated"), ("void", "voided")])
async def test_the_head_ends_a_case_with_a_reason_and_nothing_of_it_is_deleted(
    living: Living, command: str, stage: str
):
    no = await file_food(living)
    reason = {"terminate": {"kind": "gone", "basis": "《行政许可法》第七十条"}, "void": {"kind": "duplicate"}}
    await settle(living, no, ("direction#1", command, "director", reason[command] | {"reason": "查明属实"}))
    case = await living.case(no)
    assert case.state.stage == stage
    assert await living.kinds(no) == ["submitted", *["task_opened"] * 3, stage, "task_opened"]
