"""Personal values of an act: sealed beside the log, committed to in it.

The log keeps a salted digest of each value. Erasing the sealed row erases the value and leaves the chain whole.
"""

import secrets
from collections.abc import Iterable
from typing import Any

import asyncpg
import orjson

from forms import Field, sm3
from services.house import House

Private = dict[str, dict[str, Any]]


def hold_back(fields: Iterable[Field], values: dict[str, Any]) -> tuple[dict[str, Any], Private]:
    """Split an act's values into what the log may say and what is kept sealed."""
    personal = {f.name for f in fields if f.personal}
    data, private = {}, {}
    for name, value in values.items():
        if name in personal and value not in (None, ""):
            data[name], private[name] = commit_to(value)
        else:
            data[name] = value
    return data, private


def commit_to(value: Any) -> tuple[dict[str, str], dict[str, Any]]:
    """What the log says of one value, and what is sealed of it."""
    salt = secrets.token_hex(16)
    return {"commitment": commitment(salt, value)}, {"salt": salt, "value": value}


def commitment(salt: str, value: Any) -> str:
    return sm3(bytes.fromhex(salt) + orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hex()


async def keep(conn: asyncpg.Connection, house: House, case_no: str, seq: int, private: Private) -> None:
    sealed = house.vault.seal(orjson.dumps(private), where=f"event_private|{case_no}|{seq}")
    await conn.execute(
        "INSERT INTO event_private (case_no, seq, sealed) VALUES ($1, $2, $3)", case_no, seq, sealed
    )


async def read_private(conn: asyncpg.Connection, house: House, case_no: str) -> dict[int, dict[str, Any]]:
    """The personal values of a case's events, by event number. Only for those who may see them: ask the policy first."""
    rows = await conn.fetch("SELECT seq, sealed FROM event_private WHERE case_no = $1", case_no)
    opened = {
        r["seq"]: orjson.loads(house.vault.open(r["sealed"], where=f"event_private|{case_no}|{r['seq']}"))
        for r in rows
    }
    return {seq: {name: kept["value"] for name, kept in values.items()} for seq, values in opened.items()}
