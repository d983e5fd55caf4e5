"""People find an item by what they call it, however they type it; and nobody is left before an empty page."""

import pytest

from forms import ITEMS_DIR, load_items
from services.catalogue.finding import nearest, search
from services.catalogue.topics import topics_with_items

ITEMS = sorted(
    (i for i in load_items(ITEMS_DIR).values() if i.listed), key=lambda i: (i.catalog_code, i.handle_code)
)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        # official names, in either language, with what people put around them
        ("食品经营许可", "food-licence"),
        ("我要办居住证", "residence-permit"),
        ("怎么申请 个体工商户？", "individual-business"),
        ("RESIDENCE permit", "residence-permit"),
        ("food licence", "food-licence"),
        ("食品经营许可变更", "food-licence-change"),
        # codes, also in full width
        ("４３０１３１９０１０００", "food-licence"),
        ("11430199MB99001A33443013190100003", "food-licence-change"),
        # everyday words, alone and inside a sentence
        ("开饭店", "food-licence"),
        ("我想在学校旁边开个小饭馆要办什么证", "food-licence"),
        ("暂住证", "residence-permit"),
        ("丢身份证", "identity-card"),
        ("我的许可证丢了怎么办", "food-licence-replacement"),
        ("open a restaurant", "food-licence"),
        # pinyin, whole and begun, and initials, some left out
        ("canting", "food-licence"),
        ("juzhuz", "residence-permit"),
        ("shipinjingying", "food-licence"),
        ("jzz", "residence-permit"),
        ("spxk", "food-licence"),
        ("gtgsh", "individual-business"),
        # slips: the same sound, one wrong character, letters swapped or left out
        ("身份正", "identity-card"),
        ("居往证", "residence-permit"),
        ("shenfnezheng", "identity-card"),
        ("cantign", "food-licence"),
        ("resident permt", "residence-permit"),
        # what only stands in the list of materials or among the answers
        ("健康证明", "food-licence"),
        ("糕点", "food-licence"),
    ],
)
def test_an_item_is_found_by(query: str, first: str):
    assert search(ITEMS, query)[0].code == first


def test_every_word_that_an_item_lists_leads_to_it():
    """Among the first three: some words, as 物流, are more than one item's."""
    lost = [(i.code, w) for i in ITEMS for w in i.words if i not in search(ITEMS, w)[:3]]
    assert lost == []


def test_nothing_is_found_for_nonsense_and_everything_for_nothing():
    assert search(ITEMS, "量子纠缠") == []
    assert search(ITEMS, "qqxz") == []
    assert len(search(ITEMS, "  ")) == len(ITEMS)


def test_a_query_that_finds_nothing_has_neighbours():
    assert search(ITEMS, "离婚证") == []
    assert "residence-permit" in {i.code for i in nearest(ITEMS, "离婚证")}


def test_a_clear_answer_is_not_drowned_in_what_only_brushes_the_query():
    assert [i.code for i in search(ITEMS, "身份证")] == ["identity-card"]


def test_every_item_belongs_to_what_somebody_goes_through():
    held = [t for t, _ in topics_with_items(ITEMS)]
    assert [i.code for i in ITEMS if not any(t.holds(i) for t in held)] == []
