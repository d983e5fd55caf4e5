"""Not everybody has eighteen digits, and who is tied to whom is known as of a day."""

from datetime import date

import pytest

from services.people import register_subject
from services.people.further_papers import AnothersPaper, Paper, add_paper, numbers_of
from services.people.subjects import find_subject, unmasked
from services.people.ties import keep_ties, ties_in, ties_of

TODAY = date(2026, 11, 24)
CLEAR = "DELETE FROM subject_tie; DELETE FROM subject_paper"
CHILD = "11010520260901117X"


@pytest.fixture
async def conn(db, database_urls):
    import asyncpg

    async with db.transaction() as tx:
        yield tx
    owner = await asyncpg.connect(database_urls.owner)
    await owner.execute(CLEAR)
    await owner.close()


async def newborn(conn, vault, now):
    return await register_subject(
        conn,
        vault,
        kind="person",
        name="陈小样",
        id_type="birth_certificate",
        id_number="S430199001",
        now=now,
    )


async def test_a_newborn_is_one_subject_before_and_after_there_is_a_number(conn, vault, now):
    born = await newborn(conn, vault, now)
    card = Paper("resident_id", CHILD, "population.identity", TODAY)
    assert await add_paper(conn, vault, born.id, card, now=now)
    assert not await add_paper(conn, vault, born.id, card, now=now)
    assert await find_subject(conn, vault, id_type="resident_id", id_number=CHILD) == born.id
    again = await register_subject(
        conn, vault, kind="person", name="陈小样", id_type="resident_id", id_number=CHILD, now=now
    )
    assert (again.id, again.created) == (born.id, False)
    numbers = await numbers_of(conn, vault, await unmasked(conn, vault, born.id))
    assert numbers[0] == CHILD, "registers are asked by the one number as soon as there is one"


async def test_a_paper_is_not_moved_from_one_person_to_another(conn, vault, now):
    born = await newborn(conn, vault, now)
    other = await register_subject(
        conn, vault, kind="person", name="某人", id_type="passport", id_number="E12345678", now=now
    )
    with pytest.raises(AnothersPaper):
        await add_paper(
            conn, vault, other.id, Paper("birth_certificate", "S430199001", "counter", TODAY), now=now
        )
    assert born.id != other.id


async def test_a_tie_lasts_as_long_as_its_register_tells_it(conn, vault, now):
    firm = await register_subject(
        conn,
        vault,
        kind="organisation",
        name="某公司",
        id_type="credit_code",
        id_number="91430199MA99001B89",
        now=now,
    )

    async def told(day: date, *heads: tuple[str, str]) -> list[tuple]:
        facts = {"representatives": [{"name": n, "type": "resident_id", "number": i} for n, i in heads]}
        query = "legal-persons.representative"
        await keep_ties(conn, vault, firm.id, query, ties_in(query, facts, day), as_of=day, now=now)
        return [(t.name, t.source, t.as_of) for t in await ties_of(conn, vault, firm.id)]

    chen, li = ("陈示例", "430199199003076616"), ("李样本", "430199199211234826")
    await told(date(2026, 1, 5), chen)
    query = "legal-persons.representative"
    assert await told(date(2026, 2, 5), chen) == [("陈示例", query, date(2026, 2, 5))]
    assert await told(date(2026, 3, 5), li) == [("李样本", query, date(2026, 3, 5))]
    past = await conn.fetch("SELECT ended_on FROM subject_tie WHERE subject_id = $1 ORDER BY id", firm.id)
    assert [r["ended_on"] for r in past] == [date(2026, 3, 5), None], "the past stays explicable"
