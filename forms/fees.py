"""What these answers cost: each charge and their sum, exact to the fen (分), the hundredth of a yuan."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from forms.conditions import applies
from forms.item import Item
from forms.parts import Fee, Reduction


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of an order. A fee that is wholly remitted stays a line: what was remitted is told too."""

    fee: Fee
    reduction: Reduction | None
    fen: int


def charges(item: Item, values: Mapping[str, Any], moment: str) -> tuple[Charge, ...]:
    """What falls due at this moment, in the order of the item's list."""
    return tuple(_charge(fee, values) for fee in item.fees_at(moment) if applies(fee.when, values))


def _charge(fee: Fee, values: Mapping[str, Any]) -> Charge:
    """Reductions do not add up: the applicant has the best one. Part of a fen is not charged."""
    open_ = [less for less in fee.reductions if less.when.holds(values)]
    best = max(open_, key=lambda less: less.percent, default=None)
    whole = int(fee.amount * 100)
    return Charge(fee, best, whole * (100 - best.percent) // 100 if best else whole)


def yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)
