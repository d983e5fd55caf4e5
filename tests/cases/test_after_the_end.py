"""What is offered after an end outlives what is written after it."""

from tests.living import FOOD, FOOD_PAPERS, Living


async def test_closing_a_card_of_a_withdrawn_case_leaves_its_rating_open(living: Living):
    firm = living.world.subjects["湖南示例餐饮有限公司"]
    no = (await living.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=firm)).case_no
    await living.engine(no)
    living.clock.forward(days=8)
    await living.engine(no)
    async with living.house.db.connection() as conn:
        card = await conn.fetchval("SELECT key FROM task WHERE case_no = $1 AND step = 'card' LIMIT 1", no)
    await living.act(no, "withdrawal", "withdraw", "chen")
    await living.engine(no)
    await living.act(no, card, "close_card", "supervisor", ground="explained", reason="已说明")
    await living.engine(no)
    async with living.house.db.connection() as conn:
        state = await conn.fetchval("SELECT state FROM task WHERE case_no = $1 AND key = 'rating'", no)
    assert state == "open"
