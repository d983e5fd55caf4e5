"""docs/items.md lists every key that an item file may have, and no other."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from forms import listing, parts
from forms.fields import KINDS
from forms.fields.base import FieldBase
from forms.item import Item

PAGE = (Path(__file__).parents[2] / "docs" / "items.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S))
OWN = re.compile(r"`(\w+)`( \*\*!\*\*)?")


def parts_of(model: type[BaseModel]) -> dict[str, bool]:
    """Keys, each with whether it has to be there."""
    return {field.alias or name: field.is_required() for name, field in model.model_fields.items()}


def rows(section: str) -> dict[str, bool]:
    return {m[1]: bool(m[2]) for m in re.finditer(r"^\| `(\w+)`( \*\*!\*\*)? \|[^|]*\|$", section, re.M)}


MODELS = {
    name: model
    for module in (listing, parts)
    for name, model in vars(module).items()
    if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == module.__name__
}
MODELS = {name: model for name, model in MODELS.items() if name != "Listing"} | {"Item": Item}


@pytest.mark.parametrize("name", MODELS)
def test_every_key_of_a_part_is_listed(name):
    assert rows(SECTIONS[name]) == parts_of(MODELS[name])


def test_every_key_of_a_field_is_listed():
    kinds = {kind.model_fields["kind"].annotation.__args__[0]: kind for kind in KINDS}
    common = parts_of(FieldBase)
    assert rows(SECTIONS["Fields"].split("| kind |")[0]) == common | {"kind": True}
    told = dict(re.findall(r"^\| `(\w+)` \|([^|]*)\|[^|]*\|$", SECTIONS["Fields"], re.M))
    assert told.keys() == kinds.keys()
    for kind, keys in told.items():
        own = {k: needed for k, needed in parts_of(kinds[kind]).items() if k not in common and k != "kind"}
        assert {m[1]: bool(m[2]) for m in OWN.finditer(keys)} == own, kind
