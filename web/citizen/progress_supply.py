"""容缺后补: the page where papers that were promised are handed in, as many at a time as one likes."""

from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases.resubmitting import supply
from services.cases.waiting import settled
from services.errors import Invalid
from services.house import House
from services.law.roles import Actor
from web.citizen.progress_acts import not_now, task_in
from web.citizen.progress_view import View, view_for
from web.deps import ActorDep, HouseDep, StreamingActor
from web.rendering import page
from web.uploads import MOST, PREFIX, keep, limits_of, receive

router = APIRouter(include_in_schema=False)
_ADDRESS = "/cases/{case_no}/supply"


@router.get(_ADDRESS)
async def show_supply(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return _draw(request, await _view(house, actor, case_no), {}, uuid4().hex)


@router.post(_ADDRESS)
async def do_supply(request: Request, house: HouseDep, actor: StreamingActor, case_no: str) -> Response:
    """What is fit to take is taken; what is not is named, and the page asks for what is still missing."""
    view = await _view(house, actor, case_no)
    late = [m for m in view.item.materials if m.need == "late"]
    async with receive(request, limits=limits_of(late)) as received:
        papers = await keep(house, received)
    problems, token = dict(received.problems), received.first("token")
    if papers or not problems:
        task_id = task_in(received.first("task"))
        try:
            async with house.db.transaction() as tx:
                done = await supply(
                    tx, house, actor, task_id=task_id, case_no=case_no, papers=papers, token=token
                )
        except Invalid as invalid:
            problems |= invalid.problems
        else:
            request.app.state.bell.ring()
            await settled(house.db, done.case_no, done.seq)
            if not problems:
                return RedirectResponse(f"/cases/{case_no}?done=supply", status_code=303)
            view, token = await _view(house, actor, case_no), uuid4().hex
    return _draw(request, view, problems, token)


async def _view(house: House, actor: Actor, case_no: str) -> View:
    async with house.db.connection() as conn:
        return await view_for(conn, house, actor, case_no)


def _draw(request: Request, view: View, problems: dict[str, Any], token: str) -> Response:
    task = next((t for t in view.tasks if t["step"] == "supply_late"), None)
    if task is None or "supply_late" not in view.commands:
        raise not_now()
    return page(
        request,
        "citizen/supply.html",
        status=422 if problems else 200,
        view=view,
        task=task,
        token=token,
        missing=[view.item.material(code) for code in view.case.state.gaps],
        prefix=PREFIX,
        most=MOST,
        problems=problems,
    )
