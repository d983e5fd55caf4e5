"""在线申请, before the form: who applies, which situation, and going on with a draft."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from forms import WHICH_LICENCE, Item
from services import drafts
from services.cases.histories import case_page
from services.catalogue.eligibility import outlook, questions_of
from services.house import House
from services.law.policy import may_apply_for
from services.law.roles import Actor
from services.licences.consents import take_back_all
from services.licences.register import read_licence
from services.people.applicants import refused_alone
from web.citizen import guide_words as words
from web.citizen.apply_view import (
    Sheet,
    choose_applicant,
    choose_licence,
    licence_question,
    possible_applicants,
    sheet_of,
    take,
)
from web.deps import ActorDep, HouseDep
from web.held import STAY
from web.rendering import page

router = APIRouter(include_in_schema=False)


@asynccontextmanager
async def editing(
    house: House, actor: Actor, draft_id: str
) -> AsyncIterator[tuple[asyncpg.Connection, Sheet]]:
    """The draft under lock; saved when the block ends well."""
    async with house.db.transaction() as tx:
        draft = await drafts.read(tx, house, actor, draft_id, lock=True)
        sheet = sheet_of(house, draft)
        yield tx, sheet
        draft.item_version = sheet.item.version
        await drafts.save(tx, house, draft)


async def opened(house: House, actor: Actor, draft_id: str) -> Sheet:
    async with house.db.connection() as conn:
        return sheet_of(house, await drafts.read(conn, house, actor, draft_id))


async def correct_by(house: House, sheet: Sheet) -> date | None:
    """By when a corrected set has to be there."""
    if sheet.draft.case_no is None:
        return None
    async with house.db.connection() as conn:
        case = await case_page(conn, sheet.draft.case_no)
    return next((t["due_on"] for t in case.tasks if "resubmit" in t["commands"]), None) if case else None


def to_step(draft_id: str, step: str) -> Response:
    return RedirectResponse(f"/apply/{draft_id}/{step}", status_code=303)


@router.get("/apply/{draft_id}")
async def resume(house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    """The first page on which something is missing, or else the last."""
    sheet = await opened(house, actor, draft_id)
    if sheet.start_problems():
        return to_step(draft_id, "start")
    if sheet.item.stop(sheet.values):
        return to_step(draft_id, "not-needed")
    if sheet.long and (sheet.form_problems() or sheet.paper_problems()):
        return to_step(draft_id, "tasks")
    if sheet.form_problems():
        return to_step(draft_id, "form")
    return to_step(draft_id, "papers" if sheet.paper_problems() else "check")


@router.get("/apply/{draft_id}/start")
async def show_start(
    request: Request, house: HouseDep, actor: ActorDep, draft_id: str, back: str = ""
) -> Response:
    async with house.db.connection() as conn:
        sheet = sheet_of(house, await drafts.read(conn, house, actor, draft_id))
        return await _draw_start(request, house, actor, conn, sheet, back=back)


@router.post("/apply/{draft_id}/start")
async def save_start(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    form = await request.form()
    given = {name: [str(v) for v in form.getlist(name)] for name in form}
    async with editing(house, actor, draft_id) as (tx, sheet):
        offered = await possible_applicants(tx, house, actor, sheet.item)
        wanted = next(iter(given.get("applicant", ())), "")
        if sheet.draft.case_no is None and wanted in {s.id for s in offered}:
            await choose_applicant(tx, house, sheet.draft, sheet.item, wanted)
        take(sheet.draft, sheet.item.questions, given)
        await take_licence(tx, house, actor, sheet)
    sheet = sheet_of(house, sheet.draft)
    if STAY in form:
        return to_step(draft_id, "start?kept=1")
    if problems := sheet.start_problems():
        async with house.db.connection() as conn:
            return await _draw_start(request, house, actor, conn, sheet, problems, str(form.get("back", "")))
    if sheet.item.stop(sheet.values):
        return to_step(draft_id, "not-needed")
    await drafts.ask_registers(house, actor, draft_id)
    onward = "tasks" if sheet.long else "form"
    return to_step(draft_id, "check" if form.get("back") == "check" else onward)


@router.post("/apply/{draft_id}/registers")
async def ask_again(house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    """再取一次: of the registers that were down, whoever is back."""
    await drafts.ask_registers(house, actor, draft_id, again=True)
    return to_step(draft_id, "form")


async def take_licence(tx: asyncpg.Connection, house: House, actor: Actor, sheet: Sheet) -> None:
    """The licence that was chosen says whose application it is, and what its form begins with."""
    number = next(iter(sheet.draft.raw.get(WHICH_LICENCE.name, ())), "").strip().upper()
    licence = await read_licence(tx, number) if sheet.item.acts_on and number.isprintable() else None
    if licence and licence.holder_id in _whom(actor, sheet.item) and sheet.draft.case_no is None:
        await choose_applicant(tx, house, sheet.draft, sheet.item, licence.holder_id)
        await choose_licence(tx, house, sheet.draft, sheet.item, number)


def _whom(actor: Actor, item: Item) -> frozenset[str]:
    return may_apply_for(actor, item.code, item.department)


@router.get("/apply/{draft_id}/not-needed")
async def not_needed(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    sheet = await opened(house, actor, draft_id)
    stop = sheet.item.stop(sheet.values)
    if stop is None:
        return to_step(draft_id, "start")
    return page(request, "citizen/apply_stop.html", sheet=sheet, item=sheet.item, stop=stop)


@router.post("/apply/{draft_id}/discard")
async def discard(house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    async with house.db.transaction() as tx:
        await take_back_all(tx, house, actor, draft_id)
        await drafts.discard(tx, actor, draft_id)
    return RedirectResponse("/", status_code=303)


@router.post("/cases/{no}/correct")
async def correct(house: HouseDep, actor: ActorDep, no: str) -> Response:
    """补正: begin the corrected set, or go on with it."""
    async with house.db.transaction() as tx:
        draft_id = await drafts.start_correction(tx, house, actor, no)
    sheet = await opened(house, actor, draft_id)
    only_papers = {d["code"] for d in sheet.draft.defects} <= {m.code for m in sheet.uploads}
    return to_step(draft_id, "papers" if only_papers else "form")


async def _draw_start(
    request: Request,
    house: House,
    actor: Actor,
    conn: asyncpg.Connection,
    sheet: Sheet,
    problems: dict | None = None,
    back: str = "",
) -> Response:
    offered = await possible_applicants(conn, house, actor, sheet.item)
    refusal = await refused_alone(conn, house, actor, sheet.item)
    which = await licence_question(conn, house, sheet.item, _whom(actor, sheet.item))
    return page(
        request,
        "citizen/apply_start.html",
        questions=(which, *sheet.item.questions[1:]) if which else sheet.item.questions,
        choosing_licence=which is not None,
        status=422 if problems else 200,
        sheet=sheet,
        item=sheet.item,
        draft=sheet.draft,
        offered=offered,
        not_alone=refusal.words if refusal else None,
        own=request.state.session.subject_id,
        problems=problems or {},
        back_to=back == "check",
        # What the answers come to, live; a corrected set is asked for what the notice names.
        guided=[] if sheet.draft.case_no else [q.name for q in questions_of(sheet.item)],
        outlook=outlook(sheet.item, sheet.draft.raw),
        groups={group.name: group.label for group in sheet.item.any_of},
        words=words,
    )
