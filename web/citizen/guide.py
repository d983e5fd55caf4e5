"""事项指南: everything that Licence Law art. 30 wants on display, and the way in."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services import drafts
from services.errors import NotFound
from services.house import House
from web.citizen import guide_words as words
from web.citizen.apply_view import choose_applicant, possible_applicants
from web.deps import ActorDep, HouseDep, OptionalActor
from web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/items/{code}")
async def guide(request: Request, house: HouseDep, actor: OptionalActor, code: str) -> Response:
    item = listed(house, code)
    begun = []
    if actor and actor.kind == "citizen":
        async with house.db.connection() as conn:
            begun = await drafts.mine(conn, actor, house.now(), item_code=code)
    groups = {group.name: group.label for group in item.any_of}
    return page(request, "citizen/guide.html", item=item, words=words, begun=begun, groups=groups)


@router.post("/items/{code}/start")
async def start(request: Request, house: HouseDep, actor: ActorDep, code: str) -> Response:
    item = listed(house, code)
    async with house.db.transaction() as tx:
        draft = await drafts.start(tx, house, actor, item)
        offered = await possible_applicants(tx, house, actor, item)
        if len(offered) == 1:
            await choose_applicant(tx, house, draft, item, offered[0].id)
            await drafts.save(tx, house, draft)
    step = "start" if item.questions or len(offered) != 1 else "form"
    if step == "form":
        await drafts.ask_registers(house, actor, draft.id)
    return RedirectResponse(f"/apply/{draft.id}/{step}", status_code=303)


@router.get("/items/{code}/start")
async def back_to_guide(code: str) -> Response:
    """Where a browser may land after signing in on the way to applying."""
    return RedirectResponse(f"/items/{code}", status_code=303)


def listed(house: House, code: str):
    item = house.items.get(code)
    if not item.listed:
        raise NotFound("没有这个事项", f"No such service item: {code}")
    return item
