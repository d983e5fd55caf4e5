"""帮办代办: village or community staff file for somebody who asks them to, under their own account.

A helper is no agent (Civil Code art. 162): the applicant applies, the helper writes it down. So there is consent to this
one application, with the way it was given; what the helper does is logged as theirs; and they see the case while it is
open, and act on nothing in it.
"""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import asyncpg

from forms import Item, Text
from services.cases.filing import Receipt, submit
from services.cases.intake import Visitor, other_name
from services.cases.rounds import Paper
from services.errors import Invalid
from services.house import House
from services.law.roles import Actor
from services.people.applicants import InPerson
from services.people.subjects import register_subject

VERSION = "2026-11"  # of WORDS
WORDS = Text(
    zh="我请这位帮办员帮我填写并提交这一件申请。申请人是我，帮办员可以看到这一件的内容和进度，到这一件办结为止；"
    "帮办员不能替我作别的决定。我可以随时到窗口自己接着办。",
    en="I ask this helper to fill in and file this one application for me. I am the applicant; the helper sees this case "
    "and how it goes until it ends, and decides nothing for me. I can go on with it myself at a counter at any time.",
)
WAYS = {
    "signature": Text(zh="本人签字（按手印）", en="Signed, or by fingerprint"),
    "sms": Text(
        zh="短信验证码（本人或家人手机）", en="Code by short message, to own or the family's telephone"
    ),
    "face": Text(zh="当面核对本人和身份证件", en="Face and identity paper compared, in person"),
}
CONTACTS = {
    "own": Text(zh="本人", en="The applicant"),
    "family": Text(zh="家人", en="Family"),
    "village": Text(zh="村（社区）", en="Village or community"),
}
CODE_FOR = timedelta(minutes=10)
_TRIES = 5  # of one form: guesses, and codes sent again
_MOST_CODES = 20  # that a helper may have waiting: nobody helps more people in ten minutes
_TOO_MANY = {
    "zh": "验证码发送或者填错的次数太多，请十分钟以后再试，或者请本人签字",
    "en": "Too many codes were sent or wrong: try again in ten minutes, or have the consent signed",
}


@dataclass(frozen=True, slots=True)
class Consent:
    """`signature` is the content hash of the signed paper, `code` what the applicant read out."""

    way: str
    signature: str | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whose telephone is told how the case goes."""

    kind: str
    name: str
    phone: str


async def send_code(house: House, helper: Actor, token: str, phone: str) -> None:
    """To that telephone, for the form with this token. A new code takes the place of the one before. Raises Invalid.

    A new code is no new set of guesses: with as many as one likes, a code would be found without anybody's consent.
    """
    code, now = f"{secrets.randbelow(10**6):06d}", house.now()
    async with house.db.transaction() as tx:
        await tx.execute("DELETE FROM consent_code WHERE until < $1", now)
        kept = await tx.fetchval(
            "INSERT INTO consent_code (token, digest, helper_id, until) SELECT $1::text, $2::bytea, $3::text, $4::timestamptz "
            "WHERE (SELECT count(*) FROM consent_code WHERE helper_id = $3::text AND token <> $1::text) < $6 "
            "ON CONFLICT (token) DO UPDATE SET digest = $2, tries = consent_code.tries + 1, until = $4 "
            "WHERE consent_code.helper_id = $3::text AND consent_code.tries < $5 RETURNING true",
            token, _digest(house, token, phone, code), helper.id, now + CODE_FOR, _TRIES, _MOST_CODES,
        )  # fmt: skip
        if not kept:
            raise Invalid({"contact_number": _TOO_MANY})
        text = f"【一窗通办】{helper.name}正在帮您（您的家人）办事，验证码 {code}，十分钟内有效。同意的，请念给帮办员听。"
        await house.sms.send(tx, phone, text, now)


async def check_consent(house: House, helper: Actor, token: str, consent: Consent, contact: Contact) -> None:
    """Raises Invalid. In a transaction of its own: a wrong code counts, whatever becomes of the form."""
    problems = {}
    if consent.way not in WAYS:
        problems["consent_way"] = {"zh": "请选择本人同意的方式", "en": "Choose how consent was given"}
    if consent.way == "signature" and not consent.signature:
        problems["signature"] = {"zh": "请上传本人签字的同意书", "en": "Upload the signed consent"}
    if contact.kind not in CONTACTS:
        problems["contact"] = {"zh": "请选择联系谁", "en": "Choose whom to contact"}
    elif not contact.phone:
        problems["contact_number"] = {"zh": "请填写联系电话", "en": "Enter the telephone number"}
    elif contact.kind != "own" and not contact.name:
        problems["contact_name"] = {"zh": "请填写联系人姓名", "en": "Enter the contact's name"}
    if (
        consent.way == "sms"
        and not problems
        and not await _code_is_right(house, helper, token, consent, contact)
    ):
        problems["consent_code"] = {
            "zh": "验证码不对或者已经过期，请重新发送",
            "en": "The code is wrong or has run out: send another one",
        }
    if problems:
        raise Invalid(problems)


async def _code_is_right(house: House, helper: Actor, token: str, consent: Consent, contact: Contact) -> bool:
    async with house.db.connection() as conn:
        digest = await conn.fetchval(
            "UPDATE consent_code SET tries = tries + 1 WHERE token = $1 AND helper_id = $2 AND until >= $3 "
            "AND tries < $4 RETURNING digest",
            token, helper.id, house.now(), _TRIES,
        )  # fmt: skip
    given = _digest(house, token, contact.phone, consent.code.strip())
    return digest is not None and secrets.compare_digest(digest, given)


def _digest(house: House, token: str, phone: str, code: str) -> bytes:
    return house.vault.mac(f"{token}|{phone}|{code}".encode(), purpose="consent-code")


async def file_helped(
    conn: asyncpg.Connection,
    house: House,
    helper: Actor,
    item: Item,
    visitor: Visitor,
    consent: Consent,
    contact: Contact,
    *,
    raw: Mapping[str, list[str]],
    papers: Sequence[Paper],
    token: str,
) -> Receipt:
    """Call inside a transaction, after `check_consent`. Raises Invalid, InPerson and what `submit` raises."""
    if not item.delegable:
        raise InPerson(item)
    # A number on file stays as it is: what the family's telephone is, is kept with this one application.
    phone = contact.phone if contact.kind == "own" else visitor.phone
    subject = await register_subject(
        conn, house.vault, kind="person", name=visitor.name, id_type=visitor.id_type,
        id_number=visitor.id_number, phone=phone, now=house.now(),
    )  # fmt: skip
    if subject.name != visitor.name.strip():
        raise Invalid({"subject_name": other_name(subject.name, "person")})
    id_ = uuid.uuid4().hex
    receipt = await submit(
        conn, house, helper, item, raw=raw, papers=papers, applicant_id=subject.id, channel="helper", token=token,
        assistance={"id": id_, "way": consent.way, "words": VERSION},
    )  # fmt: skip
    if receipt.repeated:
        return receipt
    sealed = house.vault.seal(contact.phone, where=f"assistance|phone|{id_}")
    await conn.execute(
        "INSERT INTO assistance (id, helper_id, subject_id, case_no, text_version, way, signature, contact, "
        "contact_name, phone_sealed, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id_, helper.id, subject.id, receipt.case_no, VERSION, consent.way, consent.signature, contact.kind,
        contact.name, sealed, house.now(),
    )  # fmt: skip
    await conn.execute("DELETE FROM consent_code WHERE token = $1", token)
    return receipt


async def helped_by(conn: asyncpg.Connection, helper_id: str) -> list[asyncpg.Record]:
    """What this helper filed and is still open: the policy's `helps`, as a list."""
    return await conn.fetch(
        "SELECT c.no, c.item_code, c.item_version, c.stage, c.filed_at, c.due_on, c.district, s.name AS applicant, "
        "a.way, a.contact, a.contact_name FROM cases c JOIN assistance a ON a.case_no = c.no "
        "JOIN subject s ON s.id = c.applicant_id WHERE c.filer_id = $1 AND NOT c.finished "
        "ORDER BY c.due_at NULLS LAST, c.filed_at LIMIT 200",
        helper_id,
    )
