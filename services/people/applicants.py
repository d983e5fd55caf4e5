"""Who may apply for whom, beyond the bare right to act for them: age and capacity, death, what nobody does by agent."""

from dataclasses import dataclass
from datetime import date

import asyncpg

from forms import Item
from services.errors import Refusal
from services.house import House
from services.law.capacity import Capacity, age, born_on, capacity, needs_consent
from services.law.clock import legal_date
from services.law.policy import Parties, mandate_for
from services.law.roles import Actor
from services.people.consents import consented
from services.people.standing import Basis, in_force

_READ = """
SELECT s.kind, s.id_type, s.id_number_sealed, coalesce(a.subject_id = s.id, false) AS own,
    ARRAY(SELECT t.kind FROM subject_status t WHERE t.subject_id = s.id AND t.lifted_at IS NULL) AS statuses,
    ARRAY(
        SELECT ARRAY[r.id, r.basis] FROM representation r WHERE r.subject_id = s.id AND r.person_id = a.subject_id
            AND r.revoked_at IS NULL AND r.valid_from <= $3 AND (r.valid_to IS NULL OR r.valid_to >= $3)
    ) AS standings,
    (
        SELECT r.id FROM representation r WHERE r.subject_id = s.id AND r.basis = 'guardian'
            AND r.revoked_at IS NULL AND r.valid_from <= $3 AND (r.valid_to IS NULL OR r.valid_to >= $3) LIMIT 1
    ) AS guardian
FROM subject s LEFT JOIN account a ON a.id = $2 WHERE s.id = $1
"""


class Deceased(Refusal):
    """已故: nothing is filed in the name of the dead."""

    status, code = 403, "deceased"

    def __init__(self) -> None:
        super().__init__(
            "登记显示这个人已经去世，不能再以其名义申请。继承人需要办理的，请带亲属关系证明到窗口咨询；登记有误的，请带身份证件到窗口更正",
            "This person is on record as deceased, and nothing can be filed in their name. Heirs: please bring proof of "
            "kinship to a counter. If the record is wrong, bring your identity paper to a counter to have it corrected",
        )


class GuardianMustApply(Refusal):
    """须由监护人代理: Civil Code arts 19-23."""

    status, code = 403, "guardian-must-apply"


class ConsentMissing(Refusal):
    """PIPL art. 31: no consent of the guardian to these words is on record."""

    status, code = 409, "consent-missing"

    def __init__(self) -> None:
        super().__init__(
            "孩子不满十四周岁，处理其个人信息须先取得监护人同意：监护人可以在“我的账户—我监护的人”里同意，或者到窗口登记",
            "The child is under fourteen, and handling its data needs the guardian's consent first: the guardian gives "
            "it under “My account – Whose guardian I am”, or at a counter",
        )


class InPerson(Refusal):
    """须本人办理: Licence Law art. 29 para 1, Civil Code art. 161 para 2."""

    status, code = 403, "in-person"

    def __init__(self, item: Item) -> None:
        super().__init__(
            f"“{item.name.zh}”依法应当由本人办理，不能委托他人代办，请本人登录申请或者到窗口办理",
            f"The law asks that one applies for {item.name.en} oneself; no agent can: sign in yourself, or come to a counter",
        )


@dataclass(frozen=True, slots=True)
class Person:
    """What decides whether somebody acts alone."""

    kind: str
    born: date | None
    statuses: frozenset[str]

    def capacity(self, on: date) -> Capacity:
        return capacity(
            self.born, on, own_living="own_living" in self.statuses, lost="incapacitated" in self.statuses
        )

    def alone(self, on: date, item: Item) -> bool:
        """May apply without a guardian: of age, or as old as the item's own rules ask."""
        if self.capacity(on) is Capacity.FULL:
            return True
        old_enough = self.born is not None and age(self.born, on) >= item.alone_from
        return old_enough and "incapacitated" not in self.statuses


@dataclass(frozen=True, slots=True)
class RefusedAlone:
    subject_id: str
    words: GuardianMustApply


async def refused_alone(
    conn: asyncpg.Connection, house: House, actor: Actor, item: Item
) -> RefusedAlone | None:
    """Whether the citizen who is signed in may not apply for themselves, and in which words: said before the form."""
    if actor.kind != "citizen" or item.kind in ("order", "official"):
        return None
    own = await conn.fetchval("SELECT subject_id FROM account WHERE id = $1", actor.id)
    person = await read_person(conn, house, own)
    if person.alone(legal_date(house.now()), item):
        return None
    return RefusedAlone(own, must_apply_by_guardian(item, at_counter=False))


async def read_person(conn: asyncpg.Connection, house: House, subject_id: str) -> Person:
    row = await conn.fetchrow(_READ, subject_id, "", legal_date(house.now()))
    return _person(house, subject_id, row)


def _person(house: House, subject_id: str, row: asyncpg.Record) -> Person:
    sealed = row["id_number_sealed"]
    number = house.vault.open(sealed, where=f"subject|id_number|{subject_id}").decode() if sealed else ""
    return Person(row["kind"], born_on(row["id_type"], number), frozenset(row["statuses"]))


async def check_applicant(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    item: Item,
    applicant_id: str | None,
    *,
    proved: bool = False,
) -> dict[str, str]:
    """What the log says of the right under which the application is made: `mandate` or `guardian` and its id.

    `proved`: whoever stands at the counter has shown, for this case, that they act for the applicant.
    Raises Deceased, GuardianMustApply, ConsentMissing, InPerson. Call inside the transaction that files: a mandate
    that is revoked at this moment either is seen revoked, or waits until the application is in.
    """
    if applicant_id is None or item.kind in ("order", "official"):
        return {}
    today = legal_date(house.now())
    row = await conn.fetchrow(_READ, applicant_id, actor.id, today)
    person = _person(house, applicant_id, row)
    if "deceased" in person.statuses:
        raise Deceased
    right: dict[str, str] = {}
    if actor.kind == "citizen" and not row["own"]:
        right = await _right(conn, actor, item, applicant_id, row["standings"], today)
    elif person.kind == "person" and not person.alone(today, item):
        # At a counter the clerk has seen the guardian's evidence, or records it first.
        if actor.kind == "citizen" or not (row["guardian"] or proved):
            raise must_apply_by_guardian(item, at_counter=actor.kind != "citizen")
        right = {"guardian": row["guardian"]} if row["guardian"] else {}
    if person.kind == "person" and needs_consent(person.born, today):
        consent = await consented(conn, applicant_id)
        if consent is None:
            raise ConsentMissing
        right |= {"consent": str(consent["id"])}
    return right


async def _right(
    conn: asyncpg.Connection,
    actor: Actor,
    item: Item,
    applicant_id: str,
    standings: list[list[str]],
    today: date,
) -> dict[str, str]:
    by_basis = {basis: id_ for id_, basis in standings}
    if guardian := by_basis.get(Basis.GUARDIAN):
        return {"guardian": guardian}
    if Basis.LEGAL_REPRESENTATIVE in by_basis:
        return {}  # the organisation's own organ, no agent: Civil Code art. 61
    if not item.delegable:
        raise InPerson(item)
    if mandate := by_basis.get(Basis.MANDATE):
        return {"mandate": mandate}
    given = mandate_for(actor, Parties(applicant_id, actor.id, item.code, item.department), "apply")
    if given:
        await in_force(conn, given.id, today)
        return {"mandate": given.id}
    return {}


def must_apply_by_guardian(item: Item, *, at_counter: bool) -> GuardianMustApply:
    """Says who applies instead, by whom the item is for."""
    if "person" not in item.audience:
        return GuardianMustApply(
            "这个事项由单位申请，请由单位的法定代表人或者其授权的成年人办理",
            "Organisations apply for this: its legal representative does, or an adult whom they authorised",
        )
    if at_counter:
        return GuardianMustApply(
            "申请人未成年或者不能独立办理，要由监护人代为申请。请先在“人员登记”登记监护人和关系证明",
            "The applicant is a minor or cannot act alone: a guardian applies. Record the guardian and the proof first",
        )
    return GuardianMustApply(
        "您还不能独立申请这个事项（民法典第十九条、第二十条），要由监护人（一般是父母）登录自己的账户替您申请，申请人仍然是您。"
        "监护关系还没有登记的，请监护人带户口簿或者出生医学证明到任一窗口登记",
        "You cannot apply for this alone yet (Civil Code arts 19, 20): your guardian, as a rule a parent, signs in and "
        "applies for you; the applicant is still you. If guardianship is not on record, your guardian brings the "
        "household register or birth certificate to any counter",
    )
