"""Clients who never give up, and somebody who pulls plugs."""

import asyncio
import random
from collections import Counter
from uuid import uuid4

import orjson

from infra.seed.world import PASSWORD
from services.errors import Unavailable
from services.law.clock import legal_date
from tests.bench.http import Connection
from tests.bench.town import Town
from tests.living import SITE_CHECK

ACTS = (
    ("acceptance#1", "accept", "clerk", {}),
    ("site_check#1", "record_site_check", "reviewer", SITE_CHECK),
    ("review#1", "recommend_grant", "reviewer", {}),
    ("decision#1", "grant", "director", {}),
    ("delivery", "deliver", "clerk", {"mode": "direct", "recipient": "陈示例"}),
    ("rating", "rate", "chen", {"score": "5"}),
)
PATIENCE = 900  # seconds that a client keeps trying one thing: the engine, killed every few seconds, is minutes behind
_AWAY = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, Unavailable)


class Storm:
    """Carries cases to their archive over HTTP while parts are killed; keeps what was acknowledged."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.random = town, random.Random(seed)
        self.acknowledged: dict[str, list[tuple[str, int]]] = {}  # case -> (key, seq)
        self.killed: Counter[str] = Counter()
        self.tokens: dict[str, str] = {}
        self.over = False

    async def run(self, cases: int, kills: int) -> None:
        waiting = await self.town.waiting(cases)
        killer = asyncio.create_task(self._kill(kills))
        await asyncio.gather(*(self._carry(no) for no, _ in waiting))
        self.over = True
        await killer

    async def _carry(self, no: str) -> None:
        connection = Connection("127.0.0.1", self.town.settings.port)
        for key, command, who, values in ACTS:
            task = await self._task(no, key)
            token = uuid4().hex
            if "checked_on" in values:
                values = values | {"checked_on": legal_date(self.town.house.now()).isoformat()}
            seq = await self._insist(connection, task, command, who, values, token)
            self.acknowledged.setdefault(no, []).append((f"act:{token}", seq))
        await connection.close()

    async def _task(self, no: str, key: str) -> int:
        return await self._value(
            "SELECT id FROM task WHERE case_no = $1 AND key = $2 AND state = 'open'", no, key
        )

    async def archived(self, no: str) -> None:
        await self._value("SELECT 1 FROM cases WHERE no = $1 AND stage = 'archived'", no)

    async def _value(self, sql: str, *args: str):
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    async with self.town.house.db.connection() as conn:
                        if found := await conn.fetchval(sql, *args):
                            return found
                except _AWAY:
                    pass
                await asyncio.sleep(0.1)

    async def _insist(
        self, connection: Connection, task: int, command: str, who: str, values: dict, token: str
    ) -> int:
        """The same act under the same key until somebody says that it is done."""
        body = orjson.dumps({"command": command, "values": values})
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    headers = {
                        "authorization": f"Bearer {await self._token(who)}",
                        "content-type": "application/json",
                        "idempotency-key": token,
                    }
                    async with asyncio.timeout(10):
                        status, answer = await connection.request(
                            "POST", f"/api/v1/tasks/{task}/acts", body, headers
                        )
                    if status < 300:
                        return orjson.loads(answer)["seq"]
                    assert status in (401, 409, 503), (status, answer)
                    if status == 401:
                        self.tokens.pop(who, None)
                except _AWAY:
                    await connection.close()
                await asyncio.sleep(0.1)

    async def _token(self, who: str) -> str:
        while who not in self.tokens:
            body = orjson.dumps({"username": who, "password": PASSWORD})
            connection = Connection("127.0.0.1", self.town.settings.port)
            status, answer = await connection.request(
                "POST", "/api/v1/session", body, {"content-type": "application/json"}
            )
            await connection.close()
            if status in (200, 201):
                self.tokens[who] = orjson.loads(answer)["token"]
            else:
                await asyncio.sleep(0.2)
        return self.tokens[who]

    async def _kill(self, kills: int) -> None:
        """kill -9, a moment of darkness, start again: what a supervisor does after a crash."""
        victims = ["web", "relay", "worker", "temporal", "postgres"]
        while sum(self.killed.values()) < kills:
            await asyncio.sleep(self.random.uniform(0.3, 1.2))
            name = self.random.choice(victims)
            part = {"temporal": self.town.temporal, "postgres": self.town.postgres}.get(
                name
            ) or self.town.parts[name]
            part.kill9()
            await asyncio.sleep(self.random.uniform(0.0, 0.5))
            part.start()
            self.killed[name] += 1
            self._restart_the_dead()
        while not self.over:  # a part may give up while another is away; somebody always starts it again
            await asyncio.sleep(1)
            self._restart_the_dead()

    def _restart_the_dead(self) -> None:
        for part in self.town.parts.values():
            if part.poll() is not None:
                part.start()
