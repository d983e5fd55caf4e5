"""Conditions as data: when a question is put, a material asked for, an application stopped.

A name that has no answer satisfies nothing, so a hidden question hides whatever hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from forms.text import Definition

Scalar = bool | int | str


class Equals(Definition):
    field: str
    equals: Scalar

    def holds(self, values: Mapping[str, Any]) -> bool:
        return _matches(values.get(self.field), self.equals)

    def comparisons(self) -> Iterator[tuple[str, Scalar]]:
        yield self.field, self.equals


class OneOf(Definition):
    field: str
    values: tuple[Scalar, ...] = Field(alias="in", min_length=1)

    def holds(self, values: Mapping[str, Any]) -> bool:
        return any(_matches(values.get(self.field), wanted) for wanted in self.values)

    def comparisons(self) -> Iterator[tuple[str, Scalar]]:
        for wanted in self.values:
            yield self.field, wanted


class All(Definition):
    parts: tuple[Condition, ...] = Field(alias="all", min_length=1)

    def holds(self, values: Mapping[str, Any]) -> bool:
        return all(part.holds(values) for part in self.parts)

    def comparisons(self) -> Iterator[tuple[str, Scalar]]:
        for part in self.parts:
            yield from part.comparisons()


class Any_(Definition):
    parts: tuple[Condition, ...] = Field(alias="any", min_length=1)

    def holds(self, values: Mapping[str, Any]) -> bool:
        return any(part.holds(values) for part in self.parts)

    def comparisons(self) -> Iterator[tuple[str, Scalar]]:
        for part in self.parts:
            yield from part.comparisons()


class Not(Definition):
    part: Condition = Field(alias="not")

    def holds(self, values: Mapping[str, Any]) -> bool:
        return not self.part.holds(values)

    def comparisons(self) -> Iterator[tuple[str, Scalar]]:
        yield from self.part.comparisons()


Condition = Equals | OneOf | All | Any_ | Not

for recursive in (All, Any_, Not):
    recursive.model_rebuild()


def applies(when: Condition | None, values: Mapping[str, Any]) -> bool:
    return when is None or when.holds(values)


def _matches(answer: Any, wanted: Scalar) -> bool:
    """Compare by type as well, since Python holds True and 1 for equal; a multiple choice matches by membership."""
    if isinstance(answer, list):
        return any(_matches(each, wanted) for each in answer)
    return type(answer) is type(wanted) and answer == wanted
