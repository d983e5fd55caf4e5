"""Telling a true document from a false one: what its QR code leads to. Public, and so nothing personal."""

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases.stored import Verified, verified
from services.house import House
from services.law.clock import legal_date
from web import wording
from web.deps import HouseDep, OptionalActor
from web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/verify")
async def show_verify(request: Request, actor: OptionalActor, code: str = "") -> Response:
    if code.strip():
        return RedirectResponse(f"/verify/{quote(code.strip()[:100], safe='')}", status_code=303)
    return page(request, "citizen/verify.html", found=None, code="")


@router.get("/verify/{code}")
async def show_verified(request: Request, house: HouseDep, actor: OptionalActor, code: str) -> Response:
    async with house.db.connection() as conn:
        found = await verified(conn, code)
    if found is None:
        return page(request, "citizen/verify.html", status=404, found=None, code=code[:100])
    item = house.items.get(found.item_code, found.item_version)
    return page(
        request,
        "citizen/verify.html",
        found=found,
        code=code,
        item=item,
        kind=item.result.name
        if found.kind == "licence" and item.result
        else wording.DOCUMENTS.get(found.kind, found.kind),
        state=state_of(house, found),
    )


def state_of(house: House, found: Verified) -> str:
    """valid, expired, or what the register says of a licence that was cancelled or withdrawn."""
    if found.licence_state not in (None, "valid"):
        return "void"
    if found.valid_until and found.valid_until < legal_date(house.now()):
        return "expired"
    return "valid"
