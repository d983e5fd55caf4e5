"""核对、提交、取凭证 at a terminal: everything once more, one press, and a ticket to take along."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from forms import Field
from services import drafts
from services.cases.filing import open_query_code
from services.errors import Invalid
from services.house import House
from services.law.masking import mask_id, mask_phone
from services.people import masked_view
from web.citizen.apply_check import file_draft
from web.citizen.apply_view import Problems, sheet_of, take
from web.citizen.receipt import mine, outlook, qr
from web.deps import ActorDep, HouseDep
from web.i18n import language_of
from web.kiosk.asking import to
from web.kiosk.screens import APPLICANT, Way, kiosk_page, quiet, way_of
from web.parts import Row
from web.terminal import AT_TERMINAL

router = APIRouter(include_in_schema=False, dependencies=AT_TERMINAL)


@router.get("/kiosk/apply/{draft_id}/check")
async def check(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    async with house.db.connection() as conn:
        way = await way_of(conn, house, actor, draft_id)
    if way.sheet.item.stop(way.sheet.values):
        return to(f"{way.base}/stop")
    return await _draw(request, house, way, {})


@router.post("/kiosk/apply/{draft_id}/submit")
async def submit(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    form = await request.form()
    given = {name: [str(v) for v in form.getlist(name)] for name in form}
    problems: Problems = {}
    async with house.db.transaction() as tx:
        try:
            draft = await drafts.read(tx, house, actor, draft_id, lock=True)
        except drafts.Filed as filed:  # pressed twice: the first press took the draft with it
            return to(f"/kiosk/cases/{filed.extra['case_no']}/receipt")
        sheet = sheet_of(house, draft)
        take(draft, (*sheet.declarations, *sheet.signing), given)
        sheet, case_no = sheet_of(house, draft), ""
        try:
            async with tx.transaction():
                case_no = await file_draft(tx, house, actor, sheet, channel="kiosk")
        except Invalid as invalid:
            await drafts.save(tx, house, draft)
            problems = dict(invalid.problems)
        else:
            await drafts.discard(tx, actor, draft_id)
    if problems:
        async with house.db.connection() as conn:
            way = await way_of(conn, house, actor, draft_id)
        return await _draw(request, house, way, problems)
    request.app.state.bell.ring()
    return to(f"/kiosk/cases/{case_no}/receipt")


@router.get("/kiosk/cases/{no}/receipt")
async def receipt(request: Request, house: HouseDep, actor: ActorDep, no: str) -> Response:
    """收件凭证 as a ticket: what one needs to follow the case without signing in, large enough to read."""
    case = await mine(house, actor, no)
    item = house.items.get(case.case.item_code, case.case.item_version)
    return kiosk_page(
        request, "kiosk/receipt.html", case=case, item=item,
        code=open_query_code(house, no, case.row["query_code"]), outlook=outlook(house, case, item, language_of(request)),
    )  # fmt: skip


@router.get("/kiosk/cases/{no}/qr.svg")
async def progress_qr(house: HouseDep, actor: ActorDep, no: str) -> Response:
    return await qr(house, actor, no)


async def _draw(request: Request, house: House, way: Way, problems: Problems) -> Response:
    sheet, lang = way.sheet, language_of(request)
    async with house.db.connection() as conn:
        who = sheet.draft.applicant_id
        applicant = await masked_view(conn, house.vault, who) if who else None
    last = {f.name for f in (*sheet.declarations, *sheet.signing)}
    return kiosk_page(
        request, "kiosk/check.html", status=422 if problems else 200, way=way, sheet=sheet, applicant=applicant,
        rows=[_row(way, screen, lang) for screen in way.screens if screen.name != APPLICANT],
        gaps=[(way.address(s), next(iter(wrong.values()))) for s in way.screens if (wrong := way.wrong(s))],
        declarations=[quiet(f) for f in sheet.declarations],
        signing=[quiet(f) for f in sheet.signing],
        problems={name: said for name, said in problems.items() if name in last},
    )  # fmt: skip


def _row(way: Way, screen: Any, lang: str) -> Row:
    sheet = way.sheet
    if screen.material:
        material = sheet.item.material(screen.material)
        value: Any = [p.name or material.name for p in sheet.papers_of(screen.material)]
        label: Any = material.name
    else:
        label = screen.field.label
        value = _shown(screen.field, sheet.values[screen.name], lang) if screen.name in sheet.values else ""
    return Row(label, value, f"{way.address(screen)}?back=check")


def _shown(field: Field, value: Any, lang: str) -> str:
    """In a hall somebody may stand behind: numbers are shown as far as one knows one's own by."""
    if field.kind == "id_document":
        return field.show({**value, "number": mask_id(value["number"])}, lang)
    return mask_phone(value) if field.kind == "phone" else field.show(value, lang)
