"""What the applicant does to a running case or an ended one: withdraw, rate. Corrections have pages of their own."""

from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases.door import act
from services.cases.waiting import settled
from services.errors import Invalid, NotExpected
from services.house import House
from services.law.commands import COMMANDS
from services.law.roles import Actor
from web.citizen.progress_view import View, view_for
from web.deps import ActorDep, HouseDep
from web.rendering import page

router = APIRouter(include_in_schema=False)

_TOKEN = "token"  # noqa: S105 - a field's name


@router.get("/cases/{case_no}/withdraw")
async def show_withdraw(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _ask(request, house, actor, case_no, "withdraw")


@router.post("/cases/{case_no}/withdraw")
async def do_withdraw(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _do(request, house, actor, case_no, "withdraw")


@router.get("/cases/{case_no}/rate")
async def show_rate(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _ask(request, house, actor, case_no, "rate")


@router.post("/cases/{case_no}/rate")
async def do_rate(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _do(request, house, actor, case_no, "rate")


@router.get("/cases/{case_no}/plead")
async def show_plea(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _ask(request, house, actor, case_no, "plead")


@router.post("/cases/{case_no}/plead")
async def do_plead(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _do(request, house, actor, case_no, "plead")


async def _ask(request: Request, house: House, actor: Actor, case_no: str, command: str) -> Response:
    view = await _view(house, actor, case_no)
    if command not in view.commands:
        raise _not_now()
    return _form(request, view, command, {}, {}, uuid4().hex)


async def _do(request: Request, house: House, actor: Actor, case_no: str, command: str) -> Response:
    form = await request.form()
    raw = {f.name: [str(v) for v in form.getlist(f.name)] for f in COMMANDS[command].fields}
    token = str(form.get(_TOKEN, ""))
    view = await _view(house, actor, case_no)
    task_id = str(form.get("task", ""))
    # The task travels with the form, so that a repeat of a finished act gets its first answer from the door.
    if not task_id.isascii() or not task_id.isdigit() or len(task_id) > 18:
        raise _not_now()
    try:
        async with house.db.connection() as conn:
            done = await act(conn, house, actor, task_id=int(task_id), command=command, raw=raw, token=token)
    except Invalid as invalid:
        return _form(request, view, command, raw, invalid.problems, token)
    request.app.state.bell.ring()
    await settled(house.db, done.case_no, done.seq)
    return RedirectResponse(f"/cases/{done.case_no}?done={command}", status_code=303)


async def _view(house: House, actor: Actor, case_no: str) -> View:
    async with house.db.connection() as conn:
        return await view_for(conn, house, actor, case_no)


def _form(
    request: Request,
    view: View,
    command: str,
    raw: dict[str, list[str]],
    problems: dict[str, Any],
    token: str,
) -> Response:
    task = next((t for t in view.tasks if command in t["commands"]), None)
    if task is None:
        raise _not_now()
    return page(
        request,
        f"citizen/{command}.html",
        status=422 if problems else 200,
        view=view,
        act_fields=COMMANDS[command].fields,
        raw=raw,
        problems=problems,
        token=token,
        task=task["id"],
    )


def _not_now() -> NotExpected:
    return NotExpected(
        "办件已经往前走了，现在不能做这个操作",
        "The case has moved on; this act is not expected now",
        expected=[],
    )
