"""一号: what is known is filled in with its source; what is not is typed, and what was typed stays."""

from datetime import date

import orjson
import pytest

from services.drafts import start
from services.drafts.store import read
from services.registries.standin import Entry, enter
from tests.living import FOOD, FOOD_PAPERS, Living
from tests.web.applying import PDF, Visitor, upload, visiting

FIRM, CODE = "湖南示例餐饮有限公司", "91430199MA99001B89"


@pytest.fixture
async def registers(living: Living):
    """The stand-in itself, with every register up again afterwards."""
    guarded = living.house.exchange
    guarded._circuits.clear()
    yield guarded.inner
    guarded.inner.down.clear()
    guarded._circuits.clear()


@pytest.fixture
async def chen(living: Living):
    async with visiting(living) as visitor:
        yield await visitor.sign_in("chen")


async def begin(living: Living, chen: Visitor) -> str:
    """A food licence for the restaurant, as far as the form."""
    draft = await chen.begin("food-licence")
    firm = living.world.subjects[FIRM]
    await chen.press(f"{draft}/start", applicant=firm, only_prepackaged="no", applicant_role="self")
    assert chen.path == f"{draft}/form"
    return draft


async def looks(living: Living, what: str) -> list[tuple]:
    async with living.house.db.connection() as conn:
        rows = await conn.fetch(
            "SELECT subject_id, role, purpose FROM look_up WHERE what = $1 ORDER BY id", what
        )
    return [tuple(r) for r in rows]


async def stored(living: Living, draft: str):
    async with living.house.db.connection() as conn:
        return await read(conn, living.house, living.world.actors["chen"], draft.rpartition("/")[2])


async def test_what_registers_know_is_filled_in_and_says_from_where(living, chen, registers):
    before = len(await looks(living, "registry:legal-persons.registration"))
    draft = await begin(living, chen)
    kept = await stored(living, draft)
    assert (kept.raw["premises_name"], kept.raw["staff"], kept.raw["has_network_trade"]) == (
        [FIRM],
        ["8"],
        ["no"],
    )
    assert "取自法人库 2026-11-16，请核对，可以修改" in chen.text
    assert "取自法人库 2025-12-31" in chen.text, "an annual report shows the end of its year"
    await chen.go(f"{draft}/start")
    await chen.press(
        f"{draft}/start", applicant=living.world.subjects[FIRM], only_prepackaged="no", applicant_role="self"
    )
    told = await looks(living, "registry:legal-persons.registration")
    assert len(told) == before + 1, "going back and forth looks at nothing again"
    assert told[-1][:2] == (living.world.subjects[FIRM], "representative")
    await chen.go(f"{draft}/check")
    assert "取自法人库 2026-11-16" in chen.text


async def test_a_register_that_is_down_is_named_and_stops_nothing(living, chen, registers):
    registers.down.add("legal-persons")
    before = len(await looks(living, "registry:legal-persons.registration"))
    draft = await begin(living, chen)
    assert "法人库暂时连不上" in chen.text
    typed = {
        "premises_name": "小满饭店", "premises_address": "示例区示例路1号", "area": "120", "category": "hot_food",
        "has_network_trade": "no", "officer_name": "陈示例", "officer_phone": "19900000001", "staff": "3",
    }  # fmt: skip
    await chen.press(f"{draft}/form", **typed)
    assert chen.path == f"{draft}/papers"
    assert "营业执照" in chen.text
    assert 'name="material:business-licence"' in chen.page.text, "whoever has it at hand may upload it"
    await chen.press(f"{draft}/papers", [upload("business-licence", "执照.pdf", PDF)], then="here")
    assert "执照.pdf" in chen.text
    assert len(await looks(living, "registry:legal-persons.registration")) == before, "nobody saw anything"

    registers.down.clear()
    living.house.exchange._circuits.clear()
    await chen.go(f"{draft}/form")
    await chen.press(f"{draft}/registers")
    assert "暂时连不上" not in chen.text
    kept = await stored(living, draft)
    assert kept.raw["staff"] == ["3"], "what was typed stays"
    assert kept.raw["premises_name"] == ["小满饭店"]


async def test_data_that_shows_a_day_long_ago_is_not_taken_over(living, chen, registers):
    async with living.house.db.transaction() as tx:
        report = {"staff_count": 80, "sells_online": False}
        await enter(
            tx, living.house.vault, [Entry("legal-persons.annual-report", CODE, report, date(2024, 12, 31))]
        )
    draft = await begin(living, chen)
    assert "法人库的数据只到 2024-12-31" in chen.text
    assert "staff" not in (await stored(living, draft)).raw
    async with living.house.db.transaction() as tx:
        report = {"staff_count": 8, "sells_online": False}
        await enter(
            tx, living.house.vault, [Entry("legal-persons.annual-report", CODE, report, date(2025, 12, 31))]
        )


async def test_what_was_said_before_is_offered_again(living, chen, registers):
    firm = living.world.subjects[FIRM]
    said = {**FOOD, "officer_name": ["吴负责"], "officer_phone": ["19900000055"]}
    await living.file("food-licence", "chen", said, FOOD_PAPERS, applicant_id=firm)
    draft = await begin(living, chen)
    kept = await stored(living, draft)
    assert kept.raw["officer_name"] == ["吴负责"]
    assert "area" not in kept.raw, "other premises have another area"
    assert kept.raw["staff"] == ["8"], "a register goes before what was once typed"
    assert "取自您上次申请 2026-11-16" in chen.text
    assert (await looks(living, "earlier"))[-1][0] == firm


async def test_nobody_elses_register_is_asked_for_what_the_form_does_not_want(living, chen, registers):
    registers.asked.clear()
    await begin(living, chen)
    assert {q.query for q in registers.asked} == {
        "legal-persons.registration", "legal-persons.representative", "legal-persons.annual-report",
    }  # fmt: skip
    assert {q.number for q in registers.asked} == {CODE}


async def test_a_draft_of_before_there_were_registers_opens(living):
    house, chen = living.house, living.world.actors["chen"]
    async with house.db.transaction() as tx:
        draft = await start(tx, house, chen, house.items.get("food-licence"))
        old = orjson.dumps({"raw": {}, "papers": [], "prefilled": {}, "defects": []})
        sealed = house.vault.seal(old, where=f"draft|sealed|{draft.id}")
        await tx.execute("UPDATE draft SET sealed = $2 WHERE id = $1", draft.id, sealed)
        assert (await read(tx, house, chen, draft.id)).asked == {}
