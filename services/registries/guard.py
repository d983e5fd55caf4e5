"""Asking in such a way that a register which is down costs a page a second or two at first, and soon nothing."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from services.registries.exchange import Answer, Exchange, Question, RegistryDown, Unanswered

PATIENCE = 1.5  # seconds for one question, all tries together
TRIES = 2
PAUSE = 0.1  # seconds between them
FAILURES = 3  # questions that fail in a row before a register is left alone
REST = 30.0  # seconds that it is left alone; then one question tries it


@dataclass(slots=True)
class Circuit:
    failures: int = 0
    closed_again: float = 0.0  # monotonic; until then nothing is asked


class Guarded:
    """Any exchange, with a time limit, bounded retries and a circuit breaker for each register."""

    def __init__(
        self,
        inner: Exchange,
        *,
        patience: float = PATIENCE,
        rest: float = REST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.inner, self.patience, self.rest, self.clock = inner, patience, rest, clock
        self._circuits: dict[str, Circuit] = {}

    async def ask(self, question: Question) -> Answer:
        circuit = self._circuits.setdefault(question.register, Circuit())
        if circuit.failures >= FAILURES:
            if self.clock() < circuit.closed_again:
                raise RegistryDown(f"{question.register} failed a moment ago and is left alone")
            circuit.closed_again = (
                self.clock() + self.rest
            )  # whoever comes meanwhile does not wait for our try
        try:
            async with asyncio.timeout(self.patience):
                answer = await self._try(question)
        except TimeoutError:
            self._failed(circuit)
            raise RegistryDown(f"{question.register} did not answer in {self.patience} seconds") from None
        except RegistryDown:
            self._failed(circuit)
            raise
        except Unanswered:
            circuit.failures = 0  # it does answer, if only to say no
            raise
        circuit.failures = 0
        return answer

    async def _try(self, question: Question) -> Answer:
        for _ in range(TRIES - 1):
            try:
                return await self.inner.ask(question)
            except RegistryDown:
                await asyncio.sleep(PAUSE)
        return await self.inner.ask(question)

    def _failed(self, circuit: Circuit) -> None:
        circuit.failures += 1
        circuit.closed_again = self.clock() + self.rest
