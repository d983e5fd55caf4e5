"""A new item begins as a copy with blanks; the checker names the blanks and nothing else, until they are filled."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from forms import ITEMS_DIR, Item, check_items, load_items
from forms.skeleton import BadCode, skeleton

NAME = {"zh": "茶馆登记", "en": "Registering a tea house"}


def filled(content: dict[str, Any], like: Item) -> dict[str, Any]:
    """The blanks as an editor fills them: the codes of another item of the same authority and type."""
    catalog = like.catalog_code[:-3] + "099"
    task = like.task_code[:19] + catalog
    blanks = {
        "catalog_code": catalog,
        "task_code": task,
        "handle_code": f"{task}01",
        "effective": "2027-01-01",
    }
    result = content["result"] | {"name": NAME, "licence_type": f"{like.department}099"}
    return content | blanks | {"name": NAME, "short": NAME, "result": result}


@pytest.mark.parametrize("like", ["food-licence", "individual-business", "residence-permit"])
def test_only_blanks_are_remarked_and_filled_in_it_passes(tmp_path: Path, like: str):
    file = tmp_path / "tea-house.yaml"
    file.write_text(skeleton("tea-house", ITEMS_DIR / f"{like}.yaml"), encoding="utf-8")
    keys = {remark.split(": ")[1].split(".")[0] for remark in check_items(tmp_path)}
    assert keys <= {"catalog_code", "task_code", "handle_code", "effective", "name", "short", "result"}
    assert {"name", "short", "effective"} <= keys

    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    whole = filled(content, load_items(ITEMS_DIR)[like])
    file.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    assert check_items(tmp_path) == []


def test_whoever_copies_a_citation_has_not_verified_it(tmp_path: Path):
    text = skeleton("tea-house", ITEMS_DIR / "food-licence.yaml")
    assert "verified: true}" not in text
    assert "# 申请材料：没有依据不得要求（行政许可法第三十一条）" in text


def test_a_code_that_is_no_address_is_refused():
    with pytest.raises(BadCode):
        skeleton("Tea House", ITEMS_DIR / "food-licence.yaml")
