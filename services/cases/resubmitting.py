"""补正、容缺后补: a running case gets papers, the whole set again or what was to follow, through the door."""

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from forms import Item, pledges_of
from services.cases.attending import IdPaper
from services.cases.door import Done, act
from services.cases.log import Case, load
from services.cases.rounds import (
    Paper,
    check_filing,
    check_licences,
    have,
    keep_papers,
    keep_round,
    note_licences,
    proof,
    sign,
)
from services.errors import Invalid, NotFound
from services.house import House
from services.law.roles import Actor, Role
from services.scanning.files import refuse_infected


async def resubmit(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    *,
    task_id: int,
    case_no: str,
    raw: Mapping[str, list[str]],
    papers: Sequence[Paper],
    token: str,
    visitor: IdPaper | None = None,
) -> Done:
    """补正: the whole set again, with what was asked for corrected. Call inside a transaction.

    `visitor`: as for `services.cases.door.act`.
    """
    case = await load(conn, case_no, lock=True)
    if case is None:
        raise NotFound("没有这个办件", "No such case")
    if case.state.licence:  # what the case is about is not corrected
        raw = {**raw, "licence": [case.state.licence["number"]]}
    item = house.items.get(case.item_code, case.item_version)
    answers = check_filing(item, raw, papers)
    _keeps_its_course(item, case, answers)
    await refuse_infected(conn, papers)
    done = await act(
        conn, house, actor, task_id=task_id, command="resubmit", token=token, record=proof(papers), visitor=visitor
    )  # fmt: skip
    _same_case(done, case_no)
    if not done.repeated:
        await check_licences(conn, house, item, case.applicant_id, papers, token, case_no)
        await keep_round(conn, house, case_no, case.state.round + 1, answers, papers)
        await note_licences(conn, house, actor, item, case_no, papers)
        moved = await load(conn, case_no)
        assert moved
        pledges = pledges_of(item, answers, have(papers))
        said = {"channel": "window"} if visitor else {}
        await sign(conn, house, actor.id, Role.APPLICANT, moved, answers, pledges, **said)
    return done


async def supply(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    *,
    task_id: int,
    case_no: str,
    papers: Sequence[Paper],
    token: str,
    visitor: IdPaper | None = None,
) -> Done:
    """容缺后补: one or more of the papers that were to follow. Call inside a transaction.

    `visitor`: as for `services.cases.door.act`.
    """
    case = await load(conn, case_no, lock=True)
    if case is None:
        raise NotFound("没有这个办件", "No such case")
    item = house.items.get(case.item_code, case.item_version)
    await refuse_infected(conn, papers)
    done = await act(
        conn, house, actor, task_id=task_id, command="supply_late", token=token, record=proof(papers),
        visitor=visitor,
    )  # fmt: skip
    _same_case(done, case_no)
    if not done.repeated:
        await check_licences(conn, house, item, case.applicant_id, papers, token, case_no)
        await keep_papers(conn, case_no, case.state.round, papers)
        await note_licences(conn, house, actor, item, case_no, papers)
    return done


def _same_case(done: Done, case_no: str) -> None:
    """A task and a case come from a page apart: papers go to no case but the one that was acted on. Raises NotFound."""
    if done.case_no != case_no:
        raise NotFound("没有这个办件", "No such case")


def _keeps_its_course(item: Item, case: Case, answers: Mapping[str, Any]) -> None:
    """A correction mends papers and answers. Another situation with other steps is another application."""
    if case.state.sent_up or list(item.skipped(answers)) == case.state.skips:
        return
    names = {n for step in item.procedure.steps if step.when for n, _ in step.when.comparisons()}
    said = {
        "zh": "补正不能改变办理情形。情形填错的，请撤回后重新申请。",
        "en": "A correction can't change the situation. If it was wrong, withdraw and apply anew.",
    }
    raise Invalid({name: said for name in sorted(names)})
