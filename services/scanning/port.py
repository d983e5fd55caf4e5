"""A virus scanner behind one interface; a house without one says so on every file."""

from dataclasses import dataclass
from typing import Literal, Protocol

State = Literal["clean", "infected", "unscanned"]


class Unreachable(Exception):
    """The scanner does not answer, or not with a verdict; asking again later is right. The message says why."""


class Undecided(Unreachable):
    """It answers, but not about this file: larger than it is set up to look at, for instance."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`found` names what was found, as the scanner calls it."""

    state: State
    found: str = ""


class Scanner(Protocol):
    """`name` is kept with every verdict. `refuses`: while it is down nothing is taken in, instead of unscanned."""

    name: str
    refuses: bool

    async def scan(self, content: bytes) -> Verdict:
        """Raises Unreachable."""
        ...


class NoScanner:
    """没有查毒: every file is marked unscanned, so that a scanner set up later finds them all."""

    name = "none"
    refuses = False

    async def scan(self, content: bytes) -> Verdict:
        return Verdict("unscanned")
