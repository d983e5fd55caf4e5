import hashlib
from datetime import timedelta

import pytest

from services.law.roles import Grant, Role
from services.people import (
    close_session,
    create_account,
    load_actor,
    open_session,
    recall_actor,
    register_subject,
    represent,
    revoke_representation,
)
from services.people.sessions import LONGEST, Recent, recent

PASSWORD = "correct horse 7"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def people(db, vault, now) -> dict[str, str]:
    async with db.transaction() as tx:
        chen = await register_subject(
            tx, vault, kind="person", name="陈示例", id_type="111", id_number="11010519491231002X", now=now
        )
        firm = await register_subject(
            tx, vault, kind="organisation", name="湖南示例餐饮有限公司", id_type="uscc",
            id_number="11430000006122244L", now=now,
        )  # fmt: skip
        citizen = await create_account(
            tx, username="chen", password=PASSWORD, kind="citizen", name="陈示例", subject_id=chen.id, now=now
        )
        clerk = await create_account(
            tx, username="clerk", password=PASSWORD, kind="staff", name="李示例", now=now,
            grants=[Grant(Role.CLERK, "scjg", "430199"), Grant(Role.SUPERVISOR)],
        )  # fmt: skip
    return {"chen": chen.id, "firm": firm.id, "citizen": citizen, "clerk": clerk}


async def who(db, token, now):
    async with db.connection() as conn:
        loaded = await load_actor(conn, token, now=now)
    return loaded and loaded[0]


async def opened(db, account, now, **more) -> str:
    async with db.connection() as conn:
        return await open_session(conn, account, "web", now=now, **more)


async def test_a_clerk_comes_with_grants_and_acts_for_nobody(db, people, now):
    actor = await who(db, await opened(db, people["clerk"], now), now)
    assert set(actor.grants) == {Grant(Role.CLERK, "scjg", "430199"), Grant(Role.SUPERVISOR)}
    assert (actor.kind, actor.name, actor.subjects) == ("staff", "李示例", frozenset())


async def test_a_citizen_acts_for_themselves_and_whom_they_represent_today(db, people, now):
    today = (now + timedelta(hours=8)).date()
    async with db.connection() as conn:
        grant = await represent(
            conn, person_id=people["chen"], subject_id=people["firm"], basis="legal_representative",
            valid_from=today, valid_to=today,
        )  # fmt: skip
    token = await opened(db, people["citizen"], now)
    assert (await who(db, token, now)).subjects == {people["chen"], people["firm"]}

    for days in (-1, 1):
        other = now + timedelta(days=days)
        token_then = await opened(db, people["citizen"], other)
        assert (await who(db, token_then, other)).subjects == {people["chen"]}

    async with db.connection() as conn:
        assert await revoke_representation(conn, grant, now=now)
        assert not await revoke_representation(conn, grant, now=now)
    token = await opened(db, people["citizen"], now)
    assert (await who(db, token, now)).subjects == {people["chen"]}


async def test_an_actor_is_loaded_with_one_query(db, people, now):
    token = await opened(db, people["clerk"], now)
    queries = []
    async with db.connection() as conn:
        with conn.query_logger(queries.append):
            assert await load_actor(conn, token, now=now)
    assert len(queries) == 1


async def test_a_citizen_is_gone_after_fifteen_idle_minutes_staff_after_thirty(db, people, now):
    citizen, clerk = await opened(db, people["citizen"], now), await opened(db, people["clerk"], now)
    assert await who(db, citizen, now + 14 * MINUTE)
    assert not await who(db, citizen, now + 29 * MINUTE)
    assert await who(db, clerk, now + 29 * MINUTE)
    assert not await who(db, clerk, now + 59 * MINUTE)


async def test_nobody_stays_longer_than_eight_hours(db, people, now):
    token = await opened(db, people["clerk"], now)
    for step in range(1, 24):
        assert await who(db, token, now + step * 20 * MINUTE)
    assert not await who(db, token, now + LONGEST)


async def test_being_seen_is_written_once_a_minute_at_most(db, people, now):
    token = await opened(db, people["clerk"], now)

    async def seen():
        async with db.connection() as conn:
            return await conn.fetchval("SELECT seen_at FROM session")

    await who(db, token, now + timedelta(seconds=59))
    assert await seen() == now
    await who(db, token, now + MINUTE)
    assert await seen() == now + MINUTE


async def test_only_the_hash_of_the_token_is_stored(db, people, now):
    token = await opened(db, people["clerk"], now)
    assert len(token) == 43
    async with db.connection() as conn:
        row = await conn.fetchrow("SELECT * FROM session")
    assert row["token_hash"] == hashlib.sha256(token.encode()).digest()
    assert token.encode() not in row["secret"]


async def test_signing_in_again_voids_the_token_that_was_there_before(db, people, now):
    planted = await opened(db, people["citizen"], now)
    token = await opened(db, people["clerk"], now, replacing=planted)
    assert token != planted
    assert await who(db, planted, now) is None
    assert (await who(db, token, now)).id == people["clerk"]


async def test_signing_in_clears_away_what_has_run_out(db, people, now):
    await opened(db, people["clerk"], now - LONGEST)
    await opened(db, people["clerk"], now)
    async with db.connection() as conn:
        assert await conn.fetchval("SELECT count(*) FROM session") == 1


async def test_a_disabled_account_is_out_at_once(db, people, now):
    token = await opened(db, people["clerk"], now)
    async with db.connection() as conn:
        await conn.execute("UPDATE account SET disabled = true")
    assert await who(db, token, now) is None


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "\x00", "陈", "\udcff"])
async def test_nonsense_is_nobody(db, people, now, token):
    assert await who(db, token, now) is None


async def test_signing_out_counts_at_once_even_for_what_was_remembered(db, people, now):
    token = await opened(db, people["clerk"], now)
    assert await recall_actor(db, token, now=now)
    async with db.connection() as conn:
        await close_session(conn, token)
    assert await recall_actor(db, token, now=now) is None


async def test_within_two_seconds_an_actor_is_recalled_without_a_query(db, people, now, monkeypatch):
    token = await opened(db, people["clerk"], now)
    first = await recall_actor(db, token, now=now)
    monkeypatch.setattr(db, "connection", None)
    assert await recall_actor(db, token, now=now) is first
    assert recent.seconds <= 2


async def test_what_was_remembered_is_asked_again_when_its_time_is_up(db, people, now, monkeypatch):
    monkeypatch.setattr("services.people.sessions.recent", Recent(seconds=-1))
    token = await opened(db, people["clerk"], now)
    assert await recall_actor(db, token, now=now)
    async with db.connection() as conn:
        await conn.execute("DELETE FROM session")
    assert await recall_actor(db, token, now=now) is None


async def test_memory_does_not_outlive_the_session(db, people, now):
    token = await opened(db, people["clerk"], now)
    assert await recall_actor(db, token, now=now)
    assert await recall_actor(db, token, now=now + LONGEST) is None
