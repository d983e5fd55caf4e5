"""Acts on a work order: a page with the command's fields, and the door behind it."""

from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases.door import act, claim, release
from services.cases.waiting import settled
from services.errors import Invalid, NotExpected, NotFound
from services.house import House
from services.law.commands import COMMANDS, Command
from services.law.roles import Actor
from web.deps import ActorDep, HouseDep
from web.hotline.desk import CATEGORIES
from web.hotline.seeing import Seen, see
from web.rendering import page

router = APIRouter(include_in_schema=False)
PATIENCE = 2.0  # seconds a page waits for the engine before it says that the act is being processed


@router.get("/hotline/orders/{no}/acts/{code}")
async def show_act(request: Request, house: HouseDep, actor: ActorDep, no: str, code: str) -> Response:
    async with house.db.connection() as conn:
        seen = await see(conn, house, actor, no)
    command, task = _wanted(seen, actor, code)
    return _form(request, seen, command, task["id"], raw={}, problems={}, token=uuid4().hex)


@router.post("/hotline/orders/{no}/acts/{code}")
async def do_act(request: Request, house: HouseDep, actor: ActorDep, no: str, code: str) -> Response:
    form = await request.form()
    command = COMMANDS.get(code)
    if command is None:
        raise NotFound("没有这个操作", "No such act")
    raw = {
        name: [v for v in form.getlist(name) if isinstance(v, str)]
        for field in command.fields
        for name in field.raw_names()
    }
    task_id, token = str(form.get("task", "")), str(form.get("token", ""))
    async with house.db.connection() as conn:
        seen = await see(conn, house, actor, no)
        try:
            done = await act(
                conn, house, actor, task_id=_own_task(task_id), command=code, raw=raw, token=token
            )
        except Invalid as no_good:
            return _form(
                request, seen, command, _own_task(task_id), raw=raw, problems=no_good.problems, token=token
            )
    request.app.state.bell.ring()
    await settled(house.db, no, done.seq, seconds=PATIENCE)
    return RedirectResponse(f"/hotline/orders/{no}?done=1", status_code=303)


@router.post("/hotline/orders/{no}/claim")
async def claim_order(request: Request, house: HouseDep, actor: ActorDep, no: str) -> Response:
    return await _set_claim(house, actor, no, claim)


@router.post("/hotline/orders/{no}/release")
async def release_order(request: Request, house: HouseDep, actor: ActorDep, no: str) -> Response:
    return await _set_claim(house, actor, no, release)


async def _set_claim(house: House, actor: Actor, no: str, change: Any) -> Response:
    async with house.db.connection() as conn:
        task = (await see(conn, house, actor, no)).task_for(actor)
        if task is None:
            raise NotExpected("这个工单现在不等您办理", "This order does not wait for you now", expected=[])
        await change(conn, house, actor, task_id=task["id"])
    return RedirectResponse(f"/hotline/orders/{no}", status_code=303)


def _own_task(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _wanted(seen: Seen, actor: Actor, code: str) -> tuple[Command, Any]:
    task = seen.task_for(actor)
    for command in seen.acts(actor, task) if task else []:
        if command.code == code:
            return command, task
    raise NotExpected("工单已经往前走了，现在不能做这个操作", "The order has moved on", expected=[])


def _form(
    request: Request,
    seen: Seen,
    command: Command,
    task_id: int,
    *,
    raw: dict[str, list[str]],
    problems: Any,
    token: str,
) -> Response:
    return page(
        request,
        "hotline/act.html",
        status=422 if problems else 200,
        no=seen.page.case.no,
        said=seen.said,
        words=seen.sight.words,
        identity=seen.sight.identity,
        caller=seen.page.row["applicant"] or "",
        category=CATEGORIES.get(seen.said.category, seen.said.category),
        command=command,
        task_id=task_id,
        raw=raw,
        problems=problems,
        token=token,
    )
