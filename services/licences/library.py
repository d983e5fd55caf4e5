"""电子证照库: what somebody holds, whoever issued it, read as one: our own register and what departments handed over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import asyncpg

from forms import Text
from services.house import House
from services.law.e_licences import OF_OUR_OWN, VALID, state_on, unusable
from services.law.licence_ids import licence_identifier, read_licence_id
from services.law.licences import State
from services.licences.queries import REGISTER, RENEWING, any_of, held_by, licence_named
from services.licences.standing_for import type_name

# By name what an ELicence is made from. Of our own register:
_OWN = {
    "number": "l.number", "item_code": "l.item_code", "version": "l.version", "state": "l.state",
    "holder_id": "l.holder_id", "holder": "s.name", "holder_kind": "s.kind", "issued_on": "l.issued_on",
    "valid_until": "l.valid_until", "document_id": "d.id", "renewing": RENEWING,
}  # fmt: skip
# And what departments handed over, with whether a newer version, or a licence that names it as its predecessor, took its
# place.
_IMPORTED = {
    "identifier": "e.identifier", "type_code": "e.type_code", "name": "e.name", "version": "e.version",
    "issuer": "e.issuer", "issuer_name": "e.issuer_name", "holder_id": "e.holder_id", "holder": "s.name",
    "holder_kind": "s.kind", "issued_on": "e.issued_on", "valid_from": "e.valid_from", "valid_until": "e.valid_until",
    "state": "e.state", "state_note": "e.state_note", "trust": "e.trust", "previous": "e.previous",
    "superseded": """EXISTS (SELECT FROM e_licence n WHERE n.holder_id = e.holder_id AND (n.previous = e.identifier
        OR n.issuer = e.issuer AND n.serial = e.serial AND n.type_code = e.type_code AND n.version > e.version))""",
}  # fmt: skip
_HANDED_OVER = "FROM e_licence e JOIN subject s ON s.id = e.holder_id"
_REPLACED = "已换发新证"


@dataclass(frozen=True, slots=True)
class ELicence:
    """`own`: its number in our register, for what our own cases issued. `lasting`: silence is renewing it."""

    identifier: str
    type_code: str
    name: Text
    version: int
    issuer: str
    issuer_name: Text
    holder_id: str
    holder: str
    holder_kind: str
    issued_on: date
    valid_from: date
    valid_until: date | None
    state: str
    state_note: str
    trust: str
    previous: str | None
    superseded: bool
    own: str | None = None
    document_id: str | None = None
    lasting: bool = False

    def state_on(self, today: date) -> str:
        return state_on(self.state, None if self.lasting else self.valid_until, today)

    def unusable(self, today: date) -> Text | None:
        """Why it cannot stand for a paper today."""
        until = None if self.lasting else self.valid_until
        return unusable(
            self.state, self.valid_from, until, today, superseded=self.superseded, note=self.state_note
        )


async def held(
    conn: asyncpg.Connection, house: House, subjects: Collection[str], types: Collection[str] | None = None
) -> list[ELicence]:
    """Everything, or everything of these types, that they hold: what is in force first, then the newest."""
    ours = types is None or any(i.result and i.result.licence_type in types for i in house.items.latest())
    if not subjects:
        return []
    n = len(subjects)
    own = _list(_OWN, f"{REGISTER} WHERE {held_by(n)}") if ours else "NULL"
    handed_over = _list(
        _IMPORTED,
        f"{_HANDED_OVER} WHERE e.holder_id IN ({any_of(n)}) "
        f"AND (${n + 1}::text[] IS NULL OR e.type_code = ANY(${n + 1})) LIMIT 500",
    )
    # Both in one question: a desk asks it for every case that it opens.
    row = await conn.fetchrow(
        f"SELECT {own} AS own, {handed_over} AS handed_over",
        *subjects, None if types is None else list(types),
    )  # fmt: skip
    found = [_own(house, dict(zip(_OWN, each, strict=True))) for each in row["own"] or ()]
    found = [e for e in found if e and (types is None or e.type_code in types)]
    found += [_imported(dict(zip(_IMPORTED, each, strict=True))) for each in row["handed_over"]]
    return sorted(found, key=lambda e: (e.state != VALID or e.superseded, -e.issued_on.toordinal()))


def _list(columns: Mapping[str, str], rest: str) -> str:
    return f"ARRAY(SELECT ROW({', '.join(columns.values())}) {rest})"


async def find(conn: asyncpg.Connection, house: House, identifier: str) -> ELicence | None:
    """By its identifier, of any version; None for what is no identifier, or in nobody's register."""
    named = read_licence_id(identifier)
    if named is None:
        return None
    columns = ", ".join(f"{sql} AS {name}" for name, sql in _IMPORTED.items())
    row = await conn.fetchrow(f"SELECT {columns} {_HANDED_OVER} WHERE e.identifier = $1", identifier)
    if row:
        return _imported(row)
    ours = await licence_named(conn, named.serial)
    found = _own(house, ours, named.version) if ours else None
    return found if found and found.identifier == identifier else None


async def imported_history(conn: asyncpg.Connection, identifier: str) -> list[asyncpg.Record]:
    """What each handing-over said of it, oldest first."""
    return await conn.fetch("SELECT * FROM e_licence_event WHERE identifier = $1 ORDER BY n", identifier)


def own_identifier(house: House, item_code: str, number: str, version: int) -> str:
    """电子证照标识 of a licence that our own cases issued; empty where the item issues none."""
    item = house.items.get(item_code)
    return (
        licence_identifier(item.result.licence_type, item.department, number, version) if item.result else ""
    )


def _own(house: House, row: Mapping[str, Any], version: int | None = None) -> ELicence | None:
    item = house.items.get(row["item_code"])
    wanted = version or row["version"]
    if item.result is None or wanted > row["version"]:
        return None
    before = own_identifier(house, row["item_code"], row["number"], wanted - 1) if wanted > 1 else None
    state = State(row["state"])
    return ELicence(
        identifier=own_identifier(house, row["item_code"], row["number"], wanted),
        type_code=item.result.licence_type, name=item.result.name, version=wanted, issuer=item.department,
        issuer_name=item.department_name, holder_id=row["holder_id"], holder=row["holder"],
        holder_kind=row["holder_kind"], issued_on=row["issued_on"], valid_from=row["issued_on"],
        valid_until=row["valid_until"], state=OF_OUR_OWN[state],
        state_note=_REPLACED if state is State.REPLACED else "", trust="A", previous=before,
        superseded=wanted < row["version"], own=row["number"], document_id=row["document_id"],
        lasting=row["renewing"],
    )  # fmt: skip


def _imported(row: Mapping[str, Any]) -> ELicence:
    issuer = Text(zh=row["issuer_name"], en=row["issuer_name"])
    return ELicence(
        identifier=row["identifier"], type_code=row["type_code"], name=type_name(row["type_code"], row["name"]),
        version=row["version"], issuer=row["issuer"], issuer_name=issuer, holder_id=row["holder_id"],
        holder=row["holder"], holder_kind=row["holder_kind"], issued_on=row["issued_on"],
        valid_from=row["valid_from"], valid_until=row["valid_until"], state=row["state"],
        state_note=row["state_note"], trust=row["trust"], previous=row["previous"], superseded=row["superseded"],
    )  # fmt: skip
