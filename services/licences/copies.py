"""加注件: what a clerk or a holder is shown of an e-licence: its record with the purpose across the page, and in the log."""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import asyncpg

from forms import Item
from forms.documents.licence_copy import render_copy
from forms.documents.press import chinese_date
from services.cases.desk_page import DeskPage
from services.cases.rounds import open_answers
from services.documents.certificate import stated_rows
from services.documents.words import paper_words
from services.errors import NotFound
from services.house import House
from services.law.clock import legal_date
from services.law.e_licences import STATES
from services.law.roles import Actor
from services.licences.consents import read_consents
from services.licences.contents import read_contents
from services.licences.library import ELicence, held
from services.licences.metadata import read_metadata
from services.licences.reuse import Reused, reused, why_not
from services.licences.standing_for import holders_among, stand_for
from services.licences.uses import Cause, Mode, note_use
from services.people.papers import paper_code
from services.people.subjects import unmasked

# [design] How long a copy of what government fetched by itself may be used: longer than any promised limit.
_SHARED_FOR = timedelta(days=30)
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown for a material of a case, and until when a copy of it may be used."""

    licence: ELicence
    until: date
    consent_id: str | None = None


async def shown_for(
    conn: asyncpg.Connection,
    house: House,
    item: Item,
    row: Any,
    answers: dict[str, Any],
    references: dict[str, Reused],
) -> dict[str, Shown]:
    """By material: the licences that its papers are, by consent; and for shared papers what the library has of them.

    `row`: the case's, of a `DeskPage`. What lapsed, or whose consent was taken back, is not shown.
    """
    today, found = legal_date(house.now()), {}
    consents = await read_consents(conn, [r.consent_id for r in references.values()], row["no"])
    for code, reference in references.items():
        if reference.licence and reference.why_not is None:
            found[code] = Shown(reference.licence, consents[reference.consent_id].until, reference.consent_id)
    if row["applicant_id"] is None:
        return found
    shared = [m for m in item.required_materials(answers) if m.shared and m.code not in found]
    stands = [(m, stand) for m in shared if (stand := stand_for(item, m))]
    whose = {
        stand: holders_among(stand, row["applicant_id"], None, row["representative_id"])
        for _, stand in stands
    }
    everybody, types = {s for ids in whose.values() for s in ids}, {stand.type_code for stand in whose}
    licences = await held(conn, house, everybody, types) if everybody else []
    for material, stand in stands:
        for licence in licences:
            theirs = licence.type_code == stand.type_code and licence.holder_id in whose[stand]
            if theirs and why_not(licence, material, today) is None:
                found[material.code] = Shown(licence, today + _SHARED_FOR)
                break
    return found


async def copy_for_case(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    item: Item,
    page: DeskPage,
    code: str,
    mode: Mode = "verify",
) -> bytes:
    """A PDF. Call in a transaction, for somebody who may see the case's papers. Raises NotFound."""
    row, round_ = page.row, page.case.state.round
    answers = open_answers(house, row["no"], round_, row["answers_sealed"])
    references = await reused(conn, house, item, row["no"], round_)
    shown = (await shown_for(conn, house, item, row, answers, references)).get(code)
    if shown is None:
        raise NotFound("这份材料没有可以查看的电子证照", "No e-licence can be shown for this material")
    words = f"办理“{item.name.zh}”，核对材料“{item.material(code).name.zh}”"
    cause = Cause(words, row["no"], item.code, shown.consent_id)
    return await annotated(conn, house, actor, shown.licence, mode, cause, shown.until)


async def annotated(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    licence: ELicence,
    mode: Mode,
    cause: Cause,
    until: date,
) -> bytes:
    """The use is in the log before there is a copy. Call in a transaction."""
    await note_use(conn, house, actor, licence, mode, cause)
    facts = {
        "name": licence.name.zh,
        "issuer": licence.issuer_name.zh,
        "identifier": licence.identifier,
        "rows": await _rows(conn, house, licence),
        "purpose": cause.words,
        "case_number": cause.case_no or "",
        "until": until,
        "used_by": actor.name,
        "at": house.now(),
        "date": legal_date(house.now()),
        "verify_url": f"{house.base_url}/verify/{licence.identifier}",
    }
    return await asyncio.to_thread(render_copy, facts)


async def _rows(conn: asyncpg.Connection, house: House, e: ELicence) -> Rows:
    today = legal_date(house.now())
    until = chinese_date(e.valid_until) if e.valid_until else "长期"
    number, holder, contents = await _facts(conn, house, e)
    return [
        _row("证照编号", number),
        *holder,
        _row("颁发机构", e.issuer_name.zh),
        _row("颁发日期", chinese_date(e.issued_on)),
        _row("有效期限", f"{chinese_date(e.valid_from)}至{until}"),
        _row("证照状态", STATES[e.state_on(today)].name.zh),
        *contents,
    ]


async def _facts(conn: asyncpg.Connection, house: House, e: ELicence) -> tuple[str, Rows, Rows]:
    """Its number, its holder, what it states."""
    if e.own is None:
        told = await read_metadata(conn, house, e.identifier)
        words = paper_words(paper_code(told["holder"]["type"]))
        holder = [_row("持有者", told["holder"]["name"]), _row(words, told["holder"]["number"])]
        return told["number"], holder, [_row(label, value) for label, value in told["contents"].items()]
    subject = await unmasked(conn, house.vault, e.holder_id)
    holder = [_row("持有者", subject.name)]
    if subject.id_number:
        holder.append(_row(paper_words(subject.id_type), subject.id_number))
    item = house.items.get(await conn.fetchval("SELECT item_code FROM licence WHERE number = $1", e.own))
    return e.own, holder, stated_rows(item, await read_contents(conn, house, e.own))


def _row(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value}
