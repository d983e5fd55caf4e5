"""The whole way from the guide to the receipt, as a browser without scripts walks it."""

import re
from datetime import timedelta

import pytest

from services import drafts
from services.law.stages import Stage
from tests.cases.conftest import home, living
from tests.living import Living
from tests.web.applying import BUSINESS_FORM, FOOD_FORM, JPG, PDF, Visitor, png, upload, visiting

__all__ = ["home", "living"]


@pytest.fixture
async def chen(living: Living):
    async with visiting(living) as visitor:
        yield await visitor.sign_in("chen")


@pytest.fixture
async def li(living: Living):
    async with visiting(living) as visitor:
        yield await visitor.sign_in("li")


async def fill_in_food(chen: Visitor, **more: str) -> str:
    """As far as the page for papers."""
    draft = await chen.begin("food-licence")
    await chen.press(f"{draft}/start", only_prepackaged="no", applicant_role=more.pop("role", "self"))
    assert chen.path == f"{draft}/form"
    await chen.press(f"{draft}/form", **(FOOD_FORM | more))
    assert chen.path == f"{draft}/papers"
    return draft


async def ready_to_file(chen: Visitor) -> str:
    draft = await fill_in_food(chen)
    files = [
        upload("layout", "布局图.pdf", PDF),
        upload("safety-rules", "制度.jpg", JPG),
        upload("health-certificates", "健康证.png", png()),
    ]
    await chen.press(f"{draft}/papers", files, then="check")
    assert chen.path == f"{draft}/check"
    return draft


async def number_of_cases(living: Living) -> int:
    async with living.house.db.connection() as conn:
        return await conn.fetchval("SELECT count(*) FROM cases")


async def materials(living: Living, no: str, round_: int = 1) -> list[tuple]:
    async with living.house.db.connection() as conn:
        rows = await conn.fetch(
            "SELECT code, source, type FROM material WHERE case_no = $1 AND round = $2 ORDER BY id",
            no,
            round_,
        )
    return [tuple(r) for r in rows]


async def test_a_food_licence_is_applied_for_with_three_uploads(living: Living, chen: Visitor):
    draft = await fill_in_food(chen)
    assert "营业执照" in chen.text, "shared papers are named, so that nobody looks for them"
    files = [
        upload("layout", "布局图.pdf", PDF),
        upload("safety-rules", "制度.jpg", JPG),
        upload("health-certificates", "健康证.png", png()),
    ]
    await chen.press(f"{draft}/papers", files, then="check")
    assert chen.path == f"{draft}/check"
    assert "健康证.png" in chen.text
    assert "热食类食品制售" in chen.text
    await chen.press(f"{draft}/submit", truth="yes")
    no = chen.path.split("/")[2]
    assert chen.path == f"/cases/{no}/receipt"
    assert (await living.case(no)).state.stage is Stage.RECEIVED
    assert sorted(await materials(living, no)) == [
        ("business-licence", "shared", None),
        ("health-certificates", "upload", "png"),
        ("layout", "upload", "pdf"),
        ("representative-id", "shared", None),
        ("safety-rules", "upload", "jpg"),
    ]


async def test_the_receipt_says_number_code_and_by_when(chen: Visitor):
    draft = await ready_to_file(chen)
    await chen.press(f"{draft}/submit", truth="yes")
    no = chen.path.split("/")[2]
    assert f"{no[:6]} {no[6:14]}" in chen.text
    assert re.search(r"\d{3} \d{3}<", chen.page.text), "the query code"
    # Filed on Monday 16 November: accept within five working days, promised five more after that.
    assert "最晚 11月23日（周一）告诉您是否受理。" in chen.text
    assert "最晚 11月30日（周一）。" in chen.text
    picture = await chen.client.get(f"/cases/{no}/qr.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "<svg" in picture.text
    assert "style=" not in picture.text


async def test_somebody_elses_receipt_is_not_shown(living: Living, chen: Visitor, li: Visitor):
    draft = await ready_to_file(chen)
    await chen.press(f"{draft}/submit", truth="yes")
    await li.go(chen.path)
    assert li.page.status_code == 404
    await li.go(chen.path.replace("receipt", "qr.svg"))
    assert li.page.status_code == 404


async def test_one_proof_of_several_is_enough_for_a_residence_permit(living: Living, li: Visitor):
    draft = await li.begin("residence-permit")
    await li.press(f"{draft}/start", resided="yes", applicant_role="self")
    assert 'value="李样本"' in li.text, "the one number knows the name"
    assert "取自人口库 2026-11-16，请核对，可以修改" in li.text
    assert "取自您登记的信息，请核对，可以修改" in li.text, "the telephone is known to nobody else"
    form = {"holder_name": "李样本", "holder_id": "430199199211234826", "holder_id_type": "resident_id"}
    form |= {
        "contact_phone": "19900000002",
        "current_address": "示例区示例路1号",
        "resident_since": "2025-01-01",
    }
    await li.press(f"{draft}/form", **form, ground="study", school="示例学校")
    assert li.path == f"{draft}/form", "the school was not asked before: it is shown now"
    assert li.page.status_code == 200
    await li.press(f"{draft}/form", **form, ground="study", school="示例学校")
    assert "任选一项" in li.text
    await li.press(f"{draft}/papers", [upload("photo", "我.jpg", JPG)], then="check")
    assert li.page.status_code == 422
    assert "<title>错误：" in li.page.text
    assert "“就业、住所或就读证明”还没有提供" in li.text
    assert "我.jpg" in li.text, "what was fine is kept"
    await li.press(f"{draft}/papers", [upload("proof-of-study", "学生证.png", png())], then="check")
    await li.press(f"{draft}/submit", truth="yes")
    assert li.path.endswith("/receipt")


async def test_an_instant_item_needs_no_upload(living: Living, li: Visitor):
    draft = await li.begin("individual-business")
    assert li.path == f"{draft}/form", "one possible applicant and no question: straight to the form"
    first = {k: v for k, v in BUSINESS_FORM.items() if k != "premises_declaration"}
    await li.press(f"{draft}/form", **first)
    assert "还要填 1 项" in li.text
    await li.press(f"{draft}/form", **BUSINESS_FORM)
    assert li.path == f"{draft}/check"
    await li.press(f"{draft}/submit", truth="yes")
    assert "承诺受理当天办结" in li.text


async def test_pressing_submit_twice_files_once(living: Living, chen: Visitor):
    draft = await ready_to_file(chen)
    before, form = await number_of_cases(living), chen.hidden(f"{draft}/submit")
    first = await chen.client.post(f"{draft}/submit", data=form | {"truth": "yes"})
    second = await chen.client.post(f"{draft}/submit", data=form | {"truth": "yes"})
    assert first.url == second.url
    assert first.url.path.endswith("/receipt")
    assert await number_of_cases(living) == before + 1
    case = first.url.path.removesuffix("/receipt")
    for kept in (draft, f"{draft}/form", f"{draft}/check"):  # in a history, or a bookmark
        assert (await chen.client.get(kept)).url.path == case


async def test_without_the_declaration_nothing_is_filed(living: Living, chen: Visitor):
    draft = await ready_to_file(chen)
    before = await number_of_cases(living)
    await chen.press(f"{draft}/submit")
    assert chen.page.status_code == 422
    assert 'href="#f-truth"' in chen.text
    assert await number_of_cases(living) == before


async def test_what_is_wrong_is_named_and_what_was_typed_stays(chen: Visitor):
    draft = await chen.begin("food-licence")
    await chen.press(f"{draft}/start", only_prepackaged="no", applicant_role="self")
    await chen.press(f"{draft}/form", **(FOOD_FORM | {"area": "很大", "officer_phone": "12"}))
    assert chen.page.status_code == 422
    assert "<title>错误：" in chen.page.text
    assert 'href="#f-area"' in chen.text
    assert 'value="很大"' in chen.text
    assert 'value="小满饭店"' in chen.text


async def test_an_answer_that_makes_the_licence_needless_says_where_to_go(living: Living, chen: Visitor):
    before = await number_of_cases(living)
    draft = await chen.begin("food-licence")
    await chen.press(f"{draft}/start", only_prepackaged="yes", applicant_role="self")
    assert chen.path == f"{draft}/not-needed"
    assert "仅销售预包装食品备案" in chen.text
    assert "《食品安全法》第三十五条" in chen.text
    await chen.go(f"{draft}/check")
    assert chen.path == f"{draft}/not-needed"
    assert await number_of_cases(living) == before


async def test_a_situation_decides_the_papers_and_nothing_needless_is_filed(living: Living, chen: Visitor):
    draft = await fill_in_food(chen, role="agent")
    files = [
        upload("authorisation", "委托书.pdf", PDF),
        upload("layout", "布局图.pdf", PDF + b"\n"),
        upload("safety-rules", "制度.jpg", JPG),
        upload("health-certificates", "健康证.png", png()),
    ]
    await chen.press(f"{draft}/papers", files, then="check")
    await chen.go(f"{draft}/start")
    await chen.press(f"{draft}/start", only_prepackaged="no", applicant_role="self")
    await chen.go(f"{draft}/check")
    assert "委托书.pdf" not in chen.text
    await chen.press(f"{draft}/submit", truth="yes")
    assert "authorisation" not in [code for code, _, _ in await materials(living, chen.path.split("/")[2])]


async def test_a_draft_is_found_on_the_home_page_and_goes_on_where_it_was_left(living: Living, chen: Visitor):
    draft = await fill_in_food(chen, premises_name="半路饭店")
    async with visiting(living) as other_day:
        await other_day.sign_in("chen")
        assert draft in await other_day.go("/")
        await other_day.go(draft)
        assert other_day.path == f"{draft}/papers"
        await other_day.go(f"{draft}/form")
        assert 'value="半路饭店"' in other_day.text


async def test_a_draft_is_gone_after_thirty_days(living: Living, chen: Visitor):
    draft = await fill_in_food(chen)
    async with living.house.db.connection() as conn:
        row = await conn.fetchrow(
            "SELECT expires_at, updated_at FROM draft WHERE id = $1", draft.split("/")[-1]
        )
        assert row["expires_at"] - row["updated_at"] == timedelta(days=30)
        await drafts.forget_expired(conn, row["expires_at"])
    await chen.go(f"{draft}/form")
    assert chen.page.status_code == 404


async def test_another_persons_draft_does_not_open(chen: Visitor, li: Visitor):
    draft = await fill_in_food(chen)
    for step in ("", "/start", "/form", "/papers", "/check"):
        await li.go(draft + step)
        assert li.page.status_code == 404


async def test_a_draft_holds_nothing_readable(living: Living, chen: Visitor):
    draft = await fill_in_food(chen, officer_name="王密封")
    async with living.house.db.connection() as conn:
        sealed = await conn.fetchval("SELECT sealed FROM draft WHERE id = $1", draft.split("/")[-1])
    assert "王密封".encode() not in sealed


async def test_who_may_not_act_for_an_organisation_is_told_what_to_do(living: Living):
    async with living.house.db.connection() as conn:
        person = await conn.fetchval("SELECT person_id FROM representation WHERE subject_id = $1",
                                     living.world.subjects["湖南示例建设有限公司"])  # fmt: skip
        await conn.execute("UPDATE representation SET revoked_at = now() WHERE person_id = $1", person)
    async with visiting(living) as visitor:
        await visitor.sign_in("wang")
        await visitor.begin("food-licence")
        assert "不能代表任何单位" in visitor.text


async def test_a_long_application_is_a_list_of_parts_each_saved_by_itself(chen: Visitor, monkeypatch):
    """More than twelve questions in three sections or more; here the limit is lowered to the food licence's ten."""
    monkeypatch.setattr("web.citizen.apply_view.MANY_FIELDS", 5)
    draft = await chen.begin("food-licence")
    await chen.press(f"{draft}/start", only_prepackaged="no", applicant_role="self")
    assert chen.path == f"{draft}/tasks"
    assert "前面都填完以后才能提交" in chen.text
    assert f'href="{draft}/check"' not in chen.text
    parts = re.findall(rf'href="({draft}/form\?section=\d)"', chen.page.text)
    assert len(parts) == 3
    for n, part in enumerate(parts):
        await chen.go(part)
        own = set(re.findall(r' name="([a-z_]+)"', chen.page.text))
        await chen.press(f"{draft}/form", **{k: v for k, v in FOOD_FORM.items() if k in own})
        assert chen.path == f"{draft}/tasks", chen.text
        assert chen.text.count("已填完</span>") >= n + 2, (
            "with the questions before, and what the registers knew"
        )
    await chen.go(f"{draft}/papers")
    files = [upload(code, f"{code}.pdf", PDF) for code in ("layout", "safety-rules", "health-certificates")]
    await chen.press(f"{draft}/papers", files, then="here")
    assert f'href="{draft}/check"' in await chen.go(f"{draft}/tasks")
    await chen.go(draft)
    assert chen.path == f"{draft}/check", "nothing is missing: straight to the last page"


async def test_a_part_that_is_wrong_blames_only_itself(chen: Visitor, monkeypatch):
    monkeypatch.setattr("web.citizen.apply_view.MANY_FIELDS", 5)
    draft = await chen.begin("food-licence")
    await chen.press(f"{draft}/start", only_prepackaged="no", applicant_role="self")
    await chen.go(f"{draft}/form?section=0")
    await chen.press(f"{draft}/form", premises_name="小满饭店", area="很大")
    assert chen.page.status_code == 422
    assert 'href="#f-area"' in chen.text
    assert 'href="#f-officer_name"' not in chen.text
    await chen.go(draft)
    assert chen.path == f"{draft}/tasks"
    assert "没填完" in chen.text
