"""接听登记: a call written down while the caller talks; one dense page."""

from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases.histories import case_page
from services.errors import Invalid, NotFound
from services.hotline.contents import orders_from
from services.hotline.taking import take_call
from services.house import House
from web import wording
from web.deps import HouseDep
from web.hotline.desk import Agent
from web.hotline.filing import NO_SUCH_CASE, case_number_of, order_item, read_form, sections
from web.rendering import page

router = APIRouter(include_in_schema=False)
LONGEST_NAME = 60


@router.get("/hotline/desk/new")
async def show_call(
    request: Request, house: HouseDep, agent: Agent, phone: str = "", case: str = ""
) -> Response:
    raw = {"contact_phone": [phone.strip()[:30]], "case_no": ["".join(case.split()).upper()[:40]]}
    return await _form(request, house, raw=raw, looked_up=bool(phone or case))


@router.post("/hotline/desk/new")
async def record_call(request: Request, house: HouseDep, agent: Agent) -> Response:
    item, form = order_item(house), await request.form()
    raw, token = read_form(form, item), str(form.get("token", "")) or uuid4().hex
    caller = str(form.get("caller", "")).strip()[:LONGEST_NAME]
    problems: dict[str, Any]
    try:
        async with house.db.transaction() as tx:
            receipt = await take_call(
                tx, house, agent, item, raw=raw, caller=caller, linked_no=case_number_of(raw), token=token
            )
    except Invalid as no:
        problems = no.problems
    except NotFound:
        problems = {"case_no": NO_SUCH_CASE}
    else:
        request.app.state.bell.ring()
        return RedirectResponse(f"/hotline/orders/{receipt.case_no}?taken=1", status_code=303)
    return await _form(request, house, raw=raw, caller=caller, problems=problems, token=token)


async def _form(
    request: Request,
    house: House,
    *,
    raw: dict[str, list[str]],
    caller: str = "",
    problems: dict[str, Any] | None = None,
    token: str = "",
    looked_up: bool = False,
) -> Response:
    item = order_item(house)
    phone, number = next(iter(raw["contact_phone"]), ""), case_number_of(raw)
    async with house.db.connection() as conn:
        before = await orders_from(conn, house, phone)
        linked = await case_page(conn, number) if number else None
    return page(
        request,
        "hotline/intake.html",
        status=422 if problems else 200,
        sections=sections(item),
        raw=raw,
        caller=caller,
        phone=phone,
        number=number or "",
        linked=_linked(house, linked) if linked else None,
        before=[{"no": a.row["no"], "title": a.title, "stage": wording.stage(a.row["stage"]), "filed_at": a.row["filed_at"]} for a in before],
        looked_up=looked_up,
        problems=problems or {},
        token=token or uuid4().hex,
    )  # fmt: skip


def _linked(house: House, found: Any) -> dict[str, Any]:
    """What an agent may say of somebody's case: its item and where it stands, nobody's name."""
    row = found.row
    return {
        "no": row["no"],
        "item": house.items.get(row["item_code"], row["item_version"]).short,
        "stage": wording.stage(row["stage"]),
        "filed_at": row["filed_at"],
        "due_on": row["due_on"],
    }
