"""A route whose function reads the request itself: the framework writes its document and otherwise keeps out of the way."""

from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send


class DirectRoute(APIRoute):
    """No dependencies, no models: for the hot path, where they cost more than the work.

    What the path, the headers and the body hold is told to the document in `openapi_extra`.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.app = self._answer

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.endpoint(Request(scope, receive, send))
        await response(scope, receive, send)
