"""What the applicant does to a case: withdraw, ask for a hearing, rate, report what was put right.

Papers have pages of their own.
"""

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


@router.get("/cases/{case_no}/report_rectified")
async def show_report(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _ask(request, house, actor, case_no, "report_rectified")


@router.post("/cases/{case_no}/report_rectified")
async def do_report(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _do(request, house, actor, case_no, "report_rectified")


@router.get("/cases/{case_no}/request_hearing")
async def show_request_hearing(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _ask(request, house, actor, case_no, "request_hearing")


@router.post("/cases/{case_no}/request_hearing")
async def do_request_hearing(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _do(request, house, actor, case_no, "request_hearing")


@router.get("/cases/{case_no}/waive_hearing")
async def show_waive_hearing(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _ask(request, house, actor, case_no, "waive_hearing")


@router.post("/cases/{case_no}/waive_hearing")
async def do_waive_hearing(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _do(request, house, actor, case_no, "waive_hearing")


@router.get("/cases/{case_no}/plead")
async def show_plea(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _ask(request, house, actor, case_no, "plead")


@router.post("/cases/{case_no}/plead")
async def do_plead(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    return await _do(request, house, actor, case_no, "plead")


async def _ask(request: Request, house: House, actor: Actor, case_no: str, command: str) -> Response:
    view = await _view(house, actor, case_no)
    if command not in view.commands:
        raise not_now()
    return _form(request, view, command, {}, {}, uuid4().hex)


async def _do(request: Request, house: House, actor: Actor, case_no: str, command: str) -> Response:
    form = await request.form()
    raw = {f.name: [str(v) for v in form.getlist(f.name)] for f in COMMANDS[command].fields}
    token = str(form.get(_TOKEN, ""))
    view = await _view(house, actor, case_no)
    task_id = task_in(str(form.get("task", "")))
    try:
        async with house.db.connection() as conn:
            done = await act(conn, house, actor, task_id=task_id, command=command, raw=raw, token=token)
    except Invalid as invalid:
        return _form(request, view, command, raw, invalid.problems, token)
    request.app.state.bell.ring()
    await settled(house.db, done.case_no, done.seq)
    return RedirectResponse(f"/cases/{done.case_no}?done={command}", status_code=303)


async def _view(house: House, actor: Actor, case_no: str) -> View:
    async with house.db.connection() as conn:
        return await view_for(conn, house, actor, case_no)


def task_in(given: str) -> int:
    """The task travels with the form, so that a repeat of a finished act gets its first answer from the door."""
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        raise not_now()
    return int(given)


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
        raise not_now()
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


def not_now() -> NotExpected:
    return NotExpected(
        "办件已经往前走了，现在不能做这个操作",
        "The case has moved on; this act is not expected now",
        expected=[],
    )
