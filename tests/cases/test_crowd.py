"""Acts that share their statements: each one is decided for itself, and none suffers from those beside it."""

import asyncio
from uuid import uuid4

from services.cases.door import act
from services.cases.log import Pen
from services.cases.ways import Crowd
from services.errors import NotAllowed, NotExpected
from tests.cases.test_life import file_food
from tests.living import Living


async def task_of(living: Living, no: str) -> int:
    async with living.house.db.connection() as conn:
        return await conn.fetchval("SELECT id FROM task WHERE case_no = $1 AND key = 'acceptance#1'", no)


async def at_once(living: Living, *acts: tuple[str, str, str]) -> list:
    """Each (case, who, token) accepts, all in the same turn of the loop."""
    tasks = [await task_of(living, no) for no, _, _ in acts]
    async with Crowd(living.house.db) as crowd:
        return await asyncio.gather(
            *(
                act(
                    crowd, living.house, living.world.actors[who], task_id=task, command="accept", token=token
                )
                for task, (_, who, token) in zip(tasks, acts, strict=True)
            ),
            return_exceptions=True,
        )


async def test_twelve_cases_at_once_are_each_accepted_once(living: Living):
    cases = [await file_food(living) for _ in range(12)]
    done = await at_once(living, *((no, "clerk", uuid4().hex) for no in cases))
    assert [d.case_no for d in done] == cases
    for no in cases:
        assert (await living.kinds(no)).count("accepted") == 1


async def test_the_same_act_ten_times_at_once_is_done_once(living: Living):
    no, token = await file_food(living), uuid4().hex
    done = await at_once(living, *[(no, "clerk", token)] * 10)
    assert sum(not d.repeated for d in done) == 1
    assert len({d.seq for d in done}) == 1


async def test_of_two_clerks_one_is_told_and_a_stranger_is_refused_beside_them(living: Living):
    no, other = await file_food(living), await file_food(living)
    first, *rest = await at_once(
        living,
        (other, "clerk", uuid4().hex),
        (no, "clerk", uuid4().hex),
        (no, "clerk2", uuid4().hex),
        (no, "chen", uuid4().hex),
    )
    assert first.case_no == other
    assert sorted(type(r).__name__ for r in rest) == ["Done", NotAllowed.__name__, NotExpected.__name__]
    assert (await living.kinds(no)).count("accepted") == 1


async def test_a_case_that_somebody_holds_keeps_nobody_else_waiting(living: Living):
    held, free = await file_food(living), await file_food(living)
    first = await file_food(living)  # goes alone, so that the two behind it go together
    async with living.house.db.transaction() as tx:
        await tx.execute("SELECT FROM cases WHERE no = $1 FOR UPDATE", held)
        acts = asyncio.ensure_future(
            at_once(living, *((no, "clerk", uuid4().hex) for no in (first, held, free)))
        )
        async with asyncio.timeout(20):
            while "accepted" not in await living.kinds(free):
                await asyncio.sleep(0.01)
        assert not acts.done()
    assert [d.case_no for d in await acts] == [first, held, free]


async def test_one_that_cannot_be_written_does_not_stop_those_beside_it(living: Living, monkeypatch):
    first, spoilt, good = [await file_food(living) for _ in range(3)]
    write = Pen.write

    def spoil(pen: Pen, *args, **more):
        event = write(pen, *args, **more)
        if pen.case.no == spoilt:
            pen.events = [(e, f"\0{body}", digest) for e, body, digest in pen.events]
        return event

    monkeypatch.setattr(Pen, "write", spoil)
    done = await at_once(living, *((no, "clerk", uuid4().hex) for no in (first, spoilt, good)))
    assert [getattr(d, "case_no", None) for d in done] == [first, None, good]
    assert "accepted" not in await living.kinds(spoilt)


async def test_more_acts_with_a_connection_of_their_own_than_there_are_connections(living: Living):
    """Whoever held one and waited for the others would wait for ever."""
    tasks = [await task_of(living, await file_food(living)) for _ in range(25)]

    async def needs_one(crowd: Crowd, task: int) -> None:
        async with crowd.way() as way:
            await way.connection()
            assert (await way.read(task, ""))["id"] == task

    async with Crowd(living.house.db) as crowd, asyncio.timeout(30):
        await asyncio.gather(*(needs_one(crowd, task) for task in tasks))
