"""Signing in and out, registering, and what we know of you."""

from web.account import agents, routes, wards
from web.flat import flat

router = flat(routes, agents, wards)

__all__ = ["router"]
