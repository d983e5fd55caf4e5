"""12345: work orders, taken by an agent or filed on the web, and handled on one page."""

from fastapi import APIRouter

from web.hotline import acts, desk, intake, orders, public

router = APIRouter(include_in_schema=False)
for part in (public, desk, intake, orders, acts):
    router.include_router(part.router)
