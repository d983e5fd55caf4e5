"""Days off announced while the real engine conducts a case, and while it is down."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from temporalio.api.enums.v1 import EventType

from services.calendars.following import following
from services.cases.clocks import case_clocks
from services.cases.recounting import recount_all
from services.cases.waiting import settled
from tests.cases.announced import ACCEPTED, FILED, announce, recountings
from tests.living import Living
from tests.workflows.engine import engine, until_event, until_open
from workflows.gateway import Gateway
from workflows.reconcile import reconcile

DECIDING = datetime(2026, 12, 29, 1, 30, tzinfo=UTC)
WARNED = datetime(2027, 1, 5, 1, 0, tzinfo=UTC)  # the decision's own limit nears


@pytest.fixture
async def living(own_database, tmp_path):
    home = await Living.move_in(own_database.app, tmp_path)
    yield home
    await home.leave()


async def survey(living: Living, filed: datetime = FILED) -> str:
    """The day makes the case's number, which must be new to the shared engine."""
    living.clock.now = filed
    no = (await living.file("lake-survey", "chen", {"lake": ["洞庭"]}, [])).case_no
    await until_open(living, no, "acceptance#1")
    living.clock.now = ACCEPTED
    await living.act(no, "acceptance#1", "accept", "clerk")
    await until_open(living, no, "review#1")
    living.clock.now = DECIDING
    await living.act(no, "review#1", "recommend_grant", "reviewer", opinion="同意")
    await until_open(living, no, "decision#1")
    return no


async def statutory(living: Living, no: str) -> date:
    return case_clocks(await living.case(no), living.house).statutory.on


async def until_armed(gateway: Gateway, no: str, moment: datetime) -> None:
    """Until the newest timer of the workflow is set for this moment; it sets one only after it has read the log."""
    for _ in range(400):
        armed = await timers(gateway, no)
        if armed and armed[-1] == moment - DECIDING:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{no}: set for {[DECIDING + t for t in armed]}, not {moment}")


async def timers(gateway: Gateway, no: str) -> list[timedelta]:
    """How long each timer that the workflow has started was to run, in order."""
    history = await gateway.client.get_workflow_handle(no).fetch_history()
    started = [e for e in history.events if e.event_type == EventType.EVENT_TYPE_TIMER_STARTED]
    return [e.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta() for e in started]


async def until_read(living: Living, no: str) -> None:
    assert await settled(living.house.db, no, (await living.case(no)).seq, seconds=20)


async def test_a_running_case_gets_its_new_dates_and_its_timer_moves(living: Living, temporal_address: str):
    async with engine(living, temporal_address) as gateway, following(living.house, recount_all):
        no = await survey(living)
        await until_armed(gateway, no, WARNED)
        await announce(living)
        await until_event(living, no, "recounted")
        await until_armed(gateway, no, WARNED + timedelta(days=1))
    assert await statutory(living, no) == date(2027, 3, 4)


async def test_sixty_working_days_announced_to_while_every_worker_is_down(
    living: Living, temporal_address: str
):
    async with engine(living, temporal_address):
        no = await survey(living, FILED - timedelta(days=3))
        await until_read(living, no)
    await announce(living)  # nobody is there to hear it
    assert await recountings(living, no) == []
    async with engine(living, temporal_address) as gateway:
        assert (await reconcile(living.house, gateway)).recounted == 1
        await until_read(living, no)
        await living.act(no, "decision#1", "grant", "director")
        await until_open(living, no, "delivery")
    (event,) = await recountings(living, no)
    dates = {d["what"]: (d["from"][:10], d["to"][:10]) for d in event.data["dates"]}
    assert dates["statutory"] == ("2027-03-02", "2027-03-05")
    assert (await living.kinds(no)).count("recounted") == 1
