"""The connection to PostgreSQL: a pool that is fair, and notices when the server went away."""

import asyncio
import select
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import orjson

from services.errors import Unavailable

APPLICATION = "onewindow"
CONNECT_SECONDS = 5
WAIT_SECONDS = 10  # for a free connection

# What the driver raises when the server is away, starting, stopping, or full.
_AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    # Something is sent on a line whose goodbye was read and whose end was not: a millisecond's window.
    asyncpg.InternalClientError,
)
_UNREACHABLE = (*_AWAY, OSError, TimeoutError, asyncpg.InterfaceError)


class _Connection(asyncpg.Connection):
    """The driver's reset on release is a round trip per request, a third of what a short act costs.

    Nothing to reset: nobody changes a pooled connection's session (settings are SET LOCAL, locks belong to a
    transaction, LISTEN uses `dedicated`). An open transaction is still rolled back by the driver.
    """

    def get_reset_query(self) -> str:
        return ""


class Database:
    def __init__(self, pool: asyncpg.Pool, url: str, application: str) -> None:
        self._pool, self._url, self._application = pool, url, application
        # Whoever came first goes first: the pool itself lets who comes now slip past those who wait, a second long.
        self._turns = asyncio.Semaphore(pool.get_max_size())

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        min_size: int = 1,
        max_size: int = 10,
        application: str = APPLICATION,
        durable: bool = True,
    ) -> "Database":
        """Raises Unavailable if no server answers.

        Not `durable`: commits do not wait for the disk. Only for work that may be done again, such as carrying bells.
        """
        url = plain_url(url)
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=min_size,
                max_size=max_size,
                init=_prepare,
                connection_class=_Connection,
                max_inactive_connection_lifetime=0,  # whoever comes first after a quiet hour should not pay for it
                **_options(application, durable),
            )
        except _UNREACHABLE as error:
            raise _unavailable() from error
        return cls(pool, url, application)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """For reading, and for single statements, each of which is its own transaction.

        When the server goes away meanwhile this raises Unavailable: whether the last statement took effect is then
        unknown, and only an idempotency key makes it safe to ask again.
        """
        await self._turn()
        try:
            conn = await self._take()
            try:
                yield conn
            except _AWAY as error:
                await self._drop(conn)
                raise _unavailable() from error
            except (OSError, asyncpg.InterfaceError) as error:
                if _gone(conn):
                    raise _unavailable() from error
                raise
            finally:
                await self._give_back(conn)
        finally:
            self._turns.release()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[asyncpg.Connection]:
        """All or nothing, READ COMMITTED. To try again after a conflict is the caller's decision."""
        async with self.connection() as conn, conn.transaction():
            yield conn

    @asynccontextmanager
    async def dedicated(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection outside the pool: for LISTEN, for locks that outlive a transaction, for a `Lane`."""
        try:
            conn = await asyncpg.connect(self._url, **_options(self._application))
        except _UNREACHABLE as error:
            raise _unavailable() from error
        try:
            await _prepare(conn)
            yield conn
        except _AWAY as error:
            raise _unavailable() from error
        except (OSError, asyncpg.InterfaceError) as error:
            if _gone(conn):
                raise _unavailable() from error
            raise
        finally:
            conn.terminate() if conn.is_closed() else await conn.close(timeout=CONNECT_SECONDS)

    async def close(self) -> None:
        await self._pool.close()

    async def _turn(self) -> None:
        if not self._turns.locked():
            await self._turns.acquire()  # at once; a timer for each act is a cost
            return
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._turns.acquire()
        except TimeoutError as error:
            raise _unavailable() from error

    async def _take(self) -> Any:
        """A connection that lives. Each dead one found is dropped, so the loop ends after one round of the pool."""
        for _ in range(self._pool.get_max_size() + 1):
            try:
                conn = await self._pool.acquire()  # at once: who has a turn finds one free
            except _UNREACHABLE as error:
                raise _unavailable() from error
            alive = False
            try:
                alive = not has_something_to_say(conn) or await _answers(conn)
            finally:  # also when we are cancelled: a connection that is not given back is lost to the pool
                if not alive:
                    await self._drop(conn)
            if alive:
                return conn
        raise _unavailable()

    async def _drop(self, conn: Any) -> None:
        if not _gone(conn):
            conn.terminate()
        await self._pool.release(conn)

    async def _give_back(self, conn: Any) -> None:
        try:
            await self._pool.release(conn)
        except _UNREACHABLE:
            # The connection is broken. What happened in the body is what counts.
            await self._drop(conn)


def plain_url(url: str) -> str:
    """asyncpg's form; SQLAlchemy's `postgresql+asyncpg://` is taken too."""
    scheme, mark, rest = url.partition("://")
    return f"{scheme.partition('+')[0]}{mark}{rest}"


def _options(application: str, durable: bool = True) -> dict[str, Any]:
    return {
        "timeout": CONNECT_SECONDS,
        "command_timeout": 60,
        "statement_cache_size": 512,
        # Short statements only: compiling them costs more than running them.
        "server_settings": {
            "application_name": application,
            "timezone": "UTC",
            "jit": "off",
            **({} if durable else {"synchronous_commit": "off"}),
        },
    }


async def _prepare(conn: asyncpg.Connection) -> None:
    # The binary form of jsonb is a version byte and the text.
    await conn.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        encoder=lambda value: b"\x01" + orjson.dumps(value),
        decoder=lambda data: orjson.loads(data[1:]),
    )


def _gone(conn: Any) -> bool:
    """The pool takes a connection back by itself when it breaks; the handle then refuses even this question."""
    try:
        return conn.is_closed()
    except asyncpg.InterfaceError:
        return True


def has_something_to_say(conn: Any) -> bool:
    """An idle server says nothing unless it says goodbye, which the event loop may not have read yet.

    Without this look at the socket the first request after a restart of PostgreSQL would fail.
    """
    if _gone(conn):
        return True
    socket = conn._transport.get_extra_info("socket")
    watch = select.poll()
    watch.register(socket.fileno(), select.POLLIN)
    return bool(watch.poll(0))


async def _answers(conn: Any) -> bool:
    try:
        await conn.execute("", timeout=CONNECT_SECONDS)
    except (*_UNREACHABLE, asyncpg.PostgresError):
        return False
    return True


def _unavailable() -> Unavailable:
    return Unavailable(
        "系统正在维护，请稍后再试；已经提交的内容不会丢失",
        "The system is being looked after; please try again shortly. Nothing you have submitted is lost",
    )
