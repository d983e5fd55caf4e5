"""Whether a document is what it claims to be: the file that we keep, and a file that somebody holds against it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeVar

from services.house import House

if TYPE_CHECKING:
    from services.signing.pdf import Sealed

T = TypeVar("T")

PATIENCE = 20.0  # a file from a stranger may keep a reader busy for ever; nobody else waits for that
_REMEMBERED = 5000
_ours = ThreadPoolExecutor(1, "proof")
_strangers = ThreadPoolExecutor(1, "proof-of-uploads")
_known: dict[tuple[str, bytes], "Sealed"] = {}


@dataclass(frozen=True, slots=True)
class Compared:
    """same: byte for byte what was issued. altered: sealed, then changed. other: another document with a seal that
    holds. stranger: sealed by somebody else. different: nothing of ours can be told from it."""

    state: Literal["same", "altered", "other", "stranger", "different"]
    sealed: "Sealed | None"


async def proof_of(house: House, digest: str, at: datetime) -> "Sealed | None":
    """What the file kept under this hash proves by itself. None if it is not there or can't be read now.

    `at`: when it was made, which the log proves. A certificate that has run out since takes nothing from it.
    """
    try:
        content = await house.files.get(digest)
        return await asyncio.wait_for(_run(_ours, lambda: _remembered(house, digest, content, at)), PATIENCE)
    except (FileNotFoundError, ValueError, TimeoutError):
        return None


async def compare(house: House, issued: str, at: datetime, given: bytes) -> Compared:
    """Hold a file against the one that was issued under this hash at that time."""
    try:
        ours = await house.files.get(issued)
        return await asyncio.wait_for(_run(_strangers, lambda: _compare(house, ours, at, given)), PATIENCE)
    except (FileNotFoundError, ValueError, TimeoutError):
        return Compared("different", None)


async def _run(pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(pool, work)


def _remembered(house: House, digest: str, content: bytes, at: datetime) -> "Sealed":
    """Under a hash lies the same file for ever, so it is looked at once."""
    key = (digest, b"".join(r.signature for r in house.seals.roots))
    if key not in _known:
        if len(_known) >= _REMEMBERED:
            _known.clear()
        _known[key] = _check(house, content, at)
    return _known[key]


def _compare(house: House, ours: bytes, at: datetime, given: bytes) -> Compared:
    if given == ours:
        return Compared("same", None)
    sealed = _check(house, given, at)
    if given.startswith(ours):
        return Compared("altered", sealed)
    states = {"valid": "other", "altered": "altered", "stranger": "stranger"}
    return Compared(states.get(sealed.state, "different"), sealed)  # type: ignore[arg-type]


def _check(house: House, content: bytes, at: datetime) -> "Sealed":
    from services.signing.pdf import check_pdf  # late: it brings all of pyHanko

    return check_pdf(content, house.seals.roots, at)
