"""到场: who stands at the counter with their identity paper, and by what right they act for a case's applicant.

Civil Code arts 165, 173: an agent's mandate is in writing, names its matter, and ends with its period.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import asyncpg
import orjson

from services.cases.log import Case, Pen, load
from services.cases.private import Private, commit_to
from services.house import House
from services.law.clock import legal_date
from services.law.roles import Actor, Role
from services.people.lookups import note_look
from services.people.standing import mandates_of, represented_by, standing_for
from services.people.subjects import find_subject, unmasked

STRANGER = {
    "zh": "到场的人不是申请人，也不是现在有权代理申请人的人，不能代办",
    "en": "Whoever stands here is neither the applicant nor anybody who may act for them now",
}
NAME = "visitor"  # of the sealed value, and of its commitment in the event
_FILED = "SELECT p.seq, p.sealed FROM event_private p JOIN case_event e USING (case_no, seq) WHERE e.case_no = $1 AND e.key = 'filed'"


@dataclass(frozen=True, slots=True)
class IdPaper:
    """身份证件 as laid on the counter: its kind by the form's word, and its number."""

    id_type: str
    id_number: str


@dataclass(frozen=True, slots=True)
class Present:
    """到场的人: `standing` is by what right they act for the applicant: self, legal_representative, guardian, mandate,
    or papers (of this case); empty for whoever may not.
    """

    person: str  # subject id; empty for somebody who is not on file
    standing: str
    actor: Actor  # the citizen whom the policy asks about


async def identify(conn: asyncpg.Connection, house: House, case: Case, paper: IdPaper) -> Present:
    """Who stands there. A stranger acts for nobody; it is the policy that says no."""
    person = await find_subject(conn, house.vault, id_type=paper.id_type, id_number=paper.id_number)
    if person is None or case.applicant_id is None:
        return Present("", "", Actor("", "citizen", ""))
    actor, standing = await citizen_at_counter(conn, house, person), "self"
    if person != case.applicant_id:
        standing = await standing_for(conn, person, case.applicant_id, legal_date(house.now())) or ""
        if not standing and any(m.principal == case.applicant_id for m in actor.mandates):
            standing = "mandate"  # whether it gives this act is the policy's to say
    if not standing and await _upon_papers(conn, house, case.no, person):
        actor, standing = replace(actor, subjects=actor.subjects | {case.applicant_id}), "papers"
    return Present(person, standing, actor)


async def citizen_at_counter(conn: asyncpg.Connection, house: House, person: str) -> Actor:
    """The policy's citizen, as they would sign in now. No account is theirs here: what only its filer may do, nobody may."""
    today = legal_date(house.now())
    represented, mandates = await represented_by(conn, person, today), await mandates_of(conn, person, today)
    return Actor("", "citizen", "", (), frozenset({person, *represented}), mandates)


async def _upon_papers(conn: asyncpg.Connection, house: House, case_no: str, person: str) -> bool:
    agent = await agent_of(conn, house, case_no)
    ended = agent.get("until") and date.fromisoformat(agent["until"]) < legal_date(house.now())
    return agent.get("person") == person and not ended


async def agent_of(conn: asyncpg.Connection, house: House, case_no: str) -> dict[str, Any]:
    """Who handed the application in for somebody else, upon papers of this case: a letter is good for its matter alone."""
    row = await conn.fetchrow(_FILED, case_no)
    if row is None:
        return {}
    sealed = orjson.loads(house.vault.open(row["sealed"], where=f"event_private|{case_no}|{row['seq']}"))
    value = sealed.get(NAME, {}).get("value", {})
    return value if value.get("standing") == "papers" else {}


async def stood_there(
    conn: asyncpg.Connection, house: House, present: Present, *, until: date | None = None
) -> tuple[dict[str, Any], Private]:
    """For an event and beside it: in what capacity in the clear, who only as a commitment to what is sealed."""
    who = await unmasked(conn, house.vault, present.person)
    said = {
        "person": who.id,
        "name": who.name,
        "id_type": who.id_type,
        "id_number": who.id_number,
        "standing": present.standing,
        "until": until.isoformat() if until else None,
    }
    told, kept = commit_to(said)
    return {"channel": "window", "standing": present.standing, NAME: told}, {NAME: kept}


async def note_sight(conn: asyncpg.Connection, house: House, clerk: Actor, case_no: str) -> None:
    """The clerk is shown what the applicant wrote, to go on with it before their eyes: on record. In a transaction."""
    case = await load(conn, case_no, lock=True)
    assert case is not None
    pen = Pen(case, house.now())
    key = f"revealed:{case.seq + 1}"
    pen.write("revealed", key, actor=clerk.id, role=Role.CLERK.value, data={"what": "answers"})
    await pen.commit(conn, ring=False)
    if case.applicant_id:
        await note_look(
            conn, subject_id=case.applicant_id, what="answers", by=clerk.id, case_no=case_no,
            purpose=f"代办“{case.title}”", at=house.now(),
        )  # fmt: skip
