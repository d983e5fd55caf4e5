"""Whether a case is as a story says: each key of `expect` beside what the store and the clocks say."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import asyncpg

from services.cases.clocks import case_clocks
from services.cases.expected import expected
from services.cases.glance import Glance
from services.cases.histories import verify_chain
from services.cases.log import Case, load
from services.hotline.contents import read_content
from services.hotline.queries import reply_due
from services.hotline.sight import sight
from services.house import House
from services.law.chain import Event
from services.law.clock import Due, legal_date, remaining
from services.licences.queries import licences_of_case
from services.licences.register import Licence
from services.notices.telling import kinds_told
from services.supervision.queries import departments
from workflows.scenarios.cast import Cast
from workflows.scenarios.format import Expect

STILL = "stopped"  # what stands for the due date of a clock that stands still


@dataclass(frozen=True)
class Unmet:
    """One key of `expect` and how it came out."""

    what: str
    wanted: str
    found: str


@dataclass(frozen=True)
class Seen:
    """A case as a step found it."""

    glance: Glance
    events: Sequence[Event]
    tasks: Sequence[asyncpg.Record]
    asked: Collection[str]  # kinds of document that its procedure asked for
    licence: Licence | None = None
    told: Collection[str] = ()  # kinds of notice that the licence's holder got

    @property
    def case(self) -> Case:
        return self.glance.case


@dataclass(frozen=True)
class Dates:
    """A case's two clocks as a story and a timeline tell them."""

    promised: Due | None
    statutory: Due | None

    def told(self) -> tuple[str, str]:
        return _told(self.promised), _told(self.statutory)

    @property
    def provisional(self) -> bool:
        return any(due.provisional for due in (self.promised, self.statutory) if due)

    @property
    def stopped(self) -> bool:
        return any(due.open for due in (self.promised, self.statutory) if due)


async def look_at_licence(conn: asyncpg.Connection, case_no: str) -> tuple[Licence | None, list[str]]:
    """The newest licence that the case issued, moved or acts on, and what its holder was told of it."""
    found = await licences_of_case(conn, case_no)
    if not found:
        return None, []
    licence = Licence.of(found[0])
    return licence, await kinds_told(conn, licence.holder_id, licence.number)


def dates_of(case: Case, house: House) -> Dates:
    clocks = case_clocks(case, house.at_home(case.district))
    return Dates(clocks.promised, clocks.statutory) if clocks else Dates(None, None)


async def unmet(want: Expect, seen: Seen, house: House, cast: Cast, cases: Mapping[str, str]) -> list[Unmet]:
    """Everything that came out otherwise; empty if the step holds. `cases`: numbers by the story's names."""
    problems = [*_facts(want, seen, house), *_names(want, seen)]
    called = {no: name for name, no in cases.items()}
    problems += _differ("linked", want.linked, called.get(seen.case.linked_no or "", seen.case.linked_no))
    async with house.db.connection() as conn:
        if want.on_time:
            problems += _differ("on_time", want.on_time, await _on_time(conn, house, seen.case))
        if want.intact is not None:
            verdict = await verify_chain(conn, seen.case.no)
            problems += _differ("intact", want.intact, verdict.broken is None)
        for who, words in want.sees.items():
            problems += _differ(
                f"sees: {who}", " ".join(sorted(words)), await _sees(conn, house, cast, who, seen)
            )
    return problems


def _facts(want: Expect, seen: Seen, house: House) -> Iterator[Unmet]:
    """Keys with one right answer."""
    state, dates, today = seen.case.state, dates_of(seen.case, house), house.now()
    for name in ("outcome", "received_on", "accepted_on", "decided_on"):
        yield from _differ(name, getattr(want, name), getattr(state, name))
    yield from _differ("version", want.version, seen.case.item_version)
    yield from _differ("reply_due", want.reply_due, _reply_due(seen, house))
    yield from _differ("stage", want.stage, state.stage.value)
    yield from _differ("due", want.due, seen.glance.due_on)
    yield from _differ("promised_due", want.promised_due, dates.promised and dates.promised.on)
    yield from _differ("statutory_due", want.statutory_due, dates.statutory and dates.statutory.on)
    yield from _differ("remaining", want.remaining, dates.promised and remaining(dates.promised, today))
    yield from _differ(
        "statutory_remaining", want.statutory_remaining, dates.statutory and remaining(dates.statutory, today)
    )
    yield from _differ("provisional", want.provisional, dates.provisional)
    yield from _differ("stopped", want.stopped, dates.stopped)
    standing = seen.licence.standing if seen.licence else None
    yield from _differ("licence", want.licence, standing and standing.on(legal_date(today)).value)
    yield from _differ("licence_until", want.licence_until, standing and standing.until)
    yield from _differ("licence_version", want.licence_version, standing and standing.version)
    if want.task_due:
        dues = [t["due_on"] for t in seen.tasks if not want.task or want.task[0] in (t["key"], t["step"])]
        yield from _differ("task_due", want.task_due, min(filter(None, dues), default=None))


def _reply_due(seen: Seen, house: House) -> date | None:
    if seen.case.kind != "order" or not seen.events:
        return None
    return reply_due(house, seen.case.item_code, seen.case.item_version, seen.events[0].at).on


async def _on_time(conn: asyncpg.Connection, house: House, case: Case) -> str:
    """As the wall counts it; nothing decided is no rate at all."""
    rows = await departments(conn, case.district, house.now(), legal_date(house.now()))
    row = next((r for r in rows if r["department"] == case.department), None)
    return f"{row['on_time']}/{row['n']}" if row and row["n"] else "none"


def _names(want: Expect, seen: Seen) -> Iterator[Unmet]:
    """Keys that name what must be there, and what must not."""
    open_ = {name for t in seen.tasks for name in (t["key"], t["step"])}
    kinds = [event.kind for event in seen.events]
    made = {event.data.get("kind") for event in seen.events if event.kind == "document_made"}
    for what, wanted, unwanted, found in (
        ("task", want.task, want.no_task, open_),
        ("card", want.card, want.no_card, set(seen.glance.rules)),
        ("open_card", want.open_card, want.no_open_card, set(seen.glance.open_cards)),
        ("event", want.event, want.no_event, set(kinds)),
        ("document", want.document, want.no_document, made | set(seen.asked)),
        ("notice", want.notice, want.no_notice, set(seen.told)),
    ):
        there = ", ".join(sorted(str(name) for name in found)) or "none"
        yield from (Unmet(what, name, there) for name in wanted if name not in found)
        yield from (Unmet(f"no_{what}", f"no {name}", there) for name in unwanted if name in found)


def _differ(what: str, wanted: Any, found: Any) -> Iterable[Unmet]:
    return (
        [] if wanted is None or _word(wanted) == _word(found) else [Unmet(what, _word(wanted), _word(found))]
    )


def _word(value: Any) -> str:
    return "none" if value in (None, "") else str(value)


def _told(due: Due | None) -> str:
    if due is None:
        return ""
    return STILL if due.on is None else due.on.isoformat() + ("?" if due.provisional else "")


async def _sees(conn: asyncpg.Connection, house: House, cast: Cast, who: str, seen: Seen) -> str:
    """What of a work order opens for somebody, in the words of `sees`."""
    case = seen.case
    linked = await load(conn, case.linked_no) if case.linked_no else None
    content = await read_content(conn, house, case.no)
    view = sight(
        cast.actor(who), case, [expected(t) for t in seen.tasks], confidential=content.confidential,
        complained_of=linked.state.hands if linked else (),
    )  # fmt: skip
    return " ".join(sorted(n for n in ("page", "words", "identity") if getattr(view, n))) or "nothing"


__all__ = ["Dates", "Seen", "Unmet", "dates_of", "unmet"]
