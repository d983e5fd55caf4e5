"""What registers told us of people and organisations, who looked at whose data, and the stand-in registers' own book."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, Identity, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


class SubjectPaper(SQLModel, table=True):
    """证件: further papers of a subject, beside the one in its own row: passport and residence permit of one person, say.

    Numbers are sealed; equal ones meet in `index`, which is made as `subject.id_index` is.
    """

    __tablename__ = "subject_paper"
    __table_args__ = (Index("subject_paper_of_subject", "subject_id"),)
    type: str = Field(primary_key=True)  # services.people.papers
    index: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    subject_id: str = Field(foreign_key="subject.id")
    number_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    source: str  # a query of a register, or "counter"
    as_of: date
    noted_at: datetime = moment(nullable=False)


class SubjectTie(SQLModel, table=True):
    """关系: kin, guardians, roles in companies, as a register tells them on a day. What it no longer tells has ended.

    Whoever is tied need not be a subject of ours: name and number are sealed, and meet a subject's in `other_index`.
    """

    __tablename__ = "subject_tie"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('spouse', 'child', 'parent', 'guardian', 'ward', 'legal_representative', 'heads', "
            "'works_for')",
            name="known_tie",
        ),
        Index(
            "subject_tie_standing", "subject_id", "kind", "other_index", unique=True,
            postgresql_where=text("ended_on IS NULL"),
        ),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    subject_id: str = Field(foreign_key="subject.id")
    kind: str  # what the other is to the subject; services.people.ties
    other_type: str
    other_index: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    source: str
    as_of: date
    noted_at: datetime = moment(nullable=False)
    ended_on: date | None = None


class LookUp(SQLModel, table=True):
    """谁查了我的数据: every look at a person's or an organisation's data. Append-only like the log itself.

    Role and department are those of the moment: whoever changes office later still looked as what they were.
    """

    __tablename__ = "look_up"
    __table_args__ = (Index("look_up_of_subject", "subject_id", "id"),)
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    subject_id: str = Field(foreign_key="subject.id")
    what: str  # services.people.lookups
    by: str  # an account's id, or "system"
    role: str
    department: str
    case_no: str | None = None
    purpose: str
    at: datetime = moment(nullable=False)


class DemoRegister(SQLModel, table=True):
    """The stand-in registers' own book: nothing else reads it."""

    __tablename__ = "demo_register"
    query: str = Field(primary_key=True)
    key: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    as_of: date | None = None
