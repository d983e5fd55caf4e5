"""一号: an application begins with what the registers and the applicant's own earlier applications know.

1. read the draft  2. ask, without holding a connection  3. fill in, keep the ties, note who looked: one transaction

A register that does not answer stops nothing: the draft keeps which one and why, the page says so, and the citizen
types or uploads instead.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta

import asyncpg

from forms import Item
from services.cases.rounds import read_answers
from services.drafts.sources import Fact, exchange_of, facts_in, lay_over, path_of, queries_of
from services.drafts.store import Draft, item_of, read, save
from services.house import House
from services.law.clock import legal_date
from services.law.policy import Parties, owns
from services.law.roles import Actor
from services.people import PlainSubject, unmasked
from services.people.further_papers import numbers_of
from services.people.lookups import note_look
from services.people.ties import keep_ties, ties_in
from services.registries.exchange import Answer, Question, Unanswered

FRESH = timedelta(days=90)  # data that shows an older day is not taken over
# An annual report shows the year's last day, and the next one is due by 30 June of the year after the next
# (企业信息公示暂行条例 art. 8, 未核对): until then nobody has anything newer.
FRESH_FOR = {"legal-persons.annual-report": timedelta(days=546)}
EARLIER = timedelta(days=730)  # answers older than that are not offered again
_CASES = 5
ANSWERED, STALE, DOWN = "answered", "stale", "down"


async def ask_registers(house: House, actor: Actor, draft_id: str, *, again: bool = False) -> None:
    """Once for an applicant; `again`: those that were down. Raises NotFound for a draft that is not there or not theirs."""
    async with house.db.connection() as conn:
        draft = await read(conn, house, actor, draft_id)
        if draft.applicant_id is None or draft.case_no is not None:
            return  # a corrected set begins with what was filed
        item = item_of(house, draft)
        subject = await unmasked(conn, house.vault, draft.applicant_id)
        numbers = await numbers_of(conn, house.vault, subject)
    open_ = [q for q in queries_of(item, subject.kind) if _open(draft, q, again)] if numbers else []
    if not open_ and draft.asked:
        return
    purpose = f"填写“{item.short.zh}”申请"
    told = await asyncio.gather(
        *(_told(house, Question(q, numbers[0], purpose, draft_id, actor.id)) for q in open_)
    )
    async with house.db.transaction() as tx:
        draft = await read(tx, house, actor, draft_id, lock=True)
        if draft.applicant_id != subject.id:
            return  # somebody else applies by now
        await _take_over(tx, house, actor, item, draft, subject, told, purpose)
        await save(tx, house, draft)


@dataclass(frozen=True, slots=True)
class Told:
    query: str
    how: str  # ANSWERED, STALE, or why it was not answered
    answer: Answer | None = None

    def kept(self) -> dict[str, str]:
        return {"how": self.how, "on": self.answer.as_of.isoformat() if self.answer else ""}


def _open(draft: Draft, query: str, again: bool) -> bool:
    before = draft.asked.get(query)
    return before is None or (again and before["how"] == DOWN)


async def _told(house: House, question: Question) -> Told:
    try:
        answer = await house.exchange.ask(question)
    except Unanswered as failure:
        return Told(question.query, failure.why)
    age = legal_date(house.now()) - answer.as_of
    return Told(question.query, STALE if age > FRESH_FOR.get(question.query, FRESH) else ANSWERED, answer)


async def _take_over(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    item: Item,
    draft: Draft,
    subject: PlainSubject,
    told: list[Told],
    purpose: str,
) -> None:
    now = house.now()
    facts: dict[str, Fact] = {}
    for one in told:
        draft.asked[one.query] = one.kept()
        if one.answer is None:
            continue
        await note_look(
            conn, subject_id=subject.id, what=f"registry:{one.query}", by=actor.id, case_no=None, purpose=purpose, at=now
        )  # fmt: skip
        if one.how == ANSWERED:
            as_of = one.answer.as_of
            facts |= facts_in(one.query, one.answer.facts, as_of)
            ties = ties_in(one.query, one.answer.facts, as_of)
            await keep_ties(conn, house.vault, subject.id, one.query, ties, as_of=as_of, now=now)
    lay_over(draft, item, facts)
    if "earlier" in draft.asked:
        return
    earlier = await _earlier(conn, house, actor, item, subject.id)
    before = dict(draft.sources)
    lay_over(draft, item, earlier)
    taken = draft.sources != before
    draft.asked["earlier"] = {"how": ANSWERED if taken else "unknown", "on": ""}
    if taken:
        await note_look(
            conn, subject_id=subject.id, what="earlier", by=actor.id, case_no=None, purpose=purpose, at=now
        )


async def _earlier(
    conn: asyncpg.Connection, house: House, actor: Actor, item: Item, subject_id: str
) -> dict[str, Fact]:
    """What the applicant's own last applications said under the paths that this form wants; the newest word counts.

    For an agent only of those that their authorisation lets them see.
    """
    wanted = {path for f in item.fields if (path := path_of(item, f))}
    rows = await conn.fetch(
        "SELECT c.no, c.item_code, c.item_version, c.department, c.filer_id, c.filed_at, (SELECT max(round) FROM submission s "
        "WHERE s.case_no = c.no) AS round FROM cases c WHERE c.applicant_id = $1 AND c.kind = 'application' "
        "AND c.filed_at > $2 ORDER BY c.filed_at DESC LIMIT $3",
        subject_id, house.now() - EARLIER, _CASES,
    )  # fmt: skip
    found: dict[str, Fact] = {}
    for row in rows:
        filed = house.items.get(row["item_code"], row["item_version"])
        if not owns(actor, Parties(subject_id, row["filer_id"], row["item_code"], row["department"])):
            continue
        paths = {f.name: path for f in filed.fields if (path := path_of(filed, f)) in wanted - found.keys()}
        if not paths or row["round"] is None:
            continue
        answers = await read_answers(conn, house, row["no"], row["round"])
        on = legal_date(row["filed_at"])
        found |= {
            path: Fact((answers[name],), "earlier", "", on) for name, path in paths.items() if name in answers
        }
    return found


def unanswered(draft: Draft, item: Item) -> dict[str, str]:
    """By the code of a shared material, why its register does not stand for it: the applicant may hand it in instead."""
    found = {}
    for material in item.materials:
        how = draft.asked.get(exchange_of(item, material) or "", {}).get("how", ANSWERED)
        if material.shared and how != ANSWERED:
            found[material.code] = how
    return found


def on_day(told: dict[str, str]) -> date | None:
    return date.fromisoformat(told["on"]) if told.get("on") else None
