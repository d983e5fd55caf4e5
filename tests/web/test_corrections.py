"""补正 as the applicant does it, without scripts: what was there, what was asked, and what is new."""

from services import drafts
from services.law.stages import Stage
from tests.cases.conftest import home, living
from tests.living import FOOD, FOOD_PAPERS, Living
from tests.web.applying import FOOD_FORM, PDF, Visitor, upload, visiting
from tests.web.test_apply import chen, materials, ready_to_file

__all__ = ["chen", "home", "living"]


async def test_a_correction_notice_is_answered_with_what_was_there_and_what_was_asked(
    living: Living, chen: Visitor
):
    firm = living.world.subjects["湖南示例餐饮有限公司"]
    no = (await living.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=firm)).case_no
    await living.engine(no)
    defects = [
        {"code": "layout", "defect": "没有标注比例", "fix": "按 1:100 重新绘制"},
        {"code": "area", "defect": "面积与图纸不一致", "fix": ""},
    ]
    await living.act(no, "acceptance#1", "request_correction", "clerk", defects=defects)
    await living.engine(no)
    async with living.house.db.transaction() as tx:
        actor = living.world.actors["chen"]
        draft_id = await drafts.start_correction(tx, living.house, actor, no)
        assert await drafts.start_correction(tx, living.house, actor, no) == draft_id
    draft = f"/apply/{draft_id}"
    assert "面积与图纸不一致" in await chen.go(f"{draft}/form")
    assert 'value="120"' in chen.text
    await chen.press(f"{draft}/form", **(FOOD_FORM | {"area": "110"}))
    assert "按 1:100 重新绘制" in chen.text
    await chen.press(f"{draft}/papers", [], remove=f"layout:{'0' * 64}")
    await chen.press(f"{draft}/papers", [upload("layout", "新图.pdf", PDF)], then="check")
    form = chen.hidden(f"{draft}/submit") | {"truth": "yes"}
    await chen.press(f"{draft}/submit", truth="yes")
    assert "补正材料已提交" in chen.text
    again = await chen.client.post(f"{draft}/submit", data=form)
    assert again.url.path == f"/cases/{no}/receipt"
    assert (await chen.client.get(f"{draft}/form")).url.path == f"/cases/{no}", (
        "from a history, or a bookmark"
    )
    await living.engine(no)
    case = await living.case(no)
    assert (case.state.stage, case.state.round) == (Stage.RECEIVED, 2)
    assert ("layout", "upload", "pdf") in await materials(living, no, 2)
    assert ("safety-rules", "carried", "pdf") in await materials(living, no, 2)


async def test_where_only_a_paper_is_asked_for_one_comes_to_the_papers_and_is_told_that_nothing_is_new(
    living: Living, chen: Visitor
):
    firm = living.world.subjects["湖南示例餐饮有限公司"]
    no = (await living.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=firm)).case_no
    await living.engine(no)
    defects = [{"code": "layout", "defect": "没有标注比例", "fix": ""}]
    await living.act(no, "acceptance#1", "request_correction", "clerk", defects=defects)
    await living.engine(no)
    await chen.go(f"/cases/{no}")
    await chen.press(f"/cases/{no}/correct")
    draft = chen.path.removesuffix("/papers")
    assert chen.path == f"{draft}/papers"
    assert "请在" in chen.text
    assert "没有标注比例" in chen.text

    await chen.press(f"{draft}/papers", [], then="check")
    assert "还没有新文件" in chen.text
    assert chen.path == f"{draft}/papers"
    await chen.press(f"{draft}/papers", [], then="same")
    assert chen.path == f"{draft}/check"
    assert "还没有新文件" in chen.text

    await chen.go(f"{draft}/papers")
    await chen.press(f"{draft}/papers", [upload("layout", "新图.pdf", PDF)], then="check")
    assert chen.path == f"{draft}/check"
    assert "还没有新文件" not in chen.text
    assert "上次的和新的会一起提交" in await chen.go(f"{draft}/papers")
    await chen.go(f"{draft}/check")
    await chen.press(f"{draft}/submit", truth="yes")
    await living.engine(no)
    async with visiting(living) as clerk:
        await clerk.sign_in("clerk")
        bench = await clerk.go(f"/window/cases/{no}")
    assert bench.index("新图.pdf") < bench.index("（上一轮的）")
    assert "本轮有新文件，上一轮的也在" in bench


async def test_a_case_that_waits_for_no_correction_says_so(living: Living, chen: Visitor):
    draft = await ready_to_file(chen)
    form = chen.hidden(f"{draft}/submit")
    await chen.press(f"{draft}/submit", truth="yes")
    no = chen.path.split("/")[2]
    refused = await chen.client.post(f"/cases/{no}/correct", data={"csrf": form["csrf"]})
    assert refused.status_code == 409
