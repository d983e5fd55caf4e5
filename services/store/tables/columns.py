"""Column kinds that several tables share."""

from typing import Any

from sqlalchemy import Column, DateTime
from sqlmodel import Field


def moment(nullable: bool = True) -> Any:
    """An instant, aware."""
    return Field(default=None, sa_column=Column(DateTime(timezone=True), nullable=nullable))
