"""死亡、丧失行为能力、以自己劳动收入为生: recorded with its day and its source; what follows from it follows at once."""

import uuid
from datetime import date

import asyncpg

from services.errors import Invalid, NotAllowed, NotFound
from services.house import House
from services.law.capacity import EARNING, age
from services.law.clock import legal_date
from services.law.roles import Actor, Role
from services.people.applicants import read_person
from services.people.authorising import end_all_of
from services.people.evidence import STATUSES
from services.people.sessions import recent
from services.people.standing import Basis
from services.people.subjects import find_subject


async def record_status(
    house: House,
    clerk: Actor,
    *,
    id_type: str,
    id_number: str,
    name: str,
    kind: str,
    since: date,
    source: str,
    evidence_file: str | None = None,
) -> str:
    """Raises Invalid, NotAllowed, NotFound. Of the dead the account is frozen and every right to act ends (art. 173)."""
    if not clerk.has(Role.CLERK):
        raise NotAllowed("只有窗口人员可以登记", "Only clerks record this")
    problems = {}
    if kind not in STATUSES:
        problems["kind"] = {"zh": "请选择登记什么", "en": "Choose what to record"}
    if since > legal_date(house.now()):
        problems["since"] = {"zh": "日期不能在今天以后", "en": "Not in the future"}
    if not source.strip():
        problems["source"] = {"zh": "请写明依据的证明和出具机关", "en": "Name the paper and who issued it"}
    if problems:
        raise Invalid(problems)
    async with house.db.transaction() as tx:
        subject_id = await find_subject(tx, house.vault, id_type=id_type, id_number=id_number)
        on_file = await tx.fetchval("SELECT name FROM subject WHERE id = $1 FOR UPDATE", subject_id)
        if on_file is None or on_file != name.strip():
            raise NotFound(
                "没有登记过这个人，或者姓名与证件号码不一致", "Nobody on file with this name and number"
            )
        await _check(tx, house, subject_id, kind, since)
        id_ = uuid.uuid4().hex
        await tx.execute(
            "INSERT INTO subject_status (id, subject_id, kind, since, source, evidence_file, recorded_by, recorded_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id_, subject_id, kind, since, source.strip(), evidence_file, clerk.id, house.now(),
        )  # fmt: skip
        await _follow(tx, house, clerk, subject_id, kind)
    recent.forget_everybody()
    return id_


async def _check(conn: asyncpg.Connection, house: House, subject_id: str, kind: str, since: date) -> None:
    person = await read_person(conn, house, subject_id)
    if kind in person.statuses:
        raise Invalid({"kind": {"zh": "已经登记过", "en": "On record already"}})
    if kind == "own_living" and (person.born is None or age(person.born, since) < EARNING):
        raise Invalid(
            {
                "kind": {
                    "zh": "未满十六周岁，不适用民法典第十八条第二款",
                    "en": "Under sixteen: art. 18 does not apply",
                }
            }
        )


async def _follow(conn: asyncpg.Connection, house: House, clerk: Actor, subject_id: str, kind: str) -> None:
    now = house.now()
    if kind == "deceased":
        await conn.execute("UPDATE account SET disabled = true WHERE subject_id = $1", subject_id)
        await conn.execute(
            "DELETE FROM session s USING account a WHERE a.id = s.account_id AND a.subject_id = $1",
            subject_id,
        )
        await _revoke(conn, subject_id, now, "person_id = $1 OR subject_id = $1")
        await end_all_of(conn, subject_id, "death", clerk.id, now)
    elif kind == "incapacitated":
        # Whoever cannot act for themselves acts for nobody: art. 173(3), art. 39.
        await _revoke(conn, subject_id, now, "person_id = $1")
        await end_all_of(conn, subject_id, "incapacity", clerk.id, now, as_principal=False)
    else:
        await _revoke(
            conn, subject_id, now, f"subject_id = $1 AND basis = '{Basis.GUARDIAN.value}'"
        )  # art. 39(1)


async def _revoke(conn: asyncpg.Connection, subject_id: str, now: object, which: str) -> None:
    await conn.execute(
        f"UPDATE representation SET revoked_at = $2 WHERE revoked_at IS NULL AND ({which})",  # noqa: S608 - constants
        subject_id, now,
    )  # fmt: skip


async def lift_status(
    house: House, clerk: Actor, *, id_type: str, id_number: str, name: str, kind: str
) -> None:
    """Recorded in error, or not so any more (arts 24, 50). The account opens again; mandates are given anew."""
    if not clerk.has(Role.CLERK):
        raise NotAllowed("只有窗口人员可以登记", "Only clerks record this")
    async with house.db.transaction() as tx:
        subject_id = await find_subject(tx, house.vault, id_type=id_type, id_number=id_number)
        lifted = await tx.fetchval(
            "UPDATE subject_status t SET lifted_at = $4, lifted_by = $5 FROM subject s WHERE s.id = t.subject_id "
            "AND s.id = $1 AND s.name = $2 AND t.kind = $3 AND t.lifted_at IS NULL RETURNING t.id",
            subject_id, name.strip(), kind, house.now(), clerk.id,
        )  # fmt: skip
        if lifted is None:
            raise NotFound("没有这样的登记", "No such record")
        if kind == "deceased":
            await tx.execute("UPDATE account SET disabled = false WHERE subject_id = $1", subject_id)
        if kind == "incapacitated":  # art. 39(1): a grown ward's guardianship ends with the reason for it
            await _revoke(
                tx, subject_id, house.now(), "subject_id = $1 AND basis = 'guardian' AND valid_to IS NULL"
            )
    recent.forget_everybody()
