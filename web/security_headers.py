"""Headers on every answer: nothing inline, nothing from elsewhere, nothing personal in a cache."""

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",  # the material viewer shows an uploaded PDF beside the checklist
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
# For a stored file shown in the material viewer: it may be framed by us and may load nothing.
EMBEDDED = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
FOR_EVER = "public, max-age=31536000, immutable"


class SecurityHeaders:
    """A route that sets a header itself keeps its own, for instance EMBEDDED on a viewed file."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(scope, MutableHeaders(scope=message), message["status"])
            await send(message)

        await self.app(scope, receive, send_with_headers)


def add_headers(scope: Scope, headers: MutableHeaders, status: int) -> None:
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", PERMISSIONS)
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if scope["scheme"] == "https":
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if not scope["path"].startswith("/static/"):
        headers.setdefault("Cache-Control", "no-store")
    elif status == 200 and b"v" in parse_qs(scope["query_string"]):
        headers.setdefault("Cache-Control", FOR_EVER)
