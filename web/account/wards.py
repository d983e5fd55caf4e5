"""我监护的人: whose guardian I am, until when, and my consent to handle the data of a child under fourteen."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.errors import NotAllowed
from services.people.consents import WORDS, consent_online
from services.people.guardians import wards_of
from web.deps import ActorDep, HouseDep
from web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/account/wards")
async def show_wards(request: Request, house: HouseDep, actor: ActorDep, done: str = "") -> Response:
    if actor.kind != "citizen":
        raise NotAllowed("这里是监护人的页面", "This page is for guardians")
    async with house.db.connection() as conn:
        wards = await wards_of(conn, house, actor)
    return page(request, "account/wards.html", wards=wards, consent_words=WORDS, done=done)


@router.post("/account/wards/{subject_id}/consent")
async def consent(request: Request, house: HouseDep, actor: ActorDep, subject_id: str) -> Response:
    turn = str((await request.form()).get("turn", ""))
    async with house.db.transaction() as tx:
        await consent_online(tx, house, actor, subject_id, turn)
    return RedirectResponse(f"/account/wards?done={turn}", status_code=303)
