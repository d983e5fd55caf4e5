"""The embedded PostgreSQL keeps what it acknowledged, whatever is done to it."""

import os
import subprocess
from collections.abc import Iterator

import asyncpg
import pytest

from infra.embedded import database_url
from infra.servers import Home, Postgres
from infra.servers.account import blocked_at, data_folder
from tests.conftest import make_home, remove_home


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    made = make_home()
    yield made
    remove_home(made)


@pytest.fixture
def server(home: Home) -> Iterator[Postgres]:
    """One cluster for this module, started anew for every test: making it is what takes time."""
    postgres = Postgres(home)
    postgres.start()
    yield postgres
    postgres.stop()


async def note(home: Home, word: str) -> None:
    connection = await asyncpg.connect(database_url(home, "owner"))
    await connection.execute("CREATE TABLE IF NOT EXISTS note (word text)")
    await connection.execute("TRUNCATE note")
    await connection.execute("INSERT INTO note VALUES ($1)", word)
    await connection.close()


async def notes(home: Home) -> list[str]:
    connection = await asyncpg.connect(database_url(home, "owner"))
    words = [row["word"] for row in await connection.fetch("SELECT word FROM note")]
    await connection.close()
    return words


async def test_data_and_port_are_kept_over_a_restart(server: Postgres, home: Home) -> None:
    await note(home, "before")
    port = server.port
    server.stop()
    again = Postgres(home)
    again.start()
    assert again.port == port
    assert await notes(home) == ["before"]
    again.stop()


async def test_what_was_committed_survives_kill_9(server: Postgres, home: Home) -> None:
    await note(home, "committed")
    server.kill9()
    server.start()
    assert await notes(home) == ["committed"]


async def test_a_pid_file_of_a_dead_or_foreign_process_does_not_keep_it_closed(
    server: Postgres, home: Home
) -> None:
    server.stop()
    owner = server.data.stat()
    for pid in (4_000_000, os.getpid()):
        (server.data / "postmaster.pid").write_text(f"{pid}\n{server.data}\n")
        os.chown(server.data / "postmaster.pid", owner.st_uid, owner.st_gid)
        server.start()
        assert await asyncpg.connect(database_url(home, "app"))
        server.stop()


def test_a_reused_pid_of_its_own_account_does_not_keep_it_closed(server: Postgres, home: Home) -> None:
    """The hard case: PostgreSQL itself would take that living process for another server."""
    server.stop()
    uid, gid = server.account or (None, None)
    sleeper = subprocess.Popen(["sleep", "60"], user=uid, group=gid, extra_groups=[] if uid else None)
    try:
        (server.data / "postmaster.pid").write_text(f"{sleeper.pid}\n{server.data}\n")
        server.start()
        assert sleeper.poll() is None, "somebody else's process is not ours to end"
    finally:
        sleeper.kill()
        sleeper.wait()


async def test_a_server_left_behind_is_ended_before_a_second_one_touches_its_data(
    server: Postgres, home: Home
) -> None:
    left = server.process
    again = Postgres(home)
    again.start()
    assert left.poll() is not None
    await note(home, "again")
    again.stop()


async def test_the_application_may_connect_and_not_create(server: Postgres, home: Home) -> None:
    connection = await asyncpg.connect(database_url(home, "app"))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("CREATE TABLE mine ()")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("SET ROLE onewindow_owner")
    await connection.close()


async def test_a_wrong_password_is_refused(server: Postgres, home: Home) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(database_url(home, "app"), password="guess")


async def test_chinese_words_can_be_searched_and_pages_carry_checksums(server: Postgres, home: Home) -> None:
    connection = await asyncpg.connect(database_url(home, "owner"))
    assert await connection.fetchval("SELECT similarity('湖南示例餐饮', '示例餐饮') > 0.3")
    assert await connection.fetchval("SHOW data_checksums") == "on"
    assert await connection.fetchval("SHOW synchronous_commit") == "on"
    await connection.close()


async def test_a_forgotten_cluster_is_made_anew_under_the_same_passwords(
    server: Postgres, home: Home
) -> None:
    await note(home, "half a demonstration")
    before = database_url(home, "app")
    server.forget()
    server.start()
    assert database_url(home, "app") == before
    with pytest.raises(asyncpg.UndefinedTableError):
        await notes(home)


def test_passwords_are_for_our_eyes_only(server: Postgres, home: Home) -> None:
    assert (home.path / "servers.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server an account")
def test_behind_a_closed_door_the_data_goes_where_the_account_can_reach_it(home: Home) -> None:
    account = (65534, 65534)
    assert data_folder(home.path, account) == home.path / "postgres"
    closed = home.path / "closed"
    closed.mkdir(mode=0o700)
    assert blocked_at(closed / "postgres", account) == closed
    assert not data_folder(closed, account).is_relative_to(home.path)
