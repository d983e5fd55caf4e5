"""What answers cost: sums exact to the fen, reductions with their basis, and the rules an item's fees are held to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import Item, charges, yuan
from forms.checks import RULES
from forms.documents.amounts import capital, yuan_words

WITHIN = {"n": 3, "unit": "calendar_days"}


def fee(code: str, amount: str, **more) -> dict:
    name = more.pop("name", {"zh": "工本费", "en": "Cost of the card"})
    return {"code": code, "name": name, "amount": amount, "basis": "某条例", "within": WITHIN, **more}


def with_fees(item: Item, *fees: dict, **more) -> Item:
    content = item.model_dump(mode="json", by_alias=True)
    return Item.model_validate(content | {"fees": list(fees)} | more)


def remarks(item: Item) -> list[str]:
    return [remark for rule in RULES for remark in rule(item) if remark.startswith("fees")]


@pytest.fixture
def card(items) -> Item:
    return items["identity-card"]


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=20))
def test_many_rows_sum_exactly(items, sums):
    card = items["identity-card"]
    item = with_fees(card, *(fee(f"row-{n}", str(yuan(fen))) for n, fen in enumerate(sums)))
    assert sum(line.fen for line in charges(item, {}, "acceptance")) == sum(sums)


def test_a_tenth_and_two_tenths_are_three_tenths(card):
    item = with_fees(card, fee("a", "0.10"), fee("b", "0.20"))
    assert yuan(sum(line.fen for line in charges(item, {}, "acceptance"))) == Decimal("0.30")


@pytest.mark.parametrize(("low_income", "fen"), [(False, 4000), (True, 2000)])
def test_whoever_lives_on_the_minimum_allowance_pays_half(card, low_income, fen):
    (line,) = charges(card, {"low_income": low_income}, "acceptance")
    assert (line.fen, bool(line.reduction)) == (fen, low_income)


def test_reductions_do_not_add_up_and_part_of_a_fen_is_not_charged(card):
    half = {
        "when": {"field": "low_income", "equals": True},
        "basis": "某规定",
        "name": {"zh": "减免", "en": "Less"},
    }
    less = [{**half, "code": "a", "percent": 33}, {**half, "code": "b", "percent": 50}]
    (line,) = charges(with_fees(card, fee("x", "0.99", reductions=less)), {"low_income": True}, "acceptance")
    assert (line.fen, line.reduction.code) == (49, "b")


def test_a_row_applies_where_its_condition_holds(card):
    when = {"field": "low_income", "equals": True}
    item = with_fees(card, fee("a", "1.00"), fee("b", "2.00", when=when), fee("c", "4.00", due="grant"))
    assert [line.fee.code for line in charges(item, {"low_income": False}, "acceptance")] == ["a"]
    assert [line.fee.code for line in charges(item, {"low_income": True}, "acceptance")] == ["a", "b"]
    assert [line.fee.code for line in charges(item, {}, "grant")] == ["c"]


@pytest.mark.parametrize(
    ("fees", "key"),
    [
        ([fee("a", "0")], "fees.a.amount"),
        ([fee("a", "5", name={"zh": "申请表工本费", "en": "The form"})], "fees.a: the form is free"),
        ([fee("a", "5"), fee("a", "6")], "fees.a: the code is used twice"),
        ([fee("a", "5"), fee("b", "6", pays_for="handling")], "fees.b.pays_for"),
        ([fee("a", "5"), fee("b", "6", within={"n": 2, "unit": "calendar_days"})], "fees.b.within"),
        (
            [fee("a", "5", within={"n": 20, "unit": "calendar_days"})],
            "fees.a.within: leaves no time to decide",
        ),
        ([fee("a", "5", when={"field": "nobody", "equals": "x"})], "fees.a.when"),
    ],
)
def test_a_fee_that_the_law_or_the_case_does_not_bear_is_remarked_on(card, fees, key):
    assert any(remark.startswith(key) for remark in remarks(with_fees(card, *fees)))


def test_an_instant_item_takes_its_fee_at_the_grant(items):
    item = items["individual-business"]
    assert remarks(with_fees(item, fee("a", "5")))
    assert not remarks(with_fees(item, fee("a", "5", due="grant")))


def test_finer_than_a_fen_is_refused(card):
    with pytest.raises(ValueError, match="decimal places"):
        with_fees(card, fee("a", "0.005"))


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"), (4_000, "肆拾元整"), (2_050, "贰拾元伍角整"), (2_005, "贰拾元零伍分"), (50, "伍角整"), (5, "伍分"),
        (101_0000, "壹万零壹佰元整"), (1_000_000_00, "壹佰万元整"), (1_000_005_00, "壹佰万零伍元整"),
        (123_456_789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"), (100_000_001_00, "壹亿零壹元整"),
    ],
)  # fmt: skip
def test_a_sum_in_the_characters_that_nobody_alters(fen, words):
    assert capital(fen) == f"人民币{words}"


def test_a_sum_in_figures():
    assert (yuan_words(4000), yuan_words(5)) == ("40.00元", "0.05元")
