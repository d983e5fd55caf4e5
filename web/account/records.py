"""基础库里的关系: kin, guardians and companies of the signed-in citizen, fetched when they ask for it."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services.errors import NotAllowed
from services.people.recording import ask_for_ties
from web.deps import ActorDep, HouseDep

router = APIRouter(include_in_schema=False)


@router.post("/account/records")
async def refresh(request: Request, house: HouseDep, actor: ActorDep) -> Response:
    own = request.state.session.subject_id
    if own is None:
        raise NotAllowed(
            "只有市民账户可以查询自己的记录", "Only a citizen's account can ask for its own records"
        )
    silent = await ask_for_ties(house, actor, own)
    return RedirectResponse(
        f"/account?silent={','.join(silent)}#records" if silent else "/account#records", 303
    )
