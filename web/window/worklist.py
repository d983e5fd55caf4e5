"""待办: the queues of whoever is at the desk."""

from math import ceil
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases.assigning import handlers_within
from services.cases.neighbours import claims
from services.cases.worklists import counts, worklist
from services.house import House
from services.kiosks.calls import ANY_CALL, open_calls
from services.law.numbers import read_case_number
from services.law.roles import Actor
from web.deps import HouseDep
from web.i18n import language_of
from web.rendering import page
from web.window.drawn import drawn
from web.window.notices import notice
from web.window.staff import ASSIGN, FIRST, StaffDep, assigning, queue_named, queues_of, rail, scope

router = APIRouter(include_in_schema=False)
PAGE = 50
_DEEPEST = 200  # pages


@router.get("/window")
async def show(request: Request, house: HouseDep, actor: StaffDep) -> Response:
    """`?queue=&q=&page=`; the whole number of a case leads straight to it."""
    given = request.query_params
    if number := read_case_number(given.get("q", "")):
        return RedirectResponse(f"/window/cases/{number}", status_code=303)
    look = await _look(house, actor, given)
    queue, people = look["queue"], {}
    if assigns := queue.slug == ASSIGN:
        async with house.db.connection() as conn:
            people = await handlers_within(conn, assigning(actor))
    return page(
        request, "window/worklist.html", notice=notice(request), people=people, token=uuid4().hex, assigns=assigns,
        rows=drawn(look["found"], house, actor, queue.slug, language_of(request)),
        seen=".".join(str(r["id"]) for r in look["found"]), **look,
    )  # fmt: skip


@router.get("/window/news")
async def news(request: Request, house: HouseDep, actor: StaffDep) -> Response:
    """What changed since the list was drawn. Rows stay where they are: only words in them change."""
    given = request.query_params
    seen = [int(n) for n in given.get("seen", "").split(".")[:PAGE] if n.isdecimal() and len(n) < 19]
    look = await _look(house, actor, given)
    async with house.db.connection() as conn:
        stand = await claims(conn, seen)
    new = [row for row in look["found"] if row["id"] not in set(seen)]
    return page(
        request, "window/news.html", stand=stand, new=len(new), gone=sum(r["state"] != "open" for r in stand),
        me=actor.id, **look,
    )  # fmt: skip


async def _look(house: House, actor: Actor, given: Any) -> dict[str, Any]:
    queue, shown = queue_named(given.get("queue", FIRST)), queues_of(house, actor)
    find = "".join(given.get("q", "").split()).upper()[:40]
    at = min(max(_number(given.get("page", "1")), 1), _DEEPEST)
    mine, now = scope(actor), house.now()
    async with house.db.connection() as conn:
        n = await counts(
            conn, shown if queue in shown else [*shown, queue], mine, actor.id, now, also=ANY_CALL
        )
        calls = await open_calls(conn, mine, now) if n["calls"] else []
        found = await worklist(
            conn, queue, mine, actor.id, now, find=find, limit=PAGE + 1, offset=(at - 1) * PAGE
        )
    more = len(found) > PAGE
    return {
        "queue": queue,
        "queues": rail(shown, n, queue.slug),
        "found": found[:PAGE],
        "calls": calls,
        "find": find,
        "page_no": at,
        "pages": at + more if find else max(ceil(n[queue.slug] / PAGE), 1),
        "back": list_address(queue.slug, find, at),
    }


def list_address(queue: str, find: str = "", at: int = 1) -> str:
    parts = [f"queue={queue}"]
    if find:
        parts.append(f"q={find}")
    if at > 1:
        parts.append(f"page={at}")
    return "/window?" + "&".join(parts)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1
