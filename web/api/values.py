"""JSON answers to what a browser would have sent, so that pages and API are read by the same rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from forms import Field, to_raw
from services.errors import Invalid


def raw_of(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Raises Invalid for a name nobody asked for and for a value of a shape its field cannot have.

    `to_raw` alone would drop both, and an optional answer would be lost in silence.
    """
    fields = tuple(fields)
    raw = to_raw(fields, values)
    known = {f.name: f.raw_names() for f in fields}
    problems = {}
    for name, value in values.items():
        if name not in known:
            problems[name] = {"zh": "没有这个字段", "en": "There is no such field"}
        elif value is not None and not any(part in raw for part in known[name]):
            problems[name] = {"zh": "值的类型不对", "en": "A value of this type does not fit the field"}
    if problems:
        raise Invalid(problems)
    return raw
