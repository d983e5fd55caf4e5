"""What registers say of somebody's kin and companies, asked for by themselves and kept with source and date."""

import asyncio
from collections.abc import Iterable

from services.house import House
from services.law.roles import Actor
from services.people.further_papers import numbers_of
from services.people.lookups import note_look
from services.people.subjects import unmasked
from services.people.ties import keep_ties, ties_in
from services.registries.exchange import Answer, Question, Unanswered

QUERIES = ("population.kin", "legal-persons.roles")
PURPOSE = "本人查询基础库记录"


async def ask_for_ties(house: House, actor: Actor, subject_id: str) -> list[str]:
    """The queries that were not answered. What a register does not know of has ended; what it could not say stays."""
    async with house.db.connection() as conn:
        subject = await unmasked(conn, house.vault, subject_id)
        numbers = await numbers_of(conn, house.vault, subject)
    if not numbers:
        return list(QUERIES)
    told = await asyncio.gather(
        *(_ask(house, Question(q, numbers[0], PURPOSE, subject_id, actor.id)) for q in QUERIES)
    )
    now = house.now()
    async with house.db.transaction() as tx:
        for answer in _answers(told):
            await note_look(
                tx, subject_id=subject_id, what=f"registry:{answer.query}", by=actor.id, case_no=None, purpose=PURPOSE,
                at=now,
            )  # fmt: skip
            ties = ties_in(answer.query, answer.facts, answer.as_of)
            await keep_ties(tx, house.vault, subject_id, answer.query, ties, as_of=answer.as_of, now=now)
    return [query for query in told if isinstance(query, str)]


async def _ask(house: House, question: Question) -> Answer | str:
    try:
        return await house.exchange.ask(question)
    except Unanswered:
        return question.query


def _answers(told: Iterable[Answer | str]) -> list[Answer]:
    return [one for one in told if isinstance(one, Answer)]
