"""What people were told, and the short messages that went with it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


class Notice(SQLModel, table=True):
    """告知: shown on the citizen's own page. `key` says what it is about, so that nobody is told twice."""

    __tablename__ = "notice"
    __table_args__ = (Index("notice_of_subject", "subject_id", "at"),)
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    key: str = Field(unique=True)
    subject_id: str = Field(foreign_key="subject.id")
    kind: str  # services.notices.words
    facts: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    at: datetime = moment(nullable=False)


class Sms(SQLModel, table=True):
    """短信: the local stand-in for a gateway. The number is masked: whoever reads this table dials nobody."""

    __tablename__ = "sms"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    to: str
    text: str
    at: datetime = moment(nullable=False)
