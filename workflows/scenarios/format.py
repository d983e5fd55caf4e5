"""What a story may say. Everything a lawyer writes is one of these keys; anything else is refused when it is read."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from services.law.counting import SHANGHAI
from services.people.papers import CODES
from services.people.standing import Basis

MORNING = time(9)  # a step that gives a day and no hour


class BadScenario(Exception):
    """A file that can't be played; every message names file, line and remedy."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class Unplayable(Exception):
    """A step that names somebody or something which this story does not have."""


def _moment(given: Any) -> Any:
    """`2025-05-12` or `2025-05-12 09:30`, in Shanghai. Seconds do not exist in a story."""
    try:
        if isinstance(given, str):
            given = datetime.strptime(given.strip(), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - made aware below
        if isinstance(given, datetime):
            return given.replace(second=0, microsecond=0, tzinfo=SHANGHAI)
        if isinstance(given, date):
            return datetime.combine(given, MORNING, SHANGHAI)
    except ValueError:
        pass
    raise ValueError("is not a moment: write 2025-05-12 or 2025-05-12 09:30")


def _several(given: Any) -> Any:
    """One word, or a list of them."""
    return [given] if isinstance(given, str) else given


Moment = Annotated[datetime, BeforeValidator(_moment)]
Words = Annotated[tuple[str, ...], BeforeValidator(_several)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# `none` where there must be no date at all: a clock that has not begun, or stands still.
NoneOr = date | Literal["none"]


class Person(Part):
    """Somebody invented for one story: a person, or a firm with whoever heads it.

    `paper` is one of the kinds that forms know, or none: a newborn has no number yet. Whoever has a guardian has no
    account of their own.
    """

    person: str
    firm: str | None = None
    paper: str = "resident_id"
    number: str | None = None  # without it: one that nobody has
    guardian: str | None = None

    @model_validator(mode="after")
    def a_paper_that_forms_know(self) -> Self:
        if self.paper not in ("none", *CODES):
            raise ValueError(f"has an unknown `paper` {self.paper}: use none, {', '.join(CODES)}")
        if self.paper not in ("none", "resident_id") and not self.number:
            raise ValueError(f"has no number on a {self.paper}: add `number`")
        return self


class Employee(Part):
    """Somebody who handles an item that the demo district has no staff for."""

    name: str
    role: Literal["clerk", "reviewer", "director"]
    department: str


class Standing(Part):
    """Somebody may act for somebody else from now on, for a time or until further notice."""

    who: str
    acts_for: str = Field(alias="for")
    basis: Basis = Basis.MANDATE
    until: date | None = None  # the last day, included


class Ended(Part):
    """The mandate is withdrawn now."""

    who: str
    acts_for: str = Field(alias="for")


class Expect(Part):
    """What must hold once the engine has taken in the step. Codes are those of the log, the stages and the rules."""

    stage: str | None = None
    outcome: str | None = None
    received_on: NoneOr | None = None
    accepted_on: NoneOr | None = None
    decided_on: NoneOr | None = None
    due: NoneOr | None = None  # what the lists show: the promised date once accepted, else the nearest task
    promised_due: NoneOr | None = None
    statutory_due: NoneOr | None = None
    remaining: int | None = None  # of the promised limit, in its own unit
    statutory_remaining: int | None = None
    provisional: bool | None = None  # whether a case clock counts on a year without a published calendar
    stopped: bool | None = None  # the case clocks stand still: no due date
    task: Words = ()
    no_task: Words = ()
    task_due: NoneOr | None = (
        None  # of the first task named in `task`, else of whichever open task is due first
    )
    card: Words = ()
    no_card: Words = ()
    open_card: Words = ()
    no_open_card: Words = ()
    event: Words = ()
    no_event: Words = ()
    document: Words = ()
    no_document: Words = ()
    licence: str | None = None  # how the licence stands today that it issued or acts on; none: there is none
    licence_until: NoneOr | None = None
    licence_version: int | None = None
    notice: Words = ()  # what the holder of that licence was told
    no_notice: Words = ()
    sees: dict[str, Words] = {}  # who -> page, words, identity or nothing, of a work order
    intact: bool | None = None  # the chain of hashes holds
    version: int | None = None  # of the item that the case goes by
    linked: str | None = None  # the case of this story that it is tied to
    reply_due: date | None = None  # of a work order: the caller's own date
    on_time: str | None = None  # the wall's rate of the case's department, "decided in time/decided"


# What a step may do, one thing at a time.
_ACTS = ("file", "find", "do", "calendar", "publish", "follow", "represent", "revoke", "engine")


class Step(Part):
    """A moment of the story: something is filed or done, or only looked at."""

    on: Moment
    file: str | None = None  # the name by which the rest of the story calls the case
    find: str | None = (
        None  # a case that the house opened by itself gets this name: when a licence expires, say
    )
    do: str | None = None
    calendar: Path | None = None  # a notice of days off that is loaded now: a file beside the story
    publish: dict[str, Any] | None = None  # a new version of the item: what is different in it
    follow: str | None = None  # the name of the case that this one was forwarded to
    represent: Standing | None = None
    revoke: Ended | None = None
    engine: Literal["lost"] | None = None  # the engine is gone, and an empty one takes its place
    by: str | None = None
    values: dict[str, Any] = Field(default={}, alias="with")
    defects: dict[str, str] = {}
    task: str | None = None  # where a case waits for the same act at two places
    card: str | None = None  # the rule of the card that the act is about, where several are out
    case: str | None = None  # another case than the first one
    refused: str | None = None  # the act must be refused: a code, or the field that is wrong
    note: str | None = None
    # of a filing
    item: str | None = None
    applicant: str | Person | None = None
    about: str | None = None  # the case that a work order is tied to
    licence: str | None = None  # the case by which the licence was issued that this is about
    channel: str | None = None
    answers: dict[str, Any] = {}
    papers: tuple[str, ...] | None = None
    expect: Expect | None = None

    @model_validator(mode="after")
    def one_thing(self) -> Self:
        both = [name for name in _ACTS if getattr(self, name)]
        if len(both) > 1:
            raise ValueError(f"has both `{both[0]}` and `{both[1]}`: make it two steps")
        if not (self.acts or self.expect or self.note):
            raise ValueError("says nothing: add `file`, `do`, `expect` or `note`")
        if self.refused and not (self.file or self.do):
            raise ValueError("`refused` needs the act that is refused: add `do`")
        return self

    @property
    def acts(self) -> bool:
        return any(getattr(self, name) for name in _ACTS)

    @property
    def verb(self) -> str:
        if self.do:
            return self.do
        name = next(name for name in _ACTS if getattr(self, name))
        return f"{name} {getattr(self, name)}"


class Scenario(Part):
    title: str
    law: str
    item: str
    applicant: str | Person | None = None
    people: tuple[Person, ...] = ()  # whom the story needs besides
    story: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def same_day(cls, given: Any) -> Any:
        """A day without an hour, after a step of the same day that has one, is the same moment."""
        story = given.get("story") if isinstance(given, dict) else None
        if not isinstance(story, list):
            return given
        steps, last = [], None
        for step in story:
            on = step.get("on") if isinstance(step, dict) else None
            if type(on) is date and isinstance(last, str) and last.startswith(on.isoformat()):
                step, on = {**step, "on": last}, last
            steps, last = [*steps, step], on
        return {**given, "story": steps}


class Filing(Part):
    """How an item is applied for unless a story says otherwise: `filing.yaml` beside the item's scenarios."""

    applicant: str | Person
    answers: dict[str, Any] = {}
    papers: tuple[str, ...] = ()
    channel: str = "web"
    acts: dict[str, dict[str, Any]] = {}  # what people usually enter, by command
    staff: tuple[Employee, ...] = ()  # who handles it
