"""The front door: say what you want to do, or pick it."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services import drafts
from services.catalogue.topics import topics_with_items
from web.citizen.duties import duties
from web.deps import HouseDep, OptionalActor
from web.rendering import page
from web.terminal import is_terminal

router = APIRouter(include_in_schema=False)

AUDIENCES = ("person", "organisation")
SHORTCUTS = 6  # of each audience on the home page


@router.get("/")
async def home(request: Request, house: HouseDep, actor: OptionalActor) -> Response:
    if is_terminal(request):
        return RedirectResponse("/kiosk", status_code=303)
    unfinished, waiting = [], []
    if actor and actor.kind == "citizen":
        async with house.db.connection() as conn:
            unfinished = await drafts.mine(conn, actor, house.now())
            waiting = await duties(conn, house, actor)
    listed = house.items.listed()
    return page(
        request,
        "citizen/home.html",
        unfinished=unfinished,
        waiting=waiting,
        named={item.code: item for item in house.items.latest()},
        standing=house.items.standing,
        offers={who: [i for i in listed if who in i.audience] for who in AUDIENCES},
        topics=topics_with_items(listed),
        shortcuts=SHORTCUTS,
    )
