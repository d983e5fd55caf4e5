"""窗口收件: a clerk files for somebody who stands at the counter with their identity paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from forms import Item
from services.cases.filing import Paper, Receipt, open_query_code, submit
from services.errors import Invalid, NotFound
from services.house import House
from services.law.masking import mask_name
from services.law.roles import Actor
from services.people.subjects import MaskedSubject, find_subject, masked_view, register_subject


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who stands there, as read from the paper. `kind` is person or organisation."""

    kind: str
    name: str
    id_type: str
    id_number: str
    phone: str


@dataclass(frozen=True, slots=True)
class Handed:
    """What the applicant takes home."""

    case_no: str
    query_code: str
    filed_at: datetime
    item_code: str
    item_version: int


async def on_file(
    conn: asyncpg.Connection, house: House, id_type: str, id_number: str
) -> MaskedSubject | None:
    """What is known of the bearer of this paper, masked."""
    id_ = await find_subject(conn, house.vault, id_type=id_type, id_number=id_number)
    return await masked_view(conn, house.vault, id_) if id_ else None


async def file_at_counter(
    conn: asyncpg.Connection,
    house: House,
    clerk: Actor,
    item: Item,
    visitor: Visitor,
    *,
    raw: Mapping[str, list[str]],
    papers: Sequence[Paper],
    token: str,
) -> Receipt:
    """Call inside a transaction. Raises Invalid if the paper is on file under another name, and what `submit` raises."""
    subject = await register_subject(
        conn, house.vault, kind=visitor.kind, name=visitor.name, id_type=visitor.id_type,
        id_number=visitor.id_number, phone=visitor.phone, now=house.now(),
    )  # fmt: skip
    if subject.name != visitor.name.strip():
        raise Invalid({"subject_name": other_name(subject.name, visitor.kind)})
    return await submit(
        conn, house, clerk, item, raw=raw, papers=papers, applicant_id=subject.id, channel="window", token=token
    )  # fmt: skip


def other_name(name: str, kind: str) -> dict[str, str]:
    shown = name if kind == "organisation" else mask_name(name)
    return {
        "zh": f"这个证件号码登记的名字是“{shown}”，与填写的不一致，请核对证件",
        "en": f"This number is on file under the name “{shown}”: compare it with the paper",
    }


async def handed_out(conn: asyncpg.Connection, house: House, clerk: Actor, case_no: str) -> Handed:
    """The receipt again, for the clerk who filed it and nobody else."""
    row = await conn.fetchrow(
        "SELECT no, query_code, filed_at, item_code, item_version FROM cases WHERE no = $1 AND filer_id = $2",
        case_no, clerk.id,
    )  # fmt: skip
    if row is None:
        raise NotFound("没有找到您收的这个件", "No such case of yours")
    code = open_query_code(house, row["no"], row["query_code"])
    return Handed(row["no"], code, row["filed_at"], row["item_code"], row["item_version"])
