"""来访: a number read from a paper on the counter, and the open cases of whoever bears it. No number in an address."""

from typing import Any

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import Response

from forms import clean
from services.cases.attending import citizen_at_counter
from services.cases.intake import on_file
from services.cases.visits import Visit, visits
from services.house import House
from services.law.roles import Actor
from services.people.subjects import MaskedSubject
from web import wording
from web.deps import HouseDep
from web.rendering import page
from web.window.act_page import read_form
from web.window.counter_form import VISITOR
from web.window.rows import shown_name
from web.window.staff import ClerkDep

router = APIRouter(include_in_schema=False)


@router.get("/window/visitors")
async def ask(request: Request, actor: ClerkDep) -> Response:
    return _page(request, {}, {})


@router.post("/window/visitors")
async def find(request: Request, house: HouseDep, actor: ClerkDep) -> Response:
    raw = read_form(await request.form())
    shown = clean(VISITOR, raw)
    if not shown.ok:
        return _page(request, raw, shown.problems)
    paper = shown.values["visitor_paper"]
    async with house.db.transaction() as tx:
        who = await on_file(tx, house, actor, paper["type"], paper["number"])
        found = await open_cases(tx, house, actor, who.id) if who else []
    return _page(request, raw, {}, looked=True, who=who, found=found)


async def open_cases(
    conn: asyncpg.Connection, house: House, clerk: Actor, subject_id: str
) -> list[dict[str, Any]]:
    """Their own and those of whom they act for now, as `window/visits.html` draws them."""
    visitor = await citizen_at_counter(conn, house, subject_id)
    return [_row(visit) for visit in await visits(conn, clerk, visitor)]


def _row(visit: Visit) -> dict[str, Any]:
    shown = shown_name(visit.row["applicant"], visit.row["applicant_kind"])
    return {"case": visit.case, "row": {**visit.row, "applicant_shown": shown}, "acts": visit.acts}


def _page(
    request: Request, raw: dict[str, list[str]], problems: Any, *, looked: bool = False,
    who: MaskedSubject | None = None, found: list[dict[str, Any]] | None = None,
) -> Response:  # fmt: skip
    return page(
        request, "window/visitor.html", status=422 if problems else 200, raw=raw, problems=problems, looked=looked,
        who=who, found=found or [], words=wording, visitor_fields=VISITOR,
    )  # fmt: skip
