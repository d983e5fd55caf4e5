"""电子监察: every case, every clock, every card."""

from fastapi import APIRouter

from web.supervisor import audit, cards, cases, wall

router = APIRouter(include_in_schema=False)
for part in (wall, cases, audit, cards):
    router.include_router(part.router)
