"""One case as people read it: header, history, papers, documents, and whether its chain holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg

from services.cases.log import Case
from services.law import chain
from services.law.chain import Event, Verdict
from services.law.roles import SYSTEM, Role

TABLES = "FROM cases c LEFT JOIN subject s ON s.id = c.applicant_id LEFT JOIN account f ON f.id = c.filer_id"
_TASK = (
    "id", "case_no", "kind", "key", "step", "role", "department", "district", "commands", "not_by", "opened_at", "warn_at",
    "due_at", "due_on", "silence", "limit_n", "limit_unit", "since_on", "stops", "standing", "claimed_by", "claimed_at",
)  # fmt: skip
COLUMNS = f"""
c.*, s.name AS applicant, s.kind AS applicant_kind, s.id_type AS applicant_id_type, f.display_name AS filer,
ARRAY(SELECT ROW({", ".join(f"t.{column}" for column in _TASK)}, h.display_name) FROM task t
    LEFT JOIN account h ON h.id = t.claimed_by WHERE t.case_no = c.no AND t.state = 'open' ORDER BY t.id) AS open_tasks
"""  # noqa: S608 - constants
_CASE = f"SELECT {COLUMNS} {TABLES} WHERE c.no = $1"

WRITTEN = f"ROW(e.seq, e.body, e.hash, coalesce(a.display_name, '{SYSTEM.name}'))"
EVENTS = "FROM case_event e LEFT JOIN account a ON a.id = e.actor_id WHERE e.case_no = c.no ORDER BY e.seq"
# With the head that it leads to: asked for by itself it would now and then be that of a later event.
_LOG = f"SELECT c.head, ARRAY(SELECT {WRITTEN} {EVENTS}) AS log FROM cases c WHERE c.no = $1"  # noqa: S608 - constants


class Written(NamedTuple):
    """An event as it lies in the store."""

    seq: int
    body: bytes
    hash: bytes
    actor_name: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the name of whoever did it."""

    event: Event
    actor_name: str
    hash: str

    @property
    def taken_down(self) -> bool:
        """代办: the applicant's act, given at the counter; the actor is the clerk who took it down."""
        return self.event.role == Role.APPLICANT and self.event.data.get("channel") == "window"


@dataclass(frozen=True, slots=True)
class Log:
    """The whole of a case's log, oldest first, and the head that the case keeps."""

    written: list[Written]
    head: bytes

    @classmethod
    def of(cls, row: asyncpg.Record | None) -> "Log":
        """Of a row with `head` and `log`, an array of WRITTEN."""
        return cls([Written._make(event) for event in row["log"]], row["head"]) if row else cls([], b"")

    def told(self) -> list[Told]:
        """As far as it can be read."""
        told = []
        for w in self.written:
            try:
                told.append(Told(chain.read(w.body), w.actor_name, w.hash.hex()))
            except (ValueError, KeyError, TypeError):
                break  # somebody broke the record here; the verdict says so
        return told

    def verdict(self) -> Verdict:
        """Every body read again, hashed again, and compared with the head."""
        # No case is without its first event: then somebody took it away.
        head = self.head if self.written else b""
        return chain.verify([(w.seq, w.body, w.hash) for w in self.written], head)


@dataclass(frozen=True, slots=True)
class Made:
    """文书 as the log tells of it."""

    id: str
    kind: str
    number: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """What a case's page starts from. `row` has every column of the case and the applicant's name.

    `tasks`: every open one, whoever's it is, with the name of whoever claimed it.
    """

    row: asyncpg.Record
    case: Case
    tasks: list[dict[str, Any]]


def is_number(case_no: str) -> bool:
    """Anything else in an address is no case's, and some of it (NUL) PostgreSQL could not even be asked about."""
    return case_no.isascii() and case_no.isalnum()


async def case_page(conn: asyncpg.Connection, case_no: str) -> Page | None:
    row = await conn.fetchrow(_CASE, case_no) if is_number(case_no) else None
    if row is None:
        return None
    return Page(row, Case.of(row), tasks_of(row))


def tasks_of(row: asyncpg.Record) -> list[dict[str, Any]]:
    """Of a row with COLUMNS."""
    return [dict(zip((*_TASK, "claimed_name"), task, strict=True)) for task in row["open_tasks"]]


async def history(conn: asyncpg.Connection, case_no: str) -> list[Told]:
    """The whole log, oldest first, as far as it can be read."""
    return (await _log(conn, case_no)).told()


async def verify_chain(conn: asyncpg.Connection, case_no: str) -> Verdict:
    """As the store has it now."""
    return (await _log(conn, case_no)).verdict()


async def verified_history(conn: asyncpg.Connection, case_no: str) -> tuple[list[Told], Verdict]:
    """Both, of one moment."""
    log = await _log(conn, case_no)
    return log.told(), log.verdict()


async def _log(conn: asyncpg.Connection, case_no: str) -> Log:
    return Log.of(await conn.fetchrow(_LOG, case_no))


def tells(told: list[Told], of: str) -> bool:
    """Whether the log has an event whose kind begins so: what it never told of need not be asked for."""
    return any(t.event.kind.startswith(of) for t in told)


def documents_told(told: list[Told]) -> list[Made]:
    """文书 that are made, oldest first, from the log instead of the store."""
    made = [t.event for t in told if t.event.kind == "document_made"]
    return [Made(e.data["document"], e.data["kind"], e.data["number"], e.at) for e in made]


def has_orders(told: list[Told]) -> bool:
    """`orders_about` would find some."""
    return tells(told, "order_linked")


def has_licences(case: Case, told: list[Told]) -> bool:
    """`services.licences.queries.licences_of_case` would find some: it acts on one, or did something to one."""
    return bool(case.state.licence) or tells(told, "licence_")


async def papers(conn: asyncpg.Connection, case_no: str) -> list[asyncpg.Record]:
    """材料 of every round, newest round last; `scan` is what the virus scanner said of its content."""
    return await conn.fetch(
        "SELECT m.*, s.state AS scan FROM material m LEFT JOIN file_scan s USING (file) "
        "WHERE m.case_no = $1 ORDER BY m.round, m.id",
        case_no,
    )


async def documents(conn: asyncpg.Connection, case_no: str) -> list[asyncpg.Record]:
    """文书 that are made, oldest first."""
    return await conn.fetch(
        "SELECT * FROM document WHERE case_no = $1 AND file IS NOT NULL ORDER BY made_at", case_no
    )


async def orders_about(conn: asyncpg.Connection, case_no: str) -> list[asyncpg.Record]:
    """12345 work orders about a case, but for those whose existence is kept from it."""
    return await conn.fetch(
        "SELECT no, title, stage, filed_at, finished FROM cases WHERE linked_no = $1 AND kind = 'order' "
        "AND NOT coalesce((state ->> 'hushed')::boolean, false) ORDER BY filed_at",
        case_no,
    )


async def upper_of(conn: asyncpg.Connection, case_no: str) -> str | None:
    """The case at the upper level that this one was forwarded to (转报)."""
    return await conn.fetchval("SELECT no FROM cases WHERE linked_no = $1 AND kind = 'application'", case_no)


async def licence_of(conn: asyncpg.Connection, case_no: str) -> asyncpg.Record | None:
    """What it issued, or what it is about."""
    return await conn.fetchrow(
        "SELECT l.* FROM licence l JOIN cases c ON c.no = $1 AND (l.case_no = c.no OR l.number = c.licence_no) "
        "ORDER BY l.case_no = c.no DESC LIMIT 1",
        case_no,
    )
