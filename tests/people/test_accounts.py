import asyncio
import time
from datetime import timedelta

import pytest

from services.errors import Invalid
from services.law.roles import Grant, Role
from services.people import SignInRefused, accounts, create_account, sign_in

PASSWORD = "correct horse 7"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(accounts, "REFUSAL_SECONDS", 0)


@pytest.fixture
async def clerk(db, now) -> str:
    async with db.transaction() as tx:
        return await create_account(
            tx, username="Clerk.Li", password=PASSWORD, kind="staff", name="李示例", now=now,
            grants=[Grant(Role.CLERK, "scjg", "430199")],
        )  # fmt: skip


async def refused(db, password, now, username="clerk.li") -> str:
    with pytest.raises(SignInRefused) as refusal:
        await sign_in(db, username, password, now=now)
    return refusal.value.zh


async def test_the_right_password_opens_whatever_the_case_of_the_name(db, clerk, now):
    assert await sign_in(db, " CLERK.LI ", PASSWORD, now=now) == clerk


async def test_the_fifth_failure_locks_for_thirty_minutes(db, clerk, now):
    for _ in range(5):
        await refused(db, "wrong", now)
    await refused(db, PASSWORD, now)
    await refused(db, PASSWORD, now + timedelta(minutes=29, seconds=59))
    assert await sign_in(db, "clerk.li", PASSWORD, now=now + timedelta(minutes=30)) == clerk


async def test_four_failures_and_a_success_start_the_count_again(db, clerk, now):
    for _ in range(2):
        for _ in range(4):
            await refused(db, "wrong", now)
        assert await sign_in(db, "clerk.li", PASSWORD, now=now) == clerk


async def test_after_the_lock_ran_out_there_are_five_tries_again(db, clerk, now):
    for _ in range(5):
        await refused(db, "wrong", now)
    later = now + timedelta(minutes=31)
    for _ in range(4):
        await refused(db, "wrong", later)
    assert await sign_in(db, "clerk.li", PASSWORD, now=later) == clerk


async def test_a_hundred_guesses_at_once_get_no_more_than_five_looks(db, clerk, now, monkeypatch):
    looks = []

    async def look(password_hash, password):
        looks.append(password_hash)
        return False

    monkeypatch.setattr(accounts, "matches", look)
    monkeypatch.setattr(accounts, "_turns", {})
    monkeypatch.setattr(accounts.asyncio, "Lock", NoLock)  # as from many processes
    await asyncio.gather(*(refused(db, f"guess {n}", now) for n in range(100)))
    assert len([h for h in looks if h]) == 5


async def test_many_honest_sign_ins_at_once_do_not_lock_the_account(db, clerk, now):
    assert set(await asyncio.gather(*(sign_in(db, "clerk.li", PASSWORD, now=now) for _ in range(12)))) == {
        clerk
    }


async def test_unknown_locked_and_disabled_get_the_same_sentence(db, clerk, now):
    wrong = await refused(db, "wrong", now)
    unknown = await refused(db, "wrong", now, username="nobody.here")
    for _ in range(5):
        await refused(db, "wrong", now)
    locked = await refused(db, PASSWORD, now)
    async with db.connection() as conn:
        await conn.execute("UPDATE account SET disabled = true, locked_until = NULL")
    assert {wrong, unknown, locked, await refused(db, PASSWORD, now)} == {wrong}


async def test_an_unknown_name_takes_as_long_as_a_wrong_password(db, clerk, now, monkeypatch):
    monkeypatch.setattr(accounts, "REFUSAL_SECONDS", 0.2)

    async def seconds(username) -> float:
        start = time.monotonic()
        await refused(db, "wrong", now, username=username)
        return time.monotonic() - start

    assert min([await seconds("nobody.here"), await seconds("clerk.li")]) >= 0.2


@pytest.mark.parametrize(
    ("username", "password", "field"),
    [
        ("li", PASSWORD, "username"),
        ("李示例示例", PASSWORD, "username"),
        ("clerk li", PASSWORD, "username"),
        ("clerk.wang", "too short", "password"),
        ("clerk.wang", "aaaaaaaaaaaa", "password"),
        ("clerk.wang", "clerk.wang123", "password"),
        ("clerk.li", PASSWORD, "username"),
    ],
)
async def test_bad_and_taken_credentials_are_named(db, clerk, now, username, password, field):
    with pytest.raises(Invalid) as refusal:
        async with db.transaction() as tx:
            await create_account(tx, username=username, password=password, kind="staff", name="王", now=now)
    assert list(refusal.value.problems) == [field]


async def test_only_a_hash_of_the_password_is_kept(db, clerk):
    async with db.connection() as conn:
        row = await conn.fetchrow("SELECT * FROM account")
    assert row["password_hash"].startswith("$argon2id$")
    assert PASSWORD not in str(dict(row))


class NoLock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return None
