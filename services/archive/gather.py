"""Everything that belongs into a case's package, read from the store.

Personal values stand in `private.json` and in what the applicant handed in, and nowhere else: a copy for supervision
leaves these parts out, and what is left still proves itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import orjson

from forms import Item
from services.archive import metadata
from services.archive.words import ROLES, step_name
from services.cases.histories import Page, Told, case_page, documents, history, licence_of, papers
from services.catalogue.departments import department_name
from services.errors import NotFound
from services.house import House
from services.law.masking import mask_name
from services.payments.queries import Order, orders_of
from services.people.subjects import unmasked

FORMAT = "onewindow-archive/1"
BASIS = "国务院关于在线政务服务的若干规定第十二条"
EVENTS, ITEM, PRIVATE = "log/events.jsonl", "rules/item.json", "private.json"
_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z


@dataclass
class Gathered:
    """`small`: parts with their content. `kept`: parts that lie in the object store, by their SM3."""

    no: str
    department: str
    events: int
    head: bytes
    small: dict[str, bytes] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    personal: set[str] = field(default_factory=set)


async def gather(conn: asyncpg.Connection, house: House, case_no: str) -> Gathered:
    """Call inside a transaction that reads one state. Raises NotFound."""
    page = await case_page(conn, case_no)
    if page is None:
        raise NotFound("没有这个办件", f"No such case: {case_no}")
    case, told = page.case, await history(conn, case_no)
    bodies = await conn.fetch("SELECT body FROM case_event WHERE case_no = $1 ORDER BY seq", case_no)
    box = Gathered(case_no, case.department, case.seq, case.head)
    box.small[EVENTS] = "".join(f"{r['body']}\n" for r in bodies).encode()
    box.small[ITEM] = (await _item_body(conn, case.item_code, case.item_version)).encode()
    box.small |= _calendars(house, case.district, told)
    item = house.items.get(case.item_code, case.item_version)
    listed = await _documents(conn, box, case_no)
    if case.kind == "order":
        box.personal |= box.kept.keys()  # a reply is between the caller and the hotline
    handed_in, names = await _materials(conn, box, case_no, item)
    issued = await licence_of(conn, case_no)
    facts = _facts(page, item, told, house) | {
        "licence": issued["number"] if issued else None,
        "fees": [_fee(order) for order in await orders_of(conn, case)],
        "documents": listed,
        "materials": handed_in,
        "calendars": sorted(name for name in box.small if name.startswith("rules/calendars/")),
    }
    box.small[metadata.CASE] = orjson.dumps(facts, option=_SORTED)
    box.small |= metadata.written(orjson.loads(box.small[metadata.CASE]))
    box.small[PRIVATE] = orjson.dumps(await _private(conn, house, page, names), option=_SORTED)
    box.personal |= {PRIVATE}
    return box


async def _item_body(conn: asyncpg.Connection, code: str, version: int) -> str:
    return await conn.fetchval(
        "SELECT body FROM item_version WHERE code = $1 AND version = $2", code, version
    )


def _calendars(house: House, district: str, told: list[Told]) -> dict[str, bytes]:
    """Every notice for the years that the case touched, earlier editions too: dates were counted with them."""
    years = range(told[0].event.on.year, told[-1].event.on.year + 2)
    return {
        f"rules/calendars/{f.notice.district or 'cn'}-{f.notice.year}.{f.notice.edition}.yaml": f.body.encode()
        for f in house.calendars.filed
        if f.notice.year in years and f.notice.district in ("", district)
    }


async def _documents(conn: asyncpg.Connection, box: Gathered, case_no: str) -> list[dict[str, Any]]:
    rows = []
    for n, row in enumerate(await documents(conn, case_no), 1):
        part = f"documents/{n:02}-{row['kind']}.pdf"
        box.kept[part] = row["file"]
        rows.append({"part": part, **{k: row[k] for k in ("id", "kind", "number", "file", "made_at")}})
    return rows


async def _materials(
    conn: asyncpg.Connection, box: Gathered, case_no: str, item: Item
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The papers, and their own names apart: people name files after themselves."""
    labels = {m.code: m.name.zh for m in item.materials}
    rows, names = [], {}
    for n, row in enumerate(await papers(conn, case_no), 1):
        part = (
            f"materials/{n:03}-round{row['round']}-{row['code']}.{row['type'] or 'bin'}"
            if row["file"]
            else None
        )
        if part:
            box.kept[part] = row["file"]
            box.personal.add(part)
            names[part] = row["name"] or ""
        taken = {k: row[k] for k in ("round", "code", "source", "file", "size")}
        rows.append({"part": part, "name": labels.get(row["code"], row["code"]), **taken})
    return rows, names


def _facts(page: Page, item: Item, told: list[Told], house: House) -> dict[str, Any]:
    case, row, state = page.case, page.row, page.case.state
    return {
        "format": FORMAT, "basis": BASIS, "no": case.no, "kind": case.kind,
        "events": case.seq, "head": case.head.hex(),
        "item": item.code, "item_version": item.version, "item_hash": row["item_hash"], "item_name": item.name.zh,
        "catalog_code": item.catalog_code, "task_code": item.task_code, "handle_code": item.handle_code,
        "department": case.department, "department_name": department_name(house.items, case.department)["zh"],
        "district": case.district, "channel": row["channel"], "linked_no": case.linked_no,
        "applicant": _shown(row), "applicant_kind": row["applicant_kind"], "filed_at": row["filed_at"],
        "accepted_on": state.accepted_on, "accepted_how": state.accepted_how, "decided_on": state.decided_on,
        "concluded_on": state.concluded_on, "outcome": state.outcome, "stage": state.stage.value,
        "steps": [_step(t) for t in told],
    }  # fmt: skip


def _fee(order: Order) -> dict[str, Any]:
    """收费 as the case exchange wants it: what was ordered, what came, what went back."""
    return {
        "order": order.no, "due": order.moment, "amount": f"{order.amount:.2f}", "stands": order.stands,
        "lines": order.lines,
        "payments": [
            {
                "transaction": m.transaction, "amount": f"{m.amount:.2f}", "paid_at": m.paid_at,
                "returned_because": m.reason or None, "returned_at": m.refunded_at,
            }
            for m in order.payments
        ],
    }  # fmt: skip


def _shown(row: Mapping[str, Any]) -> str:
    """As everybody who reads a package may see it; of a caller nothing."""
    name = row["applicant"] or ""
    if row["kind"] == "order":
        return ""
    return name if row["applicant_kind"] == "organisation" else mask_name(name)


def _step(told: Told) -> dict[str, Any]:
    event = told.event
    return {
        "seq": event.seq, "kind": event.kind, "name": step_name(event.kind, event.data.get("command", "")),
        "task": event.task or event.data.get("task", ""), "at": event.at, "on": event.on,
        "who": _who(told), "role": ROLES.get(event.role, event.role),
        "number": event.data.get("number", "") if event.kind in ("document_made", "licence_issued") else "",
        "hash": told.hash,
    }  # fmt: skip


def _who(told: Told) -> str:
    if told.taken_down:
        return f"申请人（窗口代办：{told.actor_name}）"
    return "申请人" if told.event.role == "applicant" else told.actor_name


async def _private(
    conn: asyncpg.Connection, house: House, page: Page, names: dict[str, str]
) -> dict[str, Any]:
    """In the clear. `salt`: without it, the manifest's sum of so few values could be guessed at."""
    no, subject = page.case.no, page.case.applicant_id
    person = await unmasked(conn, house.vault, subject) if subject else None
    return {
        "case": no,
        "salt": house.vault.mac(no.encode(), purpose="archive").hex(),
        "applicant": {
            k: getattr(person, k) for k in ("kind", "name", "id_type", "id_number", "phone", "address")
        }
        if person
        else None,
        "filer": page.row["filer"],
        "answers": await _opened(conn, house, "submission", "round", no),
        "events": await _opened(conn, house, "event_private", "seq", no),
        "file_names": names,
    }


async def _opened(conn: asyncpg.Connection, house: House, table: str, column: str, no: str) -> dict[str, Any]:
    """Sealed rows by their round or event number. Of an event each value comes with the salt of its commitment."""
    rows = await conn.fetch(
        f"SELECT {column} AS n, sealed FROM {table} WHERE case_no = $1 ORDER BY 1",  # noqa: S608 - names of ours
        no,
    )
    return {
        str(r["n"]): orjson.loads(house.vault.open(r["sealed"], where=f"{table}|{no}|{r['n']}")) for r in rows
    }
