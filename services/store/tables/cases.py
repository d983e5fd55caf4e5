"""The log and its projections. Only `case_event` is the legal record; everything else can be made again from it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Identity, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


class CaseRow(SQLModel, table=True):
    """办件: one application or one work order, as its log left it."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("cases_by_applicant", "applicant_id", "filed_at"),
        Index("cases_by_filer", "filer_id", "filed_at"),
        Index("cases_open_by_due", "due_at", postgresql_where=text("finished is false")),
        Index("cases_orders", "filed_at", postgresql_where=text("kind = 'order'")),
        Index("cases_watched", "district", "finished", "due_at", text("filed_at DESC")),
        Index(
            "cases_decided",
            text("(state ->> 'decided_on')"),
            postgresql_where=text("kind = 'application' and (state ->> 'decided_on') is not null"),
        ),
        Index("cases_by_link", "linked_no", postgresql_where=text("linked_no is not null")),
        Index("cases_by_licence", "licence_no", postgresql_where=text("licence_no is not null")),
        Index("cases_lagging", "no", postgresql_where=text("engine_seq < seq")),
    )
    no: str = Field(primary_key=True, max_length=22)
    kind: str  # application or order
    item_code: str
    item_version: int
    item_hash: str
    title: str
    department: str
    district: str
    channel: str
    applicant_id: str | None = Field(foreign_key="subject.id")
    filer_id: str | None = Field(foreign_key="account.id")
    filed_at: datetime = moment(nullable=False)
    filing_key: str = Field(unique=True)  # who filed it and under which idempotency key
    asked: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False)
    )  # digest of what was filed under that key
    query_code: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    query_failures: int = 0  # wrong query codes in a row
    query_locked_until: datetime | None = moment()
    linked_no: str | None = Field(default=None, foreign_key="cases.no")
    licence_no: str | None = None  # the licence that it acts on: renews, changes, ends
    # projection of the log
    seq: int
    head: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    stage: str
    finished: bool = False
    state: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    due_at: datetime | None = moment()
    due_on: date | None = None
    cards: int = 0  # open cards
    calendar: str | None = None  # the version its open dates were counted with
    # how far the engine has read
    engine_seq: int = 0


class CaseEvent(SQLModel, table=True):
    """经过: append-only; triggers refuse UPDATE, DELETE and TRUNCATE even to the owner."""

    __tablename__ = "case_event"
    __table_args__ = (Index("case_event_key", "case_no", "key", unique=True),)
    case_no: str = Field(primary_key=True, foreign_key="cases.no")
    seq: int = Field(primary_key=True)
    key: str
    kind: str
    at: datetime = moment(nullable=False)
    actor_id: str
    body: str = Field(sa_column=Column(Text, nullable=False))
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class EventPrivate(SQLModel, table=True):
    """Personal values of an event, sealed. The log holds only a salted commitment, so lawful erasure leaves it whole."""

    __tablename__ = "event_private"
    case_no: str = Field(primary_key=True, foreign_key="cases.no")
    seq: int = Field(primary_key=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Task(SQLModel, table=True):
    """待办: an open expectation. The row is what admits exactly one of its commands."""

    __tablename__ = "task"
    __table_args__ = (
        Index("task_key", "case_no", "key", unique=True),
        Index(
            "task_worklist",
            "role",
            "district",
            "due_at",
            "id",
            postgresql_where=text("state = 'open' and role <> 'applicant'"),
        ),
        Index("task_of_case", "case_no", postgresql_where=text("state = 'open'")),
    )
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    case_no: str = Field(foreign_key="cases.no")
    kind: str  # the case's, so that counting queues reads no case
    key: str
    step: str
    role: str
    department: str
    district: str
    commands: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    not_by: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    state: str = "open"  # open, done or dropped
    opened_at: datetime = moment(nullable=False)
    warn_at: datetime | None = moment()
    due_at: datetime | None = moment()
    due_on: date | None = None
    warn_rule: str | None = None  # e-supervision rules that the clock raises for this task
    due_rule: str | None = None
    silence: str | None = None  # the event that silence turns into, e.g. deemed_accepted
    # what its due date is counted from, so that it can be counted again when a clock stops or a calendar changes
    limit_n: int | None = None
    limit_unit: str | None = None
    since_on: date | None = None
    # whether its limit stands still with the case's clock (Licence Law art. 45)
    stops: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    # 随时可办: may be taken at any time and waits for nobody, so no worklist shows it
    standing: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    claimed_by: str | None = Field(default=None, foreign_key="account.id")
    claimed_at: datetime | None = moment()
    closed_at: datetime | None = moment()


class Outbox(SQLModel, table=True):
    """A bell to ring. Carries no data; ringing twice is ringing once."""

    __tablename__ = "outbox"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    case_no: str
    leased_until: datetime = Field(
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("'-infinity'"))
    )


class Draft(SQLModel, table=True):
    """An application being filled in, or a corrected set being put together: sealed, resumable, forgotten in time."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("draft_of_account", "account_id", "updated_at"),
        Index("draft_expiry", "expires_at"),
    )
    id: str = Field(primary_key=True)  # also the idempotency token of its submission
    account_id: str = Field(foreign_key="account.id")
    item_code: str
    item_version: int
    applicant_id: str | None = Field(default=None, foreign_key="subject.id")
    case_no: str | None = Field(default=None, foreign_key="cases.no")  # for a corrected set
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    updated_at: datetime = moment(nullable=False)
    expires_at: datetime = moment(nullable=False)


class Submission(SQLModel, table=True):
    """What the applicant filed, per round: sealed whole, since almost all of it is personal."""

    __tablename__ = "submission"
    case_no: str = Field(primary_key=True, foreign_key="cases.no")
    round: int = Field(primary_key=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    filed_at: datetime = moment(nullable=False)


class MaterialRow(SQLModel, table=True):
    """材料 as received: the file is in the object store under its own hash."""

    __tablename__ = "material"
    __table_args__ = (Index("material_of_case", "case_no", "round"),)
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    case_no: str = Field(foreign_key="cases.no")
    round: int
    code: str
    source: str  # upload, shared (取自共享), carried (沿用上一轮), licence (电子证照)
    file: str | None = None  # content hash
    name: str | None = None
    size: int | None = None
    type: str | None = None
    consent_id: str | None = Field(default=None, foreign_key="licence_consent.id")  # for source licence


class Document(SQLModel, table=True):
    """文书: numbered, rendered, stored under its hash, verifiable by its code."""

    __tablename__ = "document"
    __table_args__ = (
        Index("document_key", "case_no", "key", unique=True),
        Index("document_of_licence", "number", postgresql_where=text("kind = 'licence'")),
    )
    id: str = Field(primary_key=True)  # the verification code on the QR page
    case_no: str = Field(foreign_key="cases.no")
    key: str
    kind: str
    number: str
    file: str | None = None
    made_at: datetime | None = moment()


class Licence(SQLModel, table=True):
    """证照: what a grant leaves behind, as the last of its events left it."""

    __tablename__ = "licence"
    __table_args__ = (
        Index("licence_of_holder", "holder_id"),
        Index("licence_running", "valid_until", "number", postgresql_where=text("state = 'valid'")),
    )
    number: str = Field(primary_key=True)
    case_no: str = Field(sa_column=Column(Text, ForeignKey("cases.no"), nullable=False, unique=True))
    item_code: str
    holder_id: str = Field(foreign_key="subject.id")
    issued_on: date
    valid_until: date | None = None
    state: str = "valid"  # services.law.licences.State
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})


class Card(SQLModel, table=True):
    """红黄牌: one live card per (case, rule, step), with the facts that raised it."""

    __tablename__ = "card"
    __table_args__ = (
        Index("card_key", "case_no", "key", unique=True),
        Index("card_open", "state", "raised_at"),
    )
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    case_no: str = Field(foreign_key="cases.no")
    key: str
    rule: str
    severity: str  # yellow or red
    department: str
    district: str
    facts: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    raised_at: datetime = moment(nullable=False)
    state: str = "open"
    closed_at: datetime | None = moment()


class ItemVersion(SQLModel, table=True):
    """An item as published, frozen by its hash; a running case keeps the version it was filed under."""

    __tablename__ = "item_version"
    code: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    hash: str
    body: str = Field(sa_column=Column(Text, nullable=False))
    published_at: datetime = moment(nullable=False)


class Counter(SQLModel, table=True):
    """Serial numbers without gaps, by scope: documents per department, word and year; licences per kind."""

    __tablename__ = "counter"
    scope: str = Field(primary_key=True)
    n: int
