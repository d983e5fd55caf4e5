"""Every table, declared: migrations are made from this metadata. No statement is."""

from sqlmodel import SQLModel

from services.store.tables import agents, calendars, cases, licences, notices, payments, people

metadata = SQLModel.metadata

__all__ = ["agents", "calendars", "cases", "licences", "metadata", "notices", "payments", "people"]
