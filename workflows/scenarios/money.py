"""Money in a story: somebody pays at the stand-in platform, and the platform's message comes, late or not at all."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from services.cases.log import load
from services.errors import NotFound
from services.house import House
from services.payments.queries import orders_of
from services.payments.receiving import hear
from services.payments.reconciling import balance
from services.payments.standin import StandIn
from workflows.scenarios.format import Step, Unplayable

_KNOWN = ("amount", "lost")


async def settle_money(house: House, case_no: str, step: Step) -> None:
    """`pay`, or `balance`: what reconciliation does every few minutes."""
    if step.do == "balance":
        await balance(house, full=True)
        return
    if unknown := [name for name in step.values if name not in _KNOWN]:
        raise Unplayable(f"`with: {unknown[0]}` is not of `pay`: use {', '.join(_KNOWN)}")
    await _pay(house, case_no, step.values)


async def _pay(house: House, case_no: str, how: Mapping[str, Any]) -> None:
    """The last order of the case, whole unless the story says how much; with `lost` no message comes of it."""
    platform = house.platform
    assert isinstance(platform, StandIn)
    async with house.db.connection() as conn:
        case = await load(conn, case_no)
        assert case is not None
        orders = await orders_of(conn, case)
    if not orders:
        raise NotFound("没有缴款单，无从缴费", "There is no order to pay")
    fen = int(Decimal(str(how["amount"])) * 100) if "amount" in how else None
    said = await platform.pay(orders[-1].address.rpartition("/")[2], fen)
    if not how.get("lost"):
        await hear(house, said.body, said.signature)


__all__ = ["settle_money"]
