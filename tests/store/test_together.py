"""Asks of one moment are carried as one, and each gets its own answer."""

import asyncio

import pytest

from services.store.together import MOST, Together


class Carrier:
    """Doubles numbers; notes how many were carried together; waits at the gate."""

    def __init__(self) -> None:
        self.loads: list[int] = []
        self.gate = asyncio.Event()

    async def __call__(self, asked: list[int]) -> list[int]:
        self.loads.append(len(asked))
        await self.gate.wait()
        if 13 in asked:
            raise ValueError("thirteen")
        return [2 * n for n in asked]


async def started(*asks):
    tasks = [asyncio.ensure_future(ask) for ask in asks]
    await asyncio.sleep(0)
    return tasks


async def test_one_goes_at_once_and_those_behind_it_together_with_an_answer_each():
    carrier = Carrier()
    together = Together(carrier)
    tasks = await started(*(together(n) for n in range(10)))
    assert carrier.loads == [1]
    carrier.gate.set()
    assert await asyncio.gather(*tasks) == [2 * n for n in range(10)]
    assert carrier.loads == [1, 9]
    assert await together(5) == 10  # and afterwards the way is free
    assert carrier.loads == [1, 9, 1]


async def test_a_load_has_an_end():
    carrier = Carrier()
    together = Together(carrier)
    tasks = await started(*(together(100 + n) for n in range(MOST + 2)))
    carrier.gate.set()
    await asyncio.gather(*tasks)
    assert carrier.loads == [1, MOST, 1]


async def test_what_fails_fails_for_those_of_its_load_and_for_nobody_after():
    carrier = Carrier()
    together = Together(carrier)
    tasks = await started(together(1), together(13), together(2))
    carrier.gate.set()
    one, *two = await asyncio.gather(*tasks, return_exceptions=True)
    assert one == 2
    assert [type(error) for error in two] == [ValueError, ValueError]
    with pytest.raises(ValueError, match="thirteen"):
        await together(13)
    assert await together(3) == 6


async def test_whoever_leaves_does_not_take_the_others_along():
    carrier = Carrier()
    together = Together(carrier)
    first, second, third = await started(together(1), together(2), together(3))
    second.cancel()
    carrier.gate.set()
    assert await first == 2
    assert await third == 6


async def test_whoever_goes_first_and_is_cancelled_lets_the_next_go():
    carrier = Carrier()
    together = Together(carrier)
    first, second = await started(together(1), together(2))
    first.cancel()
    carrier.gate.set()
    assert await second == 4
    assert await together(4) == 8
