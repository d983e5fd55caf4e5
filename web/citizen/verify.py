"""Telling a true document from a false one: what its QR code leads to. Public, and so nothing personal."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases.stored import Verified, verified
from services.documents.proof import Compared, compare, proof_of
from services.house import House
from services.law.clock import legal_date
from services.law.licence_ids import is_licence_identifier
from services.law.licences import Standing, State
from services.law.masking import mask_name
from services.licences.library import find, own_identifier
from services.licences.metadata import record_holds
from web import e_licence_words, wording
from web.csrf import form_page
from web.deps import HouseDep, Identified, OptionalActor
from web.rendering import page
from web.uploads import Limits, Rule, receive

router = APIRouter(include_in_schema=False)
_FILE = "file"
_MAX_MB = 20
_LIMITS = Limits({_FILE: Rule(_MAX_MB, ("pdf",), at_most=1)}, total=2 * _MAX_MB * 1024 * 1024)


@router.get("/verify")
async def show_verify(request: Request, actor: OptionalActor, code: str = "") -> Response:
    if code.strip():
        return RedirectResponse(f"/verify/{quote(code.strip()[:100], safe='')}", status_code=303)
    return page(request, "citizen/verify.html", found=None, code="")


@router.get("/verify/{code}")
async def show_verified(request: Request, house: HouseDep, actor: OptionalActor, code: str) -> Response:
    return await _show(request, house, code)


@router.post("/verify/{code}")
async def hold_against(request: Request, house: HouseDep, actor: Identified, code: str) -> Response:
    """Is this the file that was issued? Nothing of what is uploaded is kept."""
    async with receive(request, limits=_LIMITS) as received:
        problems = dict(received.problems)
        given = [upload.read() for upload in received.files.get(_FILE, ())]
    if not given and not problems:
        problems[_FILE] = {"zh": "请选择要核对的 PDF 文件", "en": "Choose the PDF file to check"}
    return await _show(request, house, code, given[0] if given else b"", problems)


async def _show(
    request: Request, house: House, code: str, given: bytes = b"", problems: dict[str, Any] | None = None
) -> Response:
    if is_licence_identifier(code):
        return await _show_licence(request, house, code)
    async with house.db.connection() as conn:
        found = await verified(conn, code)
    if found is None:
        return page(request, "citizen/verify.html", status=404, found=None, code=code[:100])
    compared: Compared | None = await compare(house, found.file, found.made_at, given) if given else None
    item = house.items.get(found.item_code, found.item_version)
    return form_page(
        request,
        "citizen/verify.html",
        status=422 if problems else 200,
        found=found,
        code=code,
        item=item,
        kind=item.result.name
        if found.kind == "licence" and item.result
        else wording.DOCUMENTS.get(found.kind, found.kind),
        state=state_of(house, found),
        identifier=own_identifier(house, found.item_code, found.number, found.version)
        if found.version
        else "",
        sealed=await proof_of(house, found.file, found.made_at),
        compared=compared,
        problems=problems or {},
        max_mb=_MAX_MB,
    )


async def _show_licence(request: Request, house: House, identifier: str) -> Response:
    """电子证照标识: whether there is such a licence and how it stands, and no more of its holder than a masked name."""
    async with house.db.connection() as conn:
        found = await find(conn, house, identifier)
        if found is None:
            return page(request, "citizen/verify.html", status=404, found=None, code=identifier)
        holds = found.own is not None or await record_holds(conn, house, identifier)
    public = found.holder_kind == "organisation"
    return page(
        request,
        "citizen/verify_licence.html",
        e=e_licence_words.drawn(house, found),
        licence=found,
        usable=found.unusable(legal_date(house.now())) is None,
        holder=found.holder if public else mask_name(found.holder),
        holds=holds,
    )


def state_of(house: House, found: Verified) -> str:
    """How the paper stands today: as its licence does, or superseded if a later paper took its place."""
    if found.licence_state is None:
        return State.VALID
    standing = Standing(State(found.licence_state), 0, found.valid_until)
    state = standing.state if found.renewing else standing.on(legal_date(house.now()))
    return "superseded" if state is State.VALID and found.superseded else state.value
