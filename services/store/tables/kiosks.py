"""Self-service terminals, and who called for help at one."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Identity, Index, text
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


class Kiosk(SQLModel, table=True):
    """自助终端: a browser that an administrator made one. What it shows is wiped when nobody touches it."""

    __tablename__ = "kiosk"
    id: str = Field(primary_key=True)
    name: str  # where it stands, as the window staff would say it
    district: str
    made_by: str = Field(foreign_key="account.id")
    made_at: datetime = moment(nullable=False)
    retired_at: datetime | None = moment()


class KioskCall(SQLModel, table=True):
    """呼叫帮助: somebody stands at a terminal and does not get on. Says nothing about who."""

    __tablename__ = "kiosk_call"
    __table_args__ = (
        Index("kiosk_call_open", "kiosk_id", unique=True, postgresql_where=text("taken_at IS NULL")),
    )
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    kiosk_id: str = Field(foreign_key="kiosk.id")
    at: datetime = moment(nullable=False)
    taken_at: datetime | None = moment()
    taken_by: str | None = Field(default=None, foreign_key="account.id")
