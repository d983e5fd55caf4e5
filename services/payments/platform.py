"""统一公共支付平台 behind one interface: it shows the payer an order, takes the money, tells us, and gives it back.

It is told a number, a sum and what for, and never who.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class PlatformDown(Exception):
    """It cannot be reached, or does not do what it was asked; asking again later is right. The message says why."""


@dataclass(frozen=True, slots=True)
class Bill:
    """缴款单."""

    order: str
    payee: str  # the department's credit code
    payee_name: str
    what: str
    fen: int
    back: str  # where the payer's browser goes afterwards; what it says there counts for nothing


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came. An order may have several, and each is one `transaction`."""

    order: str
    transaction: str
    fen: int
    paid_at: datetime


class Platform(Protocol):
    """Every call may be made again: the same order, and the same refund, exist once. All raise PlatformDown."""

    async def place(self, bill: Bill) -> str:
        """The address where it can be paid."""
        ...

    async def query(self, order: str) -> list[Receipt]:
        """What was paid on an order, whether or not its message reached us."""
        ...

    async def refund(self, transaction: str, fen: int) -> str | None:
        """The refund's number once the money is back; None while it is under way, and a message will say so."""
        ...

    def vouches(self, body: bytes, signature: str) -> bool:
        """Whether these very bytes were signed by the platform."""
        ...


class NoPlatform:
    """A house that has none: nothing is charged by accident."""

    async def place(self, bill: Bill) -> str:
        raise PlatformDown("no payment platform is set up")

    async def query(self, order: str) -> list[Receipt]:
        raise PlatformDown("no payment platform is set up")

    async def refund(self, transaction: str, fen: int) -> str | None:
        raise PlatformDown("no payment platform is set up")

    def vouches(self, body: bytes, signature: str) -> bool:
        return False
