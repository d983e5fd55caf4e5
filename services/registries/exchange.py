"""数据共享交换平台 behind one interface: one question about one number, for one purpose; an answer with its date, or a typed failure.

Registers are not ours. What they say is shown with their name and the day of their data, and nothing ever waits for
them: whatever a register does not answer the applicant may type or hand in (在线政务服务的若干规定 art. 7 forbids
asking for what can be shared, and not the other way round).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


class Unanswered(Exception):
    """Why there is no answer. `why` is what drafts keep and pages tell."""

    why = "down"


class RegistryDown(Unanswered):
    """It cannot be reached, is too slow, or is not itself. Asking again later is right."""


class Unknown(Unanswered):
    """It answers, and knows nothing under this number."""

    why = "unknown"


class Declined(Unanswered):
    """It will not tell this, to us or for this purpose. Asking again is useless."""

    why = "declined"


@dataclass(frozen=True, slots=True)
class Question:
    """`query` is "register.what"; `number` the subject's own (公民身份号码, 统一社会信用代码, or any other paper's).

    `about` is the case or the draft that it is asked for, `requester` the account that asks: every register keeps its
    own record of who asked what for which purpose, and so do we (`services.people.lookups`).
    """

    query: str
    number: str
    purpose: str
    about: str
    requester: str

    @property
    def register(self) -> str:
        return register_of(self.query)


@dataclass(frozen=True, slots=True)
class Answer:
    """`as_of`: the day whose state of affairs the register's data shows."""

    query: str
    facts: Mapping[str, Any]
    as_of: date


class Exchange(Protocol):
    async def ask(self, question: Question) -> Answer:
        """Raises RegistryDown, Unknown or Declined. A question may be asked again: it changes nothing there."""
        ...


class NoExchange:
    """A house that has none: everything is typed."""

    async def ask(self, question: Question) -> Answer:
        raise RegistryDown("no exchange is set up")


def register_of(query: str) -> str:
    return query.partition(".")[0]
