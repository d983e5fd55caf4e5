"""What a licence states: what was said when it was applied for, with every change laid over it."""

from typing import Any

import asyncpg

from services.cases.rounds import read_answers
from services.house import House

# Cases whose answers stand on the paper. A licence that took another's place begins with what that one stated.
_SAID = """
SELECT e.case_no, c.licence_no, (SELECT max(round) FROM submission s WHERE s.case_no = e.case_no) AS round
FROM licence_event e JOIN cases c ON c.no = e.case_no WHERE e.number = $1 AND e.turn IN ('issued', 'amended') ORDER BY e.n
"""


async def read_contents(conn: asyncpg.Connection, house: House, number: str) -> dict[str, Any]:
    """In the clear, by field name. Only for the holder, and for those who make the paper."""
    stated: dict[str, Any] = {}
    for row in await conn.fetch(_SAID, number):
        if row["licence_no"] not in (None, number):
            stated |= await read_contents(conn, house, row["licence_no"])
        if row["round"]:
            stated |= await read_answers(conn, house, row["case_no"], row["round"])
    return stated
