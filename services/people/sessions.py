"""Sessions: an opaque token outside, its hash inside; everything a request must know about its actor in one query."""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg
import orjson

from services.law.mandates import Mandate
from services.law.roles import Actor, Grant, Role
from services.store.db import Database

LONGEST = timedelta(hours=8)
IDLE = {"citizen": timedelta(minutes=15), "staff": timedelta(minutes=30)}
TOKEN_BYTES = 32

# One statement: who it is, what they may do, for whom, and (once a minute at most) that they were here.
_LOAD = """
WITH live AS (
    SELECT s.token_hash, s.secret, s.kind AS session_kind, s.seen_at, s.expires_at,
        a.id, a.kind, a.display_name, a.subject_id
    FROM session s JOIN account a ON a.id = s.account_id
    WHERE s.token_hash = $1 AND s.expires_at > $2 AND NOT a.disabled
        AND s.seen_at > $2 - CASE a.kind WHEN 'staff' THEN $4::interval ELSE $3::interval END
), seen AS (
    UPDATE session SET seen_at = $2 FROM live
    WHERE session.token_hash = live.token_hash AND live.seen_at <= $2 - interval '1 minute'
)
SELECT live.*,
    ARRAY(SELECT ARRAY[g.role, g.department, g.district] FROM staff_grant g WHERE g.account_id = live.id) AS grants,
    ARRAY(
        SELECT r.subject_id FROM representation r
        WHERE live.kind = 'citizen' AND r.person_id = live.subject_id AND r.revoked_at IS NULL
            AND r.valid_from <= ($2 AT TIME ZONE 'Asia/Shanghai')::date
            AND (r.valid_to IS NULL OR r.valid_to >= ($2 AT TIME ZONE 'Asia/Shanghai')::date)
    ) AS represented,
    (
        SELECT json_agg(json_build_array(m.id, m.principal_id, m.items, m.department, m.actions))::text
        FROM authorisation m
        WHERE live.kind = 'citizen' AND m.agent_id = live.subject_id AND m.ended_at IS NULL
            AND m.confirmed_at IS NOT NULL
            AND ($2 AT TIME ZONE 'Asia/Shanghai')::date BETWEEN m.valid_from AND m.valid_to
    ) AS mandates
FROM live
"""

# Signing in leaves nothing of the session before, and clears away what has run out.
_OPEN = """
WITH gone AS (
    DELETE FROM session WHERE token_hash = $7 OR (account_id = $2 AND expires_at <= $5)
)
INSERT INTO session (token_hash, account_id, secret, kind, created_at, seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $5, $6)
"""


@dataclass(frozen=True, slots=True)
class Session:
    token_hash: bytes
    kind: str  # web or api
    secret: bytes
    expires_at: datetime
    subject_id: str | None  # whom the account itself belongs to


Loaded = tuple[Actor, Session]


class Recent:
    """Actors loaded a moment ago, so that a burst of calls asks PostgreSQL once.

    The price: a right withdrawn, an account disabled, or a sign-out in another process counts after two seconds at
    the latest. An act checks the task, the role and the case afresh in the door, so the window lets nobody do more
    than they could two seconds before. Signing out here forgets at once.
    """

    def __init__(self, seconds: float = 2.0, most: int = 10_000) -> None:
        self.seconds, self.most = seconds, most
        self._kept: dict[bytes, tuple[float, Loaded]] = {}

    def get(self, token_hash: bytes, now: datetime) -> Loaded | None:
        until, loaded = self._kept.get(token_hash, (0.0, None))
        if loaded is None or until < time.monotonic() or loaded[1].expires_at <= now:
            return None
        return loaded

    def put(self, token_hash: bytes, loaded: Loaded) -> None:
        if len(self._kept) >= self.most:
            self._kept.clear()
        self._kept[token_hash] = (time.monotonic() + self.seconds, loaded)

    def forget(self, token_hash: bytes) -> None:
        self._kept.pop(token_hash, None)

    def forget_everybody(self) -> None:
        """Somebody's right to act for somebody ended, or began: that counts at once, at least in this process."""
        self._kept.clear()


recent = Recent()


async def open_session(
    conn: asyncpg.Connection, account_id: str, kind: str, *, now: datetime, replacing: str | None = None
) -> str:
    """A new token. `replacing` is the one the browser came with, if any: it is void from here on."""
    token = base64.urlsafe_b64encode(secrets.token_bytes(TOKEN_BYTES)).rstrip(b"=").decode()
    old = token_hash(replacing) if replacing else None
    await conn.execute(
        _OPEN, token_hash(token), account_id, secrets.token_bytes(TOKEN_BYTES), kind, now, now + LONGEST, old
    )
    if old:
        recent.forget(old)
    return token


async def close_session(conn: asyncpg.Connection, token: str) -> None:
    hashed = token_hash(token)
    recent.forget(hashed)
    await conn.execute("DELETE FROM session WHERE token_hash = $1", hashed)


async def load_actor(conn: asyncpg.Connection, token: str, *, now: datetime) -> Loaded | None:
    """None if the token is unknown, idle too long, too old, or its account disabled."""
    row = await conn.fetchrow(_LOAD, token_hash(token), now, IDLE["citizen"], IDLE["staff"])
    if row is None:
        return None
    subjects = set(row["represented"])
    if row["kind"] == "citizen":
        subjects.add(row["subject_id"])
    grants = tuple(Grant(Role(role), department, district) for role, department, district in row["grants"])
    mandates = mandates_in(row["mandates"]) if row["mandates"] else ()
    actor = Actor(row["id"], row["kind"], row["display_name"], grants, frozenset(subjects), mandates)
    return actor, Session(
        row["token_hash"], row["session_kind"], row["secret"], row["expires_at"], row["subject_id"]
    )


async def recall_actor(db: Database, token: str, *, now: datetime) -> Loaded | None:
    """As `load_actor`, from memory if it was asked a moment ago: then no connection is taken at all."""
    hashed = token_hash(token)
    if loaded := recent.get(hashed, now):
        return loaded
    async with db.connection() as conn:
        loaded = await load_actor(conn, token, now=now)
    if loaded:
        recent.put(hashed, loaded)
    return loaded


def mandates_in(text: str) -> tuple[Mandate, ...]:
    """As the store puts several of them into one column."""
    return tuple(
        Mandate(id_, principal, frozenset(items), department, frozenset(actions))
        for id_, principal, items, department, actions in orjson.loads(text)
    )


def token_hash(token: str) -> bytes:
    """A fast hash will do: there is nothing to guess in 32 random bytes."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
