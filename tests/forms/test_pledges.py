"""What must be signed with which answers and papers; and that a new key leaves old items as they were."""

import pytest

from forms import ITEMS_DIR, Item, load_items, pledges_of
from forms.check_procedure import PROCEDURE_RULES

FOOD = load_items(ITEMS_DIR)["food-licence"]
ALL = {"layout", "safety-rules", "health-certificates"}


def kinds(values: dict, have: set) -> list[str]:
    return [pledge.kind for pledge in pledges_of(FOOD, values, have)]


@pytest.mark.parametrize(
    ("values", "have", "signed"),
    [
        ({}, ALL, []),
        ({"way": "ordinary"}, ALL, []),
        ({}, ALL - {"health-certificates"}, ["gaps"]),
        ({"way": "promise"}, set(), ["promise"]),  # what is promised covers the certificates too
    ],
)
def test_what_must_be_signed(values, have, signed):
    assert kinds(values, have) == signed


def test_a_promise_asks_for_no_proof_and_has_one_step():
    values = {"way": "promise", "applicant_role": "self"}
    assert [m.code for m in FOOD.required_materials(values) if not m.shared] == []
    upon = FOOD.upon(True)
    assert [s.code for s in upon.procedure.steps] == ["decision"]
    assert (upon.promised, FOOD.upon(False)) == (FOOD.promised_for(True), FOOD)


def test_a_promise_to_supply_names_papers_days_and_consequence():
    (pledge,) = pledges_of(FOOD, {}, {"layout", "safety-rules"})
    assert pledge.materials == ("health-certificates",)
    assert pledge.statement.zh == (
        "我（单位）承诺自受理之日起3个工作日内补交：从业人员健康证明。逾期未补交的，同意终止本次办理。"
    )


def remarks(**changes) -> list[str]:
    item = Item.model_validate({**FOOD.model_dump(by_alias=True), **changes})
    return [remark for rule in PROCEDURE_RULES for remark in rule(item)]


LONG = {"n": 6, "unit": "working_days"}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"gaps": None}, "gaps: health-certificates may follow"),
        ({"gaps": {"limit": LONG, "otherwise": "refuse"}}, "gaps.limit"),
        ({"promise": FOOD.promise.model_dump() | {"decision": LONG}}, "promise.decision"),
        ({"precheck": {"n": 5, "unit": "working_days"}}, "precheck"),
        ({"precheck": {"n": 1, "unit": "calendar_days"}}, "precheck"),
    ],
)
def test_a_limit_that_cannot_be_kept_is_remarked(changes, key):
    assert [r for r in remarks(**changes) if r.startswith(key)]
    assert remarks() == []


def test_a_key_that_is_not_used_leaves_the_hash_of_an_item_that_was_published_before_it():
    """The hashes under which version 1 was published."""
    items = load_items(ITEMS_DIR)
    assert items["individual-business"].hash.startswith("a6169031e18c")
    assert items["hotline-order"].hash.startswith("e52dc9f7df79")
