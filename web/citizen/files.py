"""Stored files, each to those who may open it and to nobody else."""

from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from services.archive.make import archived, copy
from services.cases.readable import may_open_documents, readable
from services.cases.stored import document, material
from services.errors import NotFound
from services.house import House
from services.scanning.files import no_opening
from web import wording
from web.deps import ActorDep, HouseDep
from web.downloads import archive_response
from web.security_headers import EMBEDDED

router = APIRouter(include_in_schema=False)

_SHOWN = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
}  # what browsers show by themselves


@router.get("/documents/{id_}.pdf")
async def show_document(house: HouseDep, actor: ActorDep, id_: str) -> Response:
    async with house.db.connection() as conn:
        row = await document(conn, id_)
        if row is None:
            raise _absent()
        if not may_open_documents(actor, await readable(conn, actor, row["case_no"])):
            raise _absent()
    words = wording.DOCUMENTS.get(row["kind"], {"zh": row["kind"]})["zh"]
    return await _file(house, row["file"], "pdf", f"{words} {row['number']}.pdf")


@router.get("/materials/{id_}")
async def show_material(house: HouseDep, actor: ActorDep, id_: int, download: bool = False) -> Response:
    """Papers are personal: to the applicant, and to staff while the case is in their hands or waits for them."""
    async with house.db.connection() as conn:
        row = await material(conn, id_) if id_ < 2**63 else None
        if row is None or row["file"] is None:
            raise _absent()
        seen = await readable(conn, actor, row["case_no"])
        if not seen.personal:
            raise _absent()
        if row["scan"] == "infected":
            raise no_opening()
    return await _file(house, row["file"], row["type"] or "", row["name"] or row["code"], download=download)


@router.get("/cases/{no}/archive.zip")
async def show_archive(house: HouseDep, actor: ActorDep, no: str) -> Response:
    """电子归档包, whole: to the applicant, whose case it is."""
    async with house.db.connection() as conn:
        seen = await readable(conn, actor, no)
        found = await archived(conn, no) if seen.owner else None
    if found is None:
        raise _absent()
    return archive_response(no, await copy(house, found, personal=True))


async def _file(house: House, digest: str, kind: str, name: str, *, download: bool = False) -> Response:
    try:
        content = await house.files.get(digest)
    except FileNotFoundError:
        raise _absent() from None
    shown = kind in _SHOWN and not download
    how = "inline" if shown else "attachment"
    headers = {
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": EMBEDDED,
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=_SHOWN.get(kind, "application/octet-stream"), headers=headers)


def _absent() -> NotFound:
    return NotFound("没有找到这份文件，或者它不归您查看", "No such file, or it is not yours to see")
