"""What the pages about an item say of its codes and limits; the words themselves are the catalogue's."""

from forms import Limit
from services.catalogue.wording import (
    AUDIENCES,
    DEPTHS,
    FORMS,
    KINDS,
    LEVELS,
    NEEDS,
    SOURCES,
    limit_words,
    provider,
    when_words,
)
from services.law.fee_words import MOMENTS
from services.law.reckoning import UNITS

__all__ = [
    "AUDIENCES",
    "DEPTHS",
    "FORMS",
    "KINDS",
    "LEVELS",
    "MOMENTS",
    "NEEDS",
    "SOURCES",
    "clock_address",
    "limit_words",
    "provider",
    "when_words",
]


def clock_address(limit: Limit) -> str:
    """The public calculator with this limit in it."""
    unit = next(name for name, unit in UNITS.items() if unit == limit.unit)
    return f"/clock?limit={limit.n}&unit={unit}"
