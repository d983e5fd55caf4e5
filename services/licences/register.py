"""The register (证照库): a licence's row, its history, and the event in the log of the case that moved it, together."""

from dataclasses import dataclass
from datetime import date

import asyncpg

from services.cases.log import Pen
from services.law.licences import Standing, State, Turn
from services.law.roles import SYSTEM, Role


@dataclass(frozen=True, slots=True)
class Licence:
    number: str
    case_no: str  # that issued it
    item_code: str
    holder_id: str
    issued_on: date
    standing: Standing

    @classmethod
    def of(cls, row: asyncpg.Record) -> "Licence":
        standing = Standing(State(row["state"]), row["version"], row["valid_until"])
        return cls(
            row["number"], row["case_no"], row["item_code"], row["holder_id"], row["issued_on"], standing
        )


async def read_licence(conn: asyncpg.Connection, number: str, *, lock: bool = False) -> Licence | None:
    """Lock the case that will move it first."""
    how = " FOR UPDATE" if lock else ""
    row = await conn.fetchrow(f"SELECT * FROM licence WHERE number = $1{how}", number)  # noqa: S608
    return Licence.of(row) if row else None


async def enter_new(conn: asyncpg.Connection, pen: Pen, licence: Licence, key: str) -> None:
    """Call in the transaction that commits the pen."""
    s = licence.standing
    await conn.execute(
        "INSERT INTO licence (number, case_no, item_code, holder_id, issued_on, valid_until, state, version) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        licence.number, licence.case_no, licence.item_code, licence.holder_id, licence.issued_on, s.until,
        s.state.value, s.version,
    )  # fmt: skip
    await _record(conn, pen, licence.number, Turn.ISSUED, s, key, licence.issued_on)


async def enter(
    conn: asyncpg.Connection, pen: Pen, licence: Licence, turn: Turn, then: Standing, key: str, on: date
) -> None:
    """Call in the transaction that commits the pen, with the licence locked."""
    await conn.execute(
        "UPDATE licence SET state = $2, version = $3, valid_until = $4 WHERE number = $1",
        licence.number, then.state.value, then.version, then.until,
    )  # fmt: skip
    await _record(conn, pen, licence.number, turn, then, key, on)


async def _record(
    conn: asyncpg.Connection, pen: Pen, number: str, turn: Turn, then: Standing, key: str, on: date
) -> None:
    until = then.until.isoformat() if then.until else None
    event = pen.write(
        f"licence_{turn}",
        key,
        actor=SYSTEM.id,
        role=Role.SYSTEM.value,
        data={"number": number, "until": until, "version": then.version},
    )
    await conn.execute(
        "INSERT INTO licence_event (number, n, turn, state, version, valid_until, on_day, at, case_no) "
        "SELECT $1::text, coalesce(max(n), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM licence_event WHERE number = $1::text",
        number, turn.value, then.state.value, then.version, then.until, on, event.at, event.case_no,
    )  # fmt: skip
