"""Run one part of the house in this process, until it is asked to end."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import asyncpg
import uvloop

from infra.logs import log_plainly
from infra.part import SUPERVISOR
from infra.settings import Problem, Settings, place

T = TypeVar("T")
PartBody = Callable[[Settings], Awaitable[None]]


def run_part(body: PartBody, settings: Settings) -> None:
    """A body is an async function that runs until it is cancelled, or until its work is done."""
    leave_with_supervisor()
    run_coroutine(_guarded(body, settings))


def run_web(settings: Settings) -> None:
    """No access log: a path can name a person's case."""
    import uvicorn

    from infra.web import create_app

    leave_with_supervisor()
    run_coroutine(check_schema(settings.database_url))
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=75,  # longer than a proxy in front keeps its side, so that ours never closes first
    )


def run_coroutine(coroutine: Coroutine[Any, Any, T]) -> T:
    log_plainly()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(coroutine)


async def _guarded(body: PartBody, settings: Settings) -> None:
    """A service manager's SIGTERM and a Ctrl-C both cancel the body, so it can hand back what it holds."""
    await check_schema(settings.database_url)
    task = asyncio.ensure_future(body(settings))
    loop = asyncio.get_running_loop()
    asked = False

    def ask() -> None:
        nonlocal asked
        asked = True
        task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ask)
    try:
        await task
    except asyncio.CancelledError:
        if not asked:
            raise


async def check_schema(url: str) -> None:
    """Fail at the door rather than at the first case: code and schema must be of one revision."""
    from infra.migrations import current_revision, head_revision

    try:
        found, wanted = await current_revision(url), head_revision()
    except (OSError, asyncpg.PostgresError) as error:
        raise Problem(f"The database {place(url)} cannot be reached: {error}") from None
    if found != wanted:
        raise Problem(
            f"The schema of {place(url)} is at revision {found or '(none)'}, this code expects {wanted or '(none)'}: "
            "run `onewindow migrate`."
        )


async def has_cases(url: str) -> bool:
    connection = await asyncpg.connect(url)
    try:
        return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM cases)"))
    finally:
        await connection.close()


def leave_with_supervisor() -> None:
    """Where the kernel does not end orphans (macOS), ask every second whether the supervisor is still there."""
    supervisor = int(os.environ.get(SUPERVISOR, "0"))
    if supervisor:
        threading.Thread(target=_watch, args=(supervisor,), daemon=True).start()


def _watch(supervisor: int) -> None:
    while os.getppid() == supervisor:
        time.sleep(1)
    os._exit(1)
