"""仅当……时填写: the desk's page says of what must not have been chosen that it must not."""

from forms import ITEMS_DIR, load_items
from web.window.conditions import only_if


def test_a_paper_that_a_promise_makes_needless_is_not_said_to_belong_to_the_promise():
    food = load_items(ITEMS_DIR)["food-licence"]
    said = only_if(food, food.material("layout").when, "zh")
    assert said == "仅当“用哪种方式办理？”没有选“告知承诺”时填写"
    assert only_if(food, food.material("business-licence").when, "zh") == ""
