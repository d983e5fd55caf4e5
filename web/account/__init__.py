"""Signing in and out, registering, and what we know of you."""

from web.account import records, routes
from web.flat import flat

router = flat(routes, records)

__all__ = ["router"]
