"""授权委托 made online: the principal gives it, the agent agrees, either ends it at any time. Civil Code arts 165-173."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import asyncpg

from forms import Item, Text
from services.errors import Invalid, NotAllowed, NotExpected, NotFound
from services.house import House
from services.law.capacity import Capacity
from services.law.clock import legal_date
from services.law.mandates import ACTIONS
from services.law.roles import Actor
from services.notices.telling import tell
from services.people.applicants import read_person
from services.people.sessions import recent
from services.people.standing import Basis
from services.people.subjects import MaskedSubject, find_subject, masked_view, subject_names

LONGEST = timedelta(days=366)  # 未核对: local practice; the Civil Code sets no limit but asks for a period
VERSION = "2026-11"  # of WORDS
WORDS = Text(
    zh="我授权上面的代办人在所选的事项、权限和期限内代我办理。代办人为办理这些事项可以看到我登记的姓名、证件号码、电话和住址；"
    "代办人在授权范围内的行为，后果由我承担（民法典第一百六十二条）。我可以随时撤销，撤销马上生效，此前已经办的仍然有效。",
    en="I authorise this agent to act for me in these matters, with these powers, in this time. For that the agent sees "
    "my name, identity number, telephone and address as registered; what the agent does within the authorisation binds "
    "me (Civil Code art. 162). I can revoke it at any time, with effect at once; what was done before stays valid.",
)
# How it was made sure that the principal gave it: 核验方式.
SIGNED_IN = "signed_in"

_NOBODY = {
    "zh": "没有找到这样一位已注册的代办人：请核对姓名和证件号码；代办人要先注册自己的账户",
    "en": "No such registered agent: compare name and number. The agent needs an account of their own first",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What the principal chose. Either items, or a department for every item of it."""

    principal: str
    agent_name: str
    agent_id_type: str
    agent_id_number: str
    items: Sequence[str]
    department: str
    actions: Sequence[str]
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class Line:
    """One authorisation as one of its two sides sees it."""

    row: asyncpg.Record
    principal: MaskedSubject
    agent: MaskedSubject
    as_agent: bool
    turns: list[asyncpg.Record]
    done: list[asyncpg.Record]  # what was done under it

    def stands(self, today: date) -> str:
        """ended, over, waiting, later or in_force."""
        r = self.row
        if r["ended_at"]:
            return "ended"
        if r["valid_to"] < today:
            return "over"
        if r["confirmed_at"] is None:
            return "waiting"
        return "later" if r["valid_from"] > today else "in_force"


async def authorise(house: House, actor: Actor, given: Given) -> str:
    """The new authorisation's id; it takes effect when the agent agrees. Raises Invalid, NotAllowed."""
    async with house.db.transaction() as tx:
        await _own_right(tx, house, actor, given.principal)
        problems = _problems(house, given)
        agent = await _agent(tx, house, given)
        if agent is None:
            problems["agent_id"] = _NOBODY
        elif agent == given.principal:
            problems["agent_id"] = {"zh": "不能授权给自己", "en": "Nobody authorises themselves"}
        if problems or agent is None:
            raise Invalid(problems)
        id_ = uuid.uuid4().hex
        await tx.execute(
            "INSERT INTO authorisation (id, principal_id, agent_id, items, department, actions, valid_from, valid_to, "
            "text_version, verified, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            id_, given.principal, agent, sorted(set(given.items)), given.department, sorted(set(given.actions)),
            given.valid_from, given.valid_to, VERSION, SIGNED_IN, actor.id, house.now(),
        )  # fmt: skip
        await turn(tx, id_, "granted", actor.id, house.now())
        await tell(
            tx, house, agent, "mandate_offered", f"mandate_offered:{id_}", {"until": str(given.valid_to)}
        )
    return id_


def offered(house: House) -> list[Item]:
    """Items that an agent may apply for."""
    return [i for i in house.items.listed() if i.delegable and i.kind not in ("order", "official")]


def choice_problems(house: House, items: list[str], department: str, actions: list[str]) -> dict[str, Any]:
    """What is wrong with the matters and the powers chosen, whatever else was filled in."""
    problems: dict[str, Any] = {}
    known = {i.code for i in offered(house)}
    departments = {i.department for i in offered(house)}
    if department:
        if items or department not in departments:
            problems["items"] = {
                "zh": "选事项，或者选一个部门的全部事项",
                "en": "Items, or all of one department",
            }
    elif not items or not set(items) <= known:
        problems["items"] = {"zh": "请至少选一个事项", "en": "Choose at least one matter"}
    if not actions or not set(actions) <= set(ACTIONS):
        problems["actions"] = {"zh": "请至少选一项权限", "en": "Choose at least one power"}
    return problems


def _problems(house: House, given: Given) -> dict[str, Any]:
    problems = choice_problems(house, given.items, given.department, given.actions)
    today = legal_date(house.now())
    if given.valid_from < today:
        problems["valid_from"] = {"zh": "开始日期不能早于今天", "en": "It cannot begin before today"}
    if given.valid_to < given.valid_from:
        problems["valid_to"] = {"zh": "结束日期不能早于开始日期", "en": "It ends after it begins"}
    elif given.valid_to - given.valid_from > LONGEST:
        problems["valid_to"] = {
            "zh": "一次授权最长一年，到期可以再授权",
            "en": "At most a year; give it again then",
        }
    return problems


async def _agent(conn: asyncpg.Connection, house: House, given: Given) -> str | None:
    """Somebody with an account, of full capacity, whose name and number are both right; else nobody says which was wrong."""
    id_ = await find_subject(conn, house.vault, id_type=given.agent_id_type, id_number=given.agent_id_number)
    row = id_ and await conn.fetchrow(
        "SELECT s.name FROM subject s JOIN account a ON a.subject_id = s.id AND a.kind = 'citizen' AND NOT a.disabled "
        "WHERE s.id = $1",
        id_,
    )
    if not row or row["name"] != given.agent_name.strip():
        return None
    person = await read_person(conn, house, id_)
    return id_ if person.capacity(legal_date(house.now())) is Capacity.FULL else None


async def _own_right(conn: asyncpg.Connection, house: House, actor: Actor, principal: str) -> None:
    """Art. 169: an agent hands nothing on. Only oneself, and the organisation or ward that one represents by law."""
    held = await conn.fetchval(
        "SELECT a.subject_id = $2 OR EXISTS (SELECT FROM representation r WHERE r.person_id = a.subject_id "
        "AND r.subject_id = $2 AND r.revoked_at IS NULL AND r.basis <> $3) FROM account a WHERE a.id = $1",
        actor.id, principal, Basis.MANDATE.value,
    )  # fmt: skip
    if not held or principal not in actor.subjects:
        raise NotAllowed("您不能以这个人（单位）的名义授权", "You cannot authorise anybody in their name")
    person, today = await read_person(conn, house, principal), legal_date(house.now())
    own = await conn.fetchval("SELECT subject_id FROM account WHERE id = $1", actor.id) == principal
    if own and person.capacity(today) is not Capacity.FULL:
        raise NotAllowed(
            "未成年或者不能独立办理的人，由监护人决定是否委托他人",
            "For a minor, or whoever cannot act alone, the guardian decides about agents",
        )


async def principals(conn: asyncpg.Connection, house: House, actor: Actor) -> list[MaskedSubject]:
    """In whose name the actor may authorise: themselves first."""
    rows = await conn.fetch(
        "SELECT subject_id AS id, 0 AS n FROM account WHERE id = $1 UNION SELECT r.subject_id, 1 FROM representation r "
        "JOIN account a ON a.subject_id = r.person_id WHERE a.id = $1 AND r.revoked_at IS NULL AND r.basis <> $2 "
        "ORDER BY n, id",
        actor.id, Basis.MANDATE.value,
    )  # fmt: skip
    return [await masked_view(conn, house.vault, r["id"]) for r in rows if r["id"] in actor.subjects]


async def offers_to(conn: asyncpg.Connection, subject_id: str, now: datetime) -> int:
    """How many wait for this person's answer."""
    return await conn.fetchval(
        "SELECT count(*) FROM authorisation WHERE agent_id = $1 AND ended_at IS NULL AND confirmed_at IS NULL "
        "AND valid_to >= $2",
        subject_id, legal_date(now),
    )  # fmt: skip


async def answer(house: House, actor: Actor, authorisation_id: str, *, agrees: bool) -> None:
    """The agent takes it on, or does not. Raises NotFound, NotExpected."""
    async with house.db.transaction() as tx:
        row = await _locked(tx, actor, authorisation_id)
        if not row["as_agent"] or row["confirmed_at"] or row["ended_at"] or _over(house, row):
            raise _not_open()
        if agrees:
            await tx.execute(
                "UPDATE authorisation SET confirmed_at = $2 WHERE id = $1", row["id"], house.now()
            )
            await turn(tx, row["id"], "confirmed", actor.id, house.now())
        else:
            await _end(tx, row["id"], "declined", actor.id, house.now())
    recent.forget_everybody()


async def end(house: House, actor: Actor, authorisation_id: str) -> None:
    """The principal revokes, or the agent gives it back (art. 173(2)). At once: see `in_force`. Raises NotFound, NotExpected."""
    async with house.db.transaction() as tx:
        row = await _locked(tx, actor, authorisation_id)
        if row["ended_at"] or _over(house, row):
            raise _not_open()
        why = "renounced" if row["as_agent"] else "revoked"
        await _end(tx, row["id"], why, actor.id, house.now())
        other = row["principal_id"] if row["as_agent"] else row["agent_id"]
        await tell(tx, house, other, f"mandate_{why}", f"mandate_{why}:{row['id']}", {})
    recent.forget_everybody()


async def end_all_of(
    conn: asyncpg.Connection, subject_id: str, why: str, by: str, at: datetime, *, as_principal: bool = True
) -> None:
    """Arts 173(3), (4): with death it ends for both sides, with the loss of capacity for the agent."""
    rows = await conn.fetch(
        "SELECT id FROM authorisation WHERE ended_at IS NULL AND (agent_id = $1 OR $2 AND principal_id = $1) FOR UPDATE",
        subject_id, as_principal,
    )  # fmt: skip
    for row in rows:
        await _end(conn, row["id"], why, by, at)


async def _end(conn: asyncpg.Connection, id_: str, why: str, by: str, at: datetime) -> None:
    await conn.execute("UPDATE authorisation SET ended_at = $2, ended_why = $3 WHERE id = $1", id_, at, why)
    await turn(conn, id_, why, by, at)


async def turn(conn: asyncpg.Connection, id_: str, what: str, by: str, at: datetime) -> None:
    """The caller holds the authorisation's row, or has just made it: the numbers have no gaps."""
    await conn.execute(
        "INSERT INTO authorisation_event (authorisation_id, n, turn, at, by) "
        "SELECT $1::varchar, count(*) + 1, $2, $3, $4 FROM authorisation_event WHERE authorisation_id = $1::varchar",
        id_, what, at, by,
    )  # fmt: skip


async def _locked(conn: asyncpg.Connection, actor: Actor, id_: str) -> asyncpg.Record:
    row = await conn.fetchrow(
        "SELECT m.*, m.agent_id = a.subject_id AS as_agent FROM authorisation m JOIN account a ON a.id = $2 "
        "WHERE m.id = $1 AND (m.agent_id = a.subject_id OR m.principal_id = ANY($3)) FOR UPDATE OF m",
        id_, actor.id, list(actor.subjects),
    )  # fmt: skip
    if row is None:
        raise NotFound("没有这份授权", "No such authorisation")
    return row


def _over(house: House, row: asyncpg.Record) -> bool:
    return row["valid_to"] < legal_date(house.now())


def _not_open() -> NotExpected:
    return NotExpected(
        "这份授权已经结束或者已经答复", "This authorisation has ended, or was answered", expected=[]
    )


async def lines_of(conn: asyncpg.Connection, house: House, actor: Actor) -> list[Line]:
    """Given and received, the newest first, each with its history and what was done under it."""
    rows = await conn.fetch(
        "SELECT m.*, m.agent_id = a.subject_id AS as_agent FROM authorisation m JOIN account a ON a.id = $1 "
        "WHERE m.agent_id = a.subject_id OR m.principal_id = ANY($2) ORDER BY m.made_at DESC, m.id LIMIT 100",
        actor.id, list(actor.subjects),
    )  # fmt: skip
    ids = {r[side] for r in rows for side in ("principal_id", "agent_id")}
    people = {id_: await masked_view(conn, house.vault, id_) for id_ in ids}
    names = await subject_names(conn, ids)
    for id_, name in names.items():  # the two know each other
        people[id_] = _named(people[id_], name)
    turns = await conn.fetch(
        "SELECT e.*, a.display_name AS who FROM authorisation_event e JOIN account a ON a.id = e.by "
        "WHERE e.authorisation_id = ANY($1) ORDER BY e.authorisation_id, e.n",
        [r["id"] for r in rows],
    )
    return [
        Line(
            r,
            people[r["principal_id"]],
            people[r["agent_id"]],
            r["as_agent"],
            [t for t in turns if t["authorisation_id"] == r["id"]],
            await _done(conn, r),
        )
        for r in rows
    ]


async def _done(conn: asyncpg.Connection, row: asyncpg.Record) -> list[asyncpg.Record]:
    """Each act says in the log under which authorisation it was done."""
    return await conn.fetch(
        "SELECT e.case_no, e.kind, e.at, c.title FROM cases c JOIN case_event e ON e.case_no = c.no "
        "WHERE c.applicant_id = $1 AND c.filed_at >= $2::timestamptz - interval '3 years' AND e.at >= $2 "
        "AND strpos(e.body, $3) > 0 ORDER BY e.at DESC LIMIT 50",
        row["principal_id"], row["made_at"], f'"mandate":"{row["id"]}"',
    )  # fmt: skip


def _named(subject: MaskedSubject, name: str) -> MaskedSubject:
    return MaskedSubject(
        subject.id, subject.kind, name, subject.id_type, subject.id_number, subject.phone, subject.address
    )
