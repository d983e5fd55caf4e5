"""What was taken in while the scanner was down, or before there was one, is scanned as soon as it answers."""

from dataclasses import dataclass, field

import structlog

from services.house import House
from services.scanning.files import clean_name, note_verdict
from services.scanning.port import NoScanner, Undecided, Unreachable, Verdict

log = structlog.get_logger()

AT_ONCE = 200  # files a call; the next call goes on


@dataclass
class Rescanned:
    clean: int = 0
    infected: list[str] = field(default_factory=list)  # content hashes
    left: bool = False  # the scanner fell silent, or there are more


async def rescan(house: House, *, most: int = AT_ONCE) -> Rescanned:
    """The oldest first. A file in which something is found stays where it is, as evidence, and opens no more."""
    done = Rescanned()
    if isinstance(house.scanner, NoScanner):
        return done
    async with house.db.connection() as conn:
        rows = await conn.fetch(
            "SELECT file FROM file_scan WHERE state = 'unscanned' ORDER BY at, file LIMIT $1", most + 1
        )
    for row in rows[:most]:
        try:
            verdict = await house.scanner.scan(await house.files.get(row["file"]))
        except FileNotFoundError:
            await _forget(house, row["file"])
            continue
        except (Undecided, ValueError) as error:  # ValueError: the content is not what its name says
            log.warning("no verdict on a file", file=row["file"][:12], error=str(error))
            await _last_in_line(house, row["file"])
            continue
        except Unreachable as error:
            log.warning("scanner down", error=str(error), waiting=len(rows))
            return Rescanned(done.clean, done.infected, left=True)
        async with house.db.connection() as conn:
            await note_verdict(conn, house, row["file"], Verdict(verdict.state, clean_name(verdict.found)))
        if verdict.state == "infected":
            done.infected.append(row["file"])
            log.warning("virus found in a file taken in earlier", file=row["file"][:12], found=verdict.found)
        else:
            done.clean += 1
    done.left = len(rows) > most
    return done


async def _last_in_line(house: House, digest: str) -> None:
    async with house.db.connection() as conn:
        await conn.execute("UPDATE file_scan SET at = $2 WHERE file = $1", digest, house.now())


async def _forget(house: House, digest: str) -> None:
    """Marked, and then the process ended before it was kept: nothing refers to it."""
    async with house.db.connection() as conn:
        await conn.execute("DELETE FROM file_scan WHERE file = $1 AND state = 'unscanned'", digest)
