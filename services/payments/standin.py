"""A payment platform that works and moves no money: what a demonstration and the tests pay at.

It stands in for the 统一公共支付平台 behind `Platform`: its own book, its own key, its own page (`web.citizen.standin`).
The book lies in tables of its own, which nothing else of the house reads.
"""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import asyncpg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.errors import NotFound
from services.payments.messages import Message, write
from services.payments.platform import Bill, PlatformDown, Receipt
from services.store.crypto import Vault
from services.store.db import Database


@dataclass(frozen=True, slots=True)
class Signed:
    """A message on its way to us."""

    body: bytes
    signature: str


class StandIn:
    """`down`: a test's way to see what happens while it cannot be reached."""

    def __init__(self, db: Database, vault: Vault, base_url: str, clock: Callable[[], datetime]) -> None:
        self.db, self.base_url, self.clock = db, base_url, clock
        self.down = False
        self._key = Ed25519PrivateKey.from_private_bytes(vault.key("payment-platform-stand-in"))

    # what any platform does

    async def place(self, bill: Bill) -> str:
        self._refuse_if_down()
        async with self.db.connection() as conn:
            ref = await conn.fetchval(
                # The update changes nothing: it is how the first answer comes back at a second placing.
                "INSERT INTO demo_bill (order_no, ref, payee, what, fen, back, placed_at) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (order_no) DO UPDATE SET ref = demo_bill.ref "
                "RETURNING ref",
                bill.order, secrets.token_urlsafe(15), bill.payee_name, bill.what, bill.fen, bill.back, self.clock(),
            )  # fmt: skip
        return f"{self.base_url}/pay-demo/{ref}"

    async def query(self, order: str) -> list[Receipt]:
        self._refuse_if_down()
        async with self.db.connection() as conn:
            rows = await conn.fetch("SELECT * FROM demo_payment WHERE order_no = $1 ORDER BY paid_at", order)
        return [Receipt(order, r["transaction"], r["fen"], r["paid_at"]) for r in rows]

    async def refund(self, transaction: str, fen: int) -> str | None:
        self._refuse_if_down()
        async with self.db.connection() as conn:
            number = await conn.fetchval(
                "UPDATE demo_payment SET refund_no = coalesce(refund_no, $2), "
                "refunded_at = coalesce(refunded_at, $3) WHERE transaction = $1 AND fen = $4 RETURNING refund_no",
                transaction, f"R{secrets.token_hex(8).upper()}", self.clock(), fen,
            )  # fmt: skip
        if number is None:
            raise PlatformDown(f"the platform knows no payment {transaction} of {fen} fen")
        return number

    def vouches(self, body: bytes, signature: str) -> bool:
        try:
            self._key.public_key().verify(base64.b64decode(signature, validate=True), body)
        except (InvalidSignature, ValueError):
            return False
        return True

    # what the payer does there

    async def bill(self, ref: str) -> asyncpg.Record:
        """What the payer's page shows. Raises NotFound."""
        async with self.db.connection() as conn:
            row = await conn.fetchrow(
                "SELECT b.*, EXISTS (SELECT FROM demo_payment p WHERE p.order_no = b.order_no) AS paid "
                "FROM demo_bill b WHERE ref = $1",
                ref,
            )
        if row is None:
            raise NotFound("没有这张缴款单", "No such bill")
        return row

    async def pay(self, ref: str, fen: int | None = None) -> Signed:
        """The payer pays; durable in the platform's book before anybody hears of it. Raises NotFound."""
        bill, now = await self.bill(ref), self.clock()
        message = Message(
            "paid", bill["order_no"], f"T{secrets.token_hex(10).upper()}", fen or bill["fen"], now,
            secrets.token_hex(16), now,
        )  # fmt: skip
        async with self.db.connection() as conn:
            await conn.execute(
                "INSERT INTO demo_payment (transaction, order_no, fen, paid_at) VALUES ($1, $2, $3, $4)",
                message.transaction, message.order, message.fen, now,
            )  # fmt: skip
        return self.sign(message)

    def sign(self, message: Message) -> Signed:
        body = write(message)
        return Signed(body, base64.b64encode(self._key.sign(body)).decode())

    def _refuse_if_down(self) -> None:
        if self.down:
            raise PlatformDown("the platform cannot be reached")
