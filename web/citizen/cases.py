"""My cases, and what waits for me."""

from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.cases.lists import cases_of_citizen
from services.cases.mine import count_cases_of_citizen
from services.house import House
from services.law.clock import days_between, legal_date
from services.law.stages import Stage
from services.notices.telling import notices_for
from web import wording
from web.citizen.duties import duties
from web.deps import ActorDep, HouseDep
from web.rendering import page

router = APIRouter(include_in_schema=False)

PER_PAGE = 20


@router.get("/my/cases")
async def my_cases(
    request: Request,
    house: HouseDep,
    actor: ActorDep,
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    async with house.db.connection() as conn:
        count = await count_cases_of_citizen(conn, actor.id, actor.subjects, actor.mandates)
        pages = max(1, -(-count // PER_PAGE))
        at = min(at, pages)
        rows = await cases_of_citizen(
            conn, actor.id, actor.subjects, actor.mandates, limit=PER_PAGE, offset=(at - 1) * PER_PAGE
        )
        waiting = await duties(conn, house, actor)
        notices = await notices_for(conn, actor.subjects, "case")
    return page(
        request,
        "citizen/cases.html",
        notices=notices,
        rows_of_cases=[_line(house, row) for row in rows],
        waiting=waiting,
        count=count,
        at=at,
        pages=pages,
    )


def _line(house: House, row: asyncpg.Record) -> dict[str, Any]:
    today, house = legal_date(house.now()), house.at_home(row["district"])
    mine = row["stage"] == Stage.CORRECTING
    due = None if row["finished"] or mine else row["due_on"]
    return {
        "row": row,
        "name": house.items.get(row["item_code"], row["item_version"]).name,
        "stage": wording.stage(row["stage"]),
        "mine": mine,
        "due_on": due,
        "left": days_between(today, due, house.calendar) if due else None,
    }
