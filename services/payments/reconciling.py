"""对账: what the platform knows and we do not is found here, and what is still to go back is asked for again."""

from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from services.house import House
from services.payments.platform import PlatformDown
from services.payments.receiving import take
from services.payments.refunds import send_back

log = structlog.get_logger()
LOOK_BACK = timedelta(days=90)

# Without `full`, only where money is still expected or may come too late; with it, also for second payments.
_ORDERS = """
SELECT no FROM payment_order o WHERE placed_at > $1 AND ($2 OR NOT EXISTS (
    SELECT FROM payment p WHERE p.order_no = o.no)) ORDER BY placed_at
"""
_OWED_BACK = """
SELECT transaction FROM payment WHERE refund_reason IS NOT NULL AND refunded_at IS NULL ORDER BY refund_ordered_at
"""


@dataclass
class Balanced:
    """`found`: cases with money that we had not heard of. `owing`: refunds that are still not through."""

    found: list[str] = field(default_factory=list)
    owing: int = 0


async def balance(house: House, *, full: bool = False) -> Balanced:
    async with house.db.connection() as conn:
        orders = await conn.fetch(_ORDERS, house.now() - LOOK_BACK, full)
    result = Balanced()
    try:
        for order in orders:
            await _ask(house, order["no"], result)
    except PlatformDown as trouble:
        log.warning("payment platform is away", trouble=str(trouble))
    async with house.db.connection() as conn:
        owed = await conn.fetch(_OWED_BACK)
    for payment in owed:
        result.owing += not await send_back(house, payment["transaction"])
    return result


async def _ask(house: House, order: str, result: Balanced) -> None:
    for receipt in await house.platform.query(order):
        async with house.db.transaction() as tx:
            heard = await take(tx, house, receipt)
        if not heard.repeated:
            result.found.append(heard.case_no)
