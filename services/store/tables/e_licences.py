"""电子证照库: licences that other bodies issued, what their holders consented to, and who used which for what."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Identity, Index, LargeBinary, String, text
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


class ELicence(SQLModel, table=True):
    """A licence as its department last handed it over. Numbers and contents are personal, so they lie sealed.

    Our own licences stand in `licence`; services.licences.library reads both as one.
    """

    __tablename__ = "e_licence"
    __table_args__ = (
        Index("e_licence_of_holder", "holder_id", "type_code"),
        Index("e_licence_of_serial", "issuer", "serial", "type_code", "version", unique=True),
    )
    identifier: str = Field(primary_key=True)  # GB/T 36904: services.law.licence_ids
    type_code: str
    issuer: str
    serial: str
    version: int
    name: str
    issuer_name: str
    holder_id: str = Field(foreign_key="subject.id")
    issued_on: date
    valid_from: date
    valid_until: date | None = None
    state: str  # services.law.e_licences.STATES
    state_note: str = ""
    trust: str
    previous: str | None = None  # 关联标识: the licence that it took the place of
    as_of: date  # 数据日期: an older record does not overwrite a newer one
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # canonical JSON of the metadata
    digest: str  # SM3 of it
    signature: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    loaded_at: datetime = moment(nullable=False)


class ELicenceEvent(SQLModel, table=True):
    """What each handing-over said of it. Append-only."""

    __tablename__ = "e_licence_event"
    identifier: str = Field(primary_key=True, foreign_key="e_licence.identifier")
    n: int = Field(primary_key=True)
    state: str
    state_note: str = ""
    valid_until: date | None = None
    as_of: date
    digest: str
    at: datetime = moment(nullable=False)


class LicenceConsent(SQLModel, table=True):
    """授权用证: the holder's consent, for one application of one item and for a time. PIPL arts 13(1), 14. Never changed."""

    __tablename__ = "licence_consent"
    __table_args__ = (Index("licence_consent_for", "token"), Index("licence_consent_to", "identifier"))
    id: str = Field(primary_key=True)
    identifier: str
    holder_id: str = Field(foreign_key="subject.id")
    given_by: str = Field(foreign_key="account.id")
    item_code: str
    material: str
    token: str  # of the application: the draft's id, or the key a programme files it under
    wording: str  # what was agreed to
    until: date  # the last day
    at: datetime = moment(nullable=False)


class LicenceConsentEnd(SQLModel, table=True):
    """撤回同意, PIPL art. 15: what was done on the consent before stays lawful."""

    __tablename__ = "licence_consent_end"
    consent_id: str = Field(primary_key=True, foreign_key="licence_consent.id")
    by: str = Field(foreign_key="account.id")
    at: datetime = moment(nullable=False)


class LicenceUse(SQLModel, table=True):
    """用证日志: every use, with its cause. The holder reads it. Append-only."""

    __tablename__ = "licence_use"
    __table_args__ = (
        Index("licence_use_of", "identifier", "at"),
        Index("licence_use_in", "case_no"),
        Index("licence_use_by", "consent_id", postgresql_where=text("consent_id IS NOT NULL")),
    )
    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    identifier: str
    holder_id: str = Field(foreign_key="subject.id")
    mode: str  # verify 查验, download 下载, reference 引用
    cause: str
    case_no: str | None = Field(default=None, foreign_key="cases.no")
    item_code: str | None = None
    by: str = Field(sa_column=Column(String, nullable=False))  # an account, or the system
    by_name: str
    unit: str
    consent_id: str | None = Field(default=None, foreign_key="licence_consent.id")
    at: datetime = moment(nullable=False)
