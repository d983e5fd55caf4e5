"""One act on one task: its page, and what the page asks of the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from forms import Field, parse_fields
from services.cases.assigning import handlers
from services.cases.histories import Told
from services.cases.neighbours import task_row
from services.errors import NotAllowed, NotExpected, NotFound
from services.house import House
from services.law.commands import COMMANDS, Command
from services.law.policy import Why
from services.law.roles import Actor
from web.i18n import language_of, pick
from web.rendering import page
from web.window import defects
from web.window.bench import Bench, Turn, gather
from web.window.clocks import light_of
from web.window.materials import checklist
from web.window.staff import queue_named


@dataclass(frozen=True, slots=True)
class Act:
    bench: Bench
    turn: Turn
    command: Command
    fields: tuple = ()


async def case_of_task(house: House, actor: Actor, task_id: int, command: str) -> Bench:
    """The case of a task, done or not."""
    async with house.db.connection() as conn:
        row = await task_row(conn, task_id)
        if row is None or command not in COMMANDS:
            raise NotFound("没有这项待办", "No such task")
        return await gather(conn, house, actor, row["case_no"])


async def opened(house: House, actor: Actor, task_id: int, command: str) -> Act:
    """The task with its case, if this act is one of the buttons now. Raises as the door would."""
    bench = await case_of_task(house, actor, task_id, command)
    turn = next((t for t in bench.turns if t.id == task_id), None)
    if turn is not None and COMMANDS[command] in turn.commands:
        return Act(bench, turn, COMMANDS[command], await _fields(house, bench, turn, COMMANDS[command]))
    raise _refusal(bench, turn)


async def _fields(house: House, bench: Bench, turn: Turn, command: Command) -> tuple:
    """The command's own; whom a case may be assigned to is offered by name."""
    if command.event != "assigned":
        return command.fields
    async with house.db.connection() as conn:
        people = await handlers(conn, turn.row["department"], bench.case.district)
    named = {p["id"]: p["display_name"] for p in people if p["id"] != bench.case.state.handler}
    return tuple(handler_choice(named) if f.name == "handler" else f for f in command.fields)


def handler_choice(named: Mapping[str, str]) -> Field:
    """承办人, to be picked."""
    options = [{"value": id_, "label": {"zh": name, "en": name}} for id_, name in named.items()]
    label = {"zh": "承办人", "en": "Handler"}
    return parse_fields([{"kind": "choice", "name": "handler", "label": label, "options": options}])[0]


def _refusal(bench: Bench, turn: Turn | None) -> Exception:
    more = {"case_no": bench.case.no, "expected": [c.code for t in bench.turns for c in t.commands]}
    if turn and turn.why == Why.FOUR_EYES:
        return NotAllowed(
            "审核和决定不能是同一个人，请由他人办理",
            "The same person may not both review and decide; somebody else must take this",
            code=turn.why,
        )
    if turn and turn.why == Why.CLAIMED:
        name = turn.row["claimed_name"]
        return NotExpected(f"{name} 已认领这件事", f"{name} has claimed this", code="claimed", **more)
    return NotExpected(
        "办件已经往前走了，现在不能做这个操作", "The case has moved on; this act is not expected now", **more
    )


def act_page(
    request: Request,
    act: Act,
    house: House,
    *,
    raw: dict[str, list[str]] | None = None,
    things: defects.Things | None = None,
    problems: dict[str, Any] | None = None,
    token: str = "",
) -> Response:
    """With `problems`, what was typed stays and the status is 422."""
    lang, given = language_of(request), request.query_params
    bench, command = act.bench, act.command
    ticked = (raw or {}).get("ok") or given.getlist("ok")  # papers found in order on the page before
    if command.code == "request_correction" and things is None:
        things = defects.offered(bench, ticked, lang)
    queue = queue_named((raw or {}).get("queue", [given.get("queue", "")])[0]).slug
    return page(
        request, "window/act.html", status=422 if problems else 200, problems=problems or {},
        b=bench, turn=act.turn, command=command, act_fields=act.fields, raw=raw or {}, things=things, reasons=defects.REASONS,
        token=token or uuid4().hex, light=light_of(bench, house, lang), opinions=[] if bench.rating else _opinions(bench.told),
        queue=queue, back_to=f"/window/cases/{bench.case.no}?{urlencode({'queue': queue, 'ok': ticked}, doseq=True)}",
        two_officers=_officers(act) > 1, score=_score(bench),
        unchecked=_unchecked(act, ticked, lang), ticked=ticked,
    )  # fmt: skip


def _unchecked(act: Act, ok: list[str], lang: str) -> str:
    """The papers that nobody has ticked: acceptance says of all of them that they were looked at."""
    if act.command.code != "accept" or not any(c.code == "request_correction" for c in act.turn.commands):
        return ""
    names = [pick(x.name, lang) for x in checklist(act.bench) if x.papers and x.code not in ok]
    return (", " if lang == "en" else "、").join(names)


def _opinions(told: list[Told]) -> list[Told]:
    """What came before a decision and stands beside it: checks, opinions, and why it was sent back."""
    kinds = (
        "prechecked",
        "site_checked",
        "reviewed",
        "sent_back",
        "later_checked",
        "rectified",
        "check_returned",
    )
    return [t for t in told if t.event.kind in kinds]


def _score(bench: Bench) -> Any:
    options = next(f.options for f in COMMANDS["rate"].fields if f.name == "score")
    return next((o.label for o in options if bench.rating and o.value == str(bench.rating["score"])), "")


def _officers(act: Act) -> int:
    if act.turn.step == "later_check":
        return 2
    return next((s.officers for s in act.bench.item.procedure.steps if s.code == act.turn.step), 0)


def read_form(form: FormData) -> dict[str, list[str]]:
    """Texts only, as a browser sent them."""
    return {name: [v for v in form.getlist(name) if isinstance(v, str)] for name in form}


def fields_of(command: Command, form: dict[str, list[str]]) -> dict[str, list[str]]:
    """What the door is given: the command's own fields. Token and ticks are no part of the act's content."""
    names = {name for field in command.fields for name in field.raw_names()}
    return {name: values for name, values in form.items() if name in names}
