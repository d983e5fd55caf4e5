"""Signing in and out, registering, and what we know of you."""

from web.account.routes import router

__all__ = ["router"]
