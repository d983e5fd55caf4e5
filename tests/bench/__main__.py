"""`make bench`: one table. Every part is its own process; the load comes from this one, on the same two cores."""

import asyncio
import io
import os
import sys
import time
from uuid import uuid4

import orjson
import uvloop
from pypdf import PdfWriter
from rich.console import Console
from rich.table import Table

from infra.seed.world import PASSWORD
from services.cases.log import Pen, load
from services.law.roles import Role
from tests.bench.http import Connection
from tests.bench.measure import Row, middle, row, run
from tests.bench.town import Town, town
from tests.living import FOOD

AT_ONCE = (1, 16, 64)
# A round. The first fifty after a quiet minute run at a quarter of the rate of those after them: short rounds would
# measure cold caches. Each act is two documents that the engine makes before the next row.
ACTS = {1: 400, 16: 320, 64: 320}
FILED = {1: 40, 16: 64, 64: 64}
PAGES = {1: 200, 16: 400, 64: 400}
ROUNDS = 5  # in turn, so that a noisy minute of the machine falls on all rows alike
SCALE = float(os.environ.get("BENCH_SCALE", "1"))


async def bare(town: Town, at_once: int) -> Row:
    """The rows of an act written bare: one prepared statement, one transaction, nothing thought about."""
    jobs = []
    for no, task in await town.waiting(int(ACTS[at_once] * SCALE)):
        async with town.house.db.connection() as conn:
            case = await load(conn, no)
        pen = Pen(case, town.house.now())
        pen.write("accepted", f"act:{uuid4().hex}", actor="bench", role=Role.CLERK.value, task="acceptance#1")

        async def job(_: int, pen: Pen = pen, task: int = task) -> None:
            async with town.house.db.connection() as conn:
                assert await pen.commit(conn, close=task)

        jobs.append(job)
    return await run("same rows, bare", at_once, jobs)


async def acts(town: Town, client: "Clients", at_once: int, what: str = "an act over HTTP") -> Row:
    """Accepting, over HTTP: session, rights, rules, hashing, log, tasks, outbox; the engine follows meanwhile."""

    def job(task: int):
        body = orjson.dumps({"command": "accept", "values": {}})

        async def send(worker: int) -> None:
            await client.api(
                worker, "POST", f"/api/v1/tasks/{task}/acts", body, {"idempotency-key": uuid4().hex}
            )

        return send

    waiting = await town.waiting(int(ACTS[at_once] * SCALE))
    return await run(what, at_once, [job(task) for _, task in waiting])


async def acts_alone(town: Town, client: "Clients", at_once: int) -> Row:
    """The same with the engine at rest: what it costs in shared processors and disk is the difference."""
    town.parts["relay"].stop()
    try:
        return await acts(town, client, at_once, "an act, engine at rest")
    finally:
        town.parts["relay"].start()


async def submits(town: Town, client: "Clients", at_once: int) -> Row:
    firm = town.world.subjects["湖南示例餐饮有限公司"]
    values = {k: v[0] for k, v in FOOD.items()} | {
        "area": 120,
        "staff": 8,
        "has_network_trade": False,
        "truth": True,
    }
    handle = await client.upload()
    papers = [{"code": c, "file": handle} for c in ("layout", "safety-rules", "health-certificates")]
    body = orjson.dumps({"item": "food-licence", "applicant": firm, "values": values, "papers": papers})

    async def send(worker: int) -> None:
        await client.api(
            worker, "POST", "/api/v1/applications", body, {"idempotency-key": uuid4().hex}, as_="chen"
        )

    return await run("submitting", at_once, [send] * int(FILED[at_once] * SCALE))


async def pages(client: "Clients", at_once: int, what: str, who: str, path: str) -> Row:
    async def look(worker: int) -> None:
        await client.page(worker, path, who)

    return await run(what, at_once, [look] * int(PAGES[at_once] * SCALE))


async def visible(town: Town, client: "Clients", at_once: int) -> Row:
    """From the answer of an act to the next task in somebody's worklist."""
    waiting, took = await town.waiting(int(FILED[at_once] * SCALE)), []
    gate, there = asyncio.Semaphore(at_once), {no: asyncio.Event() for no, _ in waiting}

    async def watch() -> None:
        """One for all: sixteen who ask would be a load of their own."""
        async with town.house.db.connection() as conn:
            while missing := [no for no, event in there.items() if not event.is_set()]:
                for (no,) in await conn.fetch(
                    "SELECT case_no FROM task WHERE case_no = ANY ($1) AND key = 'site_check#1'", missing
                ):
                    there[no].set()
                await asyncio.sleep(0.01)

    async def one(number: int, no: str, task: int) -> None:
        async with gate:
            body = orjson.dumps({"command": "accept", "values": {}})
            await client.api(
                number % at_once, "POST", f"/api/v1/tasks/{task}/acts", body, {"idempotency-key": uuid4().hex}
            )
            begun = time.perf_counter()
            await there[no].wait()
            took.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    await asyncio.gather(watch(), *(one(i, no, task) for i, (no, task) in enumerate(waiting)))
    return row("next task visible", at_once, took, time.perf_counter() - begun)


class Clients:
    """Keep-alive connections by worker, signed in once for each kind of use."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connections: dict[int, Connection] = {}
        self.tokens: dict[str, str] = {}
        self.cookies: dict[str, str] = {}

    async def sign_in(self) -> None:
        for username in ("clerk", "chen"):
            body = orjson.dumps({"username": username, "password": PASSWORD})
            status, answer = await self._of(0).request(
                "POST", "/api/v1/session", body, {"content-type": "application/json"}
            )
            assert status in (200, 201), answer
            self.tokens[username] = orjson.loads(answer)["token"]

    def _of(self, worker: int) -> Connection:
        return self.connections.setdefault(worker, Connection("127.0.0.1", self.port))

    async def api(
        self, worker: int, method: str, path: str, body: bytes, headers: dict[str, str], as_: str = "clerk"
    ) -> bytes:
        own = {"content-type": "application/json", "authorization": f"Bearer {self.tokens[as_]}"}
        status, answer = await self._of(worker).request(method, path, body, own | headers)
        assert status < 300, (status, answer)
        return answer

    async def upload(self) -> str:
        """A small PDF of chen's; the handle that an application names it by."""
        part = b'--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n'
        body = part + blank_pdf() + b"\r\n--b--\r\n"
        kind = {"content-type": "multipart/form-data; boundary=b"}
        return orjson.loads(await self.api(0, "POST", "/api/v1/files", body, kind, as_="chen"))["file"]

    async def page(self, worker: int, path: str, who: str) -> None:
        status, answer = await self._of(worker).request("GET", path, headers={"cookie": self.cookies[who]})
        assert status == 200, (status, answer[:300])


def blank_pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


async def web_cookie(town: Town, who: str) -> str:
    """A browser session, opened as signing in opens it."""
    from services.people import open_session

    async with town.house.db.connection() as conn:
        token = await open_session(conn, town.world.actors[who].id, kind="web", now=town.house.now())
    return f"ow={token}"


async def main() -> list[Row]:
    rows: list[Row] = []
    async with town() as here:
        clients = Clients(here.settings.port)
        await healthy(clients)
        await clients.sign_in()
        clients.cookies = {who: await web_cookie(here, who) for who in ("clerk", "chen")}
        [(no, _)] = await here.waiting(1)
        for at_once in AT_ONCE:
            parts = (
                lambda n: bare(here, n),
                lambda n: acts_alone(here, clients, n),
                lambda n: acts(here, clients, n),
                lambda n: visible(here, clients, n),
                lambda n: submits(here, clients, n),
                lambda n: pages(clients, n, "a 50-row worklist page", "clerk", "/window?queue=acceptance"),
                lambda n: pages(clients, n, "the workbench of a case", "clerk", f"/window/cases/{no}"),
                lambda n: pages(clients, n, "a case's progress page", "chen", f"/cases/{no}"),
            )
            rounds: list[list[Row]] = [[] for _ in parts]
            for _ in range(ROUNDS):
                for part, row_ in zip(parts, rounds, strict=True):
                    row_.append(await part(at_once))
                    await quiet(here)
            rows += [middle(row_) for row_ in rounds]
            show(rows[-len(parts) :])
    return rows


async def healthy(clients: Clients) -> None:
    for _ in range(200):
        try:
            if (await Connection("127.0.0.1", clients.port).request("GET", "/healthz"))[0] == 200:
                return
        except OSError:
            pass
        await asyncio.sleep(0.1)
    raise RuntimeError("the web did not come up")


async def quiet(town: Town) -> None:
    """Until the engine has nothing left to do, documents included, so that rows do not pay for each other."""
    still, before = 0, town.engine_seconds()
    while still < 4:
        await asyncio.sleep(0.5)
        async with town.house.db.connection() as conn:
            behind = await conn.fetchval("SELECT count(*) FROM cases WHERE engine_seq < seq")
        spent = town.engine_seconds()
        at_rest = behind == 0 and spent - before < 0.05  # of half a second: timers and polls
        still, before = still + 1 if at_rest else 0, spent


def show(rows: list[Row], title: str = "") -> None:
    table = Table("what", "at once", "n", "per second", "p50 ms", "p99 ms", title=title)
    for r in rows:
        table.add_row(r.what, str(r.at_once), str(r.n), f"{r.rate:,.0f}", f"{r.p50:.2f}", f"{r.p99:.1f}")
    Console().print(table)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(main())
    show(sorted(found, key=lambda r: (r.what, r.at_once)), "OneWindow, one run")
    sys.stdout.flush()
    os._exit(0)
