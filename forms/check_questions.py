"""Rules about what an applicant is asked."""

import re
from collections import Counter
from collections.abc import Iterator

from forms.conditions import Condition, Scalar
from forms.fields import Choices, Field, File, Group, Problem
from forms.item import Item


def names_are_unique(item: Item) -> Iterator[str]:
    asked = item.questions + item.fields + item.signing
    names = Counter(name for field in asked for name in {field.name, *field.raw_names()})
    for name in (name for name, times in names.items() if times > 1):
        yield f"form.{name}: the name is used twice, in fields or situations: rename one"


def personal_data_has_a_purpose(item: Item) -> Iterator[str]:
    """PIPL arts. 5, 6 and 34: only what the task needs, and the person is told what for."""
    for field in item.fields:
        if field.personal and field.purpose is None:
            yield f"form.{field.name}.purpose: personal data without a purpose: state it, or do not ask"
        if field.always_personal and not field.personal:
            yield f"form.{field.name}.personal: this kind is always personal data: set personal: true"


def conditions_name_what_was_asked(item: Item) -> Iterator[str]:
    asked: dict[str, Field] = {field.name: field for field in item.questions}
    for field in item.fields:
        yield from _unanswerable(f"form.{field.name}.when", field.when, asked)
        if isinstance(field, Group):
            yield from _within_a_row(field)
        asked[field.name] = field
    for material in item.materials:
        yield from _unanswerable(f"materials.{material.code}.when", material.when, asked)
    for fee in item.fees:
        yield from _unanswerable(f"fees.{fee.code}.when", fee.when, asked)
        for less in fee.reductions:
            yield from _unanswerable(f"fees.{fee.code}.reductions.{less.code}.when", less.when, asked)
    yield from _unanswerable("on_initiative", item.on_initiative, asked)
    for step in item.procedure.steps:
        yield from _unanswerable(f"procedure.{step.code}.when", step.when, asked)
    for n, stop in enumerate(item.not_needed):
        yield from _unanswerable(f"not_needed.{n}.when", stop.when, asked)


def _within_a_row(group: Group) -> Iterator[str]:
    """A row's questions look at that row, and at nothing outside it."""
    asked: dict[str, Field] = {}
    for field in group.fields:
        yield from _unanswerable(f"form.{group.name}.{field.name}.when", field.when, asked)
        asked[field.name] = field


def _unanswerable(where: str, when: Condition | None, asked: dict[str, Field]) -> Iterator[str]:
    for name, wanted in when.comparisons() if when else ():
        if name not in asked:
            yield f"{where}: `{name}` is no field or situation asked before: correct the name or the order"
        elif not _possible(asked[name], wanted):
            yield f"{where}: `{name}` is never {wanted!r}: use a value it can have"


def _possible(field: Field, wanted: Scalar) -> bool:
    """Whether some answer compares equal: what is written back and read again has to come out the same."""
    if isinstance(field, File):
        return False
    try:
        value = field.read({name: tuple(texts) for name, texts in field.raw(_one(field, wanted)).items()})
    except (Problem, TypeError, KeyError, AttributeError, ValueError, re.error):
        return False
    return any(
        type(each) is type(wanted) and each == wanted
        for each in (value if isinstance(value, list) else [value])
    )


def _one(field: Field, wanted: Scalar) -> object:
    return [wanted] if isinstance(field, Choices) else wanted


QUESTION_RULES = (
    names_are_unique,
    personal_data_has_a_purpose,
    conditions_name_what_was_asked,
)
