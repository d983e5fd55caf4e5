"""Web, relay, worker, Temporal and PostgreSQL are killed at random: nothing acknowledged is lost or doubled."""

import asyncio

import pytest

from services.law import chain
from tests.bench.town import Town, town
from tests.faults.storm import ACTS, PATIENCE, Storm


async def check(here: Town, storm: Storm) -> None:
    for no, acks in storm.acknowledged.items():
        await storm.archived(no)
        async with here.house.db.connection() as conn:
            rows = await conn.fetch(
                "SELECT seq, key, body, hash FROM case_event WHERE case_no = $1 ORDER BY seq", no
            )
            head = await conn.fetchval("SELECT head FROM cases WHERE no = $1", no)
        assert [r["seq"] for r in rows] == list(range(1, len(rows) + 1)), f"{no}: a gap in the log"
        assert chain.verify([(r["seq"], r["body"], r["hash"]) for r in rows], head).broken is None
        written = [(r["key"], r["seq"]) for r in rows if r["key"].startswith("act:")]
        assert written == acks, f"{no}: what was acknowledged is not what was written"
    assert all(len(acks) == len(ACTS) for acks in storm.acknowledged.values())


async def every_workflow_completes(here: Town, storm: Storm) -> None:
    from workflows.gateway import Gateway

    gateway = await Gateway.connect(here.settings.temporal_address, "default", here.house.vault.codec_key)
    for no in storm.acknowledged:
        async with asyncio.timeout(PATIENCE):
            await gateway.client.get_workflow_handle(no).result()


async def weather(cases: int, kills: int, seed: int) -> None:
    async with town() as here:
        storm = Storm(here, seed)
        await storm.run(cases, kills)
        await check(here, storm)
        await every_workflow_completes(here, storm)
        acts = sum(map(len, storm.acknowledged.values()))
        print(f"\n{acts} acts acknowledged, {sum(storm.killed.values())} kills: {dict(storm.killed)}")
        assert acts == cases * len(ACTS)
        assert sum(storm.killed.values()) >= kills


async def test_twenty_kills_in_three_hundred_acts_lose_and_double_nothing():
    await weather(cases=50, kills=20, seed=20261124)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
async def test_a_long_storm(seed: int):
    await weather(cases=300, kills=120, seed=seed)
