"""Forms come from our own pages: a token per session, and the browser's own word on where a request was made.

Checked in a dependency and not in middleware, so that the form is parsed once and the route still has it. A route
that streams its body (uploads) uses `StreamingActor` and calls `verify` with the first part of the form.
"""

import base64
import hashlib
import hmac
import secrets
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from services.errors import NotAllowed
from services.people import Session
from services.store.crypto import Vault
from web.rendering import page

FIELD = "csrf"  # as web.rendering.csrf_field writes it
HEADER = "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_VISITOR = "ow-visitor"


def session_token(session: Session) -> str:
    return token_of(session.secret)


def token_of(secret: bytes) -> str:
    return _text(hmac.digest(secret, b"form", hashlib.sha256))


def visitor_token(request: Request, vault: Vault) -> str:
    """For forms before signing in: bound to a random cookie, by a key the browser does not know."""
    cookie = request.cookies.get(_cookie_name(request), "")
    return _text(vault.mac(cookie.encode(), purpose="csrf-visitor")) if cookie else ""


def form_page(request: Request, template: str, **context: Any) -> Response:
    """A page with a form, for visitors who may not be signed in: `page`, with what their form needs."""
    cookie = ""
    if not request.state.csrf:
        cookie = secrets.token_urlsafe(24)
        vault = request.app.state.house.vault
        request.state.csrf = _text(vault.mac(cookie.encode(), purpose="csrf-visitor"))
    response = page(request, template, **context)
    if cookie:
        https = request.url.scheme == "https"
        response.set_cookie(
            _cookie_name(request), cookie, path="/", httponly=True, samesite="lax", secure=https
        )
    return response


async def protect(request: Request) -> None:
    """Raises NotAllowed unless the request is harmless or comes from a form of ours."""
    if request.method in SAFE:
        return
    given = request.headers.get(HEADER)
    if given is None:
        value = (await request.form()).get(FIELD)
        given = value if isinstance(value, str) else ""
    verify(request, given)


def verify(request: Request, given: str) -> None:
    refuse_other_sites(request)
    wanted = request.state.csrf
    if not wanted or not hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace")):
        raise _refusal()


def refuse_other_sites(request: Request) -> None:
    """Old browsers send neither header; then the token alone decides."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise _refusal()
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise _refusal()


def _refusal() -> NotAllowed:
    return NotAllowed(
        "这个页面已过期，请返回上一页，刷新后再试",
        "This page has expired: go back, reload it and try again",
        code="stale-form",
    )


def _cookie_name(request: Request) -> str:
    return f"__Host-{_VISITOR}" if request.url.scheme == "https" else _VISITOR


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
