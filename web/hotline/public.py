"""12345 for everybody: what it is for, and filing an order online."""

from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from forms import Text
from services.cases.filing import submit
from services.cases.lists import cases_of_citizen
from services.errors import Invalid, NotAllowed, NotFound
from services.house import House
from services.law.roles import Actor
from web.deps import ActorDep, HouseDep, OptionalActor
from web.formats import case_no
from web.hotline.filing import NO_SUCH_CASE, case_number_of, order_item, read_form, sections
from web.i18n import N_, language_of, pick, translate
from web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/hotline")
async def show_hotline(request: Request, house: HouseDep, actor: OptionalActor) -> Response:
    item = order_item(house)
    categories = next(f for f in item.fields if f.name == "category").options
    return page(request, "hotline/public.html", item=item, categories=categories)


@router.get("/hotline/new")
async def show_new(
    request: Request, house: HouseDep, actor: ActorDep, case: str = "", urge: bool = False
) -> Response:
    """`urge`: a request to hurry the case (催办), begun for whoever makes it."""
    _citizens_only(actor)
    raw = {"case_no": ["".join(case.split()).upper()]}
    if urge:
        raw |= {"category": ["help"], "title": [_urging(language_of(request))]}
    return await _form(request, house, actor, raw=raw)


@router.post("/hotline/new")
async def file_order(request: Request, house: HouseDep, actor: ActorDep) -> Response:
    _citizens_only(actor)
    item, form = order_item(house), await request.form()
    raw, token = read_form(form, item), str(form.get("token", "")) or uuid4().hex
    try:
        async with house.db.transaction() as tx:
            receipt = await submit(
                tx, house, actor, item, raw=raw, papers=(), channel="web", token=token,
                applicant_id=request.state.session.subject_id,  # the person, not a firm they act for
                linked_no=case_number_of(raw),
            )  # fmt: skip
    except Invalid as no:
        return await _form(request, house, actor, raw=raw, problems=no.problems, token=token)
    except NotFound:
        return await _form(request, house, actor, raw=raw, problems={"case_no": NO_SUCH_CASE}, token=token)
    request.app.state.bell.ring()
    return RedirectResponse(f"/cases/{receipt.case_no}/receipt", status_code=303)


def _urging(lang: str) -> str:
    """Chinese for whoever answers, with what the caller reads beside it."""
    said = N_("催办：请加快办理")
    return said if lang == "zh" else f"{said} ({translate(lang, said)})"


def _citizens_only(actor: Actor) -> None:
    if actor.kind != "citizen":
        raise NotAllowed(
            "这里是群众提交诉求的页面；代为登记请用 12345 工单台",
            "This page is for citizens; to record a call use the hotline desk",
        )


async def _form(
    request: Request,
    house: House,
    actor: Actor,
    *,
    raw: dict[str, list[str]],
    problems: dict[str, Any] | None = None,
    token: str = "",
) -> Response:
    item = order_item(house)
    async with house.db.connection() as conn:
        mine = await cases_of_citizen(conn, actor.id, actor.subjects)
    lang = language_of(request)
    options = [
        {"value": c["no"], "label": f"{pick(_short(house, c), lang)} · {case_no(c['no'])}"}
        for c in mine
        if c["kind"] == "application"
    ]
    return page(
        request,
        "hotline/new.html",
        status=422 if problems else 200,
        item=item,
        sections=sections(item),
        cases=options,
        raw=raw,
        problems=problems or {},
        token=token or uuid4().hex,
    )


def _short(house: House, row: Any) -> Text:
    return house.items.get(row["item_code"], row["item_version"]).short
