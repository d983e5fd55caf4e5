"""A route whose function reads the request itself: the framework writes its document and otherwise keeps out of the way."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response


class DirectRoute(APIRoute):
    """No dependencies, no models: for the hot path, where they cost more than the work.

    What the path, the headers and the body hold is told to the document in `openapi_extra`.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        return self.endpoint
