"""事项编码: the base code (基本编码), the implementation code (实施编码) and the handling code (业务办理项编码) of an item.

How they are built is data (`data/codes.yaml`), because provinces differ: nothing here counts characters itself.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from forms.fields import is_credit_code
from forms.regions import provinces
from forms.tables import DATA, tables
from forms.text import Definition

CODES = ("base", "implementation", "handling")


class Segment(Definition):
    """A stretch of a code: `length` characters, digits unless `of` says otherwise."""

    name: str
    length: int
    of: str = ""


class Schemes(Definition):
    base: tuple[Segment, ...]
    implementation: tuple[Segment, ...]
    handling: tuple[Segment, ...]

    def split(self, code: str, text: str) -> dict[str, str]:
        """The segments by name; what is too short leaves its last ones empty."""
        parts, at = {}, 0
        for segment in getattr(self, code):
            parts[segment.name] = text[at : at + segment.length]
            at += segment.length
        return parts

    def length(self, code: str) -> int:
        return sum(segment.length for segment in getattr(self, code))

    def problems(self, code: str, text: str) -> Iterator[str]:
        """What is wrong with it, each with its remedy. A code that has another inside is judged without that one."""
        segments: tuple[Segment, ...] = getattr(self, code)
        wanted = ", ".join(f"{s.name} ({s.length})" for s in segments)
        if len(text) != self.length(code):
            yield f"must have {self.length(code)} characters, has {len(text)}: write {wanted}"
            return
        for segment in segments:
            part = self.split(code, text)[segment.name]
            if problem := _problem(segment, part):
                yield f"its {segment.name} `{part}` {problem}"


def _problem(segment: Segment, part: str) -> str:
    if segment.of in CODES:
        return ""
    if segment.of == "credit_code":
        return (
            ""
            if is_credit_code(part)
            else "is not a valid unified social credit code: check its 18 characters"
        )
    if segment.of == "region":
        known = {"0" * segment.length} | {region.code[: segment.length] for region in provinces()}
        return "" if part in known else "is no province: write its two digits, 00 for the nation"
    if segment.of == "letters":
        return (
            ""
            if part.isascii() and part.isalpha() and part.isupper()
            else "must be capital letters: correct it"
        )
    if segment.of:
        words = tables()[segment.of]
        return "" if part in words else f"is not in the table {segment.of}: use one of {', '.join(words)}"
    return "" if part.isascii() and part.isdigit() else "must be digits: correct it"


def schemes_of(content: Mapping[str, Any]) -> Schemes:
    return Schemes.model_validate(content)


@cache
def schemes() -> Schemes:
    """The scheme in force here."""
    return schemes_of(yaml.safe_load((DATA / "codes.yaml").read_text(encoding="utf-8")))
