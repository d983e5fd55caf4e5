"""我的办件 at a terminal: where each stands, and its ticket once more."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from services import drafts
from services.cases.lists import cases_of_citizen
from web import wording
from web.deps import ActorDep, HouseDep
from web.kiosk.screens import kiosk_page
from web.terminal import AT_TERMINAL

router = APIRouter(include_in_schema=False, dependencies=AT_TERMINAL)
SHOWN = 6


@router.get("/kiosk/cases")
async def cases(request: Request, house: HouseDep, actor: ActorDep) -> Response:
    async with house.db.connection() as conn:
        rows = await cases_of_citizen(conn, actor.id, actor.subjects, limit=SHOWN, offset=0)
        begun = await drafts.mine(conn, actor, house.now())
    return kiosk_page(
        request,
        "kiosk/cases.html",
        lines=[
            {
                "no": r["no"],
                "name": house.items.get(r["item_code"], r["item_version"]).name,
                "stage": wording.stage(r["stage"]),
                "filed_at": r["filed_at"],
            }
            for r in rows
            if r["kind"] == "application"
        ],
        begun=[(d, house.items.get(d["item_code"]).name) for d in begun if d["case_no"] is None],
    )
