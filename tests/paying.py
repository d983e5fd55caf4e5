"""A lost identity card whose replacement costs forty yuan, and the hands that pay for it."""

from services.payments.queries import Order, orders_of
from services.payments.receiving import hear
from services.payments.standin import Signed, StandIn
from tests.living import Living

CARD = {
    "lost": ["yes"], "applicant_role": ["self"], "holder_name": ["李样本"],
    "holder_id": ["430199199211234826"], "holder_id_type": ["resident_id"],
    "contact_phone": ["19900000002"], "registered_address": ["示例区示例路2号"], "lost_on": ["2026-11-01"],
    "low_income": ["no"], "truth": ["yes"],
}  # fmt: skip


def platform(living: Living) -> StandIn:
    found = living.house.platform
    assert isinstance(found, StandIn)
    return found


async def file_card(living: Living, **answers: list[str]) -> str:
    mine = living.world.subjects["李样本"]
    return (await living.file("identity-card", "li", CARD | answers, [], applicant_id=mine)).case_no


async def ordered(living: Living, **answers: list[str]) -> str:
    """A case that was accepted this morning and has its order."""
    no = await file_card(living, **answers)
    await living.engine(no)
    await living.act(no, "acceptance#1", "accept", "clerk")
    await living.engine(no)
    return no


async def order(living: Living, no: str) -> Order:
    async with living.house.db.connection() as conn:
        (found,) = await orders_of(conn, await living.case(no))
    return found


async def payment(living: Living, no: str, fen: int | None = None) -> Signed:
    """What the platform would say of a payment; whether it arrives is the test's to decide."""
    ref = (await order(living, no)).address.rpartition("/")[2]
    return await platform(living).pay(ref, fen)


async def told(living: Living, said: Signed) -> None:
    await hear(living.house, said.body, said.signature)
