"""How much is left to fill in: measured, and compared with what docs/one-number.md says."""

import re
from dataclasses import replace
from pathlib import Path

from forms import applies, clean
from services import drafts
from services.registries.exchange import NoExchange
from tests.living import FOOD, FOOD_PAPERS, Living
from web.citizen.apply_view import choose_applicant

DOC = Path(__file__).parents[2] / "docs" / "one-number.md"
FIRM = "湖南示例餐饮有限公司"


async def left(living: Living, *, exchange=None, applicant: bool = True) -> int:
    """Questions and fields of a food licence that nobody has filled in for the firm; declarations are signed, not filled in."""
    house = replace(living.house, exchange=exchange or living.house.exchange)
    item, chen = house.items.get("food-licence"), living.world.actors["chen"]
    async with house.db.transaction() as tx:
        draft = await drafts.start(tx, house, chen, item)
        if applicant:
            await choose_applicant(tx, house, draft, item, living.world.subjects[FIRM])
            await drafts.save(tx, house, draft)
    await drafts.ask_registers(house, chen, draft.id)
    async with house.db.connection() as conn:
        draft = await drafts.read(conn, house, chen, draft.id)
    asked = [f for f in item.questions + item.fields if f.kind != "declaration"]
    values = clean(asked, draft.raw).values
    return sum(f.required and f.name not in values and applies(f.when, values) for f in asked)


async def test_the_page_says_what_one_number_saves(living: Living):
    measured = [
        await left(living, applicant=False),
        await left(living, exchange=NoExchange()),
        await left(living),
    ]
    firm = living.world.subjects[FIRM]
    await living.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=firm)
    measured.append(await left(living))
    table = DOC.read_text(encoding="utf-8").partition("| what is known |")[2]
    told = [int(n) for n in re.findall(r"^\| [^|]+ \| (\d+) \|$", table, re.M)]
    assert measured == told
