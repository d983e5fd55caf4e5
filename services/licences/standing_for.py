"""以证照代材料: which type of e-licence stands for which paper, and whose it has to be."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import asyncpg
import yaml

from forms import Item, Material, Text
from services.people.standing import legal_representative_of

_FILE = Path(__file__).with_name("standing_for.yaml")
Whose = Literal["applicant", "representative", "filer", ""]


@dataclass(frozen=True, slots=True)
class Stand:
    """`of`: whose licence; without it the applicant's or the filer's."""

    type_code: str
    of: Whose = ""


@cache
def _data() -> dict:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def type_name(code: str, otherwise: str = "") -> Text:
    named = _data()["types"].get(code)
    return Text(**named) if named else Text(zh=otherwise or code, en=otherwise or code)


def stand_for(item: Item, material: Material) -> Stand | None:
    """What the item's file says; for items published before it could, what the table beside this says."""
    if material.licence_type:
        return Stand(material.licence_type)
    row = _data()["stands"].get(item.family, {}).get(material.code)
    return Stand(row["type"], row.get("of", "")) if row else None


async def holders(
    conn: asyncpg.Connection, stand: Stand, applicant_id: str | None, filer_id: str | None
) -> list[str]:
    """The subjects whose licence may stand for the paper, the applicant before the filer."""
    representative = (
        await conn.fetchval(f"SELECT {legal_representative_of('$1')}", applicant_id)
        if stand.of == "representative"
        else None
    )
    return holders_among(stand, applicant_id, filer_id, representative)


def holders_among(
    stand: Stand, applicant_id: str | None, filer_id: str | None, representative_id: str | None
) -> list[str]:
    """The same of people who are known."""
    wanted = {
        "applicant": [applicant_id],
        "filer": [filer_id],
        "representative": [representative_id],
    }.get(stand.of, [applicant_id, filer_id])
    return list(dict.fromkeys(id_ for id_ in wanted if id_))
