"""重复组: rows of the same few questions, one for each member of a family, each vehicle, each partner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field as Constraint

from forms.fields.accounts import BankAccount
from forms.fields.base import FieldBase, Given, Problem, read_all
from forms.fields.choices import Choice, Choices, YesNo
from forms.fields.identities import CreditCode, IdDocument, Phone
from forms.fields.numbers import Integer, Money
from forms.fields.places import RegionField
from forms.fields.times import DateRange, Day
from forms.fields.words import Address, LongText, TextField
from forms.text import Text

# No group within a group, no file and no declaration in a row: those belong to the whole application.
SubField = Annotated[
    TextField
    | LongText
    | Integer
    | Money
    | Day
    | DateRange
    | YesNo
    | Choice
    | Choices
    | RegionField
    | Phone
    | Address
    | IdDocument
    | CreditCode
    | BankAccount,
    Constraint(discriminator="kind"),
]


class Group(FieldBase):
    """Its value is a list of rows; a row that nobody filled in is not there.

    The control of a row is called `<group>__<row>__<field>`, rows counted from 1. `<group>__rows` says how many rows
    a page draws; the button that asks for another one sends it a second time, one higher. A sub-field's `when` looks at its own row.
    """

    kind: Literal["group"]
    fields: tuple[SubField, ...] = Constraint(min_length=1, max_length=12)
    row: Text = Text(zh="一项", en="entry")  # what one row is, as in “增加一名家庭成员”: 一名家庭成员
    at_least: int = Constraint(default=1, ge=1, le=20)
    at_most: int = Constraint(default=10, ge=1, le=20)

    @property
    def rows_name(self) -> str:
        return f"{self.name}__rows"

    def prefix(self, n: int) -> str:
        return f"{self.name}__{n}__"

    @cached_property
    def _raw_names(self) -> tuple[str, ...]:
        # One row beyond the limit is read, so that it is refused and not lost in silence.
        rows = range(1, self.at_most + 2)
        return (
            self.rows_name,
            *(self.prefix(n) + name for n in rows for f in self.fields for name in f.raw_names()),
        )

    def raw_names(self) -> tuple[str, ...]:
        return self._raw_names

    def row_fields(self, n: int) -> tuple[FieldBase, ...]:
        """A row as a page draws it: what is asked only sometimes is drawn, and not called for."""
        return tuple(
            f.model_copy(update={"name": self.prefix(n) + f.name, "required": f.required and f.when is None})
            for f in self.fields
        )

    def rows_drawn(self, raw: Mapping[str, Sequence[str]]) -> int:
        """As many as are filled in, as have to be, or as were asked for."""
        filled = max((n for n in range(1, self.at_most + 1) if self._row(n, raw)), default=0)
        wanted = max(
            (int(n) for n in raw.get(self.rows_name, ()) if re.fullmatch(r"[0-9]{1,2}", n)), default=0
        )
        return min(self.at_most, max(filled, wanted, self.at_least if self.required else 1))

    def _row(self, n: int, given: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
        """What was given in a row, by the names of its fields; empty if nobody filled it in."""
        prefix = self.prefix(n)
        names = [name for field in self.fields for name in field.raw_names()]
        row = {name: tuple(texts) for name in names if (texts := given.get(prefix + name))}
        return row if any(field.touched(row) for field in self.fields) else {}

    def touched(self, given: Given) -> bool:
        return any(self._row(n, given) for n in range(1, self.at_most + 2))

    def read(self, given: Given) -> list[dict[str, Any]] | None:
        rows: list[dict[str, Any]] = []
        wrong: dict[str, dict[str, str]] = {}
        for n in range(1, self.at_most + 2):
            if not (row := self._row(n, given)):
                continue
            values, problems = read_all(self.fields, row)
            rows.append(values)
            for name, said in problems.items():
                wrong[self.prefix(n) + name] = {
                    "zh": f"第 {n} 项：{said['zh']}",
                    "en": f"Entry {n}: {said['en']}",
                }
        if wrong:
            first = next(iter(wrong.values()))
            raise Problem(first["zh"], first["en"], wrong)
        if rows and len(rows) < self.at_least:
            raise self._too_few()
        if len(rows) > self.at_most:
            raise self.problem(
                "“{label}”最多填写 {most} 项，请删去多余的。",
                "“{label}” takes at most {most} entries: remove the others.",
                most=self.at_most,
            )
        return rows or None

    def _too_few(self) -> Problem:
        return self.problem(
            "“{label}”至少填写 {least} 项。",
            "“{label}” needs at least {least} entries: add what is missing.",
            least=self.at_least,
        )

    def absent(self) -> Problem:
        return self._too_few()

    def words(self, value: list[dict[str, Any]], lang: str) -> str:
        return ("; " if lang == "en" else "；").join(
            self._said(n, row, lang) for n, row in enumerate(value, 1)
        )

    def _said(self, n: int, row: Mapping[str, Any], lang: str) -> str:
        colon, comma = (": ", ", ") if lang == "en" else ("：", "，")
        said = [
            f"{f.label.in_(lang)}{colon}{f.show(row[f.name], lang)}" for f in self.fields if f.name in row
        ]
        return f"({n}) " + comma.join(said) if lang == "en" else f"（{n}）" + comma.join(said)

    def raw(self, value: list[dict[str, Any]] | None) -> dict[str, list[str]]:
        if not isinstance(value, list | None):
            raise TypeError(f"{self.name} is a list of rows, not a {type(value).__name__}")
        raw: dict[str, list[str]] = {self.rows_name: []}
        for n, row in enumerate(value or (), 1):
            for field in self.fields:
                given = row.get(field.name)
                parts = field.raw(given) if given is not None else {}
                raw.update({self.prefix(n) + name: texts for name, texts in parts.items()})
        return raw

    def shape(self) -> dict[str, Any]:
        row = {
            "type": "object",
            "properties": {f.name: f.json_schema() for f in self.fields},
            "required": [f.name for f in self.fields if f.required and f.when is None],
            "additionalProperties": False,
        }
        return {"type": "array", "items": row, "minItems": self.at_least, "maxItems": self.at_most}


def row_asked_for(fields: Iterable[FieldBase], raw: Mapping[str, Sequence[str]]) -> str | None:
    """The control to go on with, if it was the button for another row that sent the form: nothing is judged then."""
    for field in fields:
        if isinstance(field, Group) and len(raw.get(field.rows_name, ())) > 1:
            return field.prefix(field.rows_drawn(raw)) + field.fields[0].name
    return None
