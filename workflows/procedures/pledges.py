"""What a case rests on that was only promised: 告知承诺 and 容缺受理.

The promises are signed with the application, so they stand in the log before it is accepted. Papers that follow run
beside the review and its clock; the check of a promise comes after service, and the case is not at its end before it.
"""

from itertools import count

from services.law.roles import Role
from services.law.wants import Entry, Open, Plan, StepPlan
from workflows.desk import Desk, Errand

_AT_FIRST = ["confirm_kept", "order_rectification", "find_broken"]
_AFTER_AN_ORDER = ["confirm_kept", "find_broken"]  # nobody is told twice to put the same thing right


class Pledges:
    def __init__(self, desk: Desk, plan: Plan) -> None:
        self.desk, self.plan = desk, plan
        self.promise = self.gaps = False

    def read(self, round_: int) -> None:
        """What was signed with this round's papers."""
        self.promise, self.gaps = (self._signed(kind, round_) for kind in ("promise", "gaps"))

    def _signed(self, kind: str, round_: int) -> bool:
        signed = self.plan.edition >= 2 and self.desk.told(f"{kind}#{round_}") is not None
        if signed:
            self._document(f"{kind}#{round_}", f"{kind}_pledge")
        return signed

    def decision(self) -> StepPlan:
        """告知承诺: nothing is left to review, so the decision comes at once."""
        assert self.plan.promise
        last = self.plan.steps[-1]
        return StepPlan(
            last.code, last.role, ["grant", "refuse"], self.plan.promise.decision, last.department
        )

    async def supply(self, accepted: Entry) -> None:
        """容缺后补: in as many parts as the applicant likes, all by one day. The clock runs meanwhile."""
        for n in count(1):
            answer = await self.desk.expect(
                Open(
                    f"supply_late#{n}",
                    "supply_late",
                    Role.APPLICANT,
                    ["supply_late"],
                    self.plan.gaps,
                    # Accepted by silence is accepted as of receipt; the days to supply begin when it is known.
                    since=accepted.on,
                    silence=self.plan.gaps_silence,
                )
            )
            if answer.kind != "late_supplied" or answer.facts["left"] == "0":
                return

    async def later_check(self) -> None:
        """事后核查: kept; or put right within a limit; or the licence is lost (Licence Law arts 69, 79)."""
        limits = self.plan.promise
        assert limits
        commands, within, since = _AT_FIRST, limits.check, "decided"
        for n in count(1):
            answer = await self.desk.expect(
                Open(
                    f"later_check#{n}",
                    "later_check",
                    Role.REVIEWER,
                    commands,
                    within,
                    since=since,
                    warn_rule="T03",
                    due_rule="T12",
                )
            )
            if answer.facts["command"] == "order_rectification":
                await self._rectification(n, answer)
                commands = _AFTER_AN_ORDER
            elif await self._found(n, answer):
                return
            within, since = limits.follow_up, "today"

    async def _rectification(self, n: int, ordered: Entry) -> None:
        """限期整改. Whatever the applicant says or does not say, the officers look again."""
        self._document(f"rectification#{n}", "rectification")
        assert self.plan.promise
        await self.desk.expect(
            Open(
                f"rectification#{n}",
                "rectification",
                Role.APPLICANT,
                ["report_rectified"],
                self.plan.promise.rectification,
                since=ordered.on,
                silence="rectification_lapsed",
            )
        )

    async def _found(self, n: int, found: Entry) -> bool:
        """False if the head wants another check."""
        self._document(f"later_check#{n}", "later_check")
        if found.facts["command"] == "confirm_kept":
            return True
        assert self.plan.promise
        answer = await self.desk.expect(
            Open(
                f"revocation#{n}",
                "revocation",
                Role.DIRECTOR,
                ["revoke_licence", "return_check"],
                self.plan.promise.follow_up,
                warn_rule="T03",
                due_rule="T04",
                unlike=["later_check"],
            )
        )
        if answer.kind == "check_returned":
            return False
        self._document(f"revocation#{n}", "promise_revocation")
        return True

    def _document(self, key: str, kind: str) -> None:
        self.desk.send(Errand(f"doc:{key}", "make_document", kind))
