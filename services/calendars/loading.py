"""Loading a notice: checked whole, kept for good, announced to every process.

What it does to dates that were counted before is `services.cases.recounting`'s.
"""

from datetime import datetime
from typing import TYPE_CHECKING

import asyncpg

from services.calendars.current import Calendars, Filed
from services.errors import Invalid, NotAllowed
from services.law.calendar import CalendarError, Notice, shipped
from services.law.clock import legal_date
from services.law.notices import read_text, require_fixed_holidays
from services.law.roles import SYSTEM, Actor, Role

if TYPE_CHECKING:
    from services.house import House  # which holds the calendars

CHANNEL = "calendar"
FIELD = "notice"  # of the form; where a problem is shown
_HERE = "YAML"

_INSERT = (
    "INSERT INTO calendar_notice (district, year, edition, source, body, loaded_at, loaded_by) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING 1"
)


async def ship(conn: asyncpg.Connection, now: datetime) -> Calendars:
    """Keep the notices that came with this release, where the store has no such edition or a later one."""
    calendars = await Calendars.read(conn)
    held = {(f.notice.district, f.notice.year): f.notice.edition for f in calendars.current()}
    new = [(text, n) for text, n in shipped() if held.get((n.district, n.year), 0) < n.edition]
    for text, notice in new:
        await _keep(conn, Filed(notice, text, now, SYSTEM.id))
    if new:
        await calendars.refresh(conn)
    return calendars


async def load_notice(house: "House", text: str, actor: Actor) -> Notice:
    """Keep a notice and announce it; one that was loaded before changes nothing.

    Raises NotAllowed, or Invalid with one sentence for the field `notice`; then nothing was kept.
    """
    filed = check(house, text, actor)
    async with house.db.transaction() as tx:
        # Two loads of one year at once take turns; the second sees what the first has kept.
        await tx.execute("SELECT pg_advisory_xact_lock(hashtext('calendar_notice'))")
        await house.calendars.refresh(tx)
        filed = check(house, text, actor)
        if house.calendars.find(*filed.key) is None:
            await _keep(tx, filed)
            await tx.execute("SELECT pg_notify($1, '')", CHANNEL)
    async with house.db.connection() as conn:
        await house.calendars.refresh(conn)
    return filed.notice


def check(house: "House", text: str, actor: Actor) -> Filed:
    """What would be kept. Raises NotAllowed or Invalid."""
    if actor is not SYSTEM and not actor.has(Role.ADMIN):
        raise NotAllowed("只有系统管理员可以装入工作日历", "Only an administrator may load a calendar")
    try:
        notice = read_text(text, _HERE)
        _refuse_odd_year(house, notice)
        require_fixed_holidays(notice, _HERE)
    except CalendarError as wrong:
        raise _no(wrong.words.zh, str(wrong)) from wrong
    _refuse_out_of_reach(house, notice, actor)
    _refuse_idle_days(house, notice)
    _refuse_older(house, notice)
    return Filed(notice, text, house.now(), actor.id)


def _refuse_out_of_reach(house: "House", notice: Notice, actor: Actor) -> None:
    """The country's notice is public and the same for all, so any administrator loads it; a district's, its own."""
    if not notice.district:
        return
    known = sorted({item.district for item in house.items.latest()})
    if notice.district not in known:
        there = "、".join(known)
        raise _no(
            f"没有区划 {notice.district}，现有：{there}",
            f"There is no district {notice.district}; there are: {', '.join(known)}",
        )
    scopes = {g.district for g in actor.grants if g.role is Role.ADMIN}
    if actor is not SYSTEM and not scopes & {"", notice.district}:
        raise NotAllowed("这个区划不归您管理", "You do not administer that district")


def _refuse_odd_year(house: "House", notice: Notice) -> None:
    """A slip of the finger: nobody announces a year before the November that precedes it."""
    last = legal_date(house.now()).year + 1
    if notice.year > last:
        raise _no(
            f"{notice.year} 年的放假安排还不会公布，请核对 year（最晚 {last}）",
            f"Nobody announces {notice.year} yet; check year (at most {last})",
        )


def _refuse_idle_days(house: "House", notice: Notice) -> None:
    """A district cannot work on a day on which everybody works."""
    national = house.calendars.of()
    for day in sorted(notice.make_up if notice.district else ()):
        if national.is_workday(day):
            raise _no(f"work：{day} 本来就上班，请删去", f"work: {day} is a working day anyway; take it out")


def _refuse_older(house: "House", notice: Notice) -> None:
    """An edition is as final as a published item: a correction has a number of its own."""
    editions = {
        f.notice.edition: f.notice
        for f in house.calendars.filed
        if (f.notice.district, f.notice.year) == (notice.district, notice.year)
    }
    last = max(editions, default=0)
    if notice.edition in editions:
        if editions[notice.edition].days != notice.days:
            raise _no(
                f"{notice.year} 年第 {notice.edition} 版已经装入，内容不同；更正请写 edition: {last + 1}",
                f"Edition {notice.edition} of {notice.year} was loaded with other days; "
                f"for a correction write edition: {last + 1}",
            )
    elif notice.edition < last:
        raise _no(
            f"{notice.year} 年已有第 {last} 版；更正请写 edition: {last + 1}",
            f"{notice.year} has edition {last} already; for a correction write edition: {last + 1}",
        )


async def _keep(conn: asyncpg.Connection, filed: Filed) -> None:
    n = filed.notice
    await conn.execute(
        _INSERT, n.district, n.year, n.edition, n.source, filed.body, filed.loaded_at, filed.loaded_by
    )


def _no(zh: str, en: str) -> Invalid:
    return Invalid({FIELD: {"zh": zh, "en": en}})
