"""The embedded Temporal comes back with its workflows."""

import pytest
from temporalio.client import Client

from infra.servers import Home, Temporal


@pytest.fixture
def server(home: Home):
    temporal = Temporal(home)
    temporal.start()
    yield temporal
    temporal.stop()


async def begin(server: Temporal) -> None:
    client = await Client.connect(server.address)
    await client.start_workflow("Nobody", id="case-1", task_queue="none")


async def status(server: Temporal) -> str:
    client = await Client.connect(server.address)
    return (await client.get_workflow_handle("case-1").describe()).status.name


async def test_workflows_and_port_are_kept_over_a_restart(server: Temporal) -> None:
    await begin(server)
    port = server.port
    server.stop()
    server.start()
    assert server.port == port
    assert await status(server) == "RUNNING"


async def test_a_started_workflow_survives_kill_9(server: Temporal) -> None:
    await begin(server)
    server.kill9()
    server.start()
    assert await status(server) == "RUNNING"


async def test_a_server_left_behind_is_ended_before_a_second_one_opens_its_file(
    server: Temporal, home: Home
) -> None:
    left = server.process
    again = Temporal(home)
    again.start()
    assert left.poll() is not None
    again.stop()
