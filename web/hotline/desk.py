"""The agents' desk: what waits for triage, whom to call back, and every order."""

from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from services.cases.lists import Filter, count_cases, find_cases
from services.cases.worklists import worklist
from services.catalogue.departments import department_names
from services.hotline.contents import Content, read_contents
from services.hotline.queries import DESK, desk_counts
from services.house import House
from services.law.policy import reach
from services.law.roles import Actor, Role
from web import wording
from web.deps import HouseDep, require
from web.lamps import lamp
from web.rendering import page

router = APIRouter(include_in_schema=False)
Agent = Annotated[Actor, Depends(require(Role.AGENT))]
PER_PAGE = 50
CATEGORIES = {
    "consult": {"zh": "咨询", "en": "Question"},
    "help": {"zh": "求助", "en": "Help"},
    "complaint": {"zh": "投诉", "en": "Complaint"},
    "report": {"zh": "举报", "en": "Report"},
    "suggestion": {"zh": "建议", "en": "Suggestion"},
}
ALL = {"zh": "全部工单", "en": "All orders"}


def district_of(actor: Actor) -> str:
    districts = [g.district for g in actor.grants if g.role is Role.AGENT]
    return "" if "" in districts or not districts else districts[0]


@router.get("/hotline/desk")
async def show_desk(
    request: Request,
    house: HouseDep,
    actor: Agent,
    queue: str = "triage",
    light: str | None = None,
    number: str = "",
    page_no: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    chosen = next((q for q in DESK if q.slug == queue), None)
    if light is None:  # as many as the queue's number says; but a number is looked for among all
        light = "" if number else "open"
    async with house.db.connection() as conn:
        counts = await desk_counts(conn, reach(actor, Role.AGENT), actor.id, district_of(actor))
        if chosen:
            scope, now = reach(actor, Role.AGENT), house.now()
            rows = await worklist(
                conn,
                chosen,
                scope,
                actor.id,
                now,
                limit=PER_PAGE,
                offset=(page_no - 1) * PER_PAGE,
                whole=True,
            )
            total = counts[chosen.slug]
        else:
            rows, total = await _all(conn, house, actor, light, number, page_no)
        said = await read_contents(conn, house, [_no(row) for row in rows])
    names = department_names(house.items)
    return page(
        request,
        "hotline/desk.html",
        queues=_rail(chosen.slug if chosen else "all", counts),
        title={"zh": chosen.zh, "en": chosen.en} if chosen else ALL,
        empty={"zh": chosen.empty_zh, "en": chosen.empty_en}
        if chosen
        else {"zh": "没有工单", "en": "No orders"},
        rows=[_line(row, said.get(_no(row), Content()), house, names) for row in rows],
        count=total,
        page=page_no,
        pages=max(1, -(-total // PER_PAGE)),
        everything=chosen is None,
        light=light,
        number=number,
    )


async def _all(
    conn: asyncpg.Connection, house: House, actor: Actor, light: str, number: str, page_no: int
) -> tuple[list[Any], int]:
    wanted = Filter(
        district=district_of(actor), kind="order", light=light, number="".join(number.split()).upper()
    )
    total = await count_cases(conn, wanted, house.now())
    rows = await find_cases(conn, wanted, house.now(), limit=PER_PAGE, offset=(page_no - 1) * PER_PAGE)
    return rows, total


def _no(row: Any) -> str:
    return row["case_no"] if "case_no" in row else row["no"]


def _rail(chosen: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    queues = [(q.slug, {"zh": q.zh, "en": q.en}) for q in DESK] + [("all", ALL)]
    return [
        {"href": f"/hotline/desk?queue={slug}", "label": label, "n": counts[slug], "current": slug == chosen}
        for slug, label in queues
    ]


def _line(row: Any, said: Content, house: House, names: dict[str, Any]) -> dict[str, Any]:
    no = _no(row)
    finished, here = "finished" in row and row["finished"], house.at_home(row["district"])
    return {
        "no": no,
        "title": said.title,
        "category": CATEGORIES.get(said.category, said.category),
        "urgent": said.urgent,
        "confidential": said.confidential,
        "stage": wording.stage(row["stage"]),
        "filed_at": row["filed_at"],
        "claimed": row.get("claimed_name", ""),
        "lamp": None if finished else lamp(row["due_at"], row["due_on"], here.now(), here.calendar),
    }
