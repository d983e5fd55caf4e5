"""What a virus scanner said of a stored file."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


class FileScan(SQLModel, table=True):
    """查毒结果, by the content's hash: the same content has one, however often it was handed in."""

    __tablename__ = "file_scan"
    __table_args__ = (
        CheckConstraint("state IN ('clean', 'infected', 'unscanned')", name="known_scan_state"),
        Index("file_unscanned", "at", "file", postgresql_where=text("state = 'unscanned'")),
    )
    file: str = Field(primary_key=True)
    state: str
    found: str = ""  # the scanner's name for it
    scanner: str  # none, or who looked
    at: datetime = moment(nullable=False)
