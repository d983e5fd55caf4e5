"""依申请办件: from receipt to the archive. Licence Law arts 32-44."""

from itertools import count

from services.law.licences import GRANTS
from services.law.roles import Role
from services.law.wants import Entry, Open, Plan, Span, StepPlan
from workflows.desk import Closed, Desk, Errand
from workflows.procedures.beside import Beside

RATING_WINDOW = Span(30, "calendar_days")  # local practice: one rating, within thirty days of the end


class StandardProcedure:
    def __init__(self, desk: Desk, plan: Plan) -> None:
        self.desk, self.plan = desk, plan
        self.beside = Beside(desk, plan)

    async def run(self) -> None:
        """1 receipt, 2 acceptance, 3 review, 4 decision and service, 5 rating, 6 archive."""
        self._document("receipt", "receipt")
        try:
            self.desk.offer(Open("withdrawal", "withdrawal", Role.APPLICANT, ["withdraw"]))
            self.beside.direct()
            if await self.acceptance():
                self.beside.special()
                await self.deliver(await self.review())
        except Closed as end:
            self.beside.end()
            self.desk.acknowledge()
            if end.kind == "deemed_renewed":
                # Licence Law art. 50(2): not decided when the licence ended, and so renewed.
                self.desk.drop_all()
                await self.deliver("granted")
            else:
                self._document("termination", "termination")
        await self.rating()
        await self.desk.say("archived", "archived")
        if self.plan.edition >= 2:
            self.desk.send(Errand("archive", "make_archive", last=True))

    async def acceptance(self) -> bool:
        """受理: the counter has five working days to accept, to ask once for everything missing, or to decline.

        Licence Law art. 32. Silence is acceptance as of the day of receipt. False if the case ended here.
        """
        for round_ in count(1):
            answer = await self.desk.expect(
                Open(
                    f"acceptance#{round_}",
                    "acceptance",
                    Role.CLERK,
                    ["accept", "request_correction", "decline"],
                    self.plan.acceptance,
                    since="received",
                    warn_rule="T01",
                    due_rule="T02",
                    silence="deemed_accepted",
                )
            )
            if answer.kind == "correction_requested":
                if not await self.correction(round_):
                    return False
                continue
            if answer.kind == "declined":
                self._over()
                self._document("non_acceptance", "non_acceptance")
                return False
            self._document("acceptance", "acceptance")
            return True
        raise AssertionError("unreachable")

    async def correction(self, round_: int) -> bool:
        """补正: the applicant's turn. A corrected set is a new receipt; silence until the date told ends the case."""
        self._document(f"correction#{round_}", "correction")
        answer = await self.desk.expect(
            Open(
                f"correction#{round_}",
                "correction",
                Role.APPLICANT,
                ["resubmit"],
                self.plan.correction,
                silence="lapsed",
            )
        )
        if answer.kind != "lapsed":
            return True
        self._over()
        await self.desk.say("terminated", "terminated", reason="not_corrected")
        self._document("termination", "termination")
        return False

    async def review(self) -> str:
        """审查与决定: the item's steps, as often as somebody sends the case back."""
        for round_ in count(1):
            answer = await self._round(round_)
            if answer.kind != "sent_back":
                self._over()
                return answer.kind
        raise AssertionError("unreachable")

    async def _round(self, round_: int) -> Entry:
        """The item's steps in their order, until one sends the case back or the last one decides."""
        *steps, decision = self.plan.steps
        for step in steps:
            answer = await self._step(step, round_)
            if answer.kind == "site_checked" and self.plan.edition >= 2:
                self._document(f"site_check_record#{round_}", "site_check_record")
            if answer.kind == "sent_back":
                return answer
        return await self._step(decision, round_, unlike=[s.code for s in steps])

    async def _step(self, step: StepPlan, round_: int, unlike: list[str] | None = None) -> Entry:
        return await self.desk.expect(
            Open(
                f"{step.code}#{round_}",
                step.code,
                step.role,
                step.commands,
                step.within,
                department=step.department,
                warn_rule="T03",
                due_rule="T04",
                unlike=unlike or [],
                stops=True,
            )
        )

    def _over(self) -> None:
        """Nothing may be done beside the case's own course any more."""
        self.desk.drop("withdrawal")
        self.beside.end()

    async def deliver(self, decision: str) -> None:
        """制证与送达: the decision's document, the licence, and service within ten working days (art. 44)."""
        if decision == "granted":
            issued = None
            if self.plan.licence or self.plan.acts_on:
                issued = await self.desk.errand(Errand("licence", "issue_licence"))
            if self.plan.licence and issued and issued.kind != "licence_unchanged":
                self._document("licence_document", "licence")
            # after the licence, whose number it names
            self._document("grant", GRANTS.get(self.plan.acts_on, "grant"))
        else:
            self._document("refusal", "refusal")
        await self.serve()

    async def serve(self) -> None:
        await self.desk.say("delivery_opened", "delivery_opened")
        await self.desk.expect(
            Open(
                "delivery",
                "delivery",
                Role.CLERK,
                ["deliver"],
                self.plan.delivery,
                since="decided",
                warn_rule="T09W",
                due_rule="T09",
            )
        )
        if self.plan.edition >= 2:
            self._document("service_return", "service_return")
        await self.desk.say("concluded", "concluded")

    async def rating(self) -> None:
        """好差评: voluntary; nobody is asked twice, and silence is no rating."""
        await self.desk.expect(
            Open("rating", "rating", Role.APPLICANT, ["rate"], RATING_WINDOW, silence="rating_lapsed")
        )

    def _document(self, key: str, kind: str) -> None:
        self.desk.send(Errand(f"doc:{key}", "make_document", kind))
