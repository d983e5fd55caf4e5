"""加注件 at the workbench: an e-licence of a case, shown with its purpose across it, and noted in its holder's log."""

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.desk_page import desk_page
from services.cases.readable import read_by
from services.errors import NotFound
from services.licences.copies import copy_for_case
from web.deps import HouseDep
from web.security_headers import EMBEDDED
from web.window.staff import StaffDep

router = APIRouter(include_in_schema=False)


@router.get("/window/cases/{case_no}/licences/{code}.pdf")
async def show_copy(
    house: HouseDep, actor: StaffDep, case_no: str, code: str, download: bool = False
) -> Response:
    """For those who may see the case's papers, and never the bare record."""
    async with house.db.transaction() as tx:
        page = await desk_page(tx, case_no)
        seen = await read_by(tx, actor, page)
        if page is None or not seen.personal:
            raise NotFound("没有找到这份文件，或者它不归您查看", "No such file, or it is not yours to see")
        item = house.items.get(page.case.item_code, page.case.item_version)
        mode = "download" if download else "verify"
        pdf = await copy_for_case(tx, house, actor, item, page, code, mode)
    headers = {
        "Content-Disposition": f'{"attachment" if download else "inline"}; filename="{case_no}-licence.pdf"',
        "Content-Security-Policy": EMBEDDED,
        "Cache-Control": "private, no-store",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)
