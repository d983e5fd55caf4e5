"""A file is scanned, then kept; what the scanner said of its content stands in `file_scan`, by the content's hash."""

from collections.abc import Collection, Sequence
from typing import Protocol

import asyncpg
import structlog

from forms.digest import sm3
from services.errors import Invalid, Refusal
from services.house import House
from services.scanning.port import State, Unreachable, Verdict

log = structlog.get_logger()

_LONGEST_NAME = 100
# A later word of a scanner counts; that nobody looked this time does not undo that somebody did.
_NOTE = """
INSERT INTO file_scan (file, state, found, scanner, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (file) DO UPDATE SET state = $2, found = $3, scanner = $4, at = $5
WHERE $2 <> 'unscanned'
"""


class Infected(Refusal):
    """`found` is the scanner's name for it."""

    status, code = 422, "infected"

    def __init__(self, found: str) -> None:
        super().__init__(
            f"文件里查出了病毒（{found}），不能使用",
            f"The scanner found a virus in it ({found}); it cannot be used",
        )
        self.found = found


class ScannerDown(Refusal):
    """Only where the house takes nothing in unscanned."""

    status, code = 503, "scanner-down"

    def __init__(self) -> None:
        super().__init__(
            "查毒服务暂时不可用，没有收下，请过几分钟再上传",
            "The virus scanner is not available, so it was not taken: upload it again in a few minutes",
        )


async def take_in(house: House, content: bytes) -> str:
    """Scan and keep; the hash. Raises Infected or ScannerDown, and then nothing was kept."""
    verdict = await _scan(house, content)
    if verdict.state == "infected":
        raise Infected(verdict.found)
    digest = sm3(content).hex()
    # The mark first: what lies in the store without one would never be looked at again.
    async with house.db.connection() as conn:
        await note_verdict(conn, house, digest, verdict)
    return await house.files.put(content)


async def _scan(house: House, content: bytes) -> Verdict:
    try:
        return _named(await house.scanner.scan(content))
    except Unreachable as error:
        log.warning("scanner down", error=str(error), refusing=house.scanner.refuses)
        if house.scanner.refuses:
            raise ScannerDown from error
        return Verdict("unscanned")


async def note_verdict(conn: asyncpg.Connection, house: House, digest: str, verdict: Verdict) -> None:
    await conn.execute(_NOTE, digest, verdict.state, verdict.found, house.scanner.name, house.now())


async def scan_states(conn: asyncpg.Connection, files: Collection[str | None]) -> dict[str, State]:
    """By content hash. What has no row came from before scanning, or from ourselves: unscanned."""
    wanted = [f for f in files if f]
    rows = await conn.fetch("SELECT file, state FROM file_scan WHERE file = ANY($1)", wanted)
    return dict.fromkeys(wanted, "unscanned") | {r["file"]: r["state"] for r in rows}


class Filed(Protocol):
    """材料 as it is about to be filed."""

    @property
    def code(self) -> str: ...
    @property
    def file(self) -> str | None: ...


async def infected_among(conn: asyncpg.Connection, papers: Sequence[Filed]) -> dict[str, dict[str, str]]:
    """Found in a file after it was taken in: what is wrong, by `material:<code>`."""
    states = await scan_states(conn, [p.file for p in papers])
    return {
        f"material:{p.code}": {
            "zh": "后来查出这份文件带病毒，请删除后换一份。",
            "en": "A virus was found in this file later: take it away and upload another.",
        }
        for p in papers
        if p.file and states[p.file] == "infected"
    }


def no_opening() -> Refusal:
    """What a stored file answers in which something was found since."""
    return Refusal(
        "这份文件后来查出病毒，不能打开",
        "A virus was found in this file later, so it does not open",
        code="infected",
    )


async def refuse_infected(conn: asyncpg.Connection, papers: Sequence[Filed]) -> None:
    if problems := await infected_among(conn, papers):
        raise Invalid(problems)


def clean_name(found: str) -> str:
    """A scanner's name for a virus is text from elsewhere."""
    return "".join(c for c in found if c.isprintable())[:_LONGEST_NAME]


def _named(verdict: Verdict) -> Verdict:
    return Verdict(verdict.state, clean_name(verdict.found))
