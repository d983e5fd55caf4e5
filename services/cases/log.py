"""One case's log under one pen: events get their numbers and hashes here, and nowhere else.

Concurrency: every write moves the case row from the sequence number it was read at (compare and set). Two writers of
one case can't both win, and no lock is held while Python thinks. A writer that lost reads again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import orjson

from services.law import chain
from services.law.case import CaseState, apply
from services.law.policy import Parties
from services.law.stages import CUT_SHORT, FINISHED

SHANGHAI = ZoneInfo("Asia/Shanghai")

CASE_COLUMNS = (
    "c.no, c.kind, c.item_code, c.item_version, c.department, c.district, c.applicant_id, c.filer_id, "
    "c.linked_no, c.title, c.seq, c.head, c.state"
)


@dataclass(slots=True)
class Case:
    """A case row as read for writing."""

    no: str
    kind: str
    item_code: str
    item_version: int
    department: str
    district: str
    applicant_id: str | None
    filer_id: str | None
    linked_no: str | None
    title: str
    seq: int
    head: bytes
    state: CaseState

    @classmethod
    def of(cls, row: asyncpg.Record) -> "Case":
        names = cls.__slots__
        return cls(**{n: row[n] for n in names if n != "state"}, state=CaseState.load(row["state"]))

    @property
    def parties(self) -> Parties:
        return Parties(
            self.applicant_id,
            self.filer_id,
            self.item_code,
            "" if self.kind == "order" else self.department,  # who may apply there was not told of complaints
            self.state.stage in FINISHED,
        )

    @property
    def lead(self) -> str:
        return self.state.lead or self.department


async def load(conn: asyncpg.Connection, case_no: str, *, lock: bool = False) -> Case | None:
    sql = f"SELECT {CASE_COLUMNS} FROM cases c WHERE c.no = $1" + (" FOR UPDATE" if lock else "")  # noqa: S608
    row = await conn.fetchrow(sql, case_no)
    return Case.of(row) if row else None


# One statement is one transaction: a case moves on, and only then do its events, its tasks and the bell exist.
_WRITE = """
WITH asked AS (
    SELECT * FROM unnest(
        $1::text[], $2::int[], $3::int[], $4::bytea[], $5::text[], $6::bool[], $7::text[], $8::timestamptz[],
        $9::bigint[], $10::bool[], $11::bool[]
    ) a(no, read_at, seq, head, stage, finished, state, now, done, cut, ring)
), moved AS (
    UPDATE cases SET seq = a.seq, head = a.head, stage = a.stage, finished = a.finished, state = a.state::jsonb,
        engine_seq = CASE WHEN NOT a.ring AND engine_seq = read_at THEN a.seq ELSE engine_seq END
    FROM {asked} a WHERE cases.no = a.no AND cases.seq = a.read_at
    RETURNING a.no, a.now, a.done, a.cut, a.ring
), logged AS (
    INSERT INTO case_event (case_no, seq, key, kind, at, actor_id, body, hash)
    SELECT e.* FROM unnest(
        $12::text[], $13::int[], $14::text[], $15::text[], $16::timestamptz[], $17::text[], $18::text[], $19::bytea[]
    ) e(no, seq, key, kind, at, actor, body, hash) JOIN moved USING (no)
), closed AS (
    UPDATE task SET state = CASE WHEN id = done THEN 'done' ELSE 'dropped' END, closed_at = now
    FROM moved WHERE case_no = no AND task.state = 'open'
        AND (id = done OR (cut AND role <> 'supervisor' AND step <> 'appeal'))
), rung AS (
    INSERT INTO outbox (case_no) SELECT no FROM moved WHERE ring
)
SELECT no FROM moved
"""
_WAITING = _WRITE.format(asked="asked")
_NOT_WAITING = _WRITE.format(
    asked="(SELECT asked.* FROM asked JOIN cases USING (no) WHERE cases.seq = read_at FOR UPDATE OF cases SKIP LOCKED)"
)


@dataclass(slots=True)
class Pen:
    """Collects what one transaction writes to one case, then writes it in one statement."""

    case: Case
    now: datetime
    events: list[tuple[chain.Event, str, bytes]] = field(default_factory=list)
    read_at: int = -1
    was_cut: bool = False

    def __post_init__(self) -> None:
        self.read_at = self.case.seq
        self.was_cut = self.case.state.stage in CUT_SHORT

    @property
    def today(self) -> date:
        """The legal date: the calendar day in Shanghai."""
        return self.now.astimezone(SHANGHAI).date()

    def write(
        self,
        kind: str,
        key: str,
        *,
        actor: str,
        role: str,
        task: str | None = None,
        data: dict[str, Any] | None = None,
    ) -> chain.Event:
        case = self.case
        event = chain.Event(
            case.no, case.seq + 1, key, kind, self.now, self.today, actor, role, task, data or {}
        )
        body = event.body(case.head)
        case.seq, case.head = event.seq, chain.leaf(body)
        self.events.append((event, body.decode(), case.head))
        apply(case.state, event)
        return event

    async def commit(self, conn: asyncpg.Connection, *, close: int | None = None, ring: bool = True) -> bool:
        """False if somebody else wrote first; nothing was written then.

        Without `ring` it is nothing that the engine waits for, so one that had read the whole log still has.
        """
        return bool(await write(conn, [(self, close)], ring=ring))


async def write(
    conn: asyncpg.Connection,
    written: Sequence[tuple[Pen, int | None]],
    *,
    ring: bool = True,
    wait: bool = True,
) -> set[str]:
    """Commit what several pens wrote, each to its own case and closing its own task.

    The cases that were written to; not among them is a case that somebody else wrote to first, or, without `wait`,
    is writing to now.
    """
    pens = [pen for pen, _ in written]
    states = [pen.case.state for pen in pens]
    events = [event for pen in pens for event in pen.events]
    moved = await conn.fetch(
        _WAITING if wait else _NOT_WAITING,
        [pen.case.no for pen in pens],
        [pen.read_at for pen in pens],
        [pen.case.seq for pen in pens],
        [pen.case.head for pen in pens],
        [state.stage.value for state in states],
        [state.stage in FINISHED for state in states],
        [orjson.dumps(state).decode() for state in states],
        [pen.now for pen in pens],
        [close for _, close in written],
        # What was offered after the end stays.
        [pen.case.state.stage in CUT_SHORT and not pen.was_cut for pen in pens],
        [ring] * len(pens),
        [e.case_no for e, _, _ in events],
        [e.seq for e, _, _ in events],
        [e.key for e, _, _ in events],
        [e.kind for e, _, _ in events],
        [e.at for e, _, _ in events],
        [e.actor for e, _, _ in events],
        [body for _, body, _ in events],
        [digest for _, _, digest in events],
    )
    return {no for (no,) in moved}
