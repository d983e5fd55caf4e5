"""分办, for all cases that are ticked: each is an act of its own on its own task."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases.door import act
from services.errors import Refusal
from web.deps import HouseDep
from web.window.claiming import AT_ONCE, back_to, ticked
from web.window.staff import StaffDep

router = APIRouter(include_in_schema=False)


@router.post("/window/assignments")
async def assign_all(request: Request, house: HouseDep, actor: StaffDep) -> Response:
    """The token of the page and the task make each act's own, so a button pressed twice assigns once."""
    form = await request.form()
    back, handler, token = (str(form.get(name, "")) for name in ("back", "handler", "token"))
    ids = ticked(form.getlist("task"))[:AT_ONCE]
    if not ids:
        return RedirectResponse(back_to(back, "none"), status_code=303)
    done, count = "assigned" if handler else "nobody", 0
    async with house.db.connection() as conn:
        for task_id in ids if handler else ():
            try:
                await act(
                    conn, house, actor, task_id=task_id, command="assign", token=f"{token}-{task_id}",
                    raw={"handler": [handler]},
                )  # fmt: skip
                count += 1
            except Refusal:
                done = "not_all"
    request.app.state.bell.ring()
    return RedirectResponse(back_to(back, done, count), status_code=303)
