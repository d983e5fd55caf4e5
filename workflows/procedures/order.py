"""12345 工单: register, dispatch, sign for, handle, reply, call back, close. The hotline is not another system."""

from itertools import count

from services.law.roles import Role
from services.law.wants import Entry, Open, Plan, StepPlan
from workflows.desk import Desk, Errand
from workflows.procedures.amends import make_amends
from workflows.procedures.standard import RATING_WINDOW

REWORKS = 2  # 重办: at most twice, then the order closes as unsolved and supervision takes over


class OrderProcedure:
    def __init__(self, desk: Desk, plan: Plan) -> None:
        self.desk, self.plan = desk, plan
        self.steps = {s.code: s for s in plan.steps}

    async def run(self) -> None:
        outcome = await self.handle()
        await self.desk.say("order_closed", "order_closed", outcome=outcome)
        if self.plan.linked:
            self.desk.send(Errand("linked:closed", "tell_linked", outcome))
        answer = await self.desk.expect(
            Open("rating", "rating", Role.APPLICANT, ["rate"], RATING_WINDOW, silence="rating_lapsed")
        )
        if self.plan.edition >= 2:
            await make_amends(self.desk, answer)

    async def handle(self) -> str:
        """From triage to a caller who is answered: solved, unsolved, not_reached or out_of_scope."""
        answer = await self.dispatch()
        if answer.kind == "order_declined":
            return "out_of_scope"
        for rework in count():
            if answer.kind != "replied" or rework:
                answer = await self._step(
                    "handle", f"handle#{rework + 1}", unlike=["handle"] if rework else []
                )
            self.desk.send(Errand(f"doc:reply#{rework + 1}", "make_document", "order_reply"))
            back = await self._step("callback", f"callback#{rework + 1}")
            if back.facts.get("reached") in ("no", "False", "false"):
                return "not_reached"  # counted apart: an unreachable caller is not a satisfied one
            if back.facts.get("solved") != "no" and back.facts.get("satisfied") != "no":
                return "solved"
            if rework == REWORKS:
                return "unsolved"
            await self.desk.say(f"rework#{rework + 1}", "reworked")
        raise AssertionError("unreachable")

    async def dispatch(self) -> Entry:
        """研判、派单、签收: a unit may return an order that is not its own; the caller's clock does not start again."""
        for round_ in count(1):
            answer = await self._step("triage", f"triage#{round_}")
            if answer.kind != "dispatched":
                return answer
            answer = await self._step("sign", f"sign#{round_}")
            if answer.kind != "order_returned":
                return answer
        raise AssertionError("unreachable")

    async def _step(self, code: str, key: str, unlike: list[str] | None = None) -> Entry:
        step: StepPlan = self.steps[code]
        return await self.desk.expect(
            Open(
                key,
                code,
                step.role,
                step.commands,
                step.within,
                department=step.department,
                warn_rule="H01W",
                due_rule="H01",
                unlike=unlike or [],
            )
        )
