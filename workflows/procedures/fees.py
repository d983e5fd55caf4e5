"""收费: what a case has to pay runs beside its own course, and what it paid goes back where it ends too early.

Licence Law arts 58, 59, 45: nothing is ordered before acceptance, nothing is granted or handed out unpaid (the policy
sees to that), and no clock stops because somebody owes.
"""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

from services.law.roles import Role
from services.law.wants import FeePlan, Open, Plan
from workflows.desk import Closed, Desk, Errand


class Fees:
    def __init__(self, desk: Desk, plan: Plan) -> None:
        self.desk = desk
        self.plan: dict[str, FeePlan] = plan.fees if plan.edition >= 2 else {}
        self.tracks: dict[str, asyncio.Task[None]] = {}  # key of the task it waits at -> what waits there
        self.shut: set[str] = set()  # offers that no longer hold

    def at_acceptance(self) -> None:
        """From acceptance on. The review does not wait for it; a grant does."""
        if "acceptance" in self.plan:
            self._start("payment#acceptance", self._collect, "acceptance")

    async def at_grant(self) -> str | None:
        """Before the licence is made; the legal date from which it can be handed out, if that is not the decision's."""
        return await self._collect("grant") if "grant" in self.plan else None

    async def refused(self) -> None:
        """What is still owed lapses; what was paid for a licence that is not made goes back."""
        self._leave("payment", "waiver")
        for moment in self._paid():
            if self.plan[moment].back_if_refused:
                self._take_back("refund", moment)
                await self._give_back(moment, "refused")

    async def ended(self, kind: str) -> None:
        """Withdrawn, terminated or voided before what was paid for: all of it goes back."""
        self._leave("payment", "waiver", "refund")
        for moment in self._paid():
            await self._give_back(moment, kind)

    async def settled(self) -> None:
        """Until whatever goes back is back: an archive that lacks it would not be whole."""
        self._leave("refund")
        for moment in self.plan:
            if self.desk.answered(f"refund#{moment}") or self.desk.knows(f"refund_ordered:{moment}"):
                await self.desk.seen(f"refunded:{moment}")

    async def _collect(self, moment: str) -> str:
        await self.desk.say(f"fee_due:{moment}", "fee_due", moment=moment)
        ordered = await self.desk.errand(Errand(f"fee:{moment}", "order_payment", moment))
        if ordered.kind == "fee_free":
            return ordered.on
        self._document(f"fee_notice#{moment}", "fee_notice")
        # Who does not pay before the decision gives the application up; who was granted one only waits for it.
        unpaid: dict[str, Any] = {"silence": "terminated"} if moment == "acceptance" else {"due_rule": "F01"}
        answer = await self.desk.either(
            Open(
                f"payment#{moment}",
                "payment",
                Role.APPLICANT,
                [],  # no command: only the platform says that it is paid
                self.plan[moment].within,
                since=ordered.on,
                warn_rule="F01W",
                **unpaid,
            ),
            Open(f"waiver#{moment}", "waiver", Role.DIRECTOR, ["waive_fee"], standing=True),
        )
        if answer.kind == "paid":
            self._document(f"fee_receipt#{moment}", "fee_receipt")
            self._start(f"refund#{moment}", self._may_be_returned, moment)
        return answer.on

    async def _may_be_returned(self, moment: str) -> None:
        await self.desk.expect(
            Open(f"refund#{moment}", "refund", Role.DIRECTOR, ["refund_fee"], standing=True)
        )
        await self._give_back(moment, "directed")

    async def _give_back(self, moment: str, reason: str) -> None:
        await self.desk.errand(Errand(f"refund_ordered:{moment}", "refund_fee", reason))
        self._document(f"refund_notice#{moment}", "refund_notice")

    def _paid(self) -> list[str]:
        answers = {moment: self.desk.answered(f"payment#{moment}") for moment in self.plan}
        return [moment for moment, answer in answers.items() if answer and answer.kind == "paid"]

    def _leave(self, *steps: str) -> None:
        for moment in self.plan:
            for step in steps:
                self._take_back(step, moment)

    def _take_back(self, step: str, moment: str) -> None:
        """An offer that no longer holds, and what waited there.

        What was answered goes on: a procedure that is started again comes here before its tracks have walked their past.
        """
        key = f"{step}#{moment}"
        self.shut.add(key)
        if self.desk.answered(key) is None:
            if track := self.tracks.pop(key, None):
                track.cancel()
            self.desk.drop(key)

    def _start(self, key: str, track: Callable[[str], Coroutine[Any, Any, Any]], moment: str) -> None:
        if key not in self.shut or self.desk.answered(key):
            self.tracks[key] = self.desk.start(self._until_closed(track, moment))

    async def _until_closed(self, track: Callable[[str], Coroutine[Any, Any, Any]], moment: str) -> None:
        with contextlib.suppress(Closed):  # the case was ended: its own course says what follows
            await track(moment)

    def _document(self, key: str, kind: str) -> None:
        self.desk.send(Errand(f"doc:{key}", "make_document", kind))
