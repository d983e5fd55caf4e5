"""A year's days off, announced while cases run. Invented: nobody has announced 2027 yet."""

from datetime import UTC, datetime
from pathlib import Path

from services.calendars import load_notice
from services.cases.histories import history
from services.law.chain import Event
from tests.living import Living

NOTICE = (Path(__file__).parent / "notices" / "2027.yaml").read_text(encoding="utf-8")
FILED = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)  # Monday
ACCEPTED = datetime(2026, 12, 4, 1, 30, tzinfo=UTC)  # Friday


def edition(n: int, *changes: tuple[str, str]) -> str:
    """Another edition of the notice, with these words changed."""
    text = NOTICE.replace("edition: 1", f"edition: {n}")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


async def survey(living: Living) -> str:
    """湖底勘测: 45 working days promised, 60 by law; filed at the end of November and accepted on 4 December."""
    living.clock.now = FILED
    no = (await living.file("lake-survey", "chen", {"lake": ["洞庭"]}, [])).case_no
    await living.engine(no)
    living.clock.now = ACCEPTED
    await living.act(no, "acceptance#1", "accept", "clerk")
    await living.engine(no)
    return no


async def announce(living: Living, text: str = NOTICE) -> None:
    await load_notice(living.house, text, living.world.actors["admin"])


async def recountings(living: Living, no: str) -> list[Event]:
    async with living.house.db.connection() as conn:
        return [t.event for t in await history(conn, no) if t.event.kind == "recounted"]


async def row(living: Living, sql: str, *args: object):
    async with living.house.db.connection() as conn:
        return await conn.fetchrow(sql, *args)
