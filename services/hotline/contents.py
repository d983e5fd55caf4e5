"""诉求: what a caller said, sealed in the store, opened for those who may read it."""

from collections.abc import Collection
from dataclasses import dataclass

import asyncpg
import orjson

from services.cases.rounds import read_answers
from services.house import House

RECENT = 300  # work orders looked through for likeness: their words are sealed, so no index can do it
_OPEN = "NOT c.finished"


@dataclass(frozen=True, slots=True)
class Content:
    category: str = ""
    title: str = ""
    content: str = ""
    object: str = ""
    address: str = ""
    case_no: str = ""
    contact_phone: str = ""
    urgent: bool = False
    wish: bool = False  # the caller asked for confidentiality

    @property
    def confidential(self) -> bool:
        # Interim Measures on Complaints and Reports in Market Regulation art. 33: a report is, asked for or not.
        return self.wish or self.category == "report"


def _content(answers: dict) -> Content:
    texts = {n: answers.get(n) or "" for n in Content.__slots__ if n not in ("urgent", "wish")}
    return Content(**texts, urgent=_yes(answers.get("urgent")), wish=_yes(answers.get("confidential")))


def _yes(value: object) -> bool:
    return value in (True, "yes")


async def read_content(conn: asyncpg.Connection, house: House, order_no: str) -> Content:
    """Ask `sight` before showing any of it."""
    return _content(await read_answers(conn, house, order_no, 1))


async def read_contents(
    conn: asyncpg.Connection, house: House, order_nos: Collection[str]
) -> dict[str, Content]:
    """Of many orders at once, for a list."""
    rows = await conn.fetch(
        "SELECT case_no, sealed FROM submission WHERE round = 1 AND case_no = ANY($1)", list(order_nos)
    )
    return {
        r["case_no"]: _content(
            orjson.loads(house.vault.open(r["sealed"], where=f"submission|{r['case_no']}|1"))
        )
        for r in rows
    }


@dataclass(frozen=True, slots=True)
class Alike:
    """Another order, and why it may be the same matter: case, phone or object."""

    row: asyncpg.Record
    title: str
    why: str


async def alike(
    conn: asyncpg.Connection, house: House, order_no: str, linked_no: str | None, said: Content
) -> list[Alike]:
    """Likely duplicates among recent open orders: the same case, caller's phone, or thing complained of.

    A report is never put beside anything else: not even its existence is told.
    """
    if said.category == "report":
        return []
    found = []
    for row, other in await _recent(conn, house, _OPEN):
        if row["no"] == order_no or other.category == "report":
            continue
        if why := _why(row["linked_no"], linked_no, other, said):
            found.append(Alike(row, other.title, why))
    return found


def _why(case: str | None, linked_no: str | None, other: Content, said: Content) -> str:
    if linked_no and case == linked_no:
        return "case"
    if said.contact_phone and other.contact_phone == said.contact_phone:
        return "phone"
    return "object" if said.object and other.object == said.object else ""


async def orders_from(conn: asyncpg.Connection, house: House, phone: str) -> list[Alike]:
    """来电历史: what was recorded before from this telephone, newest first."""
    recent = await _recent(conn, house, "true")
    return [Alike(row, said.title, "phone") for row, said in recent if phone and said.contact_phone == phone]


async def _recent(conn: asyncpg.Connection, house: House, where: str) -> list[tuple[asyncpg.Record, Content]]:
    rows = await conn.fetch(
        "SELECT c.no, c.stage, c.filed_at, c.linked_no, c.finished FROM cases c "  # noqa: S608 - constants only
        f"WHERE c.kind = 'order' AND {where} ORDER BY c.filed_at DESC LIMIT $1",
        RECENT,
    )
    contents = await read_contents(conn, house, [r["no"] for r in rows])
    return [(r, contents[r["no"]]) for r in rows if r["no"] in contents]
