"""A new item begins as a copy with blanks; the checker names the blanks and nothing else, until they are filled."""

from pathlib import Path

import pytest
import yaml

from forms import ITEMS_DIR, check_items
from forms.skeleton import BadCode, skeleton

BLANKS = {
    "catalog_code": "430131901099",
    "task_code": "11430199MB99001A334430131901099",
    "handle_code": "11430199MB99001A33443013190109901",
    "effective": "2027-01-01",
    "name": {"zh": "茶馆登记", "en": "Registering a tea house"},
    "short": {"zh": "茶馆", "en": "Tea house"},
}


@pytest.mark.parametrize("like", ["food-licence", "individual-business", "residence-permit"])
def test_only_blanks_are_remarked_and_filled_in_it_passes(tmp_path: Path, like: str):
    file = tmp_path / "tea-house.yaml"
    file.write_text(skeleton("tea-house", ITEMS_DIR / f"{like}.yaml"), encoding="utf-8")
    keys = {remark.split(": ")[1].split(".")[0] for remark in check_items(tmp_path)}
    assert keys <= {*BLANKS, "result"}
    assert {"name", "short", "effective"} <= keys

    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    department = content["department"]
    filled = (
        content
        | BLANKS
        | {k: department + v[18:] for k, v in BLANKS.items() if k.endswith(("sk_code", "le_code"))}
    )
    filled["result"] = content["result"] | {"name": BLANKS["name"], "licence_type": f"{department}099"}
    file.write_text(yaml.safe_dump(filled, allow_unicode=True), encoding="utf-8")
    assert check_items(tmp_path) == []


def test_whoever_copies_a_citation_has_not_verified_it(tmp_path: Path):
    text = skeleton("tea-house", ITEMS_DIR / "food-licence.yaml")
    assert "verified: true}" not in text
    assert "# 申请材料：没有依据不得要求（行政许可法第三十一条）" in text


def test_a_code_that_is_no_address_is_refused():
    with pytest.raises(BadCode):
        skeleton("Tea House", ITEMS_DIR / "food-licence.yaml")
