import asyncio
from datetime import timedelta

import asyncpg
import pytest

from services.errors import Invalid, NotFound
from services.people import (
    masked_view,
    register_citizen,
    register_subject,
    represent,
    sign_in,
    subject_names,
    unmasked,
)
from services.people.registering import CannotRegister
from services.people.subjects import find_subject
from services.store.crypto import Tampered

CHEN = {
    "kind": "person",
    "name": "陈示例",
    "id_type": "resident_id",
    "id_number": "11010519491231002X",
    "phone": "19900000001",
    "address": "示例市示例区示例路1号",
}
CITIZEN = {
    "name": "陈示例",
    "id_type": "resident_id",
    "id_number": "11010519491231002X",
    "phone": "19900000001",
    "username": "chen",
    "password": "correct horse 7",
}


async def test_one_number_is_one_subject_however_it_is_typed(db, vault, now):
    async with db.connection() as conn:
        first = await register_subject(conn, vault, **CHEN, now=now)
        again = await register_subject(
            conn,
            vault,
            **{**CHEN, "name": "陈示范", "id_type": "111", "id_number": "11010519491231002x"},
            now=now,
        )
        assert first.created
        assert not again.created
        assert (again.id, again.name) == (first.id, "陈示例")
        assert await find_subject(conn, vault, id_type="111", id_number=" 11010519491231002x") == first.id


async def test_ten_counters_registering_one_person_at_once_make_one_subject(db, vault, now):
    async def one():
        async with db.connection() as conn:
            return await register_subject(conn, vault, **CHEN, now=now)

    made = await asyncio.gather(*(one() for _ in range(10)))
    assert len({m.id for m in made}) == 1
    assert sum(m.created for m in made) == 1


async def test_the_same_digits_in_another_kind_of_paper_are_somebody_else(db, vault, now):
    async with db.connection() as conn:
        chen = await register_subject(conn, vault, **CHEN, now=now)
        other = await register_subject(conn, vault, **{**CHEN, "id_type": "passport"}, now=now)
    assert chen.id != other.id


async def test_people_without_a_number_are_not_taken_for_each_other(db, vault, now):
    async with db.connection() as conn:
        first, second = [
            await register_subject(conn, vault, kind="person", name="匿名", now=now) for _ in "12"
        ]
    assert first.id != second.id


async def test_nothing_personal_but_the_name_is_readable_in_the_table(db, vault, now):
    async with db.connection() as conn:
        await register_subject(conn, vault, **CHEN, now=now)
        row = repr(dict(await conn.fetchrow("SELECT * FROM subject")))
    for secret in ("19491231", "19900000001", "示例路"):
        assert secret not in row
        assert repr(secret.encode())[2:-1] not in row


async def test_a_screen_shows_a_masked_person_and_the_handler_the_whole(db, vault, now):
    async with db.connection() as conn:
        chen = await register_subject(conn, vault, **CHEN, now=now)
        seen, whole = await masked_view(conn, vault, chen.id), await unmasked(conn, vault, chen.id)
    assert (seen.name, seen.id_number, seen.phone) == ("陈*例", "110105********002X", "199****0001")
    assert "1号" not in seen.address
    assert (whole.name, whole.id_number, whole.phone) == ("陈示例", "11010519491231002X", "19900000001")


async def test_a_firm_is_public_with_its_credit_code(db, vault, now):
    async with db.connection() as conn:
        firm = await register_subject(
            conn, vault, kind="organisation", name="湖南示例餐饮有限公司", id_type="uscc",
            id_number="11430000006122244L", now=now,
        )  # fmt: skip
        seen = await masked_view(conn, vault, firm.id)
        assert await subject_names(conn, [firm.id, "nobody"]) == {firm.id: "湖南示例餐饮有限公司"}
    assert (seen.name, seen.id_number) == ("湖南示例餐饮有限公司", "11430000006122244L")


async def test_a_number_moved_to_another_row_by_hand_does_not_open(db, vault, now):
    async with db.connection() as conn:
        chen = await register_subject(conn, vault, **CHEN, now=now)
        other = await register_subject(
            conn, vault, kind="person", name="王", id_type="passport", id_number="E12345678", now=now
        )
        await conn.execute(
            "UPDATE subject SET id_number_sealed = (SELECT id_number_sealed FROM subject WHERE id = $1) WHERE id = $2",
            chen.id,
            other.id,
        )
        with pytest.raises(Tampered):
            await unmasked(conn, vault, other.id)


async def test_an_unknown_subject_is_not_found(db, vault):
    async with db.connection() as conn:
        with pytest.raises(NotFound):
            await masked_view(conn, vault, "nobody")


async def test_nobody_represents_themselves_or_ends_before_they_start(db, vault, now):
    async with db.connection() as conn:
        chen = await register_subject(conn, vault, **CHEN, now=now)
        firm = await register_subject(conn, vault, kind="organisation", name="公司", now=now)
        for subject, last in ((chen.id, now), (firm.id, now - timedelta(days=1))):
            with pytest.raises(asyncpg.CheckViolationError):
                await represent(
                    conn, person_id=chen.id, subject_id=subject, basis="mandate",
                    valid_from=now.date(), valid_to=last.date(),
                )  # fmt: skip


async def test_a_new_citizen_can_sign_in_afterwards(db, vault, now):
    made = await register_citizen(db, vault, **CITIZEN, now=now)
    assert await sign_in(db, "chen", CITIZEN["password"], now=now) == made


async def test_knowing_somebodys_number_does_not_give_their_cases(db, vault, now):
    """Chen was at the counter once; a stranger who knows the number registers with it."""
    async with db.connection() as conn:
        await register_subject(conn, vault, **CHEN, now=now)
    with pytest.raises(CannotRegister) as refusal:
        await register_citizen(db, vault, **{**CITIZEN, "username": "stranger"}, now=now)
    assert "已登记" not in refusal.value.zh
    async with db.connection() as conn:
        assert await conn.fetchval("SELECT count(*) FROM account") == 0


async def test_a_taken_user_name_leaves_no_half_registered_subject(db, vault, now):
    await register_citizen(db, vault, **CITIZEN, now=now)
    with pytest.raises(Invalid):
        await register_citizen(
            db, vault, **{**CITIZEN, "id_type": "passport", "id_number": "E12345678"}, now=now
        )
    async with db.connection() as conn:
        assert await conn.fetchval("SELECT count(*) FROM subject") == 1
