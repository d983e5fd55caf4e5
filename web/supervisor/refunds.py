"""退费监察: money that was ordered back and is not back yet."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.catalogue.departments import department_names
from services.payments.queries import unfinished_refunds
from web.deps import HouseDep
from web.rendering import page
from web.supervisor.scope import Supervisor, district_of

router = APIRouter(include_in_schema=False)


@router.get("/supervisor/refunds")
async def show_refunds(request: Request, house: HouseDep, actor: Supervisor) -> Response:
    async with house.db.connection() as conn:
        rows = await unfinished_refunds(conn, district_of(actor))
    names = department_names(house.items)
    refunds = [{"row": row, "department": names.get(row["department"], row["department"])} for row in rows]
    return page(request, "supervisor/refunds.html", refunds=refunds)
