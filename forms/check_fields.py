"""Rules about single fields: bounds that leave room, options that differ, rows that hang together."""

import re
from collections import Counter
from collections.abc import Iterator

from forms.fields import BankAccount, Choice, Choices, Field, Group, IdDocument
from forms.item import Item

_BOUNDS = (("at_least", "at_most"), ("min_length", "max_length"), ("not_before", "not_after"))


def bounds_leave_room(item: Item) -> Iterator[str]:
    for where, field in _all(item):
        for least, most in _BOUNDS:
            low, high = getattr(field, least, None), getattr(field, most, None)
            if low is not None and high is not None and low > high:
                yield f"{where}.{least}: is above {most}, so nothing fits: correct one of the two"


def options_differ(item: Item) -> Iterator[str]:
    asked = [*_all(item), *((f"situations.{q.name}", q) for q in item.questions)]
    for where, field in asked:
        if isinstance(field, Choice | Choices):
            for value in _twice(field.option_values()):
                yield f"{where}.options: `{value}` is there twice: rename one"
            for label in _twice(option.label.zh for option in field.options):
                yield f"{where}.options: two are called {label}: tell them apart"


def patterns_can_be_met(item: Item) -> Iterator[str]:
    for where, field in _all(item):
        pattern = getattr(field, "pattern", None)
        if pattern is None:
            continue
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"{where}.pattern: not a regular expression ({error}): correct it"
        if getattr(field, "hint", None) is None:
            yield f"{where}.hint: a pattern needs a hint that says what to write: add it"


def rows_hang_together(item: Item) -> Iterator[str]:
    for group in (field for field in item.fields if isinstance(field, Group)):
        where = f"form.{group.name}"
        for name in _twice(name for field in group.fields for name in field.raw_names()):
            yield f"{where}.{name}: the name is used twice in a row: rename one"
        own = [f for f in group.fields if f.personal or f.always_personal]
        if own and not group.personal:
            yield f"{where}.personal: its rows hold personal data ({own[0].name}): set personal: true with a purpose"
        for field in group.fields:
            if field.known:
                yield f"{where}.{field.name}.known: a row is about somebody else: remove it"


def papers_and_accounts_are_what_they_say(item: Item) -> Iterator[str]:
    for where, field in _all(item):
        if isinstance(field, IdDocument):
            for kind in _twice(field.types):
                yield f"{where}.types: `{kind}` is there twice: keep one"
        if isinstance(field, BankAccount) and field.of == "card" and "person" not in item.audience:
            yield f"{where}.of: an organisation has no bank card: set it to account"


def _all(item: Item) -> Iterator[tuple[str, Field]]:
    for field in item.fields:
        yield f"form.{field.name}", field
        for sub in field.fields if isinstance(field, Group) else ():
            yield f"form.{field.name}.{sub.name}", sub


def _twice(words) -> list[str]:
    return [word for word, times in Counter(words).items() if times > 1]


FIELD_RULES = (
    bounds_leave_room,
    options_differ,
    patterns_can_be_met,
    rows_hang_together,
    papers_and_accounts_are_what_they_say,
)
