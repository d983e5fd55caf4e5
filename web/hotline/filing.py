"""The work order's form: the item `hotline-order`, with its case number found before filing."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from forms import Field, Item
from services.house import House

ITEM = "hotline-order"
NO_SUCH_CASE = {
    "zh": "没有找到这个办件编号，请核对或留空",
    "en": "No such case number: check it or leave it empty",
}


def order_item(house: House) -> Item:
    return house.items.get(ITEM)


def read_form(form: FormData, item: Item) -> dict[str, list[str]]:
    """What was typed, by field; a case number as people write it loses its spaces."""
    raw = {
        name: [v for v in form.getlist(name) if isinstance(v, str)]
        for field in item.fields
        for name in field.raw_names()
    }
    number = "".join("".join(raw.get("case_no", [])).split()).upper()
    return {**raw, "case_no": [number] if number else []}


def case_number_of(raw: Mapping[str, list[str]]) -> str | None:
    return next(iter(raw.get("case_no", [])), None)


def sections(item: Item) -> list[dict[str, Any]]:
    """The form's sections without the case number, which each page asks for in its own way."""
    return [{"title": s.title, "fields": [f for f in s.fields if f.name != "case_no"]} for s in item.form]


def case_field(item: Item) -> Field:
    return next(f for f in item.fields if f.name == "case_no")
