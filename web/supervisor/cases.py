"""办件: all cases of the district, with the filters in the address."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.cases.lists import AMENDS, Filter, count_cases, find_cases
from services.catalogue.departments import department_names
from services.house import House
from services.law.stages import Stage
from web import wording
from web.deps import HouseDep
from web.lamps import lamp
from web.rendering import page
from web.supervisor.scope import PER_PAGE, Supervisor, district_of, masked_applicant, pages

router = APIRouter(include_in_schema=False)
LIGHTS = {
    "open": {"zh": "在办", "en": "Open"},
    "over": {"zh": "已超期", "en": "Past due"},
    "near": {"zh": "将到期", "en": "Due within 48 hours"},
    "ok": {"zh": "期限内", "en": "In time"},
    "done": {"zh": "已办结", "en": "Finished"},
    AMENDS: {"zh": "差评整改中", "en": "Bad rating unanswered"},
}
KINDS = {
    "application": {"zh": "申请", "en": "Application"},
    "official": {"zh": "依职权", "en": "Opened by a department"},
    "order": {"zh": "12345 工单", "en": "12345 order"},
}


@router.get("/supervisor/cases")
async def list_cases(
    request: Request,
    house: HouseDep,
    actor: Supervisor,
    department: str = "",
    item: str = "",
    stage: str = "",
    kind: str = "",
    light: str = "",
    carded: str = "",
    number: str = "",
    filed_from: str = "",
    filed_to: str = "",
    page_no: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    problems: dict[str, dict[str, str]] = {}
    wanted = Filter(
        district=district_of(actor), department=department, item=item, stage=stage, kind=kind, light=light,
        carded=carded == "yes", number="".join(number.split()).upper(),
        filed_from=_day(filed_from, "filed_from", problems), filed_to=_day(filed_to, "filed_to", problems),
    )  # fmt: skip
    if wanted.filed_from and wanted.filed_to and wanted.filed_to < wanted.filed_from:
        problems["filed_to"] = {"zh": "不能早于起始日期", "en": "Not before the first day"}
    now = house.now()
    async with house.db.connection() as conn:
        count = await count_cases(conn, wanted, now)
        page_no = min(page_no, pages(count))
        rows = await find_cases(conn, wanted, now, limit=PER_PAGE, offset=(page_no - 1) * PER_PAGE)
    names = department_names(house.items)
    return page(
        request,
        "supervisor/cases.html",
        rows=[_line(row, house, names) for row in rows],
        count=count,
        page=page_no,
        pages=pages(count),
        asked=dict(request.query_params),
        problems=problems,
        options=_options(house, names),
    )


def _day(text: str, name: str, problems: dict[str, dict[str, str]]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        problems[name] = {"zh": "日期写成 2026-11-26 的样子", "en": "Write the date as 2026-11-26"}
        return None


def _line(row: Any, house: House, names: dict[str, dict[str, str]]) -> dict[str, Any]:
    item = house.items.get(row["item_code"], row["item_version"])
    finished = {"kind": "done", "words": LIGHTS["done"]}
    return {
        "no": row["no"],
        "item": item.short,
        "applicant": masked_applicant(row),
        "department": names.get(row["department"], row["department"]),
        "stage": wording.stage(row["stage"]),
        "filed_at": row["filed_at"],
        "due_on": None if row["finished"] else row["due_on"],
        "lamp": finished
        if row["finished"]
        else lamp(row["due_at"], row["due_on"], house.now(), house.at_home(row["district"]).calendar),
        "cards": row["cards"],
    }


_ORDER_CLOSED = {
    "zh": "已办结（工单）",
    "en": "Closed (orders)",
}  # a case that is concluded has the same name


def _options(house: House, names: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    def listed(pairs: Any) -> list[dict[str, Any]]:
        return [{"value": value, "label": label} for value, label in pairs]

    items = sorted(house.items.latest(), key=lambda i: i.catalog_code)
    return {
        "department": listed(sorted(names.items())),
        "item": listed((i.code, i.short) for i in items),
        "stage": listed(
            (s.value, _ORDER_CLOSED if s is Stage.CLOSED else wording.stage(s.value)) for s in Stage
        ),
        "kind": listed(KINDS.items()),
        "light": listed(LIGHTS.items()),
    }
