"""核对共享材料: whoever handles a case asks the register that stands for a shared paper; the look is the applicant's to see."""

from dataclasses import dataclass

from forms import Item, Material
from services.cases.readable import Readable, readable
from services.drafts.sources import exchange_of, registers_know
from services.errors import NotAllowed, NotFound
from services.house import House
from services.law.roles import Actor
from services.people import unmasked
from services.people.further_papers import numbers_of
from services.people.lookups import note_look
from services.people.subjects import find_subject
from services.people.ties import ties_in
from services.registries.exchange import Answer, Question, Unanswered


@dataclass(frozen=True, slots=True)
class Reading:
    """`answer` is None where the register gave none; `why` says why."""

    material: Material
    query: str
    answer: Answer | None
    why: str = ""


def to_ask(item: Item, kind: str) -> list[Material]:
    """The item's shared papers that a register can be asked about for an applicant of this kind."""
    return [m for m in item.materials if m.shared and registers_know(exchange_of(item, m), kind)]


async def ask_for_case(house: House, actor: Actor, case_no: str, code: str) -> tuple[Readable, Reading]:
    """Raises NotFound, NotAllowed. No connection is held while the register thinks."""
    async with house.db.connection() as conn:
        reader = await readable(conn, actor, case_no)
        case = reader.page.case
        if not reader.personal:
            raise NotAllowed(
                "只有办理人员可以向登记机关核对", "Only those who handle the case may ask a register about it"
            )
        item = house.items.get(case.item_code, case.item_version)
        if case.applicant_id is None or case.kind == "order":
            raise _nothing_to_ask()
        subject = await unmasked(conn, house.vault, case.applicant_id)
        numbers = await numbers_of(conn, house.vault, subject)
    material = next((m for m in to_ask(item, subject.kind) if m.code == code), None)
    query = exchange_of(item, material) if material else None
    if material is None or query is None or not numbers:
        raise _nothing_to_ask()
    purpose = f"核对“{material.name.zh}”"
    try:
        answer = await house.exchange.ask(Question(query, numbers[0], purpose, case_no, actor.id))
    except Unanswered as failure:
        return reader, Reading(material, query, None, failure.why)
    async with house.db.transaction() as tx:
        # Whoever else the answer names was looked at too, a firm's legal representative for one.
        named = [
            await find_subject(tx, house.vault, id_type=t.id_type, id_number=t.id_number)
            for t in ties_in(query, answer.facts, answer.as_of)
        ]
        for seen in dict.fromkeys([subject.id, *filter(None, named)]):
            await note_look(
                tx, subject_id=seen, what=f"registry:{query}", by=actor.id, case_no=case_no, purpose=purpose,
                at=house.now(),
            )  # fmt: skip
    return reader, Reading(material, query, answer)


def _nothing_to_ask() -> NotFound:
    return NotFound("这份材料没有可以核对的登记机关", "No register stands for this paper")
