"""Following a case by number and query code, without an account.

Whoever tries learns nothing from a refusal: an unknown number, a wrong code and a locked case get the same sentence
after the same time. Five failures in a row lock a case's code for thirty minutes; people who are signed in are not
touched by that.
"""

import asyncio
import hmac
import re
import time
import unicodedata
from datetime import datetime, timedelta

import asyncpg

from services.cases.filing import open_query_code
from services.errors import Refusal
from services.house import House

FAILURES = 5
LOCKED = timedelta(minutes=30)
REFUSAL_SECONDS = 0.25

# The attempt is counted before the code is looked at: a hundred guesses at once still get five looks.
_ATTEMPT = """
UPDATE cases SET
    query_failures = CASE WHEN query_locked_until IS NULL THEN query_failures + 1 ELSE 1 END,
    query_locked_until = CASE WHEN query_locked_until IS NULL AND query_failures + 1 >= $3 THEN $4::timestamptz END
WHERE no = $1 AND (query_locked_until IS NULL OR query_locked_until <= $2)
RETURNING query_code
"""


class TrackRefused(Refusal):
    status, code = 422, "track-refused"

    def __init__(self) -> None:
        super().__init__(
            "办件编号和查询码对不上。请看收件凭证核对；连续输错五次，这个办件三十分钟内不能再用查询码查询",
            "The case number and the query code do not match. Check them on your receipt; after five failures in a "
            "row a case cannot be followed by its code for thirty minutes",
        )


async def follow(house: House, number: str, code: str, *, now: datetime) -> str:
    """The case's number as stored, or TrackRefused."""
    started = time.monotonic()
    case_no = plain_number(number)
    async with house.db.connection() as conn:
        if await _matches(conn, house, case_no, plain_code(code), now):
            return case_no
    await asyncio.sleep(REFUSAL_SECONDS - (time.monotonic() - started))
    raise TrackRefused


async def _matches(conn: asyncpg.Connection, house: House, case_no: str, code: str, now: datetime) -> bool:
    sealed = await conn.fetchval(_ATTEMPT, case_no, now, FAILURES, now + LOCKED)
    if sealed is None or not hmac.compare_digest(open_query_code(house, case_no, sealed), code):
        return False
    await conn.execute(
        "UPDATE cases SET query_failures = 0, query_locked_until = NULL WHERE no = $1", case_no
    )
    return True


def plain_number(typed: str) -> str:
    """As printed in groups, in full-width digits or in small letters: the same number."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", typed).upper())[:40]


def plain_code(typed: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", typed), flags=re.ASCII)[:20]
