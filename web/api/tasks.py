"""待办: what waits, for whom, and which commands it takes."""

from datetime import date, datetime
from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from forms import json_schema
from services.cases.expected import expected
from services.cases.mine import tasks_of_citizen
from services.cases.readable import readable
from services.cases.waiting import settled
from services.cases.worklists import BY_SLUG, worklist
from services.errors import NotFound
from services.house import House
from services.law.commands import COMMANDS
from services.law.policy import allowed, reach
from services.law.roles import Actor
from web import wording
from web.api.shapes import BEARER, V1, Words, refusals
from web.deps import ActorDep, HouseDep

router = APIRouter(prefix=V1, tags=["tasks"])


class TaskView(BaseModel):
    id: int
    case: str
    key: str = Field(examples=["acceptance#1"])
    step: str
    name: Words
    title: Words
    commands: list[str] = Field(description="What POST /tasks/{id}/acts takes, from you, now")
    opened_at: datetime
    due_on: date | None
    due_at: datetime | None
    claimed_by: str | None = Field(description="A colleague's name, to staff")


class TaskList(BaseModel):
    tasks: list[TaskView]


class CommandView(BaseModel):
    code: str
    name: Words
    values: dict[str, Any] = Field(description="JSON Schema of `values`")


@router.get(
    "/tasks", summary="Work that waits for me 待办", dependencies=[BEARER], responses=refusals(401, 404, 422)
)
async def tasks(
    house: HouseDep,
    actor: ActorDep,
    queue: Annotated[str, Query(description=f"For staff: {', '.join(BY_SLUG)}")] = "all",
    case: Annotated[str | None, Query(description="Only this case's; waits up to 2 s for the engine")] = None,
    step: Annotated[str | None, Query(description="With `case`: only this step")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> TaskList:
    if case:
        return TaskList(tasks=[t for t in await _of_case(house, actor, case) if step in (None, t.step)])
    async with house.db.connection() as conn:
        if actor.kind == "citizen":
            rows = await tasks_of_citizen(
                conn, actor.id, actor.subjects, actor.mandates, limit=limit, offset=offset
            )
        else:
            if queue not in BY_SLUG:
                raise NotFound("没有这个队列", f"No such queue: {queue}")
            rows = await worklist(
                conn, BY_SLUG[queue], reach(actor), actor.id, house.now(), limit=limit, offset=offset,
                whole=True,
            )  # fmt: skip
    return TaskList(
        tasks=[_view(house, row, row["item_code"], row["item_version"], row["commands"]) for row in rows]
    )


@router.get("/commands", summary="Every command, with the JSON Schema of its values 操作")
async def commands() -> list[CommandView]:
    return [
        CommandView(code=c.code, name=Words.of(c.name), values=json_schema(c.fields))
        for c in COMMANDS.values()
    ]


async def _of_case(house: House, actor: Actor, case_no: str) -> list[TaskView]:
    async with house.db.connection() as conn:
        seen = await readable(conn, actor, case_no)
    if seen.page.row["engine_seq"] < seen.page.case.seq:
        await settled(house.db, case_no, seen.page.case.seq)
        async with house.db.connection() as conn:
            seen = await readable(conn, actor, case_no)
    case, views = seen.page.case, []
    for row in seen.page.tasks:
        mine = [c.code for c in allowed(actor, expected(row), case.parties, case.state)]
        if mine:
            views.append(_view(house, row, case.item_code, case.item_version, mine, row["claimed_name"]))
    return views


def _view(
    house: House,
    row: asyncpg.Record,
    code: str,
    version: int,
    commands: list[str],
    claimed: str | None = None,
) -> TaskView:
    item = house.items.get(code, version)
    return TaskView(
        id=row["id"],
        case=row["case_no"],
        key=row["key"],
        step=row["step"],
        name=Words.of(wording.step(item, row["step"])),
        title=Words.of(item.name),
        commands=commands,
        opened_at=row["opened_at"],
        due_on=row["due_on"],
        due_at=row["due_at"],
        claimed_by=row.get("claimed_name", claimed),
    )
