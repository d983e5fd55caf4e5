"""Every table, declared: migrations are made from this metadata. No statement is."""

from sqlmodel import SQLModel

from services.store.tables import (
    agents,
    calendars,
    cases,
    catalogue,
    e_licences,
    kiosks,
    licences,
    notices,
    payments,
    people,
    registries,
    scans,
)

metadata = SQLModel.metadata

__all__ = [
    "agents",
    "calendars",
    "cases",
    "catalogue",
    "e_licences",
    "kiosks",
    "licences",
    "metadata",
    "notices",
    "payments",
    "people",
    "registries",
    "scans",
]
