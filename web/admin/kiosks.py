"""自助终端: which browsers are terminals. The page is opened on the terminal itself, which then becomes one."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.errors import Invalid
from services.house import House
from services.kiosks.devices import kiosks, make_kiosk, retire_kiosk
from services.law.roles import Actor, Role
from services.people import close_session
from web.deps import HouseDep, drop_token, presented_token, require
from web.rendering import page
from web.terminal import make_terminal

router = APIRouter(include_in_schema=False)
Admin = Annotated[Actor, Depends(require(Role.ADMIN))]
_ADDRESS = "/admin/kiosks"


@router.get(_ADDRESS)
async def show(request: Request, house: HouseDep, actor: Admin) -> Response:
    return await _draw(request, house, actor)


@router.post(_ADDRESS)
async def make(
    request: Request,
    house: HouseDep,
    actor: Admin,
    name: Annotated[str, Form()] = "",
    district: Annotated[str, Form()] = "",
) -> Response:
    """This browser is a terminal from here on: nobody is signed in at it, least of all an administrator."""
    try:
        if district not in _districts(actor, house):
            raise Invalid({"district": {"zh": "请选择区划", "en": "Choose the district"}})
        async with house.db.transaction() as tx:
            id_ = await make_kiosk(tx, actor, name=name, district=district, now=house.now())
            await close_session(tx, presented_token(request)[0])
    except Invalid as invalid:
        return await _draw(request, house, actor, name, invalid.problems)
    response = RedirectResponse("/kiosk", status_code=303)
    drop_token(request, response)
    make_terminal(request, response, house.vault, id_)
    return response


@router.post("/admin/kiosks/{kiosk_id}/retire")
async def retire(house: HouseDep, actor: Admin, kiosk_id: str) -> Response:
    async with house.db.transaction() as tx:
        await retire_kiosk(tx, kiosk_id, house.now(), _scopes(actor))
    return RedirectResponse(_ADDRESS, status_code=303)


def _scopes(actor: Actor) -> set[str]:
    """The districts that the administrator is for; an empty one is all of them."""
    return {g.district for g in actor.grants if g.role is Role.ADMIN}


def _districts(actor: Actor, house: House) -> list[str]:
    """The administrator's own; of one for all, those that any item belongs to."""
    own = _scopes(actor)
    return sorted({i.district for i in house.items.latest()} if "" in own else own)


async def _draw(
    request: Request, house: House, actor: Actor, name: str = "", problems: dict | None = None
) -> Response:
    async with house.db.connection() as conn:
        found = await kiosks(conn, _scopes(actor))
    return page(
        request,
        "admin/kiosks.html",
        status=422 if problems else 200,
        found=found,
        typed=name[:100],
        districts=(districts := _districts(actor, house)),
        options=[{"value": d, "label": d} for d in districts],
        problems=problems or {},
    )
