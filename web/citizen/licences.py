"""我的证照: what I and those I act for hold, what became of it, and what can be done with it."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services import drafts
from services.errors import NotFound
from services.licences.queries import cases_about, licence_history, licence_named, licences_of
from services.notices.telling import notices_for
from web import licence_words as words
from web import wording
from web.citizen.apply_view import choose_applicant, choose_licence
from web.citizen.guide import listed
from web.deps import ActorDep, HouseDep
from web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/my/licences")
async def my_licences(request: Request, house: HouseDep, actor: ActorDep) -> Response:
    async with house.db.connection() as conn:
        rows = await licences_of(conn, actor.subjects)
        notices = await notices_for(conn, actor.subjects)
    return page(
        request,
        "citizen/licences.html",
        licences=[words.told(house, row) for row in rows],
        notices=notices[:3],
        acts=words.ACTS,
    )


@router.get("/my/licences/{number}")
async def my_licence(request: Request, house: HouseDep, actor: ActorDep, number: str) -> Response:
    async with house.db.connection() as conn:
        row = await licence_named(conn, number)
        if row is None or row["holder_id"] not in actor.subjects:
            raise NotFound("您名下没有这张证照", "You hold no such licence")
        history = await licence_history(conn, number)
        open_cases = await cases_about(conn, number)
    return page(
        request,
        "citizen/licence.html",
        licence=words.told(house, row),
        steps=words.history_steps(history, "/cases/"),
        open_cases=[
            {"no": c["no"], "title": c["title"], "stage": wording.stage(c["stage"])} for c in open_cases
        ],
        acts=words.ACTS,
    )


@router.post("/my/licences/{number}/{code}")
async def act_on(house: HouseDep, actor: ActorDep, number: str, code: str) -> Response:
    """延续、变更、补办、注销: an application with the licence chosen already."""
    item = listed(house, code)
    async with house.db.transaction() as tx:
        row = await licence_named(tx, number)
        if row is None or row["holder_id"] not in actor.subjects or row["item_code"] != item.family:
            raise NotFound("您名下没有这张证照", "You hold no such licence")
        draft = await drafts.start(tx, house, actor, item)
        await choose_applicant(tx, house, draft, item, row["holder_id"])
        await choose_licence(tx, house, draft, item, number)
        await drafts.save(tx, house, draft)
    return RedirectResponse(f"/apply/{draft.id}/start", status_code=303)
