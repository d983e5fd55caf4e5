"""核对后提交: everything once more, then one press that files it, however often it is pressed."""

from typing import Any

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services import drafts
from services.cases.filing import submit
from services.cases.histories import case_page
from services.cases.resubmitting import resubmit
from services.errors import Invalid, Refusal
from services.house import House
from services.law.roles import Actor
from services.licences.acting import grounds
from services.people import masked_view
from services.people.applicants import check_applicant
from services.scanning.files import infected_among
from web.citizen.apply import opened, to_step
from web.citizen.apply_view import Problems, Sheet, sheet_of, take
from web.deps import ActorDep, HouseDep
from web.i18n import language_of
from web.known_words import source_of
from web.parts import Row
from web.rendering import page
from web.uploads import PREFIX

router = APIRouter(include_in_schema=False)


@router.get("/apply/{draft_id}/check")
async def show_check(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    sheet = await opened(house, actor, draft_id)
    if sheet.start_problems():
        return to_step(draft_id, "start")
    if sheet.item.stop(sheet.values):
        return to_step(draft_id, "not-needed")
    return await _draw(request, house, sheet, {})


@router.get("/apply/{draft_id}/submit")
async def come_back(actor: ActorDep, draft_id: str) -> Response:
    """Whoever comes to the address of the button, from a history or a bookmark, sees the page it stands on."""
    return to_step(draft_id, "check")


@router.post("/apply/{draft_id}/submit")
async def file_it(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    form = await request.form()
    given = {name: [str(v) for v in form.getlist(name)] for name in form}
    async with house.db.transaction() as tx:
        try:
            draft = await drafts.read(tx, house, actor, draft_id, lock=True)
        except drafts.Filed as filed:  # pressed twice: the first press took the draft with it
            return _to_receipt(filed.extra["case_no"])
        sheet = sheet_of(house, draft)
        if sheet.item.stop(sheet.values):
            return to_step(draft_id, "not-needed")
        take(draft, (*sheet.declarations, *sheet.signing), given)
        sheet = sheet_of(house, draft)
        try:
            async with tx.transaction():
                case_no = await file_draft(tx, house, actor, sheet)
        except Invalid as invalid:
            await drafts.save(tx, house, draft)
            problems = dict(invalid.problems)
        else:
            await drafts.discard(tx, actor, draft_id)
            problems = None
    if problems is not None:
        return await _draw(request, house, sheet, problems)
    request.app.state.bell.ring()
    return _to_receipt(case_no)


async def file_draft(
    tx: asyncpg.Connection, house: House, actor: Actor, sheet: Sheet, *, channel: str = "web"
) -> str:
    """The case's number. Raises Invalid and the other refusals of filing."""
    draft = sheet.draft
    if draft.case_no is None:
        receipt = await submit(
            tx, house, actor, sheet.item, raw=draft.raw, papers=sheet.to_file(), applicant_id=draft.applicant_id,
            channel=channel, token=draft.id,
        )  # fmt: skip
        return receipt.case_no
    case = await case_page(tx, draft.case_no)
    assert case
    task = drafts.resubmission_task(case, actor)
    await resubmit(
        tx, house, actor, task_id=task["id"], case_no=draft.case_no, raw=draft.raw, papers=sheet.to_file(),
        token=draft.id,
    )  # fmt: skip
    return draft.case_no


def _to_receipt(case_no: str) -> Response:
    return RedirectResponse(f"/cases/{case_no}/receipt", status_code=303)


async def _draw(request: Request, house: House, sheet: Sheet, problems: Problems) -> Response:
    lang, draft = language_of(request), sheet.draft
    async with house.db.connection() as conn:
        applicant = await masked_view(conn, house.vault, draft.applicant_id) if draft.applicant_id else None
        hindrance, wrong = await _outlook(conn, house, sheet)
        infected = await infected_among(conn, sheet.to_file())
        refused = await _refused(conn, house, request.state.actor, sheet)
    last = {f.name for f in (*sheet.declarations, *sheet.signing)}
    return page(
        request,
        "citizen/check.html",
        status=422 if problems else 200,
        sheet=sheet,
        item=sheet.item,
        draft=draft,
        applicant=applicant,
        questions=_rows(sheet, sheet.item.questions, "start", lang),
        sections=[
            (
                section.title,
                _rows(sheet, sheet.drawn(section.fields), "form", lang, n if sheet.long else None),
            )
            for n, section in sheet.sections()
        ],
        gaps=_gaps(sheet, infected)
        + [{"href": f"/apply/{draft.id}/start?back=check#f-{n}", "label": said} for n, said in wrong.items()],
        hindrance=hindrance,
        refused=refused,
        prefix=PREFIX,
        problems={name: said for name, said in problems.items() if name in last},
    )


async def _outlook(conn: asyncpg.Connection, house: House, sheet: Sheet) -> tuple[dict[str, str], Problems]:
    """What stands in the way of this application though it is complete: said before it is filed, not after."""
    draft = sheet.draft
    if draft.case_no is not None:
        return {}, {}
    try:
        found = await grounds(conn, house, sheet.item, draft.applicant_id, sheet.values.get("licence", ""))
    except Invalid as invalid:
        return {}, dict(invalid.problems)
    return found.hindrance, {}


async def _refused(
    conn: asyncpg.Connection, house: House, actor: Actor, sheet: Sheet
) -> dict[str, str] | None:
    """Who must apply instead, or whose consent is missing: in words, before anything is pressed."""
    if sheet.draft.case_no is not None:
        return None
    try:
        await check_applicant(conn, house, actor, sheet.item, sheet.draft.applicant_id)
    except Refusal as refusal:
        return {"zh": refusal.zh, "en": refusal.en}
    return None


def _rows(sheet: Sheet, fields: Any, step: str, lang: str, part: int | None = None) -> list[Row]:
    base = f"/apply/{sheet.draft.id}/{step}?back=check" + (f"&section={part}" if part is not None else "")
    return [
        Row(
            f.label,
            f.show(sheet.values[f.name], lang) if f.name in sheet.values else "",
            f"{base}#f-{f.name}",
            source_of(sheet.draft, f.name) if f.name in sheet.values else None,
        )
        for f in fields
    ]


def _gaps(sheet: Sheet, infected: Problems) -> list[dict[str, Any]]:
    """Why it cannot be filed yet, each with the place where to put it right."""
    base = f"/apply/{sheet.draft.id}"
    form = [
        {"href": f"{base}/form?check=1&back=check#f-{n}", "label": said}
        for n, said in sheet.form_problems().items()
    ]
    papers = [
        {"href": f"{base}/papers?check=1&back=check#f-{n}", "label": said}
        for n, said in {**sheet.paper_problems(), **infected}.items()
    ]
    return form + papers
