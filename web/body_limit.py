"""No request is longer than a form of ours. Files are counted where they are read: `web.upload_form`."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST = 2 * 1024 * 1024  # a form's fields or a JSON body; what waits in a sign-in page fits well into it
_COUNTED = "counts_its_body"


class BodyLimit:
    """Counts as it streams: what a request says of its own length need not be true, and is read before anybody is known."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state, taken = scope.setdefault("state", {}), 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LONGEST and not state.get(_COUNTED):
                raise HTTPException(413)  # FastAPI, which reads forms itself, lets no other refusal through
            return message

        await self.app(scope, counted, send)


def counts_itself(request: Request) -> None:
    """Whoever reads this body from here on has limits of its own."""
    setattr(request.state, _COUNTED, True)
