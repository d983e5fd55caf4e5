"""自助终端呼叫: somebody at a terminal asks for help; whoever goes there says so."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.errors import NotFound
from services.kiosks.calls import take_call
from web.deps import HouseDep
from web.preferences import same_site
from web.window.staff import StaffDep, scope

router = APIRouter(include_in_schema=False)


@router.post("/window/calls/{call_id}")
async def take(request: Request, house: HouseDep, actor: StaffDep, call_id: int) -> Response:
    back = same_site(str((await request.form()).get("back", "/window")))
    if call_id >= 2**63:
        raise NotFound("没有这个呼叫", "No such call")
    async with house.db.connection() as conn:
        await take_call(conn, actor, scope(actor), call_id, house.now())
    return RedirectResponse(back, status_code=303)
