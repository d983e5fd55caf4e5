"""用证日志: who used which licence, for what, and in which case. Its holder reads it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import asyncpg

from services.house import House
from services.law.roles import Actor
from services.licences.library import ELicence
from services.people.lookups import note_look

Mode = Literal["verify", "download", "reference"]  # 查验, 下载, 引用
WINDOW, THE_HOLDER, SYSTEM_UNIT = "综合窗口", "持证人", "系统"


@dataclass(frozen=True, slots=True)
class Cause:
    """用证事由. `words` are what the holder reads."""

    words: str
    case_no: str | None = None
    item_code: str | None = None
    consent_id: str | None = None


async def note_use(
    conn: asyncpg.Connection, house: House, actor: Actor, licence: ELicence, mode: Mode, cause: Cause
) -> None:
    """Before anybody sees anything. Whoever looks at somebody else's licence has looked at their data too."""
    await conn.execute(
        'INSERT INTO licence_use (identifier, holder_id, mode, cause, case_no, item_code, "by", by_name, unit, '
        "consent_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        licence.identifier, licence.holder_id, mode, cause.words, cause.case_no, cause.item_code, actor.id,
        actor.name, _unit(house, actor), cause.consent_id, house.now(),
    )  # fmt: skip
    if actor.kind == "staff":
        await note_look(
            conn, subject_id=licence.holder_id, what=f"licence:{licence.identifier}", by=actor.id,
            case_no=cause.case_no, purpose=cause.words, at=house.now(),
        )  # fmt: skip


async def uses_of(conn: asyncpg.Connection, identifiers: Collection[str]) -> list[asyncpg.Record]:
    """Of any of these versions, the newest first."""
    return await conn.fetch(
        "SELECT * FROM licence_use WHERE identifier = ANY($1) ORDER BY at DESC, id DESC LIMIT 200",
        list(identifiers),
    )


def _unit(house: House, actor: Actor) -> str:
    if actor.kind == "citizen":
        return THE_HOLDER
    if actor.kind == "system":
        return SYSTEM_UNIT
    codes = {g.department for g in actor.grants if g.department}
    names = (i.department_name.zh for i in house.items.latest() if i.department in codes)
    return next(names, WINDOW)
