"""Where the payment platform calls back (支付平台回调). Its signature is what opens this door, and nothing else does."""

from typing import Annotated

from fastapi import APIRouter, Header, Request
from pydantic import BaseModel, Field

from services.errors import Invalid
from services.payments.messages import LONGEST
from services.payments.receiving import hear
from web.api.shapes import V1, refusals
from web.deps import HouseDep

router = APIRouter(prefix=f"{V1}/payments", tags=["payments"])


class HeardView(BaseModel):
    case: str
    repeated: bool = Field(description="We knew already; nothing was written")
    goes_back: str | None = Field(
        description="Why the money is not the fee and is being returned: twice, late, amount"
    )


@router.post(
    "/callback",
    summary="For the payment platform: money moved 支付平台回调",
    responses=refusals(403, 404, 422),
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "Canonical JSON: kind (paid, refunded), order, transaction, fen, at, nonce, sent_at, refund",
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
    },
)
async def callback(
    request: Request,
    house: HouseDep,
    x_signature: Annotated[str, Header(description="Ed25519 over the body's very bytes, base64")] = "",
) -> HeardView:
    """Answers when what it says is committed. Anything but 200: say it again, later."""
    heard = await hear(house, await _body(request), x_signature)
    request.app.state.bell.ring()
    return HeardView(case=heard.case_no, repeated=heard.repeated, goes_back=heard.goes_back)


async def _body(request: Request) -> bytes:
    """No more of it than a message has."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            raise Invalid({"body": {"zh": "报文太长", "en": "The message is too long"}})
    return body
