"""What becomes of a service item: published in a version, suspended, resumed, withdrawn."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Identity, Index
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


class ItemTurn(SQLModel, table=True):
    """事项沿革: who published or closed what, from which day, and why. Append-only like the log."""

    __tablename__ = "item_turn"
    __table_args__ = (Index("item_turn_of_item", "code", "id"),)
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    code: str
    turn: str  # published, or services.law.item_life.Turn
    version: int | None = None  # of what was published; a suspension is the item's, in whatever version
    on_day: date  # the first day on which it holds
    reason: str
    at: datetime = moment(nullable=False)
    by: str  # an account, or "system" for what came with a release or from the command line
