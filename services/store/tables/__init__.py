"""Every table, declared: migrations are made from this metadata. No statement is."""

from sqlmodel import SQLModel

from services.store.tables import calendars, cases, catalogue, licences, notices, payments, people

metadata = SQLModel.metadata

__all__ = ["calendars", "cases", "catalogue", "licences", "metadata", "notices", "payments", "people"]
