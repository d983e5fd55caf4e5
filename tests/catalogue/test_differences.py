"""What changed between two versions is said in words; what one must bring follows from one's answers."""

from typing import Any

from forms import ITEMS_DIR, Item, load_items
from services.catalogue.differences import differences
from services.catalogue.eligibility import outlook
from services.catalogue.guide_text import guide_text
from services.law.item_life import Standing, State

FOOD = load_items(ITEMS_DIR)["food-licence"]


def changed(change: Any) -> list[tuple[str, str]]:
    content = FOOD.model_dump(mode="json", by_alias=True)
    change(content)
    found = differences(FOOD, Item.model_validate(content))
    return [(c.sentence.zh, c.sentence.en) for c in found]


def test_the_same_item_says_nothing_new_and_a_number_alone_is_no_change():
    assert changed(lambda c: c.update(version=3, effective="2027-01-01")) == []


def test_a_limit_is_told_from_what_to_what():
    def shorten(c: dict) -> None:
        c["promised"]["n"] = 3

    assert changed(shorten) == [
        (
            "承诺办结时限：由“5 个工作日”改为“3 个工作日”",
            "Promised limit: from “5 working days” to “3 working days”",
        )
    ]


def test_a_material_is_the_same_one_while_its_code_is():
    def rearrange(c: dict) -> None:
        layout = next(m for m in c["materials"] if m["code"] == "layout")
        c["materials"] = [layout, *(m for m in c["materials"] if m["code"] not in ("layout", "safety-rules"))]
        layout["need"] = "optional"

    said = [zh for zh, _ in changed(rearrange)]
    assert said == [
        "申请材料：主要设备设施布局和操作流程：材料必要性：由“必要”改为“可以不交”",
        "删去申请材料：食品安全规章制度清单",
    ]


def test_conditions_and_questions_come_and_go():
    def rewrite(c: dict) -> None:
        c["conditions"][0] = {"zh": "已取得营业执照。", "en": "You hold a business licence."}
        c["form"][0]["fields"][2]["label"]["zh"] = "建筑面积"

    said = [zh for zh, _ in changed(rewrite)]
    assert "删去申请条件：已取得营业执照，经营范围含餐饮服务。" in said
    assert "新增申请条件：已取得营业执照。" in said
    assert "申请表：建筑面积：名称：由“经营面积”改为“建筑面积”" in said


def test_a_promise_that_is_dropped_is_one_line():
    def drop(c: dict) -> None:
        c["promise"] = None
        for material in c["materials"]:
            if "not" in (material["when"] or {}):
                material["when"] = None

    assert ("删去告知承诺：（整项）", "Removed, Notify and promise: (all of it)") in changed(drop)


def test_what_is_shared_or_promised_away_counts_as_spared():
    open_ = {"only_prepackaged": ["no"], "applicant_role": ["self"]}
    ordinary, promised = outlook(FOOD, open_), outlook(FOOD, {**open_, "way": ["promise"]})
    assert (ordinary.asked, ordinary.bring, ordinary.spared) == (5, 3, 2)
    assert (promised.asked, promised.bring, promised.spared) == (5, 0, 5)
    assert promised.limit.n == 1


def test_an_answer_with_which_it_is_not_needed_says_so_at_once():
    assert outlook(FOOD, {"only_prepackaged": ["yes"]}).stop is not None
    assert not outlook(FOOD, {}).complete


def test_a_guide_as_text_says_what_was_not_verified_and_why_it_is_suspended():
    text = guide_text(FOOD, "zh", Standing(State.SUSPENDED, FOOD.effective, "系统升级"))
    assert "状态：暂停办理：系统升级" in text
    assert "《食品经营许可和备案管理办法》总局令第78号（条款未核对）" in text
    assert "0731-00001001" in text
