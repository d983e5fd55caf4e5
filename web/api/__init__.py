"""The API, doing the same as the pages: bearer tokens, JSON, problem details (RFC 9457)."""

from fastapi import APIRouter

from web.api import acts, applications, cases, files, items, session, tasks

router = APIRouter(prefix="/api/v1")
# The act first: routes are tried in order, and nobody calls anything as often.
for part in (acts, session, items, files, applications, cases, tasks):
    router.include_router(part.router)
