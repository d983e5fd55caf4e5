"""Accounts, and the check at the door.

GB/T 22239 level 3: five failures lock an account for thirty minutes. Whoever tries learns nothing from the answer:
a wrong password, an unknown name, a locked and a disabled account get the same sentence after the same time.
"""

import asyncio
import re
import time
import unicodedata
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import asyncpg

from services.errors import Invalid, Refusal
from services.law.roles import Grant
from services.people.papers import paper_code
from services.people.passwords import hash_password, matches, password_problem
from services.store.crypto import Vault
from services.store.db import Database

FAILURES = 5
LOCKED = timedelta(minutes=30)
REFUSAL_SECONDS = 0.25  # every refusal takes at least this long, and so all take the same

_turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,39}", re.ASCII)
# The attempt is counted before the password is looked at: a hundred guesses at once still get five looks.
_ATTEMPT = """
UPDATE account SET
    failures = CASE WHEN locked_until IS NULL THEN failures + 1 ELSE 1 END,
    locked_until = CASE WHEN locked_until IS NULL AND failures + 1 >= $3 THEN $4::timestamptz END
WHERE username = $1 AND NOT disabled AND (locked_until IS NULL OR locked_until <= $2)
RETURNING id, password_hash
"""


class SignInRefused(Refusal):
    status, code = 401, "sign-in-refused"

    def __init__(self) -> None:
        super().__init__(
            "用户名或密码不正确。连续输错五次，账户会锁定三十分钟；如果刚刚输错多次，请三十分钟后再试",
            "The user name or password is not right. Five failures in a row lock an account for thirty minutes: "
            "if you have just failed several times, try again after that",
        )


async def sign_in(db: Database, username: str, password: str, *, now: datetime) -> str:
    """The account's id, or SignInRefused. No connection is held while the password is hashed."""
    started = time.monotonic()
    username = plain_username(username)
    # One at a time per name, or a client that signs in six times at once would lock itself out.
    async with _turns.setdefault(username, asyncio.Lock()):
        account_id = await _attempt(db, username, password, now)
    if account_id is None:
        await asyncio.sleep(REFUSAL_SECONDS - (time.monotonic() - started))
        raise SignInRefused
    return account_id


async def sign_in_by_paper(db: Database, vault: Vault, number: str, password: str, *, now: datetime) -> str:
    """The same with the number of one's resident identity card (居民身份证) for a name, as at a terminal.

    A terminal in service reads the card and compares the face; this stands in for both in a demonstration.
    """
    code = paper_code("resident_id")
    async with db.connection() as conn:
        username = await conn.fetchval(
            "SELECT a.username FROM account a JOIN subject s ON s.id = a.subject_id "
            "WHERE a.kind = 'citizen' AND s.id_type = $1 AND s.id_index = $2",
            code, vault.index(number, purpose=f"subject|{code}"),
        )  # fmt: skip
    return await sign_in(db, username or "", password, now=now)


async def _attempt(db: Database, username: str, password: str, now: datetime) -> str | None:
    async with db.connection() as conn:
        row = await conn.fetchrow(_ATTEMPT, username, now, FAILURES, now + LOCKED)
    if not await matches(row["password_hash"] if row else None, password):
        return None
    async with db.connection() as conn:
        await conn.execute("UPDATE account SET failures = 0, locked_until = NULL WHERE id = $1", row["id"])
    return row["id"]


async def create_account(
    conn: asyncpg.Connection,
    *,
    username: str,
    password: str,
    kind: str,
    name: str,
    now: datetime,
    subject_id: str | None = None,
    grants: Iterable[Grant] = (),
) -> str:
    """Raises Invalid. For citizens who register themselves see `register_citizen`."""
    if problems := credential_problems(username, password):
        raise Invalid(problems)
    password_hash = await hash_password(password)
    return await insert_account(
        conn, username=username, password_hash=password_hash, kind=kind, name=name, now=now,
        subject_id=subject_id, grants=grants,
    )  # fmt: skip


async def insert_account(
    conn: asyncpg.Connection,
    *,
    username: str,
    password_hash: str,
    kind: str,
    name: str,
    now: datetime,
    subject_id: str | None = None,
    grants: Iterable[Grant] = (),
) -> str:
    """Call inside a transaction. Raises Invalid if the user name is taken."""
    id_ = await conn.fetchval(
        "INSERT INTO account (id, username, password_hash, kind, display_name, subject_id, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (username) DO NOTHING RETURNING id",
        uuid.uuid4().hex, plain_username(username), password_hash, kind, name, subject_id, now,
    )  # fmt: skip
    if id_ is None:
        raise Invalid({"username": {"zh": "这个用户名已有人使用，请换一个", "en": "This user name is taken"}})
    await conn.executemany(
        "INSERT INTO staff_grant (account_id, role, department, district) VALUES ($1, $2, $3, $4)",
        [(id_, g.role.value, g.department, g.district) for g in grants],
    )
    return id_


def credential_problems(username: str, password: str) -> dict[str, dict[str, str]]:
    problems = {}
    if not _USERNAME.fullmatch(plain_username(username)):
        problems["username"] = {
            "zh": "用户名须为 3 至 40 个小写字母、数字或 . _ @ -，以字母或数字开头",
            "en": "A user name has 3 to 40 letters, digits or . _ @ - and begins with a letter or digit",
        }
    if problem := password_problem(password, plain_username(username)):
        problems["password"] = problem
    return problems


def plain_username(typed: str) -> str:
    # NUL is the one character that PostgreSQL cannot hold.
    return unicodedata.normalize("NFKC", typed).strip().lower().replace("\0", "")[:100]
