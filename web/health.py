"""Is this process able to serve? For the supervisor and for a load balancer."""

from fastapi import APIRouter

from web.deps import HouseDep

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def healthz(house: HouseDep) -> dict[str, str]:
    async with house.db.connection() as conn:
        await conn.fetchval("SELECT 1")
    return {"status": "ok"}
