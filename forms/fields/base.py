"""What every kind of field has in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field as Constraint
from pydantic import StringConstraints

from forms.conditions import Condition, applies
from forms.hashing import unsaid
from forms.scrub import LONGEST
from forms.text import Definition, Text

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,49}$")]
Given = Mapping[str, tuple[str, ...]]

NOT_GIVEN = Text(zh="未填写", en="Not given")


class Problem(ValueError):
    """A sentence for the person who filled in the form: what is wrong and what to do.

    `parts` says the same control by control, by raw name, where a field has several (a group's rows).
    """

    def __init__(self, zh: str, en: str, parts: Mapping[str, dict[str, str]] | None = None) -> None:
        super().__init__(en)
        self.sentence = {"zh": zh, "en": en}
        self.parts = dict(parts or {})


class FieldBase(Definition):
    """One question of a form, with everything that can be asked of its answer.

    A kind reads raw texts (`coerce`), judges the value (`check`), says it to a person (`show`), writes it back
    as raw texts (`raw`) and describes it to a machine (`json_schema`).

    `known`: the path of what the one number (一号) knows already, e.g. `person.name`; `forms.known` has the list.
    """

    name: Name
    label: Text
    help: Text | None = None
    required: bool = True
    when: Condition | None = None
    personal: bool = False
    purpose: Text | None = None
    autocomplete: str | None = None
    known: str | None = Constraint(default=None, exclude_if=unsaid)

    always_personal: ClassVar[bool] = False

    def raw_names(self) -> tuple[str, ...]:
        return (self.name,)

    def touched(self, given: Given) -> bool:
        """Whether anybody answered: a row of a group in which nobody did is not there."""
        return any(given.get(name) for name in self.raw_names())

    def read(self, given: Given) -> Any | None:
        """The clean value, None if nothing was given; raises Problem."""
        texts = given.get(self.name, ())
        if not texts:
            return None
        if len(texts) > 1:
            raise self.problem(
                "“{label}”只能填写一项，请保留一项。", "“{label}” takes one answer: keep only one."
            )
        if len(texts[0]) > LONGEST:
            raise self.problem("“{label}”过长，请缩短。", "“{label}” is too long: shorten it.")
        value = self.coerce(texts[0])
        if value == "":
            return None
        self.check(value)
        return value

    def coerce(self, text: str) -> Any:
        raise NotImplementedError

    def check(self, value: Any) -> None:
        """Raise Problem if a well-formed value is out of bounds."""

    def show(self, value: Any, lang: str = "zh") -> str:
        return NOT_GIVEN.in_(lang) if value in (None, "", []) else self.words(value, lang)

    def words(self, value: Any, lang: str) -> str:
        return str(value)

    def raw(self, value: Any) -> dict[str, list[str]]:
        if not isinstance(value, str | int | float | None):
            raise TypeError(f"{self.name} is one value, not a {type(value).__name__}")
        return {self.name: [] if value is None else [str(value)]}

    def json_schema(self) -> dict[str, Any]:
        schema = {"title": self.label.zh, **self.shape()}
        if self.help:
            schema["description"] = self.help.zh
        return schema

    def shape(self) -> dict[str, Any]:
        raise NotImplementedError

    def absent(self) -> Problem:
        return self.problem("请填写“{label}”。", "Fill in “{label}”.")

    def problem(self, zh: str, en: str, /, **more: Any) -> Problem:
        return Problem(zh.format(label=self.label.zh, **more), en.format(label=self.label.en, **more))


def read_all(fields: Iterable[FieldBase], given: Given) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """Clean values and problems of every field that applies, in order: a condition looks at the answers before it."""
    values: dict[str, Any] = {}
    problems: dict[str, dict[str, str]] = {}
    for field in fields:
        if not applies(field.when, values):
            continue
        try:
            value = field.read(given)
            if value is not None:
                values[field.name] = value
            elif field.required:
                raise field.absent()
        except Problem as problem:
            problems.update(problem.parts or {field.name: problem.sentence})
    return values, problems
