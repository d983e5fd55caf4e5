"""The door for the procedure: in one transaction, read what is new, or write what the procedure has to say.

A procedure speaks only about a log it has read to the end. If there are events past its cursor, they are returned and
nothing is written; the procedure takes them in and asks again. So it never opens a task on a case that was withdrawn
a moment ago, and a retry after a lost answer finds its own words in the log and writes them once.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import asyncpg

from services.calendars.current import COUNT
from services.cases.alarms import Watch, look
from services.cases.assigning import NOT_THE_HANDLERS
from services.cases.clocks import case_clocks
from services.cases.log import Case, Pen, load
from services.cases.plan import plan_of
from services.errors import NotFound
from services.house import House
from services.law import chain
from services.law.case import CaseState
from services.law.clock import SHANGHAI, back, due, legal_date, warn_at
from services.law.commands import COMMANDS
from services.law.roles import SYSTEM, Role
from services.law.rules import RULES
from services.law.stages import CUT_SHORT, FINISHED, REVIEWING
from services.law.stays import stops_of
from services.law.wants import ANYBODYS, Drop, Entry, Open, Span, SyncIn, SyncOut

STEP_WARNING = 0.8  # share of a step's limit after which it is called near (domain rule T03)
RENEWAL_WARNING = 5  # working days before a licence ends whose renewal is undecided (rule L01W)
PROMISE_WARNING = 0.9  # of the promised limit (domain rule T05)
# 红黄牌的申诉和复核: local practice
APPEAL = Span(3, "working_days")
REVIEW = Span(5, "working_days")

# Events whose command declares facts, by kind: what of an event's data the engine may read.
_FACTS = {c.event: c.facts for c in COMMANDS.values()}


def entry_of(event: chain.Event) -> Entry:
    """An event as the engine sees it: codes only, never text that a person typed."""
    names = _FACTS.get(event.kind, frozenset())
    facts = {n: str(event.data[n]) for n in names if n in event.data}
    if "command" in event.data:
        facts["command"] = event.data["command"]
    return Entry(event.seq, event.key, event.kind, event.task, facts, event.on.isoformat())


@dataclass
class _Desk:
    """One sync's working memory."""

    conn: asyncpg.Connection
    house: House
    case: Case
    pen: Pen
    said: set[str]
    tasks: list[asyncpg.Record]
    complained_of: set[str]
    new_tasks: list[tuple] = field(default_factory=list)


async def sync(conn: asyncpg.Connection, house: House, want: SyncIn) -> SyncOut:
    """Call inside a transaction. Raises NotFound for a case that is not there."""
    # First without a lock: even a lock alone makes a commit wait for the disk, and most bells bring news.
    case = await load(conn, want.case_no)
    if case is None:
        raise NotFound("没有这个办件", f"No such case: {want.case_no}")
    plan = plan_of(case, house.items) if want.cursor == 0 else None
    if news := await _read(conn, want):
        return SyncOut(news, plan=plan)
    case = await load(conn, want.case_no, lock=True)
    assert case is not None
    if case.seq > want.cursor:
        return SyncOut(await _read(conn, want), plan=plan)
    desk = await _sit_down(conn, house, case)
    if case.state.stays:
        await _stand_still(desk)
        desk.tasks = await _tasks(conn, case.no)
    _speak(desk, want)
    for drop in want.drops:
        await _drop(desk, drop)
    await _ring_due(desk)
    _review_appeals(desk)
    seq = case.seq
    if desk.pen.events and not await desk.pen.commit(conn, ring=False):
        raise RuntimeError(f"{case.no} moved while its row was locked")
    await _open_tasks(desk)
    desk.tasks = await _tasks(conn, case.no)
    outlook = look(_watches(desk), desk.said, desk.pen.now)
    await conn.execute(
        # A case that was counted with an older calendar stays marked so, for `recounting`.
        "UPDATE cases SET engine_seq = $2, due_at = $3, due_on = $4, calendar = coalesce(calendar, $5) "
        "WHERE no = $1 AND (engine_seq, due_at, due_on) IS DISTINCT FROM ($2, $3, $4)",
        case.no, seq, *case_due(case, desk.house, desk.tasks), desk.house.calendar.version,
    )  # fmt: skip
    wake = None if outlook.next is None else max(0.0, (outlook.next - desk.pen.now).total_seconds())
    return SyncOut([entry_of(e) for e, _, _ in desk.pen.events], True, wake, plan)


async def _read(conn: asyncpg.Connection, want: SyncIn) -> list[Entry]:
    rows = await conn.fetch(
        "SELECT body FROM case_event WHERE case_no = $1 AND seq > $2 ORDER BY seq", want.case_no, want.cursor
    )
    return [entry_of(chain.read(r["body"])) for r in rows]


async def _sit_down(conn: asyncpg.Connection, house: House, case: Case) -> _Desk:
    said = await conn.fetch(f"SELECT key, {COUNT} AS notices FROM case_event WHERE case_no = $1", case.no)  # noqa: S608
    await house.calendars.catch_up(conn, said[0]["notices"])
    tasks = await _tasks(conn, case.no)
    return _Desk(
        conn,
        house.at_home(case.district),
        case,
        Pen(case, house.now()),
        {r["key"] for r in said},
        tasks,
        await _hands(conn, case.linked_no) if case.kind == "order" else set(),
    )


async def _hands(conn: asyncpg.Connection, case_no: str | None) -> set[str]:
    linked = await load(conn, case_no) if case_no else None
    return linked.state.hands if linked else set()


async def _tasks(conn: asyncpg.Connection, case_no: str) -> list[asyncpg.Record]:
    return await conn.fetch("SELECT * FROM task WHERE case_no = $1 ORDER BY id", case_no)


def _write(desk: _Desk, kind: str, key: str, *, task: str | None = None, data: dict | None = None) -> None:
    desk.pen.write(kind, key, actor=SYSTEM.id, role=Role.SYSTEM.value, task=task, data=data)
    desk.said.add(key)


def _speak(desk: _Desk, want: SyncIn) -> None:
    for say in want.says:
        if say.key not in desk.said:
            _write(desk, say.kind, say.key, data=dict(say.data))
    for expectation in want.opens:
        if f"open:{expectation.key}" not in desk.said:
            _open(desk, expectation)


def _open(desk: _Desk, want: Open) -> None:
    """Record that something is now expected, of whom and by when; the row follows in `_open_tasks`."""
    case, now = desk.case, desk.pen.now
    since = _since(want.since, case.state) or now
    by = warn = None
    if want.within:
        stops = stops_of(case.state.stays) if want.stops else ()
        by = due(want.within, since, desk.house.calendar, stops=stops)
        warn = warn_at(by, since, STEP_WARNING) if want.warn_rule else None
    data = {
        "step": want.step,
        "role": want.role,
        "commands": want.commands,
        "department": want.department or case.lead,
        "due": by.at.isoformat() if by and by.at else None,
        "calendar": desk.house.calendar.version,
    }
    if want.standing:
        data["standing"] = True
    _write(desk, "task_opened", f"open:{want.key}", data={"task": want.key, **data})
    not_by = {who for step in want.unlike for who in case.state.acted.get(step, [])}
    if ANYBODYS in want.unlike:
        not_by |= case.state.handlers
    if want.role not in (Role.APPLICANT, Role.AGENT):
        not_by |= desk.complained_of  # whoever is complained of does not answer the complaint
    handler = _handler(want, data["department"], case, not_by)
    desk.new_tasks.append(
        (
            case.no, want.key, want.step, want.role, data["department"], case.district, want.commands, sorted(not_by),
            now, warn, by.at if by else None, by.on if by else None, want.warn_rule, want.due_rule, want.silence,
            want.within.n if want.within else None, want.within.unit if want.within else None, legal_date(since),
            want.stops, want.standing, handler, now if handler else None,
        )
    )  # fmt: skip


def _handler(want: Open, department: str, case: Case, not_by: set[str]) -> str | None:
    """承办人: what the reviewers of the case's department do next is theirs, as long as it can be assigned to another."""
    state = case.state
    theirs = want.role == Role.REVIEWER and want.step not in NOT_THE_HANDLERS and department == case.lead
    if state.stage not in REVIEWING or not theirs or state.handler in not_by:
        return None
    return state.handler or None


def _since(since: str, state: CaseState) -> date | None:
    """The legal date a limit counts from; None for now."""
    if since[:1].isdigit():
        return date.fromisoformat(since)
    return {
        "received": state.received_on,
        "accepted": state.accepted_on,
        "decided": state.decided_on,
    }.get(since)


async def _stand_still(desk: _Desk) -> None:
    """Count anew the limits that stand still with the case's clock, if it stopped or runs again (art. 45)."""
    stops = stops_of(desk.case.state.stays)
    for t in desk.tasks:
        if t["state"] != "open" or not t["stops"] or t["limit_n"] is None:
            continue
        since = t["opened_at"] if t["limit_unit"] == "working_hours" else t["since_on"]
        by = due(Span(t["limit_n"], t["limit_unit"]), since, desk.house.calendar, stops=stops)
        if by.at == t["due_at"]:
            continue
        warn = warn_at(by, since, STEP_WARNING) if t["warn_rule"] else None
        await desk.conn.execute(
            "UPDATE task SET warn_at = $2, due_at = $3, due_on = $4 WHERE id = $1",
            t["id"],
            warn,
            by.at,
            by.on,
        )


async def _open_tasks(desk: _Desk) -> None:
    if desk.new_tasks:
        # Where silence has ended the case just now, nothing that its course still wanted is open; its cards are.
        ended = desk.case.state.stage in CUT_SHORT and not desk.pen.was_cut
        await desk.conn.executemany(
            "INSERT INTO task (case_no, key, step, role, department, district, commands, not_by, opened_at, "
            "warn_at, due_at, due_on, warn_rule, due_rule, silence, limit_n, limit_unit, since_on, stops, standing, "
            "claimed_by, claimed_at, state, kind) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
            "$16, $17, $18, $19, $20, $21, $22, $23, $24)",
            [
                (*t, "dropped" if ended and t[3] != Role.SUPERVISOR else "open", desk.case.kind)
                for t in desk.new_tasks
            ],
        )


async def _drop(desk: _Desk, drop: Drop) -> None:
    await desk.conn.execute(
        "UPDATE task SET state = 'dropped', closed_at = $3 WHERE case_no = $1 AND key = $2 AND state = 'open'",
        desk.case.no, drop.key, desk.pen.now,
    )  # fmt: skip


def _watches(desk: _Desk) -> list[Watch]:
    watches = []
    for t in desk.tasks:
        for which, at, rule in (("warn", t["warn_at"], t["warn_rule"]), ("due", t["due_at"], t["due_rule"])):
            silence = t["silence"] if which == "due" else None
            if at and (rule or silence):
                watches.append(
                    Watch(f"alarm:{t['key']}:{which}", at, rule, t["key"], silence, t["closed_at"])
                )
    for task, at in desk.case.state.asked_anew.items():
        watches.append(Watch(f"alarm:{task}:anew", datetime.fromisoformat(at), "P03", task))
    for order, at in desk.case.state.upheld.items():
        watches.append(Watch(f"alarm:{order}:upheld", datetime.fromisoformat(at), "S02"))
    return watches + _clock_watches(desk) + _renewal_watches(desk)


def _renewal_watches(desk: _Desk) -> list[Watch]:
    """Licence Law art. 50(2): the agency decides before the licence ends, or silence does."""
    end = desk.case.state.deemed_at
    if end is None:
        return []
    last = legal_date(end) - timedelta(days=1)
    warn = datetime.combine(back(RENEWAL_WARNING, last, desk.house.calendar), time(9), SHANGHAI)
    filed = desk.case.state.received_on
    warning = (
        [Watch("alarm:renewal:warn", warn, "L01W", "renewal")] if filed and legal_date(warn) > filed else []
    )
    return [*warning, Watch("alarm:renewal:due", end, "L01", "renewal", "deemed_renewed")]


def _clock_watches(desk: _Desk) -> list[Watch]:
    state = desk.case.state
    clocks = case_clocks(desk.case, desk.house)
    if clocks is None:
        return []
    until = state.stopped_at
    watches = []
    if clocks.promised and clocks.promised.at:
        warning = warn_at(clocks.promised, state.accepted_on, PROMISE_WARNING)
        if clocks.promised.on != state.accepted_on:  # decided on the spot: a warning would come at once
            watches.append(Watch("alarm:promised:warn", warning, "T05", until=until))
        watches.append(Watch("alarm:promised:due", clocks.promised.at, "T06", until=until))
    if clocks.statutory and clocks.statutory.at:
        watches.append(Watch("alarm:statutory:due", clocks.statutory.at, "T07", until=until))
    return watches


async def _ring_due(desk: _Desk) -> None:
    """The moments that have come: warnings, cards, and what silence turns into."""
    for watch in look(_watches(desk), desk.said, desk.pen.now).fire:
        if watch.rule:
            await _raise(desk, watch)
        if watch.silence and f"silence:{watch.task}" not in desk.said:
            _write(
                desk,
                watch.silence,
                f"silence:{watch.task}",
                task=watch.task,
                data={"due": watch.at.isoformat()},
            )
            await _close(desk, watch.task)


async def _close(desk: _Desk, task_key: str) -> None:
    await desk.conn.execute(
        "UPDATE task SET state = 'done', closed_at = $3 WHERE case_no = $1 AND key = $2",
        desk.case.no, task_key, desk.pen.now,
    )  # fmt: skip


async def _raise(desk: _Desk, watch: Watch) -> None:
    rule = RULES[watch.rule]
    facts = {
        "rule": rule.code,
        "severity": rule.severity,
        "task": watch.task,
        "moment": watch.at.isoformat(),
        "calendar": desk.house.calendar.version,
    }
    if rule.severity == "notice":
        _write(desk, "warned", watch.key, data=facts)
        return
    _write(desk, "card_raised", watch.key, data=facts)
    case, card = desk.case, f"{rule.code}:{watch.key.split(':', 1)[1]}"
    await desk.conn.execute(
        "INSERT INTO card (case_no, key, rule, severity, department, district, facts, raised_at, state) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open') ON CONFLICT (case_no, key) DO NOTHING",
        case.no, card, rule.code, rule.severity, case.lead, case.district, facts, desk.pen.now,
    )  # fmt: skip
    await desk.conn.execute("UPDATE cases SET cards = cards + 1 WHERE no = $1", case.no)
    _open(desk, Open(f"card:{card}", "card", Role.SUPERVISOR.value, ["close_card"]))
    _open(
        desk,
        Open(
            f"appeal:{card}", "appeal", Role.DIRECTOR.value, ["appeal_card"], APPEAL, silence="appeal_lapsed",
            standing=True,
        ),
    )  # fmt: skip


def _review_appeals(desk: _Desk) -> None:
    """复核: an appeal is decided by the supervisor, whatever the procedure is doing."""
    for card in desk.case.state.appeals:
        if f"open:card_review:{card}" not in desk.said:
            reviews = ["uphold_card", "revoke_card"]
            _open(desk, Open(f"card_review:{card}", "card_review", Role.SUPERVISOR.value, reviews, REVIEW))


def case_due(case: Case, house: House, tasks: list[asyncpg.Record]) -> tuple[datetime | None, object]:
    """What the lists sort by: the promised date once accepted, else the nearest thing that government owes."""
    state = case.state
    if state.stage in FINISHED:
        return None, None
    clocks = case_clocks(case, house)
    if clocks and clocks.promised and not state.stopped_at:
        return clocks.promised.at, clocks.promised.on
    # A pre-check (预审) is no date that anybody was promised, and moves none.
    others = (Role.APPLICANT.value, Role.SUPERVISOR.value)
    owed = [
        t for t in tasks
        if t["due_at"] and t["closed_at"] is None and t["role"] not in others and not t["standing"]
        and t["step"] != "precheck"
    ]  # fmt: skip
    nearest = min(owed, key=lambda t: t["due_at"], default=None)
    return (nearest["due_at"], nearest["due_on"]) if nearest else (None, None)
