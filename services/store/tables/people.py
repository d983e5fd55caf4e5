"""Who deals with government, who may act for whom, and who may sign in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, String, text
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


def _sealed() -> Any:
    return Field(default=None, sa_column=Column(LargeBinary, nullable=True))


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{v}'" for v in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"known_{column}")


class Subject(SQLModel, table=True):
    """一人一号，一企一码: a person or an organisation, once.

    Numbers are sealed; equal ones meet in `id_index`. Not everybody has one: a caller of the hotline need not say.
    """

    __tablename__ = "subject"
    __table_args__ = (
        _one_of("kind", "person", "organisation"),
        CheckConstraint(
            "(id_index IS NULL) = (id_number_sealed IS NULL) AND (id_index IS NULL) = (id_type IS NULL)",
            name="number_with_type_and_index",
        ),
        Index("subject_number", "id_type", "id_index", unique=True),
    )
    id: str = Field(primary_key=True)
    kind: str
    name: str
    id_type: str | None = None  # services.people.papers
    id_number_sealed: bytes | None = _sealed()
    id_index: bytes | None = _sealed()
    phone_sealed: bytes | None = _sealed()
    address_sealed: bytes | None = _sealed()
    created_at: datetime = moment(nullable=False)


class Representation(SQLModel, table=True):
    """Who may act for whom, and on what ground: 法定代表人, 监护人 (Civil Code art. 27), 委托 (art. 165)."""

    __tablename__ = "representation"
    __table_args__ = (
        _one_of("basis", "legal_representative", "guardian", "mandate"),
        CheckConstraint("person_id <> subject_id", name="not_oneself"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
        Index("representation_by_person", "person_id", postgresql_where=text("revoked_at IS NULL")),
        Index("representation_of_subject", "subject_id"),
    )
    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="subject.id")
    subject_id: str = Field(foreign_key="subject.id")
    basis: str
    valid_from: date
    valid_to: date | None = None
    revoked_at: datetime | None = moment()
    # what it was proved with, where a clerk recorded it: services.people.guardians
    evidence: str | None = None
    evidence_file: str | None = None  # content hash
    recorded_by: str | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime | None = moment()


class Account(SQLModel, table=True):
    """A way in. A member of staff who applies for something does it under a second account, as a citizen."""

    __tablename__ = "account"
    __table_args__ = (
        _one_of("kind", "citizen", "staff"),
        CheckConstraint("kind <> 'citizen' OR subject_id IS NOT NULL", name="citizen_is_somebody"),
        CheckConstraint("username = lower(username)", name="username_in_lower_case"),
        Index("account_of_citizen", "subject_id", unique=True, postgresql_where=text("kind = 'citizen'")),
    )
    id: str = Field(primary_key=True)
    username: str = Field(sa_column=Column(String, nullable=False, unique=True))
    password_hash: str
    kind: str
    display_name: str
    subject_id: str | None = Field(default=None, foreign_key="subject.id")
    disabled: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    failures: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    locked_until: datetime | None = moment()
    created_at: datetime = moment(nullable=False)


class StaffGrant(SQLModel, table=True):
    """A role within a scope; an empty department or district means all of them."""

    __tablename__ = "staff_grant"
    __table_args__ = (
        _one_of("role", "clerk", "reviewer", "director", "supervisor", "agent", "helper", "admin"),
    )
    account_id: str = Field(
        sa_column=Column(String, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    )
    role: str = Field(primary_key=True)
    department: str = Field(default="", primary_key=True, sa_column_kwargs={"server_default": ""})
    district: str = Field(default="", primary_key=True, sa_column_kwargs={"server_default": ""})


class SessionRow(SQLModel, table=True):
    """A signed-in browser or programme. Only the token's hash is kept: this table opens no door by itself."""

    __tablename__ = "session"
    __table_args__ = (
        _one_of("kind", "web", "api"),
        Index("session_of_account", "account_id"),
        Index("session_expiry", "expires_at"),
    )
    token_hash: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    account_id: str = Field(
        sa_column=Column(String, ForeignKey("account.id", ondelete="CASCADE"), nullable=False)
    )
    secret: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # what form tokens are made with
    kind: str
    created_at: datetime = moment(nullable=False)
    seen_at: datetime = moment(nullable=False)
    expires_at: datetime = moment(nullable=False)
