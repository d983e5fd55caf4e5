"""来访: which cases somebody who stands at the counter can go on with there."""

from collections.abc import Collection
from dataclasses import dataclass

import asyncpg

from services.cases.expected import expected
from services.cases.log import CASE_COLUMNS, Case
from services.law.commands import Command
from services.law.policy import AT_COUNTER, allowed, may_read, owns, served_at_counter
from services.law.roles import Actor

_MOST = 50
# What is over and waits for nothing more from its applicant is no business of a visit.
_OPEN = f"""
SELECT {CASE_COLUMNS}, c.stage, c.filed_at, s.name AS applicant, s.kind AS applicant_kind
FROM cases c JOIN subject s ON s.id = c.applicant_id
WHERE c.applicant_id = ANY ($1) AND c.kind <> 'order' AND (NOT c.finished OR EXISTS (
    SELECT FROM task t WHERE t.case_no = c.no AND t.state = 'open' AND t.role = 'applicant' AND t.commands && $2::text[]
)) ORDER BY c.filed_at DESC, c.no LIMIT {_MOST}
"""  # noqa: S608 - constants only
_TASKS = """
SELECT * FROM task WHERE case_no = ANY ($1) AND state = 'open' AND role = 'applicant' ORDER BY due_at NULLS LAST, id
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A case of the visitor's, and what they may do there: what is due first, what may be done at any time last."""

    row: asyncpg.Record
    case: Case
    acts: list[tuple[asyncpg.Record, Command]]


async def visits(conn: asyncpg.Connection, clerk: Actor, visitor: Actor) -> list[Visit]:
    """Open cases of whoever stands there, and of those they act for now, as far as this clerk may read them."""
    subjects = {*visitor.subjects, *(mandate.principal for mandate in visitor.mandates)}
    rows = await conn.fetch(_OPEN, list(subjects), sorted(AT_COUNTER))
    cases = [(row, case) for row in rows if _theirs(clerk, visitor, case := Case.of(row))]
    tasks: dict[str, list[asyncpg.Record]] = {case.no: [] for _, case in cases}
    for task in await conn.fetch(_TASKS, list(tasks)):
        tasks[task["case_no"]].append(task)
    return [
        Visit(row, case, [(t, c) for t in tasks[case.no] for c in _acts(clerk, visitor, case, t)])
        for row, case in cases
    ]


def _acts(clerk: Actor, visitor: Actor, case: Case, task: asyncpg.Record) -> list[Command]:
    return allowed(clerk, expected(task), case.parties, case.state, visitor)


def acts_at_counter(
    clerk: Actor, case: Case, tasks: Collection[asyncpg.Record]
) -> list[tuple[asyncpg.Record, Command]]:
    """代办: what the clerk may take down before anybody is identified, what is due first, each with its task."""
    return [
        (task, command)
        for task in sorted(tasks, key=lambda t: (t["due_at"] is None, t["id"]))
        for command in served_at_counter(clerk, expected(task), case.parties, case.state)
    ]


def _theirs(clerk: Actor, visitor: Actor, case: Case) -> bool:
    return owns(visitor, case.parties) and may_read(
        clerk, kind=case.kind, department=case.department, lead=case.lead, district=case.district,
        parties=case.parties,
    )  # fmt: skip
