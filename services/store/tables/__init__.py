"""Every table, declared: migrations are made from this metadata. No statement is."""

from sqlmodel import SQLModel

from services.store.tables import (
    calendars,
    cases,
    catalogue,
    e_licences,
    licences,
    notices,
    payments,
    people,
    registries,
)

metadata = SQLModel.metadata

__all__ = [
    "calendars",
    "cases",
    "catalogue",
    "e_licences",
    "licences",
    "metadata",
    "notices",
    "payments",
    "people",
    "registries",
]
