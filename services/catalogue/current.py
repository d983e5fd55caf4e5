"""Which version of an item is in force today, and whether it can be applied for; in memory, read by every page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import asyncpg

from forms import Item
from services.errors import NotFound
from services.law.clock import legal_date
from services.law.item_life import Change, Standing, State, Turn, standing

_CLOSING = {turn.value for turn in Turn}


@dataclass(frozen=True, slots=True)
class ItemTurn:
    """A row of an item's history: published, suspended, resumed or withdrawn."""

    turn: str
    version: int | None
    on_day: date
    reason: str
    at: datetime
    by: str


class Catalogue:
    """Every published version. Without a version asked for it answers with the one in force on the clock's day."""

    def __init__(
        self,
        items: Mapping[tuple[str, int], Item],
        turns: Mapping[str, tuple[ItemTurn, ...]],
        clock: Callable[[], datetime],
    ) -> None:
        self._clock = clock
        self._all: dict[tuple[str, int], Item] = {}
        self._take(dict(items), dict(turns))

    @classmethod
    async def read(cls, conn: asyncpg.Connection, clock: Callable[[], datetime]) -> "Catalogue":
        catalogue = cls({}, {}, clock)
        await catalogue.refresh(conn)
        return catalogue

    async def refresh(self, conn: asyncpg.Connection) -> None:
        """Read what was published and decided since; a version that is known already is not read again."""
        rows = await conn.fetch("SELECT code, version FROM item_version")
        missing = [(r["code"], r["version"]) for r in rows if (r["code"], r["version"]) not in self._all]
        found = await conn.fetch(
            "SELECT v.code, v.version, v.body FROM item_version v "
            "JOIN unnest($1::text[], $2::int[]) AS m (code, version) USING (code, version)",
            [code for code, _ in missing], [version for _, version in missing],
        )  # fmt: skip
        items = {(r["code"], r["version"]): Item.model_validate_json(r["body"]) for r in found}
        turns: dict[str, tuple[ItemTurn, ...]] = {}
        for r in await conn.fetch(
            'SELECT code, turn, version, on_day, reason, at, "by" FROM item_turn ORDER BY id'
        ):
            made = ItemTurn(r["turn"], r["version"], r["on_day"], r["reason"], r["at"], r["by"])
            turns[r["code"]] = (*turns.get(r["code"], ()), made)
        self._take(self._all | items, turns)

    async def catch_up(self, conn: asyncpg.Connection, code: str) -> None:
        """Read again if the store knows more of this item than we do: rows are only ever added."""
        count = await conn.fetchval("SELECT count(*) FROM item_turn WHERE code = $1", code)
        if count != len(self.turns(code)):
            await self.refresh(conn)

    def get(self, code: str, version: int | None = None) -> Item:
        """The version a case was filed under, or the one in force; before its day the first one that will be."""
        item = self._all.get((code, version)) if version else self._now().get(code)
        if item is None:
            raise NotFound("没有这个事项", f"No such service item: {code}")
        return item

    def versions(self, code: str) -> list[Item]:
        """Oldest first."""
        return self._versions.get(code, [])

    def coming(self, code: str) -> Item | None:
        """The next version that was published for a day still ahead, beside the one in force."""
        now = self.get(code)
        ahead = [i for i in self.versions(code) if i.version > now.version and i.effective > self._today()]
        return min(ahead, key=lambda i: (i.effective, i.version), default=None)

    def before(self, item: Item) -> Item | None:
        """The version that this one took the place of."""
        return next((i for i in reversed(self.versions(item.code)) if i.version < item.version), None)

    def turns(self, code: str) -> tuple[ItemTurn, ...]:
        return self._turns.get(code, ())

    def changes(self, code: str) -> list[Change]:
        """Of its state, as they were entered."""
        return [Change(Turn(t.turn), t.on_day, t.reason) for t in self.turns(code) if t.turn in _CLOSING]

    def standing(self, code: str) -> Standing:
        return standing(self.changes(code), self._today())

    def in_force(self, item: Item) -> bool:
        """False for a version whose day is still ahead."""
        return item.effective <= self._today()

    def reviewed_first(self, code: str) -> Item | None:
        """The item of the lower level whose cases go up to this one."""
        return next((i for i in self._now().values() if i.procedure.forward_to == code), None)

    def listed(self) -> list[Item]:
        """What people are shown: also what is suspended, since its page says so and why; not what is withdrawn."""
        return sorted(
            (
                i for i in self._now().values()
                if i.listed and self.standing(i.code).state is not State.WITHDRAWN
            ),
            key=lambda i: (i.catalog_code, i.handle_code),
        )  # fmt: skip

    def latest(self) -> list[Item]:
        return list(self._now().values())

    def _take(self, items: dict[tuple[str, int], Item], turns: dict[str, tuple[ItemTurn, ...]]) -> None:
        self._all, self._turns = items, turns
        self._versions: dict[str, list[Item]] = {}
        for _, item in sorted(items.items(), key=lambda entry: entry[0]):
            self._versions.setdefault(item.code, []).append(item)
        self._of_day: tuple[date, dict[str, Item]] | None = None

    def _today(self) -> date:
        return legal_date(self._clock())

    def _now(self) -> dict[str, Item]:
        today = self._today()
        if self._of_day is None or self._of_day[0] != today:
            self._of_day = today, {code: _on(versions, today) for code, versions in self._versions.items()}
        return self._of_day[1]


def _on(versions: list[Item], day: date) -> Item:
    """The newest whose day has come; an item that is only announced has its first one."""
    return next((i for i in reversed(versions) if i.effective <= day), versions[0])
