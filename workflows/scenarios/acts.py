"""The hands of a story: they file and act at the real doors, as whoever the story names or whose task it is."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg
from pydantic import ValidationError

from forms import Item, remarks_about, to_raw
from services.calendars import load_notice
from services.cases import door, filing, resubmitting
from services.cases.expected import expected
from services.cases.glance import last_task_for
from services.cases.histories import upper_of
from services.cases.log import Case, load
from services.cases.recounting import recount_all
from services.cases.rounds import Paper
from services.cases.worklists import open_tasks
from services.catalogue import publish
from services.house import House
from services.law.commands import COMMANDS
from services.law.roles import Actor, Role
from services.licences.queries import licences_of_case, newest_about
from services.licences.register import Licence
from workflows.scenarios.cast import Cast
from workflows.scenarios.format import Filing, Person, Scenario, Step, Unplayable
from workflows.scenarios.money import settle_money
from workflows.scenarios.reading import CLAIMS, MONEY, read_filing
from workflows.scenarios.samples import fill, plain


class Hands:
    """`cases` and `items`: what was filed so far, under the names that the story gives."""

    def __init__(self, house: House, cast: Cast, scenario: Scenario, folders: Sequence[Path]) -> None:
        self.house, self.cast, self.scenario, self.folders = house, cast, scenario, folders
        self.cases: dict[str, str] = {}
        self.items: dict[str, Item] = {}
        self.tokens = 0

    async def act(self, step: Step) -> None:
        """Raises whatever Refusal the door does."""
        await self.cast.catch_up(self.house)
        if step.find:
            await self.find(step.find)
        elif step.calendar:
            await self.announce(step, step.calendar)
        elif step.do in MONEY:
            await settle_money(self.house, self.case_no(step), step)
        elif step.publish:
            await self.publish(step, step.publish)
        elif step.follow:
            await self.follow(step, step.follow)
        elif step.represent:
            await self.cast.empower(self.house, step.represent)
        elif step.revoke:
            await self.cast.dismiss(self.house, step.revoke)
        elif not step.engine:  # which is the player's own to lose
            await (self.file(step) if step.file else self.give(step))

    async def assemble(self) -> None:
        for person in self.scenario.people:
            await self.cast.invite(self.house, person)

    async def announce(self, step: Step, notice: Path) -> None:
        """Days off become known while the cases run, and every open date is counted again."""
        who = self.cast.actor(step.by) if step.by else self.cast.whoever_is(Role.ADMIN)
        text = await asyncio.to_thread(notice.read_text, "utf-8")
        await load_notice(self.house, text, who)
        await recount_all(self.house)

    async def publish(self, step: Step, changes: dict[str, Any]) -> None:
        """A new version of an item, from its `effective` day on; cases that run keep the one they were filed under."""
        before = self.house.items.get(step.item or self.scenario.item)
        last = self.house.items.versions(before.code)[-1]
        raised = before.model_dump(mode="json") | {"version": last.version + 1} | changes
        try:
            item = Item.model_validate(raised)
        except ValidationError as wrong:
            raise Unplayable(str(wrong)) from None
        if remarks := remarks_about(item):
            raise Unplayable("; ".join(remarks))
        async with self.house.db.transaction() as tx:
            await publish(tx, [item], self.house.now())
            await self.house.items.refresh(tx)

    async def follow(self, step: Step, name: str) -> None:
        """The case that the house itself filed at the upper level gets its name in the story."""
        async with self.house.db.connection() as conn:
            no = await upper_of(conn, self.case_no(step))
            upper = await load(conn, no) if no else None
        if upper is None:
            raise Unplayable(f"{step.case or 'the case'} was not forwarded: nothing to follow")
        await self.cast.hire(self.house, self.sheet(step, upper.item_code).staff)
        item = self.house.items.get(upper.item_code, upper.item_version)
        self.cases[name], self.items[name] = upper.no, item

    async def find(self, name: str) -> None:
        """The newest case about a licence of this story that has no name yet."""
        known = list(self.cases.values())
        async with self.house.db.connection() as conn:
            found = await newest_about(conn, known)
        if found is None:
            raise Unplayable("the house opened no case by itself")
        self.cases[name], self.items[name] = found["no"], self.house.items.get(found["item_code"])

    async def file(self, step: Step) -> None:
        sheet = self.sheet(step)
        await self.cast.hire(self.house, sheet.staff)
        code = step.item or self.scenario.item
        item = self.house.items.get(code)
        who = (
            step.applicant
            or (self.scenario.applicant if code == self.scenario.item else None)
            or sheet.applicant
        )
        about = await self.licence(step)
        subject = about.holder_id if about and not step.applicant else await self.applicant(who)
        actor = self.filer(step, item, subject)
        # A call may be anonymous; and whoever takes it down is not the applicant.
        applicant = None if item.kind == "order" and actor.kind == "staff" and not step.applicant else subject
        async with self.house.db.transaction() as tx:
            number = {"licence": about.number} if about else {}
            receipt = await filing.submit(
                tx, self.house, actor, item, raw=_answers(item, sheet.answers | number | step.answers),
                papers=await self.papers(sheet.papers if step.papers is None else step.papers),
                applicant_id=applicant, channel=step.channel or _channel(actor, sheet), token=self.token(),
                linked_no=self.named(step.about) if step.about else None,
            )  # fmt: skip
        assert step.file
        self.cases[step.file], self.items[step.file] = receipt.case_no, item

    async def give(self, step: Step) -> None:
        """One act at the door, on the open task that admits it, by whoever's task it is."""
        no, command = self.case_no(step), step.do or ""
        async with self.house.db.connection() as conn:
            case = await load(conn, no)
            assert case is not None
            task = await self.task(conn, no, step)
        actor = self.actor(step, case, task)
        task_id = task["id"] if task else 0
        async with self.house.db.transaction() as tx:
            if command in CLAIMS:
                await getattr(door, command)(tx, self.house, actor, task_id=task_id)
            elif command == "resubmit":
                await self.resubmit(tx, step, case, actor, task_id)
            elif command == "supply_late":
                await resubmitting.supply(
                    tx, self.house, actor, task_id=task_id, case_no=case.no, token=self.token(),
                    papers=await self.papers(step.papers or ()),
                )  # fmt: skip
            else:
                await self.command(tx, step, case, actor, task_id)

    async def command(
        self, tx: asyncpg.Connection, step: Step, case: Case, actor: Actor, task_id: int
    ) -> None:
        definition = COMMANDS[step.do or ""]
        usual = self.sheet(step, case.item_code).acts.get(definition.code, {})
        values = fill(definition, usual | step.values, step.on.date())
        _know_fields(definition.code, [f.name for f in definition.fields], step)
        defects = [
            {"code": code, "defect": defect, "fix": "按要求补正"} for code, defect in step.defects.items()
        ]
        await door.act(
            tx, self.house, actor, task_id=task_id, command=definition.code, token=self.token(),
            raw=to_raw(definition.fields, values), defects=defects,
        )  # fmt: skip

    async def resubmit(
        self, tx: asyncpg.Connection, step: Step, case: Case, actor: Actor, task_id: int
    ) -> None:
        sheet = self.sheet(step, case.item_code)
        item = self.house.items.get(case.item_code, case.item_version)
        await resubmitting.resubmit(
            tx, self.house, actor, task_id=task_id, case_no=case.no, token=self.token(),
            raw=_answers(item, sheet.answers | step.answers),
            papers=await self.papers(sheet.papers if step.papers is None else step.papers),
        )  # fmt: skip

    # who and what

    async def applicant(self, who: str | Person) -> str:
        return self.cast.subject(who) if isinstance(who, str) else await self.cast.invite(self.house, who)

    def filer(self, step: Step, item: Item, subject: str) -> Actor:
        if step.by:
            return self.cast.actor(step.by)
        if item.kind == "official":
            return self.cast.whoever_holds(Role.REVIEWER, item.department)
        return self.cast.citizen_for(subject, None)

    async def licence(self, step: Step) -> Licence | None:
        if step.licence is None:
            return None
        async with self.house.db.connection() as conn:
            found = await licences_of_case(conn, self.named(step.licence))
        if not found:
            raise Unplayable(f"{step.licence} has no licence yet")
        return Licence.of(found[0])

    def case_no(self, step: Step) -> str:
        """The case a step is about: the one it files or names, or the first of the story."""
        return self.named(step.case or step.file or step.find or next(iter(self.cases), "(none)"))

    def seen_by(self, step: Step) -> str:
        """The case whose state a step expects."""
        return self.named(step.follow) if step.follow else self.case_no(step)

    def named(self, name: str) -> str:
        if name not in self.cases:
            raise Unplayable(f"no case called {name} was filed before it")
        return self.cases[name]

    async def task(self, conn: asyncpg.Connection, no: str, step: Step) -> asyncpg.Record | None:
        """The open task that admits the act; else the last one that did, so that the door can refuse."""
        tasks = await open_tasks(conn, no)
        if step.task:
            return next((t for t in tasks if step.task in (t["key"], t["step"])), None)
        if step.do in CLAIMS:
            return next((t for t in tasks if t["role"] not in ("applicant", "supervisor")), None)
        admitting = [
            t for t in tasks if step.do in t["commands"] and (not step.card or _rule(t) == step.card)
        ]
        return next(iter(admitting), None) or await last_task_for(conn, no, step.do or "", step.card or "")

    def actor(self, step: Step, case: Case, task: asyncpg.Record | None) -> Actor:
        if step.by == "applicant" or (step.by is None and task and task["role"] == "applicant"):
            return self.cast.citizen_for(case.applicant_id, case.filer_id)
        if step.by:
            return self.cast.actor(step.by)
        if task is None:
            raise Unplayable(f"nothing was ever expected of anybody: say `by` whom {step.do} is")
        return self.cast.whoever_may(expected(task), case.parties)

    def sheet(self, step: Step, item: str | None = None) -> Filing:
        return read_filing(item or step.item or self.scenario.item, self.folders)

    async def papers(self, codes: Sequence[str]) -> list[Paper]:
        made = []
        for code in codes:
            content = f"%PDF-1.4\n% {code}\n".encode()
            digest = await self.house.files.put(content)
            made.append(Paper(code, file=digest, name=f"{code}.pdf", size=len(content), type="pdf"))
        return made

    def token(self) -> str:
        self.tokens += 1
        return f"story-{self.tokens:06d}"


def _answers(item: Item, values: dict[str, Any]) -> dict[str, list[str]]:
    asked = item.questions + item.fields + item.signing
    return to_raw(asked, {name: plain(value) for name, value in values.items()})


def _rule(task: asyncpg.Record) -> str:
    """Of the card that a task is about."""
    return task["key"].partition(":")[2].partition(":")[0]


def _channel(actor: Actor, sheet: Filing) -> str:
    if actor.kind == "citizen" or sheet.channel == "official":
        return sheet.channel
    return "phone" if any(g.role == "agent" for g in actor.grants) else "window"


def _know_fields(command: str, known: Sequence[str], step: Step) -> None:
    if unknown := [name for name in step.values if name not in known]:
        raise Unplayable(
            f"`with: {unknown[0]}` is not a field of {command}: use {', '.join(known) or 'no `with`'}"
        )
