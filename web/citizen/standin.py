"""The page of the payment platform that stands in for the real one: a demonstration has one, a province does not."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from forms import yuan
from services.errors import NotFound
from services.house import House
from services.payments.receiving import hear
from services.payments.standin import StandIn
from web.csrf import form_page
from web.deps import HouseDep, OptionalActor

router = APIRouter(include_in_schema=False)


@router.get("/pay-demo/{ref}")
async def show_bill(request: Request, house: HouseDep, actor: OptionalActor, ref: str) -> Response:
    """What is paid, to whom; whoever has the address may pay, as anywhere."""
    bill = await _platform(house).bill(ref)
    return form_page(request, "citizen/standin.html", bill=bill, amount=yuan(bill["fen"]))


@router.post("/pay-demo/{ref}")
async def pay_bill(request: Request, house: HouseDep, actor: OptionalActor, ref: str) -> Response:
    """Pay, and be sent back; what the case shows then comes from our own store."""
    platform = _platform(house)
    bill, form = await platform.bill(ref), await request.form()
    if form.get("do") == "pay":
        said = await platform.pay(ref)
        if "lost" not in form:  # a demonstration of what reconciliation is for
            await hear(house, said.body, said.signature)
            request.app.state.bell.ring()
    back = urlsplit(bill["back"])  # on this very site, whatever name the browser has for it
    return RedirectResponse(f"{back.path}?{back.query}", status_code=303)


def _platform(house: House) -> StandIn:
    if not isinstance(house.platform, StandIn):
        raise NotFound("没有这张缴款单", "No such bill")
    return house.platform
