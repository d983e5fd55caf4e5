"""The working calendar as it was announced: each notice and each correction of it, kept for good."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


class CalendarNotice(SQLModel, table=True):
    """放假安排: a later edition takes the place of an earlier one, which stays, since dates were counted with it.

    Append-only; triggers refuse UPDATE, DELETE and TRUNCATE even to the owner.
    """

    __tablename__ = "calendar_notice"
    district: str = Field(primary_key=True)  # empty: for the whole country
    year: int = Field(primary_key=True)
    edition: int = Field(primary_key=True)
    source: str
    body: str = Field(sa_column=Column(Text, nullable=False))  # as it was handed in, YAML
    loaded_at: datetime = moment(nullable=False)
    loaded_by: str  # an account, or "system" for what came with a release or from the command line
