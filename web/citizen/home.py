"""The front door: say what you want to do, or pick it."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from services import drafts
from services.catalogue.topics import topics_with_items
from web.deps import HouseDep, OptionalActor
from web.rendering import page

router = APIRouter(include_in_schema=False)

AUDIENCES = ("person", "organisation")
SHORTCUTS = 6  # of each audience on the home page


@router.get("/")
async def home(request: Request, house: HouseDep, actor: OptionalActor) -> Response:
    unfinished = []
    if actor and actor.kind == "citizen":
        async with house.db.connection() as conn:
            unfinished = await drafts.mine(conn, actor, house.now())
    listed = house.items.listed()
    return page(
        request,
        "citizen/home.html",
        unfinished=unfinished,
        named={item.code: item for item in house.items.latest()},
        standing=house.items.standing,
        offers={who: [i for i in listed if who in i.audience] for who in AUDIENCES},
        topics=topics_with_items(listed),
        shortcuts=SHORTCUTS,
    )
