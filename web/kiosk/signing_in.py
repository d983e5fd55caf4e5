"""本人登录 at a terminal: the number of the identity card, then the password; each a screen of its own."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from services.law.masking import mask_id
from services.people import SignInRefused, open_session
from services.people.accounts import sign_in_by_paper
from web.csrf import form_page
from web.deps import HouseDep, OptionalActor, keep_token, presented_token
from web.terminal import AT_TERMINAL, IDLE, WARN

router = APIRouter(include_in_schema=False, dependencies=AT_TERMINAL)
_LONGEST = 40


@router.get("/kiosk/sign-in")
async def ask_number(request: Request, actor: OptionalActor, next: str = "") -> Response:
    if actor:
        return RedirectResponse(_within(next), status_code=303)
    return _draw(request, _within(next))


@router.post("/kiosk/sign-in")
async def enter(
    request: Request,
    house: HouseDep,
    actor: OptionalActor,
    number: Annotated[str, Form()] = "",
    password: Annotated[str | None, Form()] = None,
    next: Annotated[str, Form()] = "",
) -> Response:
    """Without a password it is the first screen's answer."""
    wanted, number = _within(next), number.strip()[:_LONGEST]
    if not number:
        return _draw(
            request, wanted, number={"zh": "请输入身份证号码", "en": "Enter your identity card number"}
        )
    if password is None:
        return _draw(request, wanted, number, asking="password")
    if not password:
        return _draw(
            request,
            wanted,
            number,
            asking="password",
            password={"zh": "请输入密码", "en": "Enter your password"},
        )
    try:
        account_id = await sign_in_by_paper(house.db, house.vault, number, password, now=house.now())
    except SignInRefused as no:
        said = {
            "zh": "号码或密码不正确。" + no.zh.partition("。")[2],
            "en": "The number or the password is not right. " + no.en.partition(". ")[2],
        }
        return _draw(request, wanted, number=said, status=no.status)
    async with house.db.connection() as conn:
        old = presented_token(request)[0] or None
        token = await open_session(conn, account_id, "kiosk", now=house.now(), replacing=old)
    response = RedirectResponse(wanted, status_code=303)
    keep_token(request, response, token)
    return response


def _draw(
    request: Request,
    wanted: str,
    typed: str = "",
    *,
    asking: str = "number",
    status: int = 422,
    **problems: dict,
) -> Response:
    return form_page(
        request, "kiosk/sign_in.html", status=status if problems else 200, idle=IDLE, warn=WARN, next=wanted,
        typed=typed, masked=mask_id(typed) if typed else "", asking=asking, problems=problems,
    )  # fmt: skip


def _within(address: str) -> str:
    """Only to a terminal's own page."""
    plain = address.isprintable() and "\\" not in address and ".." not in address
    return address if plain and address.startswith("/kiosk/") else "/kiosk/items"
