"""依申请办件: from receipt to the archive. Licence Law arts 32-44."""

import asyncio
from itertools import count

from services.law.licences import GRANTS
from services.law.roles import Role
from services.law.wants import Entry, Open, Plan, Span, StepPlan
from workflows.desk import Closed, Desk, Errand
from workflows.procedures.amends import make_amends
from workflows.procedures.beside import Beside
from workflows.procedures.fees import Fees
from workflows.procedures.pledges import Pledges

RATING_WINDOW = Span(30, "calendar_days")  # local practice: one rating, within thirty days of the end


class StandardProcedure:
    def __init__(self, desk: Desk, plan: Plan) -> None:
        self.desk, self.plan = desk, plan
        self.fees = Fees(desk, plan)
        self.pledges = Pledges(desk, plan)
        self.beside = Beside(desk, plan, self.pledges)
        self.checking: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """1 receipt, 2 acceptance, 3 review, 4 decision and service, 5 rating, 6 archive.

        Upon a promise (告知承诺) there is no review, and between service and the archive a check.
        """
        self._document("receipt", "receipt")
        try:
            self.desk.offer(Open("withdrawal", "withdrawal", Role.APPLICANT, ["withdraw"]))
            self.beside.direct()
            if accepted := await self.acceptance():
                self.beside.accepted(accepted)
                self.fees.at_acceptance()
                decision = await self.review()
                await (self.send_up() if decision == "forwarded" else self.deliver(decision))
        except Closed as closed:
            self.beside.end()
            self.desk.acknowledge()
            if closed.kind == "deemed_renewed":
                # Licence Law art. 50(2): not decided when the licence ended, and so renewed.
                self.desk.drop_all()
                await self.deliver("granted")
            else:
                self._document("termination", "termination")
                await self.fees.ended(closed.kind)
        await self.rating()
        await self.fees.settled()
        if self.checking:
            await self.checking
        await self.desk.say("archived", "archived")
        if self.plan.edition >= 2:
            self.desk.send(Errand("archive", "make_archive", last=True))

    async def acceptance(self) -> Entry | None:
        """受理: the counter has five working days to accept, to ask once for everything missing, or to decline.

        Licence Law art. 32. Silence is acceptance as of the day of receipt. None if the case ended here.
        """
        self._precheck()
        for round_ in count(1):
            self.pledges.read(round_)
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
            self.desk.drop("precheck")
            if answer.kind == "correction_requested":
                if not await self.correction(round_):
                    return None
                continue
            if answer.kind == "declined":
                self._over()
                self._document("non_acceptance", "non_acceptance")
                return None
            self._document("acceptance", "acceptance")
            return answer
        raise AssertionError("unreachable")

    def _precheck(self) -> None:
        """预审 runs inside the days for acceptance, which wait for nothing; acceptance or a notice ends it."""
        if self.plan.precheck and self.plan.edition >= 2:
            self.desk.offer(
                Open(
                    "precheck",
                    "precheck",
                    Role.CLERK,
                    ["pass_precheck", "remark_precheck"],
                    self.plan.precheck,
                    since="received",
                    due_rule="T11",
                )
            )

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
        """审查与决定: the item's steps, as often as somebody sends the case back; upon a promise the decision alone."""
        if self.pledges.promise:
            answer = await self._step(self.pledges.decision(), 1)
            self._over()
            return answer.kind
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

    async def send_up(self) -> None:
        """转报: the upper level's case is filed with the same answers and papers (arts 35, 43); this one ends here."""
        await self.desk.errand(Errand("upper", "file_upper"))
        self._document("transfer", "transfer")

    def _over(self) -> None:
        """Nothing may be done beside the case's own course any more."""
        self.desk.drop("withdrawal")
        self.beside.end()

    async def deliver(self, decision: str) -> None:
        """制证与送达: the decision's document, the licence, and service within ten working days (art. 44).

        Where the licence is to be paid for first, the ten days are counted from the payment: before it nobody may serve.
        """
        since = "decided"
        if decision == "granted":
            since = await self.fees.at_grant() or since
            if self.plan.licence or self.plan.acts_on:
                issued = await self.desk.errand(Errand("licence", "issue_licence"))
                if self.plan.licence and issued.kind != "licence_unchanged":
                    self._document("licence_document", "licence")
            # after the licence, whose number it names
            self._document("grant", GRANTS.get(self.plan.acts_on, "grant"))
        else:
            self._document("refusal", "refusal")
            await self.fees.refused()
        await self.serve(since)
        if self.pledges.promise and decision == "granted":
            self.checking = self.desk.start(self.pledges.later_check())

    async def serve(self, since: str = "decided") -> None:
        await self.desk.say("delivery_opened", "delivery_opened")
        await self.desk.expect(
            Open(
                "delivery",
                "delivery",
                Role.CLERK,
                ["deliver"],
                self.plan.delivery,
                since=since,
                warn_rule="T09W",
                due_rule="T09",
            )
        )
        if self.plan.edition >= 2:
            self._document("service_return", "service_return")
        await self.desk.say("concluded", "concluded")

    async def rating(self) -> None:
        """好差评: voluntary; nobody is asked twice, and silence is no rating."""
        answer = await self.desk.expect(
            Open("rating", "rating", Role.APPLICANT, ["rate"], RATING_WINDOW, silence="rating_lapsed")
        )
        if self.plan.edition >= 2:
            await make_amends(self.desk, answer)

    def _document(self, key: str, kind: str) -> None:
        self.desk.send(Errand(f"doc:{key}", "make_document", kind))
