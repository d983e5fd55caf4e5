"""办理: the page of an act, the preview of its document, and the act itself."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases import door
from services.cases.neighbours import next_in
from services.cases.waiting import settled
from services.documents.make import preview
from services.errors import Invalid, NotExpected, NotFound, Refusal
from services.house import House
from services.law.commands import COMMANDS
from services.law.roles import Actor
from web.deps import HouseDep
from web.rendering import page
from web.security_headers import EMBEDDED, POLICY
from web.window import defects
from web.window.act_page import Act, act_page, case_of_task, fields_of, opened, read_form
from web.window.bench import gather
from web.window.notices import address
from web.window.staff import StaffDep, queue_named, scope

router = APIRouter(include_in_schema=False)
_ADDRESS = "/window/tasks/{task_id}/{command}"


@router.get(_ADDRESS)
async def show(request: Request, house: HouseDep, actor: StaffDep, task_id: int, command: str) -> Response:
    try:
        act = await opened(house, actor, task_id, command)
    except NotExpected as refusal:
        return moved(request, refusal)
    return act_page(request, act, house)


@router.post(_ADDRESS)
async def do(request: Request, house: HouseDep, actor: StaffDep, task_id: int, command: str) -> Response:
    """Once per token, however often the button is pressed; a repeat goes where the first went."""
    form = read_form(await request.form())
    things = None
    try:
        try:
            things = await _things(house, actor, task_id, command, form)
            done = await _act(house, actor, task_id, command, form, things)
        except Invalid as invalid:
            act = await opened(house, actor, task_id, command)
            token = form.get("token", [""])[0]
            return act_page(
                request, act, house, raw=form, things=things, problems=invalid.problems, token=token
            )
    except NotExpected as refusal:
        return moved(request, refusal)
    request.app.state.bell.ring()
    return await _onwards(house, actor, done, command, form)


async def _things(
    house: House, actor: Actor, task_id: int, command: str, form: dict[str, list[str]]
) -> defects.Things | None:
    """What was ticked and typed of a correction notice. The task may be done: this may be the same act again."""
    if command != "request_correction":
        return None
    return defects.typed(await case_of_task(house, actor, task_id, command), form)


async def _act(
    house: House,
    actor: Actor,
    task_id: int,
    command: str,
    form: dict[str, list[str]],
    things: defects.Things | None,
) -> door.Done:
    if things is not None and (wrong := defects.problems(things)):
        raise Invalid(wrong)
    async with house.db.connection() as conn:
        return await door.act(
            conn,
            house,
            actor,
            task_id=task_id,
            command=command,
            token=form.get("token", [""])[0],
            raw=fields_of(COMMANDS[command], form) if command in COMMANDS else {},
            defects=defects.lines(things) if things else (),
        )


async def _onwards(
    house: House, actor: Actor, done: door.Done, command: str, form: dict[str, list[str]]
) -> Response:
    """To the case's next step if it is this actor's too, to the next case if asked, else back to the queue."""
    on_time = await settled(house.db, done.case_no, done.seq)
    queue = queue_named(form.get("queue", [""])[0])
    told = {"case_no": done.case_no, "settled": on_time, "queue": queue.slug}
    async with house.db.connection() as conn:
        bench = await gather(conn, house, actor, done.case_no)
        if any(turn.commands for turn in bench.turns):
            return _go(address(f"/window/cases/{done.case_no}", command, **told))
        if form.get("then", [""])[0] == "next" and (
            case_no := await next_in(conn, queue, scope(actor), actor.id, house.now())
        ):
            return _go(address(f"/window/cases/{case_no}", command, **told))
    return _go(address("/window", command, **told))


@router.post(_ADDRESS + "/preview")
@router.get(_ADDRESS + "/preview")
async def show_preview(
    request: Request, house: HouseDep, actor: StaffDep, task_id: int, command: str
) -> Response:
    """The document this act would lead to, as a PDF beside the form; nothing is written."""
    form = read_form(await request.form()) if request.method == "POST" else {}
    try:
        act = await opened(house, actor, task_id, command)
        return _framed(Response(await _draft(house, act, form), media_type="application/pdf"), EMBEDDED)
    except Invalid as invalid:
        wrong = invalid.problems
    except Refusal as refusal:
        wrong = {"act": {"zh": refusal.zh, "en": refusal.en}}
    framable = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return _framed(page(request, "window/no_preview.html", status=422, problems=wrong), framable)


async def _draft(house: House, act: Act, form: dict[str, list[str]]) -> bytes:
    if not act.command.document:
        raise NotFound("这一步不出具文书", "This step makes no document")
    lines = []
    if act.command.code == "request_correction":
        things = defects.typed(act.bench, form)
        if wrong := defects.problems(things):
            raise Invalid(wrong)
        lines = defects.lines(things)
    async with house.db.connection() as conn:
        return await preview(
            conn, house, act.bench.case.no, act.command.code, fields_of(act.command, form), lines
        )


def moved(request: Request, refusal: NotExpected) -> Response:
    """409: what the case waits for instead, and the way back."""
    names = [COMMANDS[code].name for code in refusal.extra.get("expected", ()) if code in COMMANDS]
    return page(
        request, "window/moved.html", status=409, sentence={"zh": refusal.zh, "en": refusal.en},
        expected=names, case_no=refusal.extra.get("case_no", ""),
    )  # fmt: skip


def _framed(response: Response, policy: str) -> Response:
    response.headers["Content-Security-Policy"] = policy
    return response


def _go(where: str) -> Response:
    return RedirectResponse(where, status_code=303)
