"""The catalogue (事项库): items as published, frozen by hash. A case keeps the version it was filed under."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import asyncpg

from forms import Item
from services.errors import NotFound


class Frozen(RuntimeError):
    """A published version's content was changed without a new version number."""


async def publish(conn: asyncpg.Connection, items: Iterable[Item], now: datetime) -> int:
    """Freeze what is new; refuse a changed item under an old number. Returns how many were new."""
    new = 0
    for item in items:
        body = item.model_dump_json(by_alias=True)
        added = await conn.fetchval(
            "INSERT INTO item_version (code, version, hash, body, published_at) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT (code, version) DO NOTHING RETURNING 1",
            item.code, item.version, item.hash, body, now,
        )  # fmt: skip
        new += added or 0
        stored = await conn.fetchval(
            "SELECT hash FROM item_version WHERE code = $1 AND version = $2", item.code, item.version
        )
        if stored != item.hash:
            raise Frozen(
                f"{item.code}: version {item.version} was published with other content; raise `version` in its file"
            )
    return new


class Catalogue:
    """Every published version, in memory; read again by `refresh`."""

    def __init__(self, items: Mapping[tuple[str, int], Item]) -> None:
        self._all = dict(items)
        self._latest: dict[str, Item] = {}
        for (code, version), item in self._all.items():
            if code not in self._latest or version > self._latest[code].version:
                self._latest[code] = item

    @classmethod
    async def read(cls, conn: asyncpg.Connection) -> "Catalogue":
        rows = await conn.fetch("SELECT code, version, body FROM item_version")
        return cls({(r["code"], r["version"]): Item.model_validate_json(r["body"]) for r in rows})

    def get(self, code: str, version: int | None = None) -> Item:
        """The version a case was filed under, or the newest."""
        item = self._all.get((code, version)) if version else self._latest.get(code)
        if item is None:
            raise NotFound("没有这个事项", f"No such service item: {code}")
        return item

    def reviewed_first(self, code: str) -> Item | None:
        """The item of the lower level whose cases go up to this one."""
        return next((i for i in self._latest.values() if i.procedure.forward_to == code), None)

    def listed(self) -> list[Item]:
        return sorted(
            (i for i in self._latest.values() if i.listed), key=lambda i: (i.catalog_code, i.handle_code)
        )

    def latest(self) -> list[Item]:
        return list(self._latest.values())
