"""What may happen beside a case's own course: special procedures, hearings, public notices, the head's orders, 分办.

Licence Law arts 42, 45-48. Each runs on its own, several at once if need be; a decision waits for all of them, which
is the policy's to see to. The tasks that start them stand open and wait for nobody.
"""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any

from services.law import hearings
from services.law.roles import Role
from services.law.wants import Entry, Open, Plan, Span
from workflows.desk import Closed, Desk, Errand
from workflows.procedures.pledges import Pledges

_LONG_SUSPENSION = Span(30, "working_days")  # rule P09


class Beside:
    def __init__(self, desk: Desk, plan: Plan, pledges: Pledges) -> None:
        self.desk, self.plan, self.pledges = desk, plan, pledges
        self.tracks: list[asyncio.Task[None]] = []
        self.standing: dict[str, str] = {}  # step -> key of its open standing task

    def direct(self) -> None:
        """From receipt on, for the head."""
        if self.plan.edition >= 2:
            self._start(self._direct)

    def accepted(self, accepted: Entry) -> None:
        """From acceptance on. Special procedures are the reviewers': before it there is no clock to stop (art. 45)."""
        if self.plan.edition < 2:
            return
        self._start(self._specials)
        if self.plan.assigned_by:
            self._start(self._assignments)
        if self.pledges.gaps:
            self._start(self.pledges.supply, accepted)

    def end(self) -> None:
        for track in self.tracks:
            track.cancel()
        for key in self.standing.values():
            self.desk.drop(key)

    def _start(self, track: Callable[..., Coroutine[None, None, None]], *how: Any) -> None:
        self.tracks.append(self.desk.start(self._until_closed(track, *how)))

    async def _until_closed(self, track: Callable[..., Coroutine[None, None, None]], *how: Any) -> None:
        with contextlib.suppress(Closed):  # the case was ended: its own course says what follows
            await track(*how)

    async def _stand(self, step: str, n: int, role: str, commands: list[str]) -> Entry:
        key = self.standing[step] = f"{step}#{n}"
        return await self.desk.expect(Open(key, step, role, commands, standing=True))

    async def _direct(self) -> None:
        for n in count(1):
            answer = await self._stand(
                "direction", n, Role.DIRECTOR, ["extend", "suspend", "terminate", "void"]
            )
            if answer.kind == "extended":
                self._document(f"extension#{n}", "extension")
            if answer.kind == "suspended":
                self._start(self._suspension, n, answer)

    async def _assignments(self) -> None:
        """分办: internal, at any time of the review; the second and later ones give a reason."""
        for n in count(1):
            await self._stand("assignment", n, self.plan.assigned_by, ["assign"] if n == 1 else ["reassign"])

    async def _suspension(self, n: int, started: Entry) -> None:
        self._document(f"suspension#{n}", "suspension")
        await self.desk.expect(
            Open(
                f"resume#{n}",
                "resume",
                Role.DIRECTOR,
                ["resume"],
                _LONG_SUSPENSION,
                since=started.on,
                due_rule="P09",
            )
        )

    async def _specials(self) -> None:
        for n in count(1):
            answer = await self._stand(
                "special", n, Role.REVIEWER, ["start_special", "inform_hearing", "publish_notice"]
            )
            tracks = {
                "special_started": self._special,
                "hearing_informed": self._hearing,
                "notice_published": self._notice,
            }
            self._start(tracks[answer.kind], n, answer)

    async def _special(self, n: int, started: Entry) -> None:
        """Art. 45: the applicant is told in writing how long; longer than told is a card (rule T08)."""
        self._document(f"special#{n}", "special_notice")
        await self.desk.expect(
            Open(
                f"special_end#{n}",
                "special_end",
                Role.REVIEWER,
                ["end_special"],
                Span(int(started.facts["days"]), "working_days"),
                since=started.on,
                due_rule="T08",
            )
        )

    async def _hearing(self, n: int, informed: Entry) -> None:
        """Arts 46-48: told, asked for or waived, announced seven days before, held, recorded."""
        self._document(f"hearing_right#{n}", "hearing_right")
        since = informed.on
        if informed.facts["ground"] == "interests":
            asked = await self.desk.expect(
                Open(
                    f"hearing_request#{n}",
                    "hearing_request",
                    Role.APPLICANT,
                    ["request_hearing", "waive_hearing"],
                    hearings.REQUEST,
                    since=informed.on,
                    silence="hearing_waived",
                )
            )
            if asked.kind == "hearing_waived":
                return
            since = asked.on
        await self.desk.expect(
            Open(
                f"hearing_notice#{n}",
                "hearing_notice",
                Role.REVIEWER,
                ["notify_hearing"],
                hearings.NOTICE,
                since=since,
                warn_rule="T03",
                due_rule="T04",
            )
        )
        self._document(f"hearing_notice#{n}", "hearing_notice")
        await self.desk.expect(
            Open(
                f"hearing#{n}",
                "hearing",
                Role.REVIEWER,
                ["record_hearing"],
                hearings.WITHIN,
                since=since,
                due_rule="T08",
                unlike=["special", *(s.code for s in self.plan.steps)],
            )
        )
        self._document(f"hearing_record#{n}", "hearing_record")

    async def _notice(self, n: int, published: Entry) -> None:
        """Objections come in until somebody ends it, and nobody may before its days are over."""
        self._document(f"public_notice#{n}", "public_notice")
        for k in count(1):
            answer = await self.desk.expect(
                Open(
                    f"notice#{n}.{k}",
                    "notice",
                    Role.REVIEWER,
                    ["record_objection", "end_notice"],
                    Span(int(published.facts["days"]) + 1, "calendar_days"),
                    since=published.on,
                    warn_rule="T03",
                    due_rule="T04",
                )
            )
            if answer.kind == "notice_ended":
                return

    def _document(self, key: str, kind: str) -> None:
        self.desk.send(Errand(f"doc:{key}", "make_document", kind))
