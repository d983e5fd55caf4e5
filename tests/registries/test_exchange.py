"""Asking registers: none of them can hold up a page, and nobody can speak for one."""

import asyncio
from datetime import date

import httpx
import pytest

from infra.registers_server import registers_app
from services.registries.exchange import Answer, Declined, Question, RegistryDown, Unknown
from services.registries.guard import FAILURES, Guarded
from services.registries.wire import Wire

NAME = Question("population.identity", "430199199003076616", "填写申请", "draft", "account")


class Register:
    """Does what it is told, and counts."""

    def __init__(self) -> None:
        self.does, self.asked = "answer", 0

    async def ask(self, question: Question) -> Answer:
        self.asked += 1
        match self.does:
            case "hang":
                await asyncio.sleep(60)
            case "break":
                raise RegistryDown("broken")
            case "know nothing":
                raise Unknown("nobody")
        return Answer(question.query, {"name": "陈示例"}, date(2026, 11, 16))


async def test_a_register_that_hangs_costs_little_and_soon_nothing_until_it_has_rested():
    now = [0.0]
    register = Register()
    register.does = "hang"
    guarded = Guarded(register, patience=0.02, rest=30, clock=lambda: now[0])
    for _ in range(FAILURES):
        with pytest.raises(RegistryDown):
            await guarded.ask(NAME)
    asked = register.asked
    with pytest.raises(RegistryDown, match="left alone"):
        await guarded.ask(NAME)
    assert register.asked == asked
    register.does = "answer"
    now[0] = 31
    assert (await guarded.ask(NAME)).facts["name"] == "陈示例"


async def test_a_broken_register_is_asked_twice_and_other_registers_go_on():
    register = Register()
    register.does = "break"
    guarded = Guarded(register)
    for _ in range(FAILURES):
        with pytest.raises(RegistryDown):
            await guarded.ask(NAME)
    assert register.asked == 2 * FAILURES
    register.does = "answer"
    other = Question("credit.record", NAME.number, NAME.purpose, NAME.about, NAME.requester)
    assert await guarded.ask(other)


async def test_to_know_nothing_is_an_answer_and_not_a_failure():
    register = Register()
    register.does = "know nothing"
    guarded = Guarded(register)
    for _ in range(FAILURES + 1):
        with pytest.raises(Unknown):
            await guarded.ask(NAME)
    assert register.asked == FAILURES + 1, "not asked again, and not left alone"


async def test_over_the_wire_only_who_has_the_key_asks_and_answers():
    register, key = Register(), b"shared"

    def wire(app, with_key: bytes) -> Wire:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://exchange")
        return Wire(client, with_key)

    app = registers_app(register, key)
    assert (await wire(app, key).ask(NAME)).facts == {"name": "陈示例"}
    register.does = "know nothing"
    with pytest.raises(Unknown):
        await wire(app, key).ask(NAME)
    register.does, asked = "answer", register.asked
    with pytest.raises(RegistryDown):
        await wire(app, b"guessed").ask(NAME)
    assert register.asked == asked, "whoever does not sign is told nothing"
    imposter = registers_app(register, key)
    with pytest.raises(RegistryDown, match="cannot be read"):
        await Replayed(imposter, key).ask(NAME)


class Replayed(Wire):
    """Somebody between us and the exchange gives every question the first one's answer."""

    def __init__(self, app, key: bytes) -> None:
        super().__init__(
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://exchange"), key
        )

    async def ask(self, question: Question) -> Answer:
        first: list[httpx.Response] = []
        send = self.client.post

        async def post(*args, **more):
            first.append(await send(*args, **more))
            return first[0]

        self.client.post = post  # type: ignore[method-assign]
        await super().ask(question)
        return await super().ask(question)


async def test_without_a_purpose_no_register_tells_anything(living):
    with pytest.raises(Declined):
        await living.house.exchange.ask(Question(NAME.query, NAME.number, "", NAME.about, NAME.requester))
