"""监护人登记: a clerk records who a child's or a ward's guardian is, and with which paper it was proved. Civil Code arts 27, 28."""

import uuid
from dataclasses import dataclass
from datetime import date

import asyncpg

from services.errors import Invalid, NotAllowed
from services.house import House
from services.law.capacity import Capacity, guardian_until, needs_consent
from services.law.clock import legal_date
from services.law.roles import Actor, Role
from services.people.applicants import Person, read_person
from services.people.consents import consented, record_consent
from services.people.evidence import GUARDIANSHIP
from services.people.sessions import recent
from services.people.standing import Basis
from services.people.subjects import MaskedSubject, masked_view, register_subject


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person as read from their paper."""

    name: str
    id_type: str
    id_number: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    representation_id: str
    until: date | None  # the last day; None for a grown ward
    consent: bool


async def record_guardian(
    house: House,
    clerk: Actor,
    *,
    ward: Bearer,
    guardian: Bearer,
    evidence: str,
    evidence_file: str | None,
    consents: bool,
) -> Recorded:
    """Raises Invalid, NotAllowed. `consents`: the guardian, at the counter, agreed to the words of `consents.WORDS`.

    A child's guardian has a last day, the day before the child is of age: that right ends by itself.
    """
    if not clerk.has(Role.CLERK):
        raise NotAllowed("只有窗口人员可以登记监护人", "Only clerks record guardians")
    if evidence not in {p.code for p in GUARDIANSHIP}:
        raise Invalid({"evidence": {"zh": "请选择关系证明", "en": "Choose the proof"}})
    today = legal_date(house.now())
    async with house.db.transaction() as tx:
        ward_id = await _on_file(tx, house, ward, "ward_name")
        guardian_id = await _on_file(tx, house, guardian, "guardian_name")
        if ward_id == guardian_id:
            raise Invalid(
                {"guardian_paper": {"zh": "监护人不能是本人", "en": "Nobody is their own guardian"}}
            )
        child = await read_person(tx, house, ward_id)
        until = _until(child, today)
        keeper = await read_person(tx, house, guardian_id)
        if keeper.capacity(today) is not Capacity.FULL or "deceased" in keeper.statuses:
            raise Invalid(
                {
                    "guardian_paper": {
                        "zh": "监护人应当是有完全民事行为能力的成年人",
                        "en": "A guardian is a capable adult",
                    }
                }
            )
        id_ = await _represent(tx, house, clerk, ward_id, guardian_id, until, evidence, evidence_file)
        if consents and needs_consent(child.born, today):
            await record_consent(tx, house, clerk, child_id=ward_id, guardian_id=guardian_id, way="counter")
    recent.forget_everybody()
    return Recorded(id_, until, consents and needs_consent(child.born, today))


def _until(ward: Person, today: date) -> date | None:
    if "incapacitated" in ward.statuses:
        return None  # art. 28: for as long as the court's finding stands
    if ward.born is None:
        raise Invalid(
            {
                "ward_paper": {
                    "zh": "这种证件看不出出生日期，请使用居民身份证号码",
                    "en": "This paper does not say the day of birth",
                }
            }
        )
    if ward.capacity(today) is Capacity.FULL:
        raise Invalid(
            {
                "ward_paper": {
                    "zh": "被监护人已经成年或者能独立办理；成年人须先登记人民法院的认定",
                    "en": "Of age, or capable: for an adult record the court's finding first",
                }
            }
        )
    return guardian_until(ward.born)


async def _on_file(conn: asyncpg.Connection, house: House, bearer: Bearer, field: str) -> str:
    made = await register_subject(
        conn, house.vault, kind="person", name=bearer.name, id_type=bearer.id_type, id_number=bearer.id_number,
        phone=bearer.phone, now=house.now(),
    )  # fmt: skip
    if made.name != bearer.name.strip():
        raise Invalid(
            {
                field: {
                    "zh": "姓名与这个证件号码的登记不一致，请核对证件",
                    "en": "The number is on file under another name",
                }
            }
        )
    return made.id


async def _represent(
    conn: asyncpg.Connection,
    house: House,
    clerk: Actor,
    ward: str,
    guardian: str,
    until: date | None,
    evidence: str,
    evidence_file: str | None,
) -> str:
    """The standing that is there already, or a new one; both parents may be on record."""
    there = await conn.fetchval(
        "SELECT id FROM representation WHERE person_id = $1 AND subject_id = $2 AND basis = $3 AND revoked_at IS NULL "
        "AND (valid_to IS NULL OR valid_to >= $4)",
        guardian, ward, Basis.GUARDIAN.value, legal_date(house.now()),
    )  # fmt: skip
    if there:
        return there
    id_ = uuid.uuid4().hex
    await conn.execute(
        "INSERT INTO representation (id, person_id, subject_id, basis, valid_from, valid_to, evidence, evidence_file, "
        "recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id_, guardian, ward, Basis.GUARDIAN.value, legal_date(house.now()), until, evidence, evidence_file, clerk.id,
        house.now(),
    )  # fmt: skip
    return id_


@dataclass(frozen=True, slots=True)
class Ward:
    """Whose guardian I am."""

    subject: MaskedSubject
    name: str
    until: date | None
    asks_consent: bool
    consent: asyncpg.Record | None


async def wards_of(conn: asyncpg.Connection, house: House, actor: Actor) -> list[Ward]:
    today = legal_date(house.now())
    rows = await conn.fetch(
        "SELECT r.subject_id, s.name, r.valid_to FROM representation r JOIN account a ON a.subject_id = r.person_id "
        "JOIN subject s ON s.id = r.subject_id WHERE a.id = $1 AND r.basis = $2 AND r.revoked_at IS NULL "
        "AND (r.valid_to IS NULL OR r.valid_to >= $3) ORDER BY r.valid_from, r.subject_id",
        actor.id, Basis.GUARDIAN.value, today,
    )  # fmt: skip
    wards = []
    for r in rows:
        person = await read_person(conn, house, r["subject_id"])
        asks = needs_consent(person.born, today)
        wards.append(
            Ward(
                await masked_view(conn, house.vault, r["subject_id"]),
                r["name"],
                r["valid_to"],
                asks,
                await consented(conn, r["subject_id"]) if asks else None,
            )
        )
    return wards
