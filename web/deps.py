"""What routes ask for: the house, and who is there.

`ActorDep` and `OptionalActor` check the form token of unsafe requests too, so that no route can forget it.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from services.errors import NotAllowed, NotSignedIn
from services.house import House
from services.law.roles import Actor, Role
from services.people import recall_actor
from web import csrf
from web.preferences import same_site

_COOKIE = "ow"
API = "/api/"
KIOSK = "/kiosk"  # a session at a terminal opens these pages, and no others


async def get_house(request: Request) -> House:
    # async, though it awaits nothing: FastAPI would take every request through a thread and back for a plain one.
    return request.app.state.house


HouseDep = Annotated[House, Depends(get_house)]


async def identify(request: Request) -> Actor | None:
    """Sets request.state.actor, .session and .csrf. Reads no body.

    A cookie opens pages and a bearer token the API: the API ignores cookies, so no other site can make a browser
    use it, and needs no form tokens. A terminal's pages have a cookie and a kind of session of their own.
    """
    house = await get_house(request)
    token, kind = presented_token(request)
    loaded = await recall_actor(house.db, token, now=house.now()) if token else None
    if loaded and loaded[1].kind != kind:
        loaded = None
    actor, session = loaded or (None, None)
    request.state.actor, request.state.session = actor, session
    if is_api(request):
        request.state.csrf = ""
    else:
        request.state.csrf = (
            csrf.session_token(session) if session else csrf.visitor_token(request, house.vault)
        )
    return actor


Identified = Annotated[Actor | None, Depends(identify)]


async def optional_actor(request: Request, actor: Identified) -> Actor | None:
    if not is_api(request):
        await csrf.protect(request)
    return actor


async def streaming_actor(request: Request, actor: Identified) -> Actor:
    """For routes that read the body themselves: they call `csrf.verify` before they keep anything of it."""
    if actor is None:
        raise not_signed_in()
    if not is_api(request) and request.method not in csrf.SAFE:
        csrf.refuse_other_sites(request)
    return actor


async def signed_in(request: Request, actor: Identified) -> Actor:
    """Who is nobody is sent to sign in, before a stale form is held against them."""
    if actor is None:
        raise not_signed_in()
    await optional_actor(request, actor)
    return actor


OptionalActor = Annotated[Actor | None, Depends(optional_actor)]
ActorDep = Annotated[Actor, Depends(signed_in)]
StreamingActor = Annotated[Actor, Depends(streaming_actor)]


def require(*roles: Role) -> Callable[[Actor], Awaitable[Actor]]:
    """A dependency that admits any of these roles: `Annotated[Actor, Depends(require(Role.CLERK))]`.

    Citizens hold no grants (a grant without a scope reaches everything): Role.APPLICANT means to be one.
    """

    async def holder(actor: ActorDep) -> Actor:
        if any(actor.has(role) for role in roles) or (Role.APPLICANT in roles and actor.kind == "citizen"):
            return actor
        raise NotAllowed("您没有办理这件事的权限", "You do not have the right to do this")

    return holder


def presented_token(request: Request) -> tuple[str, str]:
    """The token a request came with, and the kind of session that it must belong to."""
    if is_api(request):
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return (token.strip(), "api") if scheme.lower() == "bearer" else ("", "api")
    return request.cookies.get(_cookie_name(request), ""), "kiosk" if at_kiosk(request) else "web"


def at_kiosk(request: Request) -> bool:
    path = request.scope["path"]
    return path == KIOSK or path.startswith(f"{KIOSK}/")


def is_api(request: Request) -> bool:
    return request.scope["path"].startswith(API)  # request.url is built anew for each request that asks


def keep_token(request: Request, response: Response, token: str) -> None:
    """Until the browser closes: the session's own limits lie in the store."""
    https = request.url.scheme == "https"
    response.set_cookie(_cookie_name(request), token, path="/", httponly=True, samesite="lax", secure=https)


def drop_token(request: Request, response: Response) -> None:
    https = request.url.scheme == "https"
    response.delete_cookie(_cookie_name(request), path="/", httponly=True, samesite="lax", secure=https)


def sign_in_redirect(request: Request, *, lost: str = "") -> Response:
    """After signing in one is where one was. `lost`: what was sent and could not be kept, "files" or nothing."""
    address = f"/sign-in?{urlencode({'next': _where(request)} | ({'lost': lost} if lost else {}))}"
    if request.headers.get("hx-request"):
        return Response(headers={"HX-Redirect": address})
    return RedirectResponse(address, status_code=303)


def not_signed_in() -> NotSignedIn:
    return NotSignedIn("请先登录", "Please sign in first")


def _where(request: Request) -> str:
    """The page itself; for a form or a part of a page, the page it stood on."""
    here = str(request.url)
    if request.headers.get("hx-request"):
        here = request.headers.get("hx-current-url", "")
    elif request.method not in csrf.SAFE:
        here = request.headers.get("referer", "")
    parts = urlsplit(here)
    return same_site(f"{parts.path}?{parts.query}" if parts.query else parts.path or "/")


def _cookie_name(request: Request) -> str:
    # The prefix binds the cookie to this host and to TLS; browsers refuse it over plain HTTP.
    name = f"{_COOKIE}-terminal" if at_kiosk(request) else _COOKIE
    return f"__Host-{name}" if request.url.scheme == "https" else name
