"""From what a browser sent to a clean submission, or to a list of problems that each name their field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from forms.fields import Field
from forms.fields.base import read_all
from forms.scrub import typed

Sentence = dict[str, str]


@dataclass(frozen=True)
class Cleaned:
    """`values` can be kept as JSON; `problems` and `raw` redraw the form as it was typed."""

    values: dict[str, Any]
    problems: dict[str, Sentence]
    raw: dict[str, list[str]]
    lang: str = "zh"

    @property
    def ok(self) -> bool:
        return not self.problems

    def problem(self, name: str) -> str | None:
        """The sentence to print beside a field, in the language of the page."""
        sentence = self.problems.get(name)
        return sentence[self.lang] if sentence else None


def clean(fields: Iterable[Field], raw: Mapping[str, Any], lang: str = "zh") -> Cleaned:
    """Read every field that applies, in order: a condition looks at the clean answers before it."""
    fields = tuple(fields)
    given = {name: typed(raw, name) for field in fields for name in field.raw_names()}
    values, problems = read_all(fields, given)
    kept = {name: list(texts) for name, texts in given.items() if texts}
    return Cleaned(values, problems, kept, "en" if lang == "en" else "zh")


def to_raw(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Write clean values back as a browser would send them: to prefill a form, or to clean an API body.

    A JSON value of a shape its field does not know is left out, and so is missed like any other absent answer.
    """
    raw: dict[str, list[str]] = {}
    for field in fields:
        value = values.get(field.name)
        if value is None:
            continue
        try:
            raw.update(field.raw(value))
        except (TypeError, KeyError, AttributeError, ValueError):
            continue
    return raw


def json_schema(fields: Iterable[Field]) -> dict[str, Any]:
    """The form as JSON Schema; a field with a condition is never listed as required."""
    fields = tuple(fields)
    return {
        "type": "object",
        "properties": {field.name: field.json_schema() for field in fields},
        "required": [field.name for field in fields if field.required and field.when is None],
        "additionalProperties": False,
    }
