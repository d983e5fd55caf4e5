"""证照: find one by its number, see its life, and what the counter or the department may do with it."""

from typing import Any
from uuid import uuid4

import asyncpg
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from forms import Item
from services.cases.filing import submit
from services.errors import Invalid, NotFound
from services.house import House
from services.law.masking import mask_name
from services.law.policy import Parties, may_read
from services.law.roles import Actor, Role
from services.licences.acting import acts_for
from services.licences.queries import cases_about, licence_history, licence_named
from services.licences.register import Licence
from services.people.lookups import note_look
from web import licence_words as words
from web import wording
from web.deps import HouseDep
from web.rendering import page
from web.window.act_page import read_form
from web.window.intake_form import own
from web.window.staff import StaffDep

router = APIRouter(include_in_schema=False)


@router.get("/window/licences")
async def find(request: Request, house: HouseDep, actor: StaffDep, q: str = "") -> Response:
    number = "".join(q.split()).upper()[:40]
    async with house.db.connection() as conn:
        row = await licence_named(conn, number) if number else None
    if row is not None and _theirs(actor, row):
        return RedirectResponse(f"/window/licences/{row['number']}", status_code=303)
    return page(request, "window/licences.html", find=number, asked=bool(number))


@router.get("/window/licences/{number}")
async def show(request: Request, house: HouseDep, actor: StaffDep, number: str) -> Response:
    async with house.db.connection() as conn:
        row = await _licence(conn, actor, number)
        await note_look(
            conn, subject_id=row["holder_id"], what=f"licence:{number}", by=actor.id, case_no=None,
            purpose="窗口查询证照", at=house.now(),
        )  # fmt: skip
        history = await licence_history(conn, number)
        open_cases = await cases_about(conn, number)
    official = _official(house, actor, row)
    return page(
        request,
        "window/licence.html",
        l=words.told(house, row),
        holder=row["holder"] if row["holder_kind"] == "organisation" else mask_name(row["holder"]),
        steps=words.history_steps(history, "/window/cases/"),
        open_cases=[
            {"no": c["no"], "title": c["title"], "stage": wording.stage(c["stage"])} for c in open_cases
        ],
        acts=words.ACTS,
        counter=actor.has(Role.CLERK),
        official=official,
    )


@router.get("/window/licences/{number}/{code}")
async def show_opening(
    request: Request, house: HouseDep, actor: StaffDep, number: str, code: str
) -> Response:
    """依职权: what is known, and then there is a case."""
    async with house.db.connection() as conn:
        row = await _licence(conn, actor, number)
    return _form(request, house, row, _opening(house, actor, row, code), {}, {})


@router.post("/window/licences/{number}/{code}")
async def open_case(request: Request, house: HouseDep, actor: StaffDep, number: str, code: str) -> Response:
    raw = read_form(await request.form())
    async with house.db.connection() as conn:
        row = await _licence(conn, actor, number)
    item = _opening(house, actor, row, code)
    try:
        async with house.db.transaction() as tx:
            done = await submit(
                tx, house, actor, item, raw=own(item, raw) | {"licence": [number]}, papers=(),
                applicant_id=row["holder_id"], channel="official", token=raw.get("token", [""])[0] or uuid4().hex,
            )  # fmt: skip
    except Invalid as invalid:
        return _form(request, house, row, item, raw, invalid.problems)
    request.app.state.bell.ring()
    return RedirectResponse(f"/window/cases/{done.case_no}", status_code=303)


async def _licence(conn: asyncpg.Connection, actor: Actor, number: str) -> asyncpg.Record:
    row = await licence_named(conn, number)
    if row is None or not _theirs(actor, row):
        raise NotFound("没有这张证照，或者它不归您查看", "No such licence, or it is not yours to see")
    return row


def _theirs(actor: Actor, row: asyncpg.Record) -> bool:
    """Whoever may read the case that issued it."""
    return may_read(
        actor, kind="application", department=row["department"], lead=row["department"], district=row["district"],
        parties=Parties(None, None),
    )  # fmt: skip


def _official(house: House, actor: Actor, row: asyncpg.Record) -> list[Item]:
    """What the reviewers of its department may open."""
    if not any(
        g.role is Role.REVIEWER
        and g.department in ("", row["department"])
        and g.district in ("", row["district"])
        for g in actor.grants
    ):
        return []
    return [act.item for act in acts_for(house, Licence.of(row), official=True)]


def _opening(house: House, actor: Actor, row: asyncpg.Record, code: str) -> Item:
    item = next((i for i in _official(house, actor, row) if i.code == code), None)
    if item is None:
        raise NotFound("不能对这张证照启动这个程序", "This cannot be opened about this licence")
    return item


def _form(
    request: Request,
    house: House,
    row: asyncpg.Record,
    item: Item,
    raw: dict[str, list[str]],
    problems: dict[str, Any],
) -> Response:
    return page(
        request,
        "window/licence_opening.html",
        status=422 if problems else 200,
        l=words.told(house, row),
        item=item,
        raw=raw,
        problems=problems,
        token=raw.get("token", [""])[0] or uuid4().hex,
    )
