"""代办: an applicant without an account goes on with their case at the counter, and the clerk takes it down.

First who stands there, by their identity paper; only then what the applicant wrote is shown. The door asks again.
"""

import hmac
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import asyncpg
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from forms import Item
from services import drafts
from services.cases.attending import STRANGER, Present, identify, note_sight
from services.cases.door import Done, act
from services.cases.expected import expected
from services.cases.readable import Readable, readable
from services.cases.resubmitting import resubmit, supply
from services.cases.rounds import NotNeeded
from services.cases.visits import acts_at_counter
from services.cases.waiting import settled
from services.drafts import LastSet
from services.errors import Invalid, NotAllowed, NotExpected, NotFound
from services.house import House
from services.law.commands import COMMANDS, Command
from services.law.policy import AT_COUNTER, Why, may
from services.law.roles import Actor, Role
from services.people import masked_view
from services.people.lookups import note_look
from web.deps import HouseDep, StreamingActor
from web.i18n import language_of
from web.rendering import page
from web.uploads import PREFIX, receive
from web.window.acting import moved
from web.window.claiming import ticked
from web.window.conditions import only_if
from web.window.counter_form import VISITOR, Given, answers_of, begin, limits_for, materials, read
from web.window.notices import address
from web.window.staff import ClerkDep
from web.wording import STANDINGS

router = APIRouter(include_in_schema=False)
_ADDRESS = "/window/cases/{case_no}/counter/{command}"
_FILLED = (
    "filled"  # a hidden field, sealed: this clerk's page has shown what the last round of this case said
)


@dataclass(frozen=True, slots=True)
class Counter:
    """The case, and the task that the visitor's act answers."""

    reader: Readable
    item: Item
    task: asyncpg.Record
    command: Command

    @property
    def case(self) -> Any:
        return self.reader.page.case


@router.get(_ADDRESS)
async def ask_who(request: Request, house: HouseDep, actor: ClerkDep, case_no: str, command: str) -> Response:
    try:
        async with house.db.connection() as conn:
            at = await _open(conn, house, actor, case_no, command)
    except NotExpected as refusal:
        return moved(request, refusal)
    return _page(request, house, actor, at, Given({}), uuid4().hex)


@router.post(_ADDRESS)
async def take_down(
    request: Request, house: HouseDep, actor: StreamingActor, case_no: str, command: str
) -> Response:
    """Once per token, however often the button is pressed."""
    if not actor.has(Role.CLERK):
        raise NotAllowed("您没有窗口收件的权限", "You do not have the right to take in applications")
    async with house.db.connection() as conn:
        case = (await readable(conn, actor, case_no)).page.case
    item, wanted = house.items.get(case.item_code, case.item_version), _command(command)
    async with receive(request, limits=limits_for(wanted, item)) as received:
        given = await read(house, actor, case_no, received)
    token = received.first("token") or uuid4().hex
    try:
        if received.first("do") == "act" and not given.problems:
            try:
                async with house.db.transaction() as tx:
                    task_id = next(iter(ticked([received.first("task")])), 0)
                    done = await _do(tx, house, actor, case_no, item, wanted, task_id, given, token)
                return await _onwards(request, house, done, command)
            except Invalid as invalid:
                given.problems |= invalid.problems
            except NotNeeded as refusal:
                question = item.questions[0].name  # what stops an application hangs on a question
                given.problems[question] = {"zh": refusal.zh, "en": refusal.en}
            except NotAllowed as refusal:
                if refusal.code not in (Why.NOT_THEIRS, Why.OUTSIDE):
                    raise
                given.problems["visitor_paper"] = {"zh": refusal.zh, "en": refusal.en}
        filled = hmac.compare_digest(
            received.first(_FILLED).encode(), _shown_to(house, actor, case_no).encode()
        )
        return await _shown(request, house, actor, case_no, wanted, given, token, filled)
    except NotExpected as refusal:
        return moved(request, refusal)


def _shown_to(house: House, clerk: Actor, case_no: str) -> str:
    """Only a page of ours says that it was shown: nobody reads on without whoever stands there, and without a trace."""
    return house.vault.mac(f"{clerk.id}|{case_no}".encode(), purpose="counter-shown").hex()


def _command(code: str) -> Command:
    if code not in AT_COUNTER:
        raise NotFound("窗口不能代办这件事", "This cannot be done at the counter")
    return COMMANDS[code]


async def _open(conn: asyncpg.Connection, house: House, actor: Actor, case_no: str, command: str) -> Counter:
    """Raises NotFound, and NotExpected if the applicant has no such thing to do now."""
    wanted = _command(command)
    reader = await readable(conn, actor, case_no)
    case = reader.page.case
    acts = acts_at_counter(actor, case, reader.page.tasks)
    for task, offered in acts:
        if offered == wanted:
            return Counter(reader, house.items.get(case.item_code, case.item_version), task, wanted)
    raise NotExpected(
        "办件已经往前走了，现在不能做这个操作", "The case has moved on; this act is not expected now",
        expected=[c.code for _, c in acts], case_no=case_no,
    )  # fmt: skip


async def _do(
    tx: asyncpg.Connection, house: House, actor: Actor, case_no: str, item: Item, command: Command, task_id: int,
    given: Given, token: str,
) -> Done:  # fmt: skip
    raw = answers_of(item, command, given.raw)
    same: dict[str, Any] = {"task_id": task_id, "token": token, "visitor": given.visitor}
    match command.code:
        case "resubmit":
            papers = given.all_papers(item)
            return await resubmit(tx, house, actor, case_no=case_no, raw=raw, papers=papers, **same)
        case "supply_late":
            return await supply(tx, house, actor, case_no=case_no, papers=given.supplied(), **same)
    return await act(tx, house, actor, command=command.code, raw=raw, **same)


async def _shown(
    request: Request, house: House, actor: Actor, case_no: str, command: Command, given: Given, token: str,
    filled: bool,
) -> Response:  # fmt: skip
    """The page again: whether they may, and if so what there is to fill in. To see the answers is on record."""
    async with house.db.transaction() as tx:
        at = await _open(tx, house, actor, case_no, command.code)
        present, last = None, None
        if given.visitor:
            present = await identify(tx, house, at.case, given.visitor)
            if present.person:  # also when the answer is no: whoever is looked up can read that they were
                await note_look(
                    tx, subject_id=present.person, what="visit", by=actor.id, case_no=case_no,
                    purpose="窗口接待", at=house.now(),
                )  # fmt: skip
            if may(actor, expected(at.task), at.case.parties, at.case.state, command.code, present.actor):
                given.problems.setdefault("visitor_paper", STRANGER)
                present = None
        # What was typed stays, whatever is wrong with the number: it came from this page, which had shown it.
        if (present or filled) and command.code == "resubmit":
            last = await drafts.last_set(tx, house, at.case)
            if not filled:
                begin(given, last)
                await note_sight(tx, house, actor, case_no)
        who = await masked_view(tx, house.vault, present.person) if present else None
    return _page(
        request, house, actor, at, given, token, present=present, who=who, last=last, shown=bool(present) or filled
    )  # fmt: skip


def _page(
    request: Request, house: House, actor: Actor, at: Counter, given: Given, token: str, *,
    present: Present | None = None, who: Any = None, last: LastSet | None = None, shown: bool = False,
) -> Response:  # fmt: skip
    lang = language_of(request)
    return page(
        request, "window/counter.html", status=422 if given.problems else 200, problems=given.problems, at=at,
        item=at.item, case=at.case, command=at.command, task=at.task, raw=given.raw, token=token,
        visitor_fields=VISITOR, standing=STANDINGS.get(present.standing) if present else None, who=who, last=last,
        shown=shown, filled=_FILLED, shown_to=_shown_to(house, actor, at.case.no), prefix=PREFIX,
        labels={f.name: f.label for f in at.item.fields} | {m.code: m.name for m in at.item.materials},
        lines=materials(house, actor, at.case.no, at.case.state, at.item, at.command, given, last) if shown else [],
        hint_of=lambda thing: only_if(at.item, thing.when, lang),
    )  # fmt: skip


async def _onwards(request: Request, house: House, done: Done, command: str) -> Response:
    request.app.state.bell.ring()
    on_time = await settled(house.db, done.case_no, done.seq)
    where = address(f"/window/cases/{done.case_no}", command, settled=on_time)
    return RedirectResponse(where, status_code=303)
