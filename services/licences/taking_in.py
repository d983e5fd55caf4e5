"""证照归集: licences that departments issued, taken into the library. The same file twice changes nothing."""

from dataclasses import dataclass

import asyncpg

from services.house import House
from services.law.clock import legal_date
from services.licences.handed_over import BadLicences, Record, read_records
from services.licences.metadata import canonical, digest, seal, sign
from services.people.subjects import register_subject

_PUT = """
INSERT INTO e_licence (identifier, type_code, issuer, serial, version, name, issuer_name, holder_id, issued_on,
    valid_from, valid_until, state, state_note, trust, previous, as_of, sealed, digest, signature, loaded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
ON CONFLICT (identifier) DO UPDATE SET name = excluded.name, issuer_name = excluded.issuer_name,
    issued_on = excluded.issued_on, valid_from = excluded.valid_from, valid_until = excluded.valid_until,
    state = excluded.state, state_note = excluded.state_note, trust = excluded.trust, previous = excluded.previous,
    as_of = excluded.as_of, sealed = excluded.sealed, digest = excluded.digest, signature = excluded.signature,
    loaded_at = excluded.loaded_at
"""
_SAY = """
INSERT INTO e_licence_event (identifier, n, state, state_note, valid_until, as_of, digest, at)
SELECT $1::text, coalesce(max(n), 0) + 1, $2, $3, $4, $5, $6, $7 FROM e_licence_event WHERE identifier = $1::text
"""


@dataclass
class TakenIn:
    """`same`: on file word for word. `older`: the library has later data of it."""

    new: int = 0
    changed: int = 0
    same: int = 0
    older: int = 0


async def take_in(house: House, text: str) -> TakenIn:
    """The whole file or nothing of it. Raises BadLicences."""
    records, done, remarks = read_records(text, legal_date(house.now())), TakenIn(), []
    async with house.db.transaction() as tx:
        # Two files at once take turns: what is older is told by what is on file.
        await tx.execute("SELECT pg_advisory_xact_lock(hashtext('e_licence'))")
        for n, record in enumerate(records, 1):
            if wrong := await _take(tx, house, record, done):
                remarks.append(f"record {n}, {wrong}")
        if remarks:
            raise BadLicences(remarks)
    return done


async def _take(conn: asyncpg.Connection, house: House, record: Record, done: TakenIn) -> str:
    """What is wrong with it against what is on file; empty if it was taken."""
    named, holder = record.id, record.holder
    if await conn.fetchval("SELECT 1 FROM licence WHERE number = $1", named.serial):
        return "identifier: our own register issued this licence; it is not handed over"
    body = canonical(record.metadata())
    known = await conn.fetchrow(
        "SELECT digest, as_of, holder_id FROM e_licence WHERE identifier = $1", record.identifier
    )
    if known and known["digest"] == digest(body):
        done.same += 1
        return ""
    subject = await register_subject(
        conn, house.vault, kind=holder.kind, name=holder.name, id_type=holder.type, id_number=holder.number,
        now=house.now(),
    )  # fmt: skip
    if subject.name != holder.name:
        return "holder.name: differs from the name on file under this number; clear it up with the department"
    if known and known["holder_id"] != subject.id:
        return "holder: the library has this licence in another holder's name; a new holder has a new licence"
    if known and record.as_of < known["as_of"]:
        done.older += 1
        return ""
    await _put(conn, house, record, subject.id, body)
    if known:
        done.changed += 1
    else:
        done.new += 1
    return ""


async def _put(conn: asyncpg.Connection, house: House, record: Record, holder_id: str, body: bytes) -> None:
    r, named, said = record, record.id, digest(body)
    await conn.execute(
        _PUT, r.identifier, named.type, named.issuer, named.serial, named.version, r.name, r.issuer_name, holder_id,
        r.issued_on, r.since, r.valid_until, r.state, r.state_note, r.trust, r.previous, r.as_of,
        seal(house, r.identifier, body), said, sign(house, body), house.now(),
    )  # fmt: skip
    await conn.execute(_SAY, r.identifier, r.state, r.state_note, r.valid_until, r.as_of, said, house.now())
