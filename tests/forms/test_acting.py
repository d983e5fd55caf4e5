"""Items that act on a licence: one file takes over another's words, and the checker knows what fits together."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from forms import ITEMS_DIR, Item, check_items, load_items

MAIN = "food-licence.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """The food licence and one of its siblings, changed."""

    def make(name: str, change: Callable[[dict], Any] = lambda item: None) -> Path:
        (tmp_path / MAIN).write_bytes((ITEMS_DIR / MAIN).read_bytes())
        item = yaml.safe_load((ITEMS_DIR / f"{name}.yaml").read_text("utf-8"))
        change(item)
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(item, allow_unicode=True), "utf-8")
        return tmp_path

    return make


def test_what_a_sibling_does_not_say_is_as_the_main_item_says_it():
    items = load_items(ITEMS_DIR)
    main, change = items["food-licence"], items["food-licence-change"]
    assert (change.department, change.result, change.contact) == (main.department, main.result, main.contact)
    assert change.handle_code != main.handle_code
    assert change.family == "food-licence"


def test_it_is_asked_for_the_licence_before_anything_else():
    items = load_items(ITEMS_DIR)
    assert [q.name for q in items["food-licence-renewal"].questions] == [
        "licence",
        "changed",
        "applicant_role",
    ]
    assert "licence" not in [q.name for q in items["food-licence"].questions]


def test_whom_an_item_bars_is_part_of_its_published_version():
    item = load_items(ITEMS_DIR)["residence-permit"]
    barring = Item.model_validate(item.model_dump(mode="json") | {"safety": True})
    assert item.hash != barring.hash


@pytest.mark.parametrize(
    ("name", "change", "remark"),
    [
        ("food-licence-renewal", lambda i: i["acts_on"].pop("window"), "acts_on.window: exactly a renewal"),
        (
            "food-licence-change",
            lambda i: i["acts_on"].update(window={"late": "decline"}),
            "acts_on.window: exactly a renewal",
        ),
        (
            "food-licence-renewal",
            lambda i: i["acts_on"]["window"]["closes"].update(unit="months"),
            "acts_on.window: is counted back in days",
        ),
        ("food-licence-renewal", lambda i: i.update(result=None), "result: a renewal leaves a licence"),
        (
            "food-licence-change",
            lambda i: i["acts_on"].update(item="tea-licence"),
            "acts_on.item: `tea-licence`",
        ),
        (
            "food-licence-change",
            lambda i: i["acts_on"].update({"as": "revocation"}),
            "procedure.kind: nobody applies",
        ),
        ("food-licence-revocation", lambda i: i.update(listed=True), "listed: nobody applies"),
        (
            "food-licence-revocation",
            lambda i: i["procedure"]["steps"].pop(0),
            "procedure: a licence is not revoked unheard",
        ),
        (
            "food-licence-revocation",
            lambda i: i["procedure"]["steps"][-1].update(commands=["strike_off", "leave"]),
            "procedure.decision: the director decides last: give it the commands leave and revoke",
        ),
        ("food-licence-change", lambda i: i.update(like="tea-licence"), "like: there is no such file"),
    ],
)
def test_what_does_not_fit_together_is_named(folder, name, change, remark):
    remarks = check_items(folder(name, change))
    assert any(r.startswith(f"{name}.yaml: {remark}") for r in remarks), remarks


def test_the_siblings_as_they_are_have_no_remark(folder):
    assert check_items(folder("food-licence-renewal")) == []
