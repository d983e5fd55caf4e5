"""The door for people: act on an open task, claim it, release it.

Two round trips: one reads everything the decision needs, one statement writes everything it changes. The answer is
given after that statement has committed, never before.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any

import asyncpg
import orjson

from services.cases.assigning import chosen, hand_over
from services.cases.attending import IdPaper, identify, stood_there
from services.cases.checks import check
from services.cases.collecting import check_recipient
from services.cases.expected import expected
from services.cases.log import Case, Pen
from services.cases.private import Private, hold_back, keep
from services.cases.reckoned import reckon
from services.cases.refusing import refuse_unless_allowed
from services.cases.ways import Crowd, Own, Way, look_and_hold
from services.errors import Invalid, KeyReused, NotAllowed, NotExpected, NotFound, Refusal
from services.house import House
from services.law import chain
from services.law.clock import legal_date
from services.law.commands import COMMANDS
from services.law.mandates import action_for
from services.law.policy import mandate_for, may_take
from services.law.roles import Actor, Role
from services.law.stages import REVIEWING
from services.licences.bars import bar_whoever_cheated
from services.licences.reuse import refuse_if_lapsed
from services.licences.revoke import revoke_licence
from services.licences.telling import tell_of_plea
from services.people.standing import in_force
from services.store.crypto import normalise

_TOKEN = re.compile(r"[\w.:-]{8,80}", re.ASCII)
_TRIES = 6
_BAD_TOKEN = {"token": {"zh": "幂等键格式不对", "en": "The idempotency key must be 8-80 plain characters"}}
_WITH_PAPERS = ("resubmit", "supply_late")
_NO_PAPERS = {"papers": {"zh": "请连同材料一起提交", "en": "Hand in the papers with it"}}


class Busy(Refusal):
    """Several people wrote to this case at the same moment, again and again."""

    status, code = 409, "busy"


@dataclass(frozen=True, slots=True)
class Done:
    """What an act came to. `repeated`: this very act was done before, and this is its first answer."""

    case_no: str
    seq: int
    kind: str
    repeated: bool = False


async def act(
    conn: asyncpg.Connection | Crowd,
    house: House,
    actor: Actor,
    *,
    task_id: int,
    command: str,
    token: str,
    raw: Mapping[str, list[str]] = MappingProxyType({}),
    defects: Sequence[Mapping[str, str]] = (),
    record: Mapping[str, Any] | None = None,
    visitor: IdPaper | None = None,
) -> Done:
    """Give one command on one open task, over the caller's connection or together with a crowd.

    Raises NotFound, NotAllowed, NotExpected (with what is expected instead), Invalid, KeyReused. `token` is the
    client's idempotency key: the same act under it gets its first answer again, another act is refused. `raw` is the
    command's form as a browser sends it, `defects` the lines of a correction notice ({code, defect, fix}). `record`
    is what our own code adds to the event (the papers of a resubmission), never what a client sent. `visitor` is the
    paper of whoever stands before a clerk (代办): what is done then is the applicant's act, taken down at the window.
    """
    if not _TOKEN.fullmatch(token):
        raise Invalid(_BAD_TOKEN)
    if command in _WITH_PAPERS and record is None:
        raise Invalid(_NO_PAPERS)
    ask = _Ask(actor, task_id, command, f"act:{token}", raw, defects, record or {}, visitor)
    # Keyed: what was typed may be personal, and an unkeyed digest of so little could be guessed at from the log.
    asked = house.vault.mac(ask.content(), purpose="asked").hex()
    async with conn.way() if isinstance(conn, Crowd) else nullcontext(Own(conn)) as way:
        for _ in range(_TRIES):
            if done := await (_held if actor.mandates else _attempt)(way, house, ask, asked):
                return done
    raise Busy("很多人同时在办这个案件，请再试一次", "The case is busy; please try again")


@dataclass(frozen=True)
class _Ask:
    """An act as asked for."""

    actor: Actor
    task_id: int
    command: str
    key: str
    raw: Mapping[str, list[str]]
    defects: Sequence[Mapping[str, str]]
    record: Mapping[str, Any]
    visitor: IdPaper | None

    def content(self) -> bytes:
        """What tells it from another act under the same key."""
        asked: list[Any] = [
            self.actor.id,
            self.task_id,
            self.command,
            dict(self.raw),
            list(self.defects),
            dict(self.record),
        ]
        if self.visitor:
            asked.append([self.visitor.id_type, normalise(self.visitor.id_number)])
        return orjson.dumps(asked, option=orjson.OPT_SORT_KEYS, default=str)


async def _held(way: Way, house: House, ask: _Ask, asked: str) -> Done | None:
    """An authorisation is held from where it is asked for to where the event is written: that is one transaction."""
    conn = await way.connection()
    async with conn.transaction():
        return await _attempt(Own(conn), house, ask, asked)


async def _attempt(way: Way, house: House, ask: _Ask, asked: str) -> Done | None:
    """One look and one write; None if somebody else wrote in between."""
    row = await way.read(ask.task_id, ask.key)
    if row is None:
        raise NotFound("没有这项待办", "No such task")
    if row["prior"] is not None:
        return _again(row, asked)
    case = Case.of(row)
    present = await identify(await way.connection(), house, case, ask.visitor) if ask.visitor else None
    state = _state(row, case, house.now())
    refuse_unless_allowed(ask.actor, expected(row), case, ask.command, state, present and present.actor)
    command, item = COMMANDS[ask.command], house.items.get(case.item_code, case.item_version)
    if ask.command == "accept" and row["on_licences"]:
        await refuse_if_lapsed(await way.connection(), house, item, case.no, case.state.round)
    clean = check(command, ask.raw, ask.defects, item)
    clean |= reckon(command.code, row["task_key"], case, house, {**clean, **ask.record})
    if command.event == "assigned":
        clean |= await chosen(await way.connection(), case, row["task_department"], clean["handler"])
    under = await _under(way, house, present.actor if present else ask.actor, ask.command, case, row)
    if command.code == "deliver":
        under |= await check_recipient(await way.connection(), house, case, clean)
    data, private = hold_back(command.fields, clean)
    data |= {**ask.record, **under, "command": ask.command, "asked": asked}
    if present:
        told, kept = await stood_there(await way.connection(), house, present)
        data, private = data | told, private | kept
    pen = Pen(case, house.now())
    event = pen.write(
        command.event, ask.key, actor=ask.actor.id, role=row["role"], task=row["task_key"], data=data
    )
    if private or ask.command in _AFTERMATH:
        written = await _commit_more(await way.connection(), house, pen, event, private, ask.task_id)
    else:
        written = await way.commit(pen, ask.task_id)
    return Done(case.no, event.seq, event.kind) if written else None


async def _under(
    way: Way, house: House, citizen: Actor, command: str, case: Case, row: asyncpg.Record
) -> dict[str, str]:
    """The authorisation that an agent acts under, asked for afresh: it may have been revoked a second ago."""
    if row["role"] != Role.APPLICANT:
        return {}
    mandate = mandate_for(citizen, case.parties, action_for(command))
    if mandate is None:
        return {}
    await in_force(await way.connection(), mandate.id, legal_date(house.now()))
    return {"mandate": mandate.id}


async def _commit_more(
    conn: asyncpg.Connection, house: House, pen: Pen, event: chain.Event, private: Private, task_id: int
) -> bool:
    """The act together with what belongs to it: sealed values, another projection."""
    async with conn.transaction():
        if not await pen.commit(conn, close=task_id):
            return False
        if private:
            await keep(conn, house, event.case_no, event.seq, private)
        if aftermath := _AFTERMATH.get(event.data["command"]):
            await aftermath(conn, house, pen.case, event)
    return True


async def _put_out(
    conn: asyncpg.Connection, house: House, case: Case, event: chain.Event, *, state: str
) -> None:
    """The wall shows cards and not their tasks."""
    assert event.task
    key = event.task.partition(":")[2]
    await conn.execute(
        "UPDATE card SET state = $4, closed_at = $3 WHERE case_no = $1 AND key = $2",
        event.case_no, key, event.at, state,
    )  # fmt: skip
    await conn.execute("UPDATE cases SET cards = cards - 1 WHERE no = $1", event.case_no)
    # What is put out is neither appealed against nor closed any more.
    await conn.execute(
        "UPDATE task SET state = 'dropped', closed_at = $3 WHERE case_no = $1 AND state = 'open' "
        "AND key IN ('card:' || $2, 'appeal:' || $2)",
        event.case_no, key, event.at,
    )  # fmt: skip


_AFTERMATH = {
    "assign": hand_over,
    "reassign": hand_over,
    "revoke_licence": revoke_licence,
    "close_card": partial(_put_out, state="closed"),
    "revoke_card": partial(_put_out, state="revoked"),
    "decline": bar_whoever_cheated,
    "refuse": bar_whoever_cheated,
    "revoke": bar_whoever_cheated,
    "inform_holder": tell_of_plea,
}


def _again(row: asyncpg.Record, asked: str) -> Done:
    prior = chain.read(row["prior"])
    if prior.data.get("asked") != asked:
        raise KeyReused("这个幂等键已用于另一个操作", "This idempotency key was used for a different act")
    return Done(prior.case_no, prior.seq, prior.kind, repeated=True)


def _state(row: asyncpg.Record, case: Case, now: datetime) -> str:
    """The task's; `silent` once silence has spoken, even if the engine has not written it down yet.

    Licence Law art. 32(4): after five working days the case is accepted, and no late notice undoes that. Art. 50(2):
    nor does a late decision undo a renewal.
    """
    if case.state.overtaken(now) and row["role"] != Role.SUPERVISOR:
        return "silent"
    silent = row["silence"] is not None and row["due_at"] is not None and row["due_at"] <= now
    return "silent" if silent else row["task_state"]


async def claim(conn: asyncpg.Connection, house: House, actor: Actor, *, task_id: int) -> None:
    """认领: the task is mine until I release it. Claiming one's own again changes nothing."""
    await _set_claim(conn, house, actor, task_id, "claimed")


async def release(conn: asyncpg.Connection, house: House, actor: Actor, *, task_id: int) -> None:
    """放回: back to the queue."""
    await _set_claim(conn, house, actor, task_id, "released")


async def _set_claim(conn: asyncpg.Connection, house: House, actor: Actor, task_id: int, kind: str) -> None:
    async with conn.transaction():
        row = await look_and_hold(conn, task_id)
        if row is None or row["task_state"] != "open":
            raise NotExpected("这项待办已经办完", "This task is no longer open", expected=[])
        case, task = Case.of(row), expected(row)
        if why := may_take(actor, task, case.parties):
            raise NotAllowed("这件事不由您办理", "This is not yours to do", code=why)
        if task.claimed_by not in (None, actor.id):
            raise NotExpected(
                "这件事已由同事认领", "A colleague has claimed this", code="claimed", expected=[]
            )
        mine = kind == "claimed"
        if (task.claimed_by == actor.id) == mine:
            return
        if not mine and case.state.handler == actor.id and case.state.stage in REVIEWING:
            raise NotExpected(
                "这个办件已分办给您，需要换人的，请负责分办的人改派",
                "This case was assigned to you; ask whoever assigns to give it to somebody else",
                code="assigned",
                expected=[],
            )
        pen = Pen(case, house.now())
        event = pen.write(
            kind,
            f"{kind}:{task_id}:{case.seq + 1}",
            actor=actor.id,
            role=row["role"],
            data={"task": row["task_key"]},
        )
        await pen.commit(conn, ring=False)
        await conn.execute(
            "UPDATE task SET claimed_by = $2, claimed_at = $3 WHERE id = $1",
            task_id,
            actor.id if mine else None,
            event.at if mine else None,
        )
