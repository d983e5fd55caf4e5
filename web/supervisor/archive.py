"""电子归档包 for supervision: without what is personal, and it proves itself all the same."""

from uuid import uuid4

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.archive.make import archived, copy, make_archive
from services.cases.log import Case, load
from services.errors import NotFound
from services.house import House
from services.law.roles import Actor
from web.deps import HouseDep
from web.downloads import archive_response
from web.supervisor.scope import Supervisor, district_of

router = APIRouter(include_in_schema=False)


@router.get("/supervisor/cases/{no}/archive.zip")
async def download(house: HouseDep, actor: Supervisor, no: str) -> Response:
    await _seen(house, actor, no)
    async with house.db.connection() as conn:
        found = await archived(conn, no)
    if found is None:
        raise NotFound("这个办件还没有归档包", "This case has no archive package yet")
    return archive_response(no, await copy(house, found, personal=False))


@router.post("/supervisor/cases/{no}/archive")
async def make(house: HouseDep, actor: Supervisor, no: str) -> Response:
    """For a case that ended before there were packages. Two that ask at once get one each; the later one counts."""
    await _seen(house, actor, no)
    async with house.db.connection() as conn:
        found = await archived(conn, no)
    if found is None:
        await make_archive(house, no, f"archive:{uuid4().hex}")
    return RedirectResponse(f"/supervisor/cases/{no}#archive", status_code=303)


async def _seen(house: House, actor: Actor, no: str) -> Case:
    async with house.db.connection() as conn:
        case = await load(conn, no) if no.isascii() and no.isalnum() else None
    if case is None or district_of(actor) not in ("", case.district):
        raise NotFound("没有这个办件", "No such case")
    return case
