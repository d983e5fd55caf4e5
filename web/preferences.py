"""Language and large type (长辈版): plain links that set a cookie and come back to the same page."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from web.i18n import COOKIE, LANGUAGES

LARGE_COOKIE = "large"
A_YEAR = 365 * 24 * 3600

router = APIRouter(include_in_schema=False)


def is_large(request: Request) -> bool:
    return request.cookies.get(LARGE_COOKIE) == "1"


@router.get("/preferences")
async def set_preferences(request: Request, lang: str = "", large: str = "", next: str = "/") -> Response:
    response = RedirectResponse(same_site(next), status_code=303)
    if lang in LANGUAGES:
        keep(request, response, COOKIE, lang)
    if large in ("0", "1"):
        keep(request, response, LARGE_COOKIE, large)
    return response


def keep(request: Request, response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        path="/",
        samesite="lax",
        httponly=True,
        secure=request.url.scheme == "https",
    )


def same_site(address: str) -> str:
    """Only a path of ours: browsers read `//host` and `/\\host` as another site's address."""
    plain = address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"
