"""What becomes of licences, and who may not apply for one."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Identity, Index
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


class LicenceEvent(SQLModel, table=True):
    """证照经过: every turn of a licence's life, with the case in whose log it stands. Append-only like the log itself."""

    __tablename__ = "licence_event"
    __table_args__ = (Index("licence_event_of_case", "case_no"),)
    number: str = Field(primary_key=True, foreign_key="licence.number")
    n: int = Field(primary_key=True)
    turn: str  # services.law.licences.Turn
    state: str  # how the licence stands after it: state, version, valid_until
    version: int
    valid_until: date | None = None
    on_day: date  # the legal date
    at: datetime = moment(nullable=False)
    case_no: str = Field(foreign_key="cases.no")


class LicenceBar(SQLModel, table=True):
    """不得再次申请: who may not apply for what until when, and the decision that it rests on. Never changed."""

    __tablename__ = "licence_bar"
    __table_args__ = (Index("licence_bar_of_subject", "subject_id", "item_code"),)
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    subject_id: str = Field(foreign_key="subject.id")
    item_code: str
    why: str  # false_papers (Licence Law art. 78) or fraud (art. 79)
    since: date
    until: date  # the last day
    case_no: str = Field(foreign_key="cases.no")
