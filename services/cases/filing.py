"""Filing: an application or a work order becomes a case in one transaction.

From the commit on the applicant has a receipt, whatever else is down.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import asyncpg
import orjson

from forms import Item, pledges_of, sm3
from services.cases.attending import Present, stood_there
from services.cases.log import Case, Pen, load
from services.cases.private import Private, keep
from services.cases.rounds import (
    Paper,
    check_filing,
    check_licences,
    have,
    keep_round,
    note_licences,
    proof,
    sign,
    told_apart,
)
from services.catalogue.life import refuse_what_is_not_in_force
from services.errors import Invalid, KeyReused, NotAllowed, NotFound, Refusal
from services.house import House
from services.law import chain
from services.law.case import CaseState
from services.law.numbers import case_number
from services.law.policy import may_apply_for
from services.law.roles import Actor, Role
from services.law.stages import Stage
from services.licences.acting import NOTHING, Grounds, grounds
from services.people.applicants import check_applicant
from services.scanning.files import refuse_infected

CHANNELS = {
    "window": "0",
    "helper": "0",  # 帮办: somebody in the village sat with the applicant, as a clerk does
    "web": "1",
    "sent_up": "7",  # between authorities
    "discovered": "8",
    "phone": "8",
    "official": "8",
    "kiosk": "8",  # at a self-service terminal: none of the law's list
}  # as in Licence Law art. 29 and the case exchange's `submit`


@dataclass(frozen=True, slots=True)
class Agent:
    """代理人 at the counter. `until`: the last day of the letter that they brought, if they act upon one."""

    present: Present
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the applicant gets at once. `query_code`: six digits, with the number enough to follow the case."""

    case_no: str
    query_code: str
    repeated: bool = False


# Where a case begins that nobody applied for.
_FIRST = {"order": Stage.REGISTERED, "official": Stage.IN_REVIEW}


class ReviewedFirst(Refusal):
    """依法应当先经下级机关审查。 Licence Law art. 35: its papers come up from there, not from the applicant."""

    status, code = 422, "reviewed-first"


class OnlyStaffFind(Refusal):
    """主动发现: what staff do of their own accord, no applicant does. 社会救助暂行办法第十七条."""

    status, code = 422, "only-staff-find"


async def submit(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    item: Item,
    *,
    raw: Mapping[str, list[str]],
    papers: Sequence[Paper],
    applicant_id: str | None,
    channel: str,
    token: str,
    linked_no: str | None = None,
    assistance: Mapping[str, str] | None = None,
    agent: Agent | None = None,
) -> Receipt:
    """File a case. Call inside a transaction: number, log, papers and bell exist together or not at all.

    `assistance` is what `services.cases.helping` knows of the applicant's consent: without it a helper files nothing.
    `agent`: who stands at the counter for the applicant, if it is not the applicant.
    Raises Invalid, NotOpen (suspended, withdrawn, not in force yet), Renewed (there is a newer version), NotAllowed
    (filing for somebody one may not act for), KeyReused, NotFound (linked case), and what
    `check_applicant` raises.
    """
    _may_file(actor, item, applicant_id, helped=assistance is not None)
    _filed_here(house, item, linked_no)
    filed: list[Any] = [item.code, applicant_id, linked_no, dict(raw), [told_apart(p) for p in papers]]
    if agent:
        filed.append([agent.present.person, str(agent.until)])
    asked = sm3(orjson.dumps(filed, option=orjson.OPT_SORT_KEYS))
    filing = Filing(item, applicant_id, channel, f"{actor.id}:{token}", asked)
    if prior := await _prior(conn, house, filing):
        return prior
    await refuse_what_is_not_in_force(conn, house, item)
    right = await check_applicant(conn, house, actor, item, applicant_id, proved=agent is not None)
    answers = check_filing(item, raw, papers)
    filing = _as_found(item, actor, answers, filing)
    await refuse_infected(conn, papers)
    await check_licences(conn, house, item, applicant_id, papers, token)
    about = await grounds(conn, house, item, applicant_id, answers.get("licence", ""))
    linked = await _linked(conn, actor, linked_no)
    filer = None if actor.kind == "system" else actor.id
    made = await new_case(conn, house, filer, filing, linked, about)
    if made is None:  # the same filing, sent twice, came first while we were checking
        prior = await _prior(conn, house, filing)
        assert prior
        return prior
    case, code = made
    await keep_round(conn, house, case.no, 1, answers, papers)
    await note_licences(conn, house, actor, item, case.no, papers)
    hushed = case.kind == "order" and hush(answers)
    told = {
        **proof(papers),
        **({"hushed": True} if hushed else {}),
        **({"skips": list(skipped)} if (skipped := item.skipped(answers)) else {}),
        **about.told(),
        **right,
        **({"assistance": dict(assistance)} if assistance else {}),
    }
    await _first_event(conn, house, actor, case, filing, told, agent)
    role = _role(actor, case.kind, filing.channel)
    await sign(conn, house, actor.id, role, case, answers, pledges_of(item, answers, have(papers)))
    if linked and not hushed:
        await _note_in(conn, house, linked, actor, role, case.no)
    return Receipt(case.no, code)


def _filed_here(house: House, item: Item, linked_no: str | None) -> None:
    """Refuses what is filed elsewhere, or names a case that it cannot be about."""
    if linked_no and item.kind != "order":  # or the other case's log would tell of an order that there is not
        raise Invalid(
            {"linked": {"zh": "只有 12345 工单才关联办件", "en": "Only a work order is about another case"}}
        )
    if lower := house.items.reviewed_first(item.code):
        raise ReviewedFirst(
            f"这个事项由下级机关先行审查后转报，请申请“{lower.name.zh}”",
            f"This is reviewed at the lower level first: apply for {lower.name.en}",
        )


async def _note_in(
    conn: asyncpg.Connection, house: House, linked: Case, actor: Actor, role: Role, order_no: str
) -> None:
    """In the log of the case that it is about."""
    note = Pen(linked, house.now())
    note.write("order_linked", f"order:{order_no}", actor=actor.id, role=role.value, data={"order": order_no})
    await note.commit(conn, ring=False)


@dataclass(frozen=True)
class Filing:
    """What makes a filing this filing: `key` is its filer's idempotency key, `asked` the digest of all that was filed."""

    item: Item
    applicant_id: str | None
    channel: str
    key: str
    asked: bytes


def _as_found(item: Item, actor: Actor, answers: Mapping[str, Any], filing: Filing) -> Filing:
    """主动发现: came in by nobody's asking. Raises OnlyStaffFind."""
    if not item.found(answers):
        return filing
    if actor.kind != "staff":
        raise OnlyStaffFind(
            "“主动发现”由工作人员代为提出时选择，请选择本人、家人或者受托人申请",
            "Only staff bring a case up on their own initiative: choose that you apply yourself or for somebody",
        )
    return replace(filing, channel="discovered")


async def _prior(conn: asyncpg.Connection, house: House, filing: Filing) -> Receipt | None:
    """The first answer to the same filing. Raises KeyReused if the key was used for another."""
    row = await conn.fetchrow("SELECT no, asked, query_code FROM cases WHERE filing_key = $1", filing.key)
    if row is None:
        return None
    if row["asked"] != filing.asked:
        raise KeyReused(
            "这个幂等键已用于另一份申请", "This idempotency key was used for a different application"
        )
    return Receipt(row["no"], open_query_code(house, row["no"], row["query_code"]), repeated=True)


async def _first_event(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    case: Case,
    filing: Filing,
    told: dict[str, Any],
    agent: Agent | None,
) -> None:
    item, pen = filing.item, Pen(case, house.now())
    kind = {"order": "registered", "official": "opened"}.get(case.kind, "submitted")
    data = {
        "item": item.code,
        "version": item.version,
        "item_hash": item.hash,
        "channel": filing.channel,
    } | told
    private: Private = {}
    if agent:
        stood, private = await stood_there(conn, house, agent.present, until=agent.until)
        data |= stood
    event = pen.write(
        kind, "filed", actor=actor.id, role=_role(actor, case.kind, filing.channel).value, data=data
    )
    await pen.commit(conn)
    if private:
        await keep(conn, house, case.no, event.seq, private)


def hush(answers: Mapping[str, Any]) -> bool:
    """Whether even the order's existence is kept from those it is about: reports (举报), and whoever asks for it.

    办法 on complaints and reports art. 33; Food Safety Law art. 115.
    """
    return answers.get("category") == "report" or answers.get("confidential") is True


def _may_file(actor: Actor, item: Item, applicant_id: str | None, *, helped: bool = False) -> None:
    order = item.kind == "order"
    if item.kind == "official":
        may = actor.kind == "system" or _of_the_department(actor, item)
    elif actor.kind == "staff":
        may = actor.has(Role.AGENT) if order else _takes(actor, Role.HELPER if helped else Role.CLERK, item)
    elif order:
        may = actor.kind == "citizen" and (applicant_id is None or applicant_id in actor.subjects)
    else:
        may = actor.kind == "citizen" and applicant_id in may_apply_for(actor, item.code, item.department)
    if not may:
        raise NotAllowed("您不能替这个人（单位）申请", "You may not apply for this person or organisation")


def _of_the_department(actor: Actor, item: Item) -> bool:
    """依职权: only the body that has the power opens such a case (Licence Law arts 69, 70)."""
    return _takes(actor, Role.REVIEWER, item)


def _takes(actor: Actor, role: Role, item: Item) -> bool:
    """Whether a grant of this role reaches the item: a window takes in what is its own, by whatever door."""
    return any(
        g.role is role and g.department in ("", item.department) and g.district in ("", item.district)
        for g in actor.grants
    )


def _role(actor: Actor, kind: str, channel: str) -> Role:
    """In which role it was filed: somebody may hold several, and the case's kind says which of them this takes."""
    if actor.kind != "staff":
        return Role.APPLICANT if actor.kind == "citizen" else Role.SYSTEM
    usual = Role.HELPER if channel == "helper" else Role.CLERK
    return {"order": Role.AGENT, "official": Role.REVIEWER}.get(kind, usual)


def open_query_code(house: House, case_no: str, sealed: bytes) -> str:
    return house.vault.open(sealed, where=f"cases|query_code|{case_no}").decode()


async def _linked(conn: asyncpg.Connection, actor: Actor, linked_no: str | None) -> Case | None:
    if not linked_no:
        return None
    linked = await load(conn, linked_no, lock=True)
    mine = linked and (linked.applicant_id in actor.subjects or linked.filer_id == actor.id)
    if linked is None or not (mine or actor.has(Role.AGENT)):
        raise NotFound("没有找到这个办件编号", "No such case number")
    return linked


async def new_case(
    conn: asyncpg.Connection,
    house: House,
    filer_id: str | None,
    filing: Filing,
    linked: Case | None,
    about: Grounds = NOTHING,
) -> tuple[Case, str] | None:
    """The case row and its query code; None if the filing's key is taken."""
    now, item = house.now(), filing.item
    serial = await conn.fetchval("SELECT nextval('case_serial')")
    kind = item.kind if item.kind in _FIRST else "application"
    case = Case(
        "", kind, item.code, item.version, item.department, item.district, filing.applicant_id, filer_id,
        linked.no if linked else None, item.name.zh, 0, chain.GENESIS,
        CaseState(stage=_FIRST.get(kind, Stage.RECEIVED)),
    )  # fmt: skip
    case.no = case_number(item.district, Pen(case, now).today, CHANNELS[filing.channel], serial)
    code = f"{secrets.randbelow(10**6):06d}"
    made = await conn.fetchval(
        "INSERT INTO cases (no, kind, item_code, item_version, item_hash, title, department, district, channel, "
        "applicant_id, filer_id, filed_at, filing_key, asked, query_code, linked_no, seq, head, stage, finished, "
        "state, cards, engine_seq, query_failures, licence_no) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
        "$12, $13, $14, $15, $16, 0, $17, $18, false, '{}', 0, 0, 0, $19) ON CONFLICT (filing_key) DO NOTHING RETURNING 1",
        case.no, case.kind, item.code, item.version, item.hash, case.title, case.department, case.district,
        filing.channel, filing.applicant_id, filer_id, now, filing.key, filing.asked,
        house.vault.seal(code, where=f"cases|query_code|{case.no}"), case.linked_no, chain.GENESIS,
        case.state.stage.value, about.number,
    )  # fmt: skip
    return (case, code) if made else None
