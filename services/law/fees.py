"""What a case owes (收费): how each of its fees stands, and which money is the fee.

Licence Law arts 58, 59, 75. A fee exists from acceptance on, or from a grant on, and never before; what came in and is
not the fee goes back, and so does a fee whose case ended before what it pays for.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from services.law.chain import Event
from services.law.stays import number_of

if TYPE_CHECKING:
    from services.law.case import CaseState

# How a fee stands. `due`: it will be ordered or found free.
DUE, ORDERED = "due", "ordered"
_OWED = (DUE, ORDERED)
_BECOMES: Mapping[str, str] = {
    "fee_due": DUE,
    "fee_ordered": ORDERED,
    "fee_free": "free",
    "paid": "paid",
    "fee_waived": "waived",
}
_ENDS = ("refused", "withdrawn", "terminated", "voided")
# Why a fee that was paid goes back; whatever else goes back never was the fee.
OF_THE_FEE = (*_ENDS, "directed")


def charge(state: "CaseState", event: Event) -> None:
    """Fold one event into how the case's fees stand."""
    fees, kind = state.fees, event.kind
    if kind in _BECOMES:
        fees[moment_of(event)] = _BECOMES[kind]
    elif kind in ("refund_ordered", "refunded") and event.data["reason"] in OF_THE_FEE:
        fees[moment_of(event)] = "returning" if kind == "refund_ordered" else "returned"
    elif kind in _ENDS:
        for moment, stands in fees.items():
            if stands in _OWED:
                fees[moment] = "lapsed"


def moment_of(event: Event) -> str:
    """acceptance or grant: what the event says, or the number of its task."""
    return event.data.get("moment") or number_of(event.task or "")


def owes(state: "CaseState") -> bool:
    return any(stands in _OWED for stands in state.fees.values())


def paid(state: "CaseState") -> bool:
    return "paid" in state.fees.values()


def why_not(stands: str, asked: int, came: int, paid_at: datetime, until: datetime | None) -> str | None:
    """Why money that came is not the fee; None if it is. `until`: when silence ends the case.

    Whoever paid in time paid in time, however long the platform took to tell us.
    """
    if stands == "paid":
        return "twice"
    if stands != ORDERED or (until is not None and paid_at >= until):
        return "late"
    return None if came == asked else "amount"
