"""依职权办件: the department ends a licence, nobody having asked. Licence Law arts 69, 70."""

from dataclasses import replace

from services.law.roles import Role
from services.law.wants import Open, Plan, Span, StepPlan
from workflows.desk import Closed, Desk, Errand
from workflows.procedures.standard import StandardProcedure

# The law sets no time for it (arts 7, 36 give the right); local practice.
PLEA = Span(5, "working_days")
DOCUMENTS = {"revoked": "revocation", "struck_off": "striking_off", "left": "no_measure"}


class OfficialProcedure(StandardProcedure):
    """1 the holder is told and heard, 2 review, 3 decision and service, 4 archive. No acceptance: nobody applied."""

    def __init__(self, desk: Desk, plan: Plan) -> None:
        hearing = [s for s in plan.steps if "inform_holder" in s.commands]
        super().__init__(desk, replace(plan, steps=[s for s in plan.steps if s not in hearing]))
        self.hearing = hearing

    async def run(self) -> None:
        try:
            self.desk.offer(
                Open("direction", "direction", Role.DIRECTOR, ["terminate", "void"], standing=True)
            )
            for step in self.hearing:
                await self.hear(step)
            await self.take_measure(await self.review())
        except Closed:
            self.desk.acknowledge()
            self._document("termination", "termination")
        await self.desk.say("archived", "archived")
        self.desk.send(Errand("archive", "make_archive", last=True))

    async def hear(self, step: StepPlan) -> None:
        """告知和陈述申辩: what the department thinks of doing and why, and what the holder has to say to it."""
        await self._step(step, 1)
        self._document("plea_notice", "plea_notice")
        await self.desk.expect(
            Open("plea", "plea", Role.APPLICANT, ["plead", "waive_plea"], PLEA, silence="plea_waived")
        )

    async def take_measure(self, decision: str) -> None:
        self.desk.drop("direction")
        if decision != "left":
            await self.desk.errand(Errand("licence", "issue_licence"))
        self._document("decision", DOCUMENTS[decision])
        await self.serve()
