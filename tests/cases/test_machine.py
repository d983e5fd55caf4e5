"""The life of a licence case against a small reference model, in every order that Hypothesis can think of."""

import asyncio
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from services.cases.clocks import case_clocks
from services.cases.resubmitting import resubmit
from services.errors import NotAllowed, NotExpected
from services.law import chain
from services.law.case import CaseState, apply
from services.law.clock import legal_date
from services.law.stages import Stage
from tests.living import FOOD, FOOD_PAPERS, MORNING, SITE_CHECK, Living

DEFECTS = [{"code": "layout", "defect": "没有标注比例", "fix": "按 1:100 重新绘制"}]
REASONS = {"facts_found": "场所与图纸不符", "reason": "不符合条件", "basis": "食品安全法第三十五条"}
VALUES = {
    "record_site_check": SITE_CHECK,
    "decline": {"category": "not_ours", "reason": "不属于本机关职权", "competent_body": "市局"},
    "recommend_refuse": {"opinion": "不符合条件"},
    "refuse": REASONS,
    "send_back": {"opinion": "请补充核查"},
    "deliver": {"mode": "post", "recipient": "陈示例"},
    "rate": {"score": "4"},
    "start_special": {"kind": "expert_review", "basis": "《食品安全法》", "body": "专家库", "days": 5},
    "end_special": {"result": "评审通过"},
    "suspend": {
        "kind": "proceedings",
        "basis": "《行政诉讼法》",
        "reason": "等待判决",
        "expected_end": "2027-12-31",
    },
    "resume": {"reason": "判决生效"},
    "extend": {"reason": "案情复杂"},
    "terminate": {"kind": "impossible", "basis": "《行政许可法》", "reason": "场所已拆除"},
    "void": {"kind": "duplicate", "reason": "重复录入"},
    "inform_hearing": {"ground": "interests", "interests": "相邻商户", "basis": "《行政许可法》第四十七条"},
}
# The model: what stands open -> what each command leads to. That is the whole life cycle.
LIFE = {
    "acceptance": {"accept": "site_check", "request_correction": "correction", "decline": "ended"},
    "correction": {"resubmit": "acceptance"},
    "site_check": {"record_site_check": "review"},
    "review": {"recommend_grant": "decision", "recommend_refuse": "decision", "send_back": "site_check"},
    "decision": {"grant": "delivery", "refuse": "delivery", "send_back": "site_check"},
    "delivery": {"deliver": "ended"},
    "ended": {"rate": "archived"},
    "archived": {},
}
DOER = {
    "acceptance": "clerk", "correction": "chen", "site_check": "reviewer", "review": "reviewer2",
    "decision": "director", "delivery": "clerk", "ended": "chen", "withdrawal": "chen",
}  # fmt: skip
WITHDRAWABLE = {"acceptance", "correction", "site_check", "review", "decision"}
REVIEWING = {"site_check", "review", "decision"}
# What runs beside the case's own course: what starts it, on which standing task, by whom, and what is then awaited.
BESIDE = {
    "special_end": ("start_special", "special", "reviewer", "end_special"),
    "resume": ("suspend", "direction", "director", "resume"),
}
EVERYBODY = ("chen", "li", "clerk", "reviewer", "reviewer2", "director", "supervisor", "agent", "admin")


class Lives(RuleBasedStateMachine):
    """One case; `step` is the model's whole memory."""

    def __init__(self, runner: asyncio.Runner, living: Living) -> None:
        super().__init__()
        self.run, self.living = runner.run, living
        self.beside: dict[str, str] = {}  # what is awaited beside -> its task
        self.extended = False

    @initialize()
    def file(self):
        self.living.clock.now = MORNING
        firm = self.living.world.subjects["湖南示例餐饮有限公司"]
        receipt = self.run(self.living.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=firm))
        self.no, self.step = receipt.case_no, "acceptance"
        self.settle()

    def settle(self):
        self.run(self.living.engine(self.no))

    def open_tasks(self):
        async def read():
            async with self.living.house.db.connection() as conn:
                return await conn.fetch(
                    "SELECT id, key, step, commands FROM task WHERE case_no = $1 AND state = 'open' "
                    "AND step <> 'card' AND NOT standing ORDER BY id", self.no,
                )  # fmt: skip

        return self.run(read())

    def task_key(self, step):
        return next(
            t["key"] for t in self.open_tasks() if t["step"] == ("rating" if step == "ended" else step)
        )

    @rule(data=st.data())
    @precondition(lambda self: LIFE[self.step])
    def somebody_does_what_is_expected(self, data):
        command = data.draw(st.sampled_from(sorted(LIFE[self.step])), label="command")
        if command == "resubmit":
            self.correct()
        elif command in ("grant", "refuse") and self.beside:
            with pytest.raises(NotExpected):
                self.act(self.task_key("decision"), command, "director")
            return
        else:
            self.run(
                self.living.act(
                    self.no, self.task_key(self.step), command, DOER[self.step],
                    defects=DEFECTS if command == "request_correction" else (), **self.values(command),
                )
            )  # fmt: skip
        self.step = LIFE[self.step][command]
        self.settle()

    def values(self, command):
        today = {"checked_on": legal_date(self.living.house.now()).isoformat()}
        return VALUES.get(command, {}) | (today if command == "record_site_check" else {})

    def act(self, task, command, who):
        self.run(self.living.act(self.no, task, command, who, **VALUES.get(command, {})))

    def standing(self, step):
        async def read():
            async with self.living.house.db.connection() as conn:
                return await conn.fetchval(
                    "SELECT key FROM task WHERE case_no = $1 AND step = $2 AND standing AND state = 'open'",
                    self.no, step,
                )  # fmt: skip

        return self.run(read())

    @rule(what=st.sampled_from(sorted(BESIDE)))
    @precondition(lambda self: self.step in REVIEWING)
    def something_begins_beside_the_review(self, what):
        if what in self.beside:
            return
        command, step, who, _ = BESIDE[what]
        key = self.standing(step)
        self.act(key, command, who)
        self.settle()
        self.beside[what] = f"{what}#{key.partition('#')[2]}"

    @rule(what=st.sampled_from(sorted(BESIDE)))
    @precondition(lambda self: self.beside)
    def it_ends(self, what):
        if what in self.beside:
            self.act(self.beside.pop(what), BESIDE[what][3], BESIDE[what][2])
            self.settle()

    @rule()
    @precondition(lambda self: self.step in REVIEWING and not self.beside)
    def the_head_extends_the_limit_once_and_in_time(self):
        case = self.run(self.living.case(self.no))
        late = self.living.house.now() >= case_clocks(case, self.living.house).statutory.at
        if self.extended or late:
            with pytest.raises(NotExpected):
                self.act(self.standing("direction"), "extend", "director")
        else:
            self.act(self.standing("direction"), "extend", "director")
            self.settle()
            self.extended = True

    @rule(command=st.sampled_from(["terminate", "void"]))
    @precondition(lambda self: self.step in WITHDRAWABLE)
    def the_head_ends_it(self, command):
        self.act(self.standing("direction"), command, "director")
        self.step = "ended"
        self.beside.clear()
        self.settle()

    def correct(self):
        async def again():
            task = next(t for t in await self._rows() if t["step"] == "correction")
            async with self.living.house.db.transaction() as tx:
                await resubmit(
                    tx, self.living.house, self.living.world.actors["chen"], task_id=task["id"], case_no=self.no,
                    raw=FOOD, papers=FOOD_PAPERS, token=uuid4().hex,
                )  # fmt: skip

        self.run(again())

    async def _rows(self):
        async with self.living.house.db.connection() as conn:
            return await conn.fetch(
                "SELECT id, step FROM task WHERE case_no = $1 AND state = 'open'", self.no
            )

    @rule()
    @precondition(lambda self: self.step in WITHDRAWABLE)
    def the_applicant_withdraws(self):
        self.run(self.living.act(self.no, "withdrawal", "withdraw", "chen"))
        self.step = "ended"
        self.beside.clear()
        self.settle()

    @rule(
        who=st.sampled_from(EVERYBODY),
        command=st.sampled_from([*sorted(VALUES), "accept", "grant", "withdraw"]),
    )
    def anybody_tries_anything(self, who, command):
        """What the model does not expect is refused and leaves no trace."""
        tasks = self.open_tasks()
        if not tasks:
            return
        task = tasks[0]
        wanted = LIFE[self.step].keys() | ({"withdraw"} if self.step in WITHDRAWABLE else set())
        if command in wanted | {BESIDE[what][3] for what in self.beside}:
            return
        before = self.run(self.living.kinds(self.no))
        with pytest.raises((NotExpected, NotAllowed)):
            self.run(self.living.act(self.no, task["key"], command, who, **VALUES.get(command, {})))
        assert self.run(self.living.kinds(self.no)) == before

    @rule(days=st.integers(1, 4))
    def days_pass(self, days):
        self.living.clock.forward(days=days)
        self.settle()
        kinds = self.run(self.living.kinds(self.no))
        if self.step == "acceptance" and not any(t["step"] == "acceptance" for t in self.open_tasks()):
            assert "deemed_accepted" in kinds
            self.step = "site_check"
        if self.step == "correction" and "lapsed" in kinds:
            self.step = "ended"
        if self.step == "ended" and "rating_lapsed" in kinds:
            self.step = "archived"

    @rule()
    def the_engine_is_lost_and_replaced(self):
        before = self.run(self.living.kinds(self.no))
        self.run(self.living.running.pop(self.no).stop())
        self.settle()
        assert self.run(self.living.kinds(self.no)) == before

    @invariant()
    def the_open_tasks_are_what_the_model_expects(self):
        commands = {c for t in self.open_tasks() for c in t["commands"]}
        withdraw = {"withdraw"} if self.step in WITHDRAWABLE else set()
        assert commands == LIFE[self.step].keys() | withdraw | {BESIDE[what][3] for what in self.beside}

    @invariant()
    def the_row_is_the_fold_of_the_log_and_the_chain_holds(self):
        async def read():
            async with self.living.house.db.connection() as conn:
                rows = await conn.fetch(
                    "SELECT seq, body, hash FROM case_event WHERE case_no = $1 ORDER BY seq", self.no
                )
                return rows, await conn.fetchrow("SELECT head, seq, stage FROM cases WHERE no = $1", self.no)

        rows, case_row = self.run(read())
        assert [r["seq"] for r in rows] == list(range(1, case_row["seq"] + 1))
        assert chain.verify([(r["seq"], r["body"], r["hash"]) for r in rows], case_row["head"]).broken is None
        state = CaseState(stage=Stage.RECEIVED)
        for r in rows:
            apply(state, chain.read(r["body"]))
        assert state == self.run(self.living.case(self.no)).state


def test_a_licence_case_lives_as_the_model_says(database_urls, tmp_path):
    with asyncio.Runner() as runner:
        living = runner.run(Living.move_in(database_urls.app, tmp_path))
        try:
            run_state_machine_as_test(
                lambda: Lives(runner, living),
                settings=settings(
                    max_examples=25, stateful_step_count=14, deadline=None, derandomize=True,
                    suppress_health_check=list(HealthCheck),
                ),
            )  # fmt: skip
        finally:
            runner.run(living.leave())
