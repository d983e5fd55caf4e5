"""补正: a corrected set begins as the last round's answers and papers, with what the notice says beside each."""

import asyncpg

from forms import to_raw
from services.cases.expected import expected
from services.cases.filing import Paper, read_answers
from services.cases.histories import Page, case_page, history, papers
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
    case, round_ = page.case, page.case.state.round
    item = house.items.get(case.item_code, case.item_version)
    answers = await read_answers(conn, house, case_no, round_)
    # What was declared of the last set does not hold for this one: it is declared again.
    asked = [f for f in item.questions + item.fields if f.kind != "declaration"]
    licences = await reused(conn, house, item, case_no, round_)
    carried = [
        _carried(p)
        for p in await papers(conn, case_no)
        if p["round"] == round_ and p["source"] != "shared" and _holds(licences.get(p["code"]))
    ]
    notices = [t.event for t in await history(conn, case_no) if t.event.kind == "correction_requested"]
    draft = await insert(
        conn, house, actor, item, case_no, to_raw(asked, answers), carried,
        notices[-1].data["items"], case.applicant_id,
    )  # fmt: skip
    return draft.id


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
