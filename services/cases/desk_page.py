"""A case as a desk (工作台) starts from it: what belongs to the case in one question, since each question costs the page."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import asyncpg

from services.cases.histories import COLUMNS, EVENTS, TABLES, WRITTEN, Log, Page, is_number, tasks_of
from services.cases.log import Case
from services.people.standing import legal_representative_of


class Given(NamedTuple):
    """材料 of the last round; `scan` is what the virus scanner said of its content."""

    id: int
    code: str
    source: str
    file: str | None
    name: str | None
    size: int | None
    type: str | None
    consent_id: str | None
    scan: str | None


class Alike(NamedTuple):
    """可能重复: another open case of the same applicant for the same item."""

    no: str
    stage: str
    filed_at: datetime


# Each list in the order of its class. Cases alike are read from the end of the applicant's index, and no further: a bank
# has thousands.
_CASE = f"""
SELECT {COLUMNS}, s.id_number_sealed, s.phone_sealed, s.address_sealed, u.sealed AS answers_sealed,
    {legal_representative_of("c.applicant_id")} AS representative_id,
    ARRAY(SELECT {WRITTEN} {EVENTS}) AS log,
    ARRAY(SELECT ROW(m.id, m.code, m.source, m.file, m.name, m.size, m.type, m.consent_id, f.state)
        FROM material m LEFT JOIN file_scan f USING (file)
        WHERE m.case_no = c.no AND m.round = (c.state ->> 'round')::int ORDER BY m.id) AS papers,
    ARRAY(SELECT ROW(no, stage, filed_at) FROM cases WHERE applicant_id = c.applicant_id
        AND item_code = c.item_code AND no <> c.no AND NOT finished ORDER BY filed_at DESC LIMIT 5) AS alike
{TABLES} LEFT JOIN submission u ON u.case_no = c.no AND u.round = (c.state ->> 'round')::int WHERE c.no = $1
"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class DeskPage(Page):
    """`row` has the sealed columns of the applicant and of the answers, and the applicant's legal representative too."""

    log: Log
    papers: list[Given]
    alike: list[Alike]


async def desk_page(conn: asyncpg.Connection, case_no: str) -> DeskPage | None:
    row = await conn.fetchrow(_CASE, case_no) if is_number(case_no) else None
    if row is None:
        return None
    papers, alike = map(Given._make, row["papers"]), map(Alike._make, row["alike"])
    return DeskPage(row, Case.of(row), tasks_of(row), Log.of(row), list(papers), list(alike))
