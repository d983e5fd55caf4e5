"""A situation chooses the steps of a procedure: once, when the case is filed."""

import pytest

from services.cases.resubmitting import resubmit
from services.cases.rounds import Paper, check_filing
from services.errors import Invalid
from tests.living import Living

ANSWERS = {
    "hand": ["right"], "nickname": ["小网"], "rackets": ["1"], "has_coach": ["no"], "surface": ["clay"], "fair_play": ["yes"],
    "member": ["430199199211234826"], "friends__2__name": ["李示例"],
}  # fmt: skip
PAPERS = [
    Paper(code, file="3" * 64, name=f"{code}.pdf", size=9, type="pdf")
    for code in ("own-racket", "whites", "left-waiver")
]
RIGHT, LEFT = PAPERS[:2], PAPERS


async def filed(living: Living, hand: str, papers: list[Paper]) -> str:
    no = (await living.file("tennis-club", "li", ANSWERS | {"hand": [hand]}, papers)).case_no
    await living.engine(no)
    return no


async def tasks(living: Living, no: str) -> set[str]:
    async with living.house.db.connection() as conn:
        return {r["key"] for r in await conn.fetch("SELECT key FROM task WHERE case_no = $1", no)}


@pytest.mark.parametrize(
    ("hand", "papers", "first"), [("right", RIGHT, "review#1"), ("left", LEFT, "trial#1")]
)
async def test_a_step_that_the_situation_skips_is_never_opened(living: Living, hand, papers, first):
    no = await filed(living, hand, papers)
    await living.act(no, "acceptance#1", "accept", "clerk")
    await living.engine(no)
    opened = await tasks(living, no)
    assert first in opened
    assert ("trial#1" in opened) is (hand == "left")


async def test_a_correction_does_not_answer_a_step_away(living: Living):
    no = await filed(living, "left", LEFT)
    defects = [{"code": "left-waiver", "defect": "没有签名", "fix": "签名"}]
    await living.act(no, "acceptance#1", "request_correction", "clerk", defects=defects)
    await living.engine(no)
    li = living.world.actors["li"]
    async with living.house.db.transaction() as tx:
        task_id = await tx.fetchval("SELECT id FROM task WHERE case_no = $1 AND key LIKE 'correction%'", no)
        again = {"task_id": task_id, "case_no": no, "papers": LEFT}
        with pytest.raises(Invalid) as refused:
            await resubmit(tx, living.house, li, raw=ANSWERS, token="to-the-right", **again)
        assert set(refused.value.problems) == {"hand"}
        await resubmit(tx, living.house, li, raw=ANSWERS | {"hand": ["left"]}, token="as-it-was", **again)


def test_rows_are_kept_in_order_without_the_empty_ones(living: Living):
    answers = check_filing(living.house.items.get("tennis-club"), ANSWERS, RIGHT)
    assert answers["friends"] == [{"name": "李示例"}]
