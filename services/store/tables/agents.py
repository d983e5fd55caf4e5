"""Who was authorised for what, who may not act for themselves, whose guardian agreed, and whom helpers helped."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, Identity, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


class Authorisation(SQLModel, table=True):
    """授权委托: agent, matter, powers and period, as Civil Code art. 165 asks; in force once the agent has agreed."""

    __tablename__ = "authorisation"
    __table_args__ = (
        CheckConstraint("principal_id <> agent_id", name="not_oneself"),
        CheckConstraint("valid_to >= valid_from", name="ends_after_start"),
        CheckConstraint("cardinality(actions) > 0", name="gives_something"),
        CheckConstraint("(cardinality(items) > 0) <> (department <> '')", name="items_or_a_department"),
        Index("authorisation_of_agent", "agent_id", postgresql_where=text("ended_at IS NULL")),
        Index("authorisation_of_principal", "principal_id"),
    )
    id: str = Field(primary_key=True)
    principal_id: str = Field(foreign_key="subject.id")
    agent_id: str = Field(foreign_key="subject.id")
    items: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))  # item codes
    department: str = Field(default="", sa_column_kwargs={"server_default": ""})  # or every item of it
    actions: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))  # services.law.mandates.ACTIONS
    valid_from: date
    valid_to: date  # the last day
    text_version: str  # the words that the principal agreed to
    verified: str  # how it was made sure who gave it: services.people.authorising
    made_by: str = Field(foreign_key="account.id")
    made_at: datetime = moment(nullable=False)
    confirmed_at: datetime | None = moment()
    ended_at: datetime | None = moment()
    ended_why: str | None = None


class AuthorisationEvent(SQLModel, table=True):
    """授权经过: every turn of an authorisation, append-only like the log."""

    __tablename__ = "authorisation_event"
    authorisation_id: str = Field(primary_key=True, foreign_key="authorisation.id")
    n: int = Field(primary_key=True)
    turn: str  # granted, confirmed, declined, revoked, renounced, death, incapacity
    at: datetime = moment(nullable=False)
    by: str = Field(foreign_key="account.id")


class GuardianConsent(SQLModel, table=True):
    """监护人同意: to handle the data of a child under fourteen. PIPL art. 31. Rows are added, never changed."""

    __tablename__ = "guardian_consent"
    __table_args__ = (
        CheckConstraint("turn IN ('given', 'withdrawn')", name="known_turn"),
        CheckConstraint("way IN ('online', 'counter')", name="known_way"),
        Index("guardian_consent_of_child", "child_id", "at"),
    )
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    child_id: str = Field(foreign_key="subject.id")
    guardian_id: str = Field(foreign_key="subject.id")
    turn: str
    text_version: str
    way: str
    recorded_by: str = Field(foreign_key="account.id")
    at: datetime = moment(nullable=False)


class SubjectStatus(SQLModel, table=True):
    """What keeps a person from acting, or lets a minor act: 死亡, 丧失行为能力, 以自己的劳动收入为主要生活来源."""

    __tablename__ = "subject_status"
    __table_args__ = (
        CheckConstraint("kind IN ('deceased', 'incapacitated', 'own_living')", name="known_kind"),
        Index("subject_status_of_subject", "subject_id", postgresql_where=text("lifted_at IS NULL")),
    )
    id: str = Field(primary_key=True)
    subject_id: str = Field(foreign_key="subject.id")
    kind: str
    since: date
    source: str  # the paper or the body that says so
    evidence_file: str | None = None  # content hash
    recorded_by: str = Field(foreign_key="account.id")
    recorded_at: datetime = moment(nullable=False)
    lifted_at: datetime | None = moment()  # recorded in error, or not true any more
    lifted_by: str | None = Field(default=None, foreign_key="account.id")


class Assistance(SQLModel, table=True):
    """帮办: a helper files one application for somebody, with their consent and the way it was given."""

    __tablename__ = "assistance"
    __table_args__ = (
        CheckConstraint("way IN ('signature', 'sms', 'face')", name="known_way"),
        CheckConstraint("contact IN ('own', 'family', 'village')", name="known_contact"),
        Index("assistance_of_case", "case_no", unique=True),
        Index("assistance_of_subject", "subject_id", "at"),
    )
    id: str = Field(primary_key=True)
    helper_id: str = Field(foreign_key="account.id")
    subject_id: str = Field(foreign_key="subject.id")
    case_no: str = Field(foreign_key="cases.no")
    text_version: str
    way: str
    signature: str | None = None  # content hash of the signed consent
    contact: str  # whose telephone is told how the case goes
    contact_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    phone_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    at: datetime = moment(nullable=False)


class ConsentCode(SQLModel, table=True):
    """A code sent to a telephone, which its bearer reads out to say yes. Only its digest is kept."""

    __tablename__ = "consent_code"
    __table_args__ = (Index("consent_code_expiry", "until"),)
    token: str = Field(primary_key=True)  # of the form that it was asked for with
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    helper_id: str = Field(foreign_key="account.id")
    tries: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    until: datetime = moment(nullable=False)
