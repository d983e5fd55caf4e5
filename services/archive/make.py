"""Making a package once, and handing out copies of it.

Papers and documents already lie in the object store under their hash. What else a package holds is sealed, since it
names the person, and kept there as well; a copy is put together when somebody fetches it, always the same bytes.
"""

import hashlib
import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import orjson

from forms import sm3
from services.archive.box import MANIFEST, SEAL, SIGNATURE, SUMS, Packer, length, pack, sums
from services.archive.gather import FORMAT, Gathered, gather
from services.cases.log import Pen, load
from services.documents.agencies import agency_name
from services.documents.pressroom import at_the_press
from services.errors import NotExpected, NotFound
from services.house import House
from services.law import chain
from services.law.case import CaseState
from services.law.roles import SYSTEM, Role
from services.law.stages import Stage
from services.signing.seals import Seal

_WORDS = "业务专用章"
_RIPE = (Stage.ARCHIVED, Stage.CLOSED)


def ripe(state: CaseState) -> bool:
    """Nothing of substance can happen to it any more."""
    return state.stage in _RIPE


async def make_archive(house: House, case_no: str, key: str) -> None:
    """Make the package of a case that is at its end. May be repeated at any time; under one key it is made once.

    Raises NotFound; NotExpected before the end, or while a document is still being made.
    """
    reading = {"isolation": "repeatable_read", "readonly": True}
    async with house.db.connection() as conn, conn.transaction(**reading):
        if await _made(conn, case_no, key):
            return
        case = await load(conn, case_no)
        if case is None:
            raise NotFound("没有这个办件", f"No such case: {case_no}")
        if not ripe(case.state) or await _in_the_press(conn, case_no):
            raise NotExpected("这个办件还没有到归档的时候", "This case is not ready for the archive yet")
        box = await gather(conn, house, case_no)
    packed, manifest = await _sealed(house, box)
    file = await house.files.put(house.vault.seal(packed, where=_where(case_no, key)))
    data = {"file": file, "manifest": sm3(manifest).hex(), "events": box.events, "head": box.head.hex()}
    async with house.db.transaction() as tx:
        await _record(tx, house, case_no, key, data)


async def _sealed(house: House, box: Gathered) -> tuple[bytes, bytes]:
    """The package but for what lies in the object store, and its manifest."""
    lines = []
    for name, content in box.small.items():
        lines.append(_line(name, content, personal=name in box.personal))
    for name, digest in box.kept.items():
        try:
            content = await house.files.get(digest)
        except FileNotFoundError:
            # An archive that says what is missing is worth more than none.
            lines.append({"name": name, "sm3": digest, "missing": True, "personal": name in box.personal})
            continue
        lines.append(await at_the_press(lambda n=name, c=content: _line(n, c, personal=n in box.personal)))
    at = house.now()
    manifest = orjson.dumps(
        {
            "format": FORMAT, "case": box.no, "department": box.department, "made_at": at,
            "events": box.events, "head": box.head.hex(), "parts": sorted(lines, key=lambda line: line["name"]),
        },
        option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z,
    )  # fmt: skip
    agency = agency_name(house.items, box.department)
    signature = await at_the_press(
        lambda: _sign(house.seals.seal(box.department, agency, _WORDS), manifest, at)
    )
    parts = {MANIFEST: manifest, SIGNATURE: signature}
    parts |= {SUMS: sums(parts), **dict(sorted(box.small.items()))}
    return b"".join(pack(parts.items())), manifest


def _line(name: str, content: bytes, *, personal: bool) -> dict[str, Any]:
    sha256 = hashlib.sha256(content).hexdigest()
    return {
        "name": name, "size": len(content), "sm3": sm3(content).hex(), "sha256": sha256, "personal": personal
    }  # fmt: skip


def _sign(seal: Seal, manifest: bytes, at: datetime) -> bytes:
    from services.signing.cms import sign_detached  # late: it brings all of pyHanko

    return sign_detached(seal, manifest, at)


def _where(case_no: str, key: str) -> str:
    return f"archive|{case_no}|{key}"


async def _made(conn: asyncpg.Connection, case_no: str, key: str) -> bool:
    return bool(await conn.fetchval("SELECT 1 FROM case_event WHERE case_no = $1 AND key = $2", case_no, key))


async def _in_the_press(conn: asyncpg.Connection, case_no: str) -> bool:
    return bool(
        await conn.fetchval("SELECT 1 FROM document WHERE case_no = $1 AND file IS NULL LIMIT 1", case_no)
    )


async def _record(
    conn: asyncpg.Connection, house: House, case_no: str, key: str, data: dict[str, Any]
) -> None:
    case = await load(conn, case_no, lock=True)
    assert case is not None
    if await _made(conn, case_no, key):
        return
    pen = Pen(case, house.now())
    pen.write("archive_made", key, actor=SYSTEM.id, role=Role.SYSTEM.value, data=data)
    await pen.commit(conn, ring=False)


@dataclass(frozen=True, slots=True)
class Archived:
    """The latest package of a case."""

    case_no: str
    key: str
    made_at: datetime
    file: str
    manifest: str  # its SM3: it pins every part
    events: int


async def archived(conn: asyncpg.Connection, case_no: str) -> Archived | None:
    body = await conn.fetchval(
        "SELECT body FROM case_event WHERE case_no = $1 AND kind = 'archive_made' ORDER BY seq DESC LIMIT 1",
        case_no,
    )
    if body is None:
        return None
    event = chain.read(body)
    return Archived(
        case_no, event.key, event.at, event.data["file"], event.data["manifest"], event.data["events"]
    )


@dataclass(frozen=True, slots=True)
class Copy:
    """A package on its way out: its size, and its bytes piece by piece."""

    size: int
    pieces: AsyncIterator[bytes]


async def copy(house: House, found: Archived, *, personal: bool) -> Copy:
    """The package, with or without its personal parts; the manifest names them either way."""
    sealed = await house.files.get(found.file)
    packed = house.vault.open(sealed, where=_where(found.case_no, found.key))
    with zipfile.ZipFile(io.BytesIO(packed)) as box:
        small = {name: box.read(name) for name in box.namelist()}
    lines = [
        line
        for line in orjson.loads(small[MANIFEST])["parts"]
        if (personal or not line["personal"]) and not line.get("missing")
    ]
    sizes = [(name, len(small[name])) for name in SEAL] + [(line["name"], line["size"]) for line in lines]
    return Copy(length(sizes), _pieces(house, small, lines))


async def _pieces(house: House, small: dict[str, bytes], lines: list[dict[str, Any]]) -> AsyncIterator[bytes]:
    """One large part in memory at a time."""
    packer = Packer()
    for name in SEAL:
        yield packer.add(name, small[name]) + small[name]
    for line in lines:
        name = line["name"]
        content = small[name] if name in small else await house.files.get(line["sm3"])
        yield packer.add(name, content)
        yield content
    yield packer.end()
