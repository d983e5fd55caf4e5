"""One case's log under one pen: events get their numbers and hashes here, and nowhere else.

Concurrency: every write moves the case row from the sequence number it was read at (compare and set). Two writers of
one case can't both win, and no lock is held while Python thinks. A writer that lost reads again.
"""

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


# One statement is one transaction: the case moves on, and only then do its events, its tasks and the bell exist.
_WRITE = """
WITH moved AS (
    UPDATE cases SET seq = $3, head = $4, stage = $5, finished = $6, state = $7::text::jsonb
    WHERE no = $1 AND seq = $2 RETURNING no
), logged AS (
    INSERT INTO case_event (case_no, seq, key, kind, at, actor_id, body, hash)
    SELECT moved.no, e.* FROM moved,
        unnest($8::int[], $9::text[], $10::text[], $11::timestamptz[], $12::text[], $13::text[], $14::bytea[]) e
), closed AS (
    UPDATE task SET state = CASE WHEN id = $15 THEN 'done' ELSE 'dropped' END, closed_at = $17
    FROM moved WHERE task.case_no = moved.no AND task.state = 'open'
        AND (id = $15 OR ($16 AND role <> 'supervisor' AND step <> 'appeal'))
), rung AS (
    INSERT INTO outbox (case_no) SELECT no FROM moved WHERE $18
)
SELECT count(*) FROM moved
"""


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
        """False if somebody else wrote first; nothing was written then."""
        case, events = self.case, self.events
        moved = await conn.fetchval(
            _WRITE,
            case.no,
            self.read_at,
            case.seq,
            case.head,
            case.state.stage.value,
            case.state.stage in FINISHED,
            orjson.dumps(case.state).decode(),
            [e.seq for e, _, _ in events],
            [e.key for e, _, _ in events],
            [e.kind for e, _, _ in events],
            [e.at for e, _, _ in events],
            [e.actor for e, _, _ in events],
            [body for _, body, _ in events],
            [digest for _, _, digest in events],
            close,
            case.state.stage in CUT_SHORT and not self.was_cut,  # what was offered after the end stays
            self.now,
            ring,
        )
        return moved == 1
