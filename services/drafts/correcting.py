"""补正: a corrected set begins as the last round's answers and papers, with what the notice says beside each."""

from dataclasses import dataclass

import asyncpg

from forms import to_raw
from services.cases.expected import expected
from services.cases.histories import Page, case_page, history, papers
from services.cases.log import Case
from services.cases.rounds import Paper, read_answers
from services.drafts.store import insert
from services.errors import NotExpected, NotFound
from services.house import House
from services.law.policy import may, owns
from services.law.roles import Actor
from services.licences.reuse import LICENCE, Reused, reused


async def start_correction(conn: asyncpg.Connection, house: House, actor: Actor, case_no: str) -> str:
    """The id of the draft to correct the case with; the one already begun if there is one. Call in a transaction."""
    await conn.execute("SELECT 1 FROM cases WHERE no = $1 FOR UPDATE", case_no)  # two clicks, one draft
    page = await _page(conn, actor, case_no)
    resubmission_task(page, actor)
    begun = await conn.fetchval(
        "SELECT id FROM draft WHERE account_id = $1 AND case_no = $2 AND expires_at > $3",
        actor.id, case_no, house.now(),
    )  # fmt: skip
    if begun:
        return begun
    item, last = (
        house.items.get(page.case.item_code, page.case.item_version),
        await last_set(conn, house, page.case),
    )
    draft = await insert(
        conn, house, actor, item, case_no, last.raw, last.papers, last.defects, page.case.applicant_id
    )
    return draft.id


@dataclass(frozen=True, slots=True)
class LastSet:
    """What a correction begins with: answers as a browser would send them, papers, and what the notice says of both."""

    raw: dict[str, list[str]]
    papers: list[Paper]
    defects: list[dict[str, str]]


async def last_set(conn: asyncpg.Connection, house: House, case: Case) -> LastSet:
    """In the clear: ask the policy first."""
    round_, item = case.state.round, house.items.get(case.item_code, case.item_version)
    answers = await read_answers(conn, house, case.no, round_)
    # What was declared of the last set does not hold for this one: it is declared again.
    asked = [f for f in item.questions + item.fields if f.kind != "declaration"]
    licences = await reused(conn, house, item, case.no, round_)
    carried = [
        _carried(p)
        for p in await papers(conn, case.no)
        if p["round"] == round_ and p["source"] != "shared" and _holds(licences.get(p["code"]))
    ]
    notices = [t.event for t in await history(conn, case.no) if t.event.kind == "correction_requested"]
    return LastSet(to_raw(asked, answers), carried, notices[-1].data["items"])


def _carried(p: asyncpg.Record) -> Paper:
    source = LICENCE if p["source"] == LICENCE else "carried"
    return Paper(p["code"], source, p["file"], p["name"], p["size"], p["type"], p["consent_id"])


def _holds(licence: Reused | None) -> bool:
    """An e-licence that lapsed meanwhile is not taken along: its paper is asked for."""
    return licence is None or licence.why_not is None


def resubmission_task(page: Page, actor: Actor) -> asyncpg.Record:
    """The open task that a corrected set answers; raises NotExpected."""
    for task in page.tasks:
        if may(actor, expected(task), page.case.parties, page.case.state, "resubmit") is None:
            return task
    raise NotExpected(
        "这个办件现在不需要补正，或补正期限已过",
        "This case does not wait for corrections now, or their time is over",
        expected=[c for t in page.tasks for c in t["commands"]],
    )


async def _page(conn: asyncpg.Connection, actor: Actor, case_no: str) -> Page:
    page = await case_page(conn, case_no)
    if page is None or not owns(actor, page.case.parties):
        raise NotFound("没有这个办件", "No such case")
    return page
