"""What the pages about an item say of its codes and limits; the words themselves are the catalogue's."""

from forms import Limit
from services.catalogue.elements import elements, special_procedures, task_type, use_level
from services.catalogue.wording import (
    AUDIENCES,
    DEPTHS,
    FORMS,
    KINDS,
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
    "MOMENTS",
    "NEEDS",
    "SOURCES",
    "clock_address",
    "elements",
    "limit_words",
    "provider",
    "special_procedures",
    "task_type",
    "use_level",
    "when_words",
]


def clock_address(limit: Limit) -> str:
    """The public calculator with this limit in it."""
    unit = next(name for name, unit in UNITS.items() if unit == limit.unit)
    return f"/clock?limit={limit.n}&unit={unit}"
