"""The first screen; the last one, which wipes; and the button that calls somebody."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services.kiosks.calls import call_for_help
from services.people import close_session
from web import csrf
from web.deps import HouseDep, OptionalActor, drop_token, presented_token
from web.i18n import COOKIE as LANGUAGE
from web.preferences import LARGE_COOKIE
from web.terminal import AT_TERMINAL, IDLE, WARN, Terminal

router = APIRouter(include_in_schema=False, dependencies=AT_TERMINAL)


@router.get("/kiosk")
async def welcome(request: Request, actor: OptionalActor, ended: bool = False) -> Response:
    called = request.query_params.get("called") == "1"
    return csrf.form_page(request, "kiosk/welcome.html", idle=IDLE, warn=WARN, ended=ended, called=called)


@router.get("/kiosk/wipe")
async def wipe(request: Request, house: HouseDep, actor: OptionalActor) -> Response:
    """A GET, so that a page can end by itself where no script runs. The draft stays with its owner's account."""
    if token := presented_token(request)[0]:
        async with house.db.connection() as conn:
            await close_session(conn, token)
    response = RedirectResponse("/kiosk?ended=1", status_code=303)
    drop_token(request, response)
    for name in (LANGUAGE, LARGE_COOKIE):
        response.delete_cookie(name, path="/")
    # Pages kept for the back button go with it.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@router.get("/kiosk/here")
async def here(actor: OptionalActor) -> Response:
    """Somebody touched the screen: asking for them has kept the session awake."""
    return Response(status_code=204)


@router.post("/kiosk/help")
async def call(request: Request, house: HouseDep, actor: OptionalActor, terminal: Terminal) -> Response:
    if terminal:
        async with house.db.connection() as conn:
            await call_for_help(conn, terminal, house.now())
    return csrf.form_page(request, "kiosk/help.html", idle=IDLE, warn=WARN, called=terminal is not None)
