"""Headers on every answer: nothing inline, nothing from elsewhere, nothing personal in a cache."""

from urllib.parse import parse_qs

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
FOR_EVER = b"public, max-age=31536000, immutable"


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
                given = message["headers"] = list(message.get("headers", ()))
                own = {name for name, _ in given}
                given += [header for header in _headers_for(scope, message["status"]) if header[0] not in own]
            await send(message)

        await self.app(scope, receive, send_with_headers)


_ALWAYS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", PERMISSIONS.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


def _headers_for(scope: Scope, status: int) -> list[tuple[bytes, bytes]]:
    headers = [*_ALWAYS]
    if scope["scheme"] == "https":
        headers.append((b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
    if not scope["path"].startswith("/static/"):
        headers.append((b"cache-control", b"no-store"))
    elif status == 200 and b"v" in parse_qs(scope["query_string"]):
        headers.append((b"cache-control", FOR_EVER))
    return headers
