"""A terminal is a browser with a cookie that we signed; the row says where it stands, and whether it still counts."""

import hmac
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from services.errors import Invalid, NotFound
from services.law.roles import Actor
from services.store.crypto import Vault

_PURPOSE = "kiosk"
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Kiosk:
    id: str
    name: str
    district: str
    made_at: datetime
    retired_at: datetime | None


async def make_kiosk(
    conn: asyncpg.Connection, actor: Actor, *, name: str, district: str, now: datetime
) -> str:
    """The new terminal's id; its cookie is `sign_kiosk`'s. Raises Invalid."""
    name = " ".join("".join(c for c in name if c.isprintable()).split())
    if not name or len(name) > _LONGEST:
        raise Invalid(
            {
                "name": {
                    "zh": "请写明终端在哪里，60 个字以内",
                    "en": "Say where it stands, in at most 60 characters",
                }
            }
        )
    id_ = uuid.uuid4().hex
    await conn.execute(
        "INSERT INTO kiosk (id, name, district, made_by, made_at) VALUES ($1, $2, $3, $4, $5)",
        id_, name, district, actor.id, now,
    )  # fmt: skip
    return id_


async def retire_kiosk(conn: asyncpg.Connection, id_: str, now: datetime, districts: Collection[str]) -> None:
    """停用: its browser is an ordinary one from here on. Twice is once. Raises NotFound for another district's."""
    found = id_.isalnum() and await conn.fetchval(
        "UPDATE kiosk SET retired_at = coalesce(retired_at, $2) WHERE id = $1 "
        "AND ('' = ANY($3) OR district = ANY($3)) RETURNING 1",
        id_, now, list(districts),
    )  # fmt: skip
    if not found:
        raise NotFound("没有这台终端", "No such terminal")


async def kiosks(conn: asyncpg.Connection, districts: Collection[str]) -> list[Kiosk]:
    """Of these districts; an empty one means all."""
    rows = await conn.fetch(
        "SELECT id, name, district, made_at, retired_at FROM kiosk WHERE '' = ANY($1) OR district = ANY($1) "
        "ORDER BY retired_at NULLS FIRST, made_at DESC",
        list(districts),
    )
    return [Kiosk(**row) for row in rows]


async def standing(conn: asyncpg.Connection, id_: str) -> Kiosk | None:
    """The terminal, unless it was retired."""
    row = await conn.fetchrow(
        "SELECT id, name, district, made_at, retired_at FROM kiosk WHERE id = $1 AND retired_at IS NULL", id_
    )
    return Kiosk(**row) if row else None


def sign_kiosk(vault: Vault, id_: str) -> str:
    return f"{id_}.{_mac(vault, id_)}"


def read_signed(vault: Vault, signed: str) -> str | None:
    """The id in a cookie of ours."""
    id_, _, mac = signed.partition(".")
    return id_ if hmac.compare_digest(_mac(vault, id_).encode(), mac.encode("utf-8", "replace")) else None


def _mac(vault: Vault, id_: str) -> str:
    return vault.mac(id_.encode("utf-8", "replace"), purpose=_PURPOSE).hex()
