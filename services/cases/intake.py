"""窗口收件: a clerk files for somebody who stands at the counter with their identity paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import asyncpg

from forms import Item
from services.cases.attending import IdPaper, Present
from services.cases.filing import Agent, Receipt, open_query_code, submit
from services.cases.rounds import Paper
from services.errors import Invalid, NotFound
from services.house import House
from services.law.clock import legal_date
from services.law.masking import mask_name
from services.law.policy import may_apply_for
from services.law.roles import Actor
from services.people.applicants import InPerson
from services.people.lookups import note_look
from services.people.standing import Basis, mandates_of, standing_for
from services.people.subjects import MaskedSubject, find_subject, masked_view, register_subject

_SAME = {
    "zh": "代理人和申请人是同一个人，请选由本人办理",
    "en": "This is the applicant: choose that they apply in person",
}
_ENDED = {"zh": "授权委托已经到期", "en": "The mandate has ended"}
_NO_RIGHT = {
    "zh": "没有登记代理关系；凭授权委托书办理的，请收取委托书并填写有效期",
    "en": "No right to act for the applicant is on file; with a written mandate, take it in and enter its last day",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who stands there, as read from the paper. `kind` is person or organisation."""

    kind: str
    name: str
    id_type: str
    id_number: str
    phone: str


@dataclass(frozen=True, slots=True)
class StandIn:
    """代理人: whoever stands there for the applicant. `until`: the last day of the letter that the clerk read.

    `proved`: the item's own list asks for a paper that shows the relation, and it is there (a guardian's, for instance).
    """

    name: str
    paper: IdPaper
    until: date | None
    proved: bool


@dataclass(frozen=True, slots=True)
class Handed:
    """What the applicant takes home."""

    case_no: str
    query_code: str
    filed_at: datetime
    item_code: str
    item_version: int


async def on_file(
    conn: asyncpg.Connection, house: House, clerk: Actor, id_type: str, id_number: str
) -> MaskedSubject | None:
    """What is known of the bearer of this paper, masked. They can read later that a clerk looked. In a transaction."""
    id_ = await find_subject(conn, house.vault, id_type=id_type, id_number=id_number)
    if id_ is None:
        return None
    await note_look(
        conn, subject_id=id_, what="visit", by=clerk.id, case_no=None, purpose="窗口接待", at=house.now()
    )
    return await masked_view(conn, house.vault, id_)


async def file_at_counter(
    conn: asyncpg.Connection,
    house: House,
    clerk: Actor,
    item: Item,
    visitor: Visitor,
    *,
    raw: Mapping[str, list[str]],
    papers: Sequence[Paper],
    token: str,
    stand_in: StandIn | None = None,
) -> Receipt:
    """Call inside a transaction.

    Raises Invalid if a paper is on file under another name or whoever stands there shows no right to act for the
    applicant, and what `submit` raises.
    """
    subject = await register_subject(
        conn, house.vault, kind=visitor.kind, name=visitor.name, id_type=visitor.id_type,
        id_number=visitor.id_number, phone=visitor.phone, now=house.now(),
    )  # fmt: skip
    if subject.name != visitor.name.strip():
        raise Invalid({"subject_name": other_name(subject.name, visitor.kind)})
    agent = await _agent(conn, house, item, subject.id, stand_in) if stand_in else None
    return await submit(
        conn, house, clerk, item, raw=raw, papers=papers, applicant_id=subject.id, channel="window", token=token,
        agent=agent,
    )  # fmt: skip


async def _agent(
    conn: asyncpg.Connection, house: House, item: Item, applicant_id: str, given: StandIn
) -> Agent:
    """Licence Law art. 29: an agent may apply, unless the law wants the applicant in person.

    By a right that is on file, or by a letter (Civil Code art. 165) or another paper that shows it, for this case alone.
    """
    person = await register_subject(
        conn, house.vault, kind="person", name=given.name, id_type=given.paper.id_type,
        id_number=given.paper.id_number, now=house.now(),
    )  # fmt: skip
    if person.name != given.name.strip():
        raise Invalid({"agent_name": other_name(person.name, "person")})
    if person.id == applicant_id:
        raise Invalid({"agent_paper": _SAME})
    today = legal_date(house.now())
    basis = await standing_for(conn, person.id, applicant_id, today)
    authorised = Actor("", "citizen", "", (), frozenset(), await mandates_of(conn, person.id, today))
    if basis is None and applicant_id in may_apply_for(authorised, item.code, item.department):
        basis = Basis.MANDATE
    if not item.delegable and not given.proved and basis in (None, Basis.MANDATE):
        raise InPerson(item)
    if basis is None and given.until and given.until < today:
        raise Invalid({"agent_until": _ENDED})
    if basis is None and not (given.until or given.proved):
        raise Invalid({"agent_until": _NO_RIGHT})
    until = None if basis else given.until
    return Agent(Present(person.id, basis or "papers", Actor("", "citizen", "")), until)


def other_name(name: str, kind: str) -> dict[str, str]:
    shown = name if kind == "organisation" else mask_name(name)
    return {
        "zh": f"这个证件号码登记的名字是“{shown}”，与填写的不一致，请核对证件",
        "en": f"This number is on file under the name “{shown}”: compare it with the paper",
    }


async def handed_out(conn: asyncpg.Connection, house: House, clerk: Actor, case_no: str) -> Handed:
    """The receipt again, for the clerk who filed it and nobody else."""
    row = await conn.fetchrow(
        "SELECT no, query_code, filed_at, item_code, item_version FROM cases WHERE no = $1 AND filer_id = $2",
        case_no, clerk.id,
    )  # fmt: skip
    if row is None:
        raise NotFound("没有找到您收的这个件", "No such case of yours")
    code = open_query_code(house, row["no"], row["query_code"])
    return Handed(row["no"], code, row["filed_at"], row["item_code"], row["item_version"])
