"""The act: the hot path. One look at the token, the door's two statements, a bell; nothing that is not needed."""

from typing import Annotated, Any

import asyncpg
import orjson
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from starlette.responses import Response

from services.cases.door import Done, act
from services.cases.histories import papers
from services.cases.log import Case, load
from services.cases.mine import case_of_task
from services.cases.resubmitting import resubmit, supply
from services.cases.rounds import Paper, read_answers
from services.cases.ways import Crowd
from services.errors import NotAllowed, NotFound
from services.house import House
from services.law.commands import COMMANDS
from services.law.mandates import action_for
from services.law.policy import owns
from services.law.roles import Actor
from web.api.direct import DirectRoute
from web.api.papers import PaperIn, take_papers
from web.api.shapes import KEY, V1, body_of, inlined, read_body, read_path, refusals
from web.api.values import raw_of
from web.deps import identify, not_signed_in

router = APIRouter(prefix=V1, tags=["tasks"], route_class=DirectRoute)


class Defect(BaseModel):
    """A line of a correction notice. Licence Law art. 32(4): all of them at once."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(max_length=50, description="A material or a field of the item")
    defect: str = Field(max_length=500)
    fix: str = Field("", max_length=500)


class Act(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"command": "accept"},
                {
                    "command": "request_correction",
                    "defects": [{"code": "layout", "defect": "没有标注比例", "fix": "按 1:100 重新绘制"}],
                },
                {"command": "grant", "values": {"opinion": "符合条件"}},
            ]
        },
    )
    command: str = Field(max_length=40)
    values: dict[str, Any] = {}
    defects: list[Defect] = Field(default=[], max_length=100)
    papers: list[PaperIn] = Field(
        default=[],
        max_length=100,
        description="For `resubmit`: what is new, the others are carried over; for `supply_late`: what follows",
    )


class Acted(BaseModel):
    case: str
    seq: int = Field(description="The event's number in the case's log")
    event: str
    repeated: bool


_TASK = TypeAdapter(Annotated[int, Field(ge=1, lt=2**63)])
_TASK_ID = {"name": "task_id", "in": "path", "required": True, "schema": _TASK.json_schema()}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": KEY},
}


@router.post(
    "/tasks/{task_id}/acts",
    status_code=201,
    summary="Act on a task 办理",
    response_class=Response,
    responses={
        201: {
            "description": "Committed",
            "content": {"application/json": {"schema": inlined(Acted)}},
        },
        **refusals(401, 403, 404, 409, 422),
    },
    openapi_extra={**body_of(Act), "parameters": [_TASK_ID, _KEY], "security": [{"HTTPBearer": []}]},
)
async def act_on(request: Request) -> Response:
    """Answers when the act is committed; the engine opens the next task some milliseconds later."""
    task_id = read_path(request, "task_id", _TASK)
    house: House = request.app.state.house
    actor = await identify(request)
    if actor is None:
        raise not_signed_in()
    given = await read_body(request, Act)
    token = request.headers.get("idempotency-key", "")
    if given.command == "resubmit":
        done = await _resubmit(house, actor, task_id, given, token)
    elif given.command == "supply_late":
        done = await _supply(house, actor, task_id, given, token)
    else:
        done = await _act(request.app.state.crowd, house, actor, task_id, given, token)
    request.app.state.bell.ring()
    answer = {"case": done.case_no, "seq": done.seq, "event": done.kind, "repeated": done.repeated}
    return Response(orjson.dumps(answer), 201, media_type="application/json")


async def _act(crowd: Crowd, house: House, actor: Actor, task_id: int, given: Act, token: str) -> Done:
    command = COMMANDS.get(given.command)
    raw = raw_of(command.fields, given.values) if command else {}
    defects = [d.model_dump() for d in given.defects]
    return await act(
        crowd, house, actor, task_id=task_id, command=given.command, raw=raw, token=token, defects=defects
    )


async def _supply(house: House, actor: Actor, task_id: int, given: Act, token: str) -> Done:
    """容缺后补: one or more of what was promised."""
    async with house.db.transaction() as tx:
        case = await _own_case(tx, actor, task_id, "supply_late")
        item = house.items.get(case.item_code, case.item_version)
        papers = await take_papers(tx, house, actor, item, given.papers, token)
        return await supply(tx, house, actor, task_id=task_id, case_no=case.no, papers=papers, token=token)


async def _own_case(tx: asyncpg.Connection, actor: Actor, task_id: int, command: str) -> Case:
    case_no = await case_of_task(tx, task_id)
    case = await load(tx, case_no) if case_no else None
    if case is None:
        raise NotFound("没有这项待办", "No such task")
    if not owns(actor, case.parties, action_for(command)):
        raise NotAllowed("这件事不由您办理", "This is not yours to do")
    return case


async def _resubmit(house: House, actor: Actor, task_id: int, given: Act, token: str) -> Done:
    """补正: what is given replaces what was there; the rest of the set is carried over."""
    async with house.db.transaction() as tx:
        case = await _own_case(tx, actor, task_id, "resubmit")
        item = house.items.get(case.item_code, case.item_version)
        fields = item.questions + item.fields + item.signing
        # What was signed for the last set does not hold for this one.
        signed = {f.name for f in item.signing}
        answers = await read_answers(tx, house, case.no, case.state.round)
        before = {name: value for name, value in answers.items() if name not in signed}
        raw = raw_of(fields, before) | raw_of(fields, given.values)
        new = await take_papers(tx, house, actor, item, given.papers, token)
        named = {p.code for p in new}
        old = [
            Paper(
                m["code"],
                "carried" if m["file"] else m["source"],
                m["file"],
                m["name"],
                m["size"],
                m["type"],
                m["consent_id"],
            )
            for m in await papers(tx, case.no)
            if m["round"] == case.state.round and m["code"] not in named
        ]
        return await resubmit(
            tx, house, actor, task_id=task_id, case_no=case.no, raw=raw, papers=[*new, *old], token=token
        )
