"""可能重复: what a desk is told of an applicant's other cases."""

from services.cases.desk_page import desk_page
from tests.cases.test_life import file_food
from tests.living import Living


async def neighbours(living: Living, no: str) -> list[str]:
    async with living.house.db.connection() as conn:
        page = await desk_page(conn, no)
    return [other.no for other in page.alike]


async def test_the_newest_open_cases_of_the_same_applicant_for_the_same_item_are_alike(living: Living):
    cases = []
    for _ in range(7):
        living.clock.forward(minutes=1)
        cases.append(await file_food(living))
    assert await neighbours(living, cases[6]) == cases[5:0:-1], "five, the newest first, not the case itself"
    assert await neighbours(living, cases[0]) == cases[6:1:-1]

    await living.act(cases[5], "withdrawal", "withdraw", "chen")
    await living.engine(cases[5])
    assert cases[5] not in await neighbours(living, cases[6])
