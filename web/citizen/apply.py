"""在线申请, before the form: who applies, which situation, and going on with a draft."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from forms import WHICH_LICENCE, Item
from services import drafts
from services.house import House
from services.law.policy import may_apply_for
from services.law.roles import Actor
from services.licences.register import read_licence
from services.people.applicants import refused_alone
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
        await _take_licence(tx, house, actor, sheet)
    sheet = sheet_of(house, sheet.draft)
    if problems := sheet.start_problems():
        async with house.db.connection() as conn:
            return await _draw_start(request, house, actor, conn, sheet, problems, str(form.get("back", "")))
    if sheet.item.stop(sheet.values):
        return to_step(draft_id, "not-needed")
    return to_step(draft_id, "check" if form.get("back") == "check" else "form")


async def _take_licence(tx: asyncpg.Connection, house: House, actor: Actor, sheet: Sheet) -> None:
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
    async with house.db.connection() as conn:
        await drafts.discard(conn, actor, draft_id)
    return RedirectResponse("/", status_code=303)


@router.post("/cases/{no}/correct")
async def correct(house: HouseDep, actor: ActorDep, no: str) -> Response:
    """补正: begin the corrected set, or go on with it."""
    async with house.db.transaction() as tx:
        draft_id = await drafts.start_correction(tx, house, actor, no)
    return to_step(draft_id, "form")


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
    )
