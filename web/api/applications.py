"""Filing by machine: the same door as the counter and the web."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from services.cases.filing import submit
from services.errors import Invalid
from services.people import subject_names
from web.api.papers import PaperIn, take_papers
from web.api.shapes import BEARER, V1, TokenHeader, body_of, read_body, refusals
from web.api.values import raw_of
from web.deps import ActorDep, HouseDep

router = APIRouter(prefix=V1, tags=["applications"])

_EXAMPLE = {
    "item": "food-licence",
    "applicant": "5f0c…",
    "values": {"only_prepackaged": "no", "premises_name": "湖南示例餐饮有限公司", "area": 120, "truth": True},
    "papers": [{"code": "layout", "file": "9c1e…-18211-pdf-77ab…", "name": "layout.pdf"}],
}


class Application(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})
    item: str = Field(max_length=40)
    applicant: str | None = Field(
        "self",
        max_length=64,
        description="An id from GET /me, or `self`; null only for an anonymous work order",
    )
    values: dict[str, Any]
    papers: list[PaperIn] = Field(default=[], max_length=100)
    linked: str | None = Field(
        None, pattern=r"^[0-9A-Z]{1,40}$", description="The case that a work order is about"
    )


class Filed(BaseModel):
    case: str = Field(description="办件编号", examples=["430199202611171000012K"])
    query_code: str = Field(description="查询码: six digits; with the number enough to follow the case")
    repeated: bool = Field(description="This very application was filed before under this key")
    links: dict[str, str]


@router.post(
    "/applications",
    status_code=201,
    summary="File an application or a 12345 work order 提交",
    dependencies=[BEARER],
    responses=refusals(401, 403, 404, 409, 422),
    openapi_extra=body_of(Application),
)
async def file(request: Request, house: HouseDep, actor: ActorDep, token: TokenHeader) -> Filed:
    body = await read_body(request, Application)
    item = house.items.get(body.item)
    raw = raw_of(item.questions + item.fields + item.signing, body.values)
    applicant = request.state.session.subject_id if body.applicant == "self" else body.applicant
    async with house.db.transaction() as tx:
        if applicant and applicant not in actor.subjects and not await subject_names(tx, [applicant]):
            raise Invalid({"applicant": {"zh": "没有这个人或单位", "en": "No such person or organisation"}})
        papers = await take_papers(tx, house, actor, item, body.papers, token)
        receipt = await submit(
            tx,
            house,
            actor,
            item,
            raw=raw,
            papers=papers,
            applicant_id=applicant,
            channel="window" if actor.kind == "staff" else "web",
            token=token,
            linked_no=body.linked,
        )
    request.app.state.bell.ring()
    case = f"/api/v1/cases/{receipt.case_no}"
    return Filed(
        case=receipt.case_no,
        query_code=receipt.query_code,
        repeated=receipt.repeated,
        links={
            "self": case,
            "events": f"{case}/events",
            "documents": f"{case}/documents",
            "tasks": f"/api/v1/tasks?case={receipt.case_no}",
            "page": f"{house.base_url}/cases/{receipt.case_no}",
        },
    )
