"""Rules about the codes of an item: each built as its scheme says, all saying the same, none used by two."""

from collections.abc import Iterator

from forms.codes import schemes
from forms.fields import is_credit_code
from forms.item import Item
from forms.regions import region_name

LICENCE = "01"
_DEEPEST = {"1": 0, "2": 2, "3": 4}  # digits of the district that say something at that level; all six below


def codes_are_built_as_their_schemes_say(item: Item) -> Iterator[str]:
    if not is_credit_code(item.department):
        yield "department: not a valid unified social credit code: check its 18 characters"
    for key, code in (("catalog_code", "base"), ("task_code", "implementation"), ("handle_code", "handling")):
        for problem in schemes().problems(code, getattr(item, key)):
            yield f"{key}: {problem}"


def codes_say_the_same(item: Item) -> Iterator[str]:
    if not _whole(item):
        return
    task = schemes().split("implementation", item.task_code)
    if (task["body"], task["base"]) != (item.department, item.catalog_code):
        yield "task_code: must be department, one digit of level and catalog_code: make the three agree"
    if not item.handle_code.startswith(item.task_code):
        yield "handle_code: must be task_code and two more digits: make the two agree"


def the_type_fits_the_kind(item: Item) -> Iterator[str]:
    """The Licence Law's clocks bind type 01 and nothing else, so exactly its items are licences."""
    if not _whole(item) or item.kind == "official":
        return
    if (item.task_type == LICENCE) != (item.kind == "licence"):
        yield f"catalog_code: has the type {item.task_type}, and 01 is that of a licence: correct it, or correct `kind`"


def the_district_fits_the_level(item: Item) -> Iterator[str]:
    if region_name(item.district) is None:
        yield f"district: there is no region {item.district}: correct the code, or add it to data/regions.yaml"
        return
    says = _DEEPEST.get(item.use_level, 6)
    if _whole(item) and item.district[says:].strip("0"):
        yield f"district: is below the level {item.use_level} of task_code: write {item.district[:says]:0<6}, or correct the level"


def licence_types_are_sound(item: Item) -> Iterator[str]:
    """GB/T 36901 ff.: the credit code of the body that sets the standard, and three digits of its own."""
    if item.result and not is_credit_code(item.result.licence_type[:18]):
        yield "result.licence_type: must begin with the credit code of the body that sets the standard: check it"
    for material in item.materials:
        if material.licence_type and not is_credit_code(material.licence_type[:18]):
            yield (
                f"materials.{material.code}.licence_type: must begin with the credit code of the body that sets "
                "the standard: check it"
            )


def _whole(item: Item) -> bool:
    given = ((item.catalog_code, "base"), (item.task_code, "implementation"), (item.handle_code, "handling"))
    return all(len(text) == schemes().length(code) for text, code in given)


CODE_RULES = (
    codes_are_built_as_their_schemes_say,
    codes_say_the_same,
    the_type_fits_the_kind,
    the_district_fits_the_level,
    licence_types_are_sound,
)
