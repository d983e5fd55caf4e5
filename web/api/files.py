"""Files on their way into an application."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from services.errors import Invalid
from web.api.papers import handle_of
from web.api.shapes import BEARER, V1, refusals
from web.deps import HouseDep, StreamingActor
from web.uploads import Limits, Rule, keep, receive

router = APIRouter(prefix=V1, tags=["applications"])

LARGEST_MB = 20
_FIELD = "file"
_LIMITS = Limits({_FIELD: Rule(LARGEST_MB, ("pdf", "jpg", "png"))}, total=(LARGEST_MB + 1) * 1024 * 1024)
_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {_FIELD: {"type": "string", "format": "binary"}},
                "required": [_FIELD],
            }
        }
    },
}


class Stored(BaseModel):
    file: str = Field(description="Name it in `papers`; it serves only the account that uploaded it")
    sm3: str
    name: str
    size: int
    type: str


@router.post(
    "/files",
    status_code=201,
    summary="Upload one PDF, JPEG or PNG 上传",
    dependencies=[BEARER],
    responses=refusals(401, 413, 422),
    openapi_extra={"requestBody": _BODY},
)
async def upload(request: Request, house: HouseDep, actor: StreamingActor) -> Stored:
    async with receive(request, limits=_LIMITS) as received:
        if received.problems:
            raise Invalid(received.problems)
        given = received.files.get(_FIELD)
        if not given:
            raise Invalid({_FIELD: {"zh": "请上传一份文件", "en": "Upload one file"}})
        papers = await keep(house, received)
        if not papers:
            raise Invalid(received.problems)
        kept = papers[0]
    assert kept.file is not None
    assert kept.size is not None
    assert kept.type is not None
    return Stored(
        file=handle_of(house, actor.id, kept.file, kept.size, kept.type),
        sm3=kept.file,
        name=kept.name or "",
        size=kept.size,
        type=kept.type,
    )
