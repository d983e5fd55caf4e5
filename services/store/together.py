"""Asks of the same moment go to the store as one (group commit): the more come at once, the less each costs."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Ask = TypeVar("Ask")
Answer = TypeVar("Answer")
MOST = 64  # a larger statement would keep the first waiting for the last


class Together(Generic[Ask, Answer]):
    """Whoever comes alone goes at once; whoever comes while others are on their way goes with the next.

    `carry` takes several asks and brings as many answers, in their order. What it raises is raised to each of them.
    """

    def __init__(self, carry: Callable[[list[Ask]], Awaitable[Sequence[Answer]]]) -> None:
        self._carry = carry
        self._waiting: deque[tuple[Ask, asyncio.Future[Answer]]] = deque()
        self._on_the_way = False
        self._next: asyncio.Task[None] | None = None  # held, since the loop itself only keeps weak references

    async def __call__(self, ask: Ask) -> Answer:
        if self._on_the_way:
            answer = asyncio.get_running_loop().create_future()
            self._waiting.append((ask, answer))
            return await answer
        self._on_the_way = True
        try:
            return (await self._carry([ask]))[0]
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        going = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        self._on_the_way = bool(going)
        self._next = asyncio.create_task(self._go(going)) if going else None

    async def _go(self, going: list[tuple[Ask, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._carry([ask for ask, _ in going])
            for (_, answer), given in zip(going, answers, strict=True):
                if not answer.done():  # whoever left meanwhile needs none
                    answer.set_result(given)
        except BaseException as error:
            for _, answer in going:
                if not answer.done():
                    answer.set_exception(error)
            if not isinstance(error, Exception):
                raise
        finally:
            self._pass_on()
