"""What can be done here: large tiles, then what an item needs, then begin."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services import drafts
from services.catalogue.life import closed, refuse_closed
from web.citizen.guide import begin, listed
from web.citizen.guide_words import limit_words
from web.csrf import form_page
from web.deps import ActorDep, HouseDep, OptionalActor
from web.terminal import AT_TERMINAL, IDLE, WARN

router = APIRouter(include_in_schema=False, dependencies=AT_TERMINAL)
PER_SCREEN = 8


@router.get("/kiosk/items")
async def items(request: Request, house: HouseDep, actor: OptionalActor) -> Response:
    found = sorted(house.items.listed(), key=lambda i: "person" not in i.audience)
    given = request.query_params.get("page", "1")
    pages = max(1, -(-len(found) // PER_SCREEN))
    at = min(max(int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1, 1), pages)
    return form_page(
        request, "kiosk/items.html", idle=IDLE, warn=WARN, found=found[(at - 1) * PER_SCREEN : at * PER_SCREEN],
        at=at, pages=pages,
    )  # fmt: skip


@router.get("/kiosk/items/{code}")
async def item(request: Request, house: HouseDep, actor: OptionalActor, code: str) -> Response:
    item = listed(house, code)
    begun = []
    if actor:
        async with house.db.connection() as conn:
            begun = await drafts.mine(conn, actor, house.now(), item_code=code)
    return form_page(
        request,
        "kiosk/item.html",
        idle=IDLE,
        warn=WARN,
        item=item,
        begun=begun,
        limit_words=limit_words,
        closed=closed(house, item),
    )


@router.post("/kiosk/items/{code}/start")
async def start(house: HouseDep, actor: ActorDep, code: str) -> Response:
    item = listed(house, code)
    refuse_closed(house, item)
    draft, several = await begin(house, actor, item)
    if not (item.questions or several):
        await drafts.ask_registers(house, actor, draft.id)
    return RedirectResponse(f"/kiosk/apply/{draft.id}", status_code=303)
