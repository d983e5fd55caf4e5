"""Fields answered in words: names, descriptions, addresses."""

from __future__ import annotations

import re
from typing import Any, Literal

from forms import scrub
from forms.fields.base import FieldBase
from forms.text import Text


class Worded(FieldBase):
    min_length: int = 1
    max_length: int = 200

    def coerce(self, text: str) -> str:
        return scrub.line(text)

    def check(self, value: str) -> None:
        if len(value) > self.max_length:
            raise self.problem(
                "“{label}”最多 {most} 个字，现在有 {n} 个，请缩短。",
                "“{label}” may have {most} characters and has {n}: shorten it.",
                most=self.max_length,
                n=len(value),
            )
        if len(value) < self.min_length:
            raise self.problem(
                "“{label}”至少 {least} 个字，请写完整。",
                "“{label}” needs at least {least} characters: write it in full.",
                least=self.min_length,
            )

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "minLength": self.min_length, "maxLength": self.max_length}


class TextField(Worded):
    kind: Literal["text"]
    pattern: str | None = None
    hint: Text | None = None

    def check(self, value: str) -> None:
        super().check(value)
        if self.pattern and not re.fullmatch(self.pattern, value):
            hint = self.hint or self.label
            raise self.problem(
                "“{label}”格式不对。{zh}",
                "“{label}” is not in the expected form. {en}",
                zh=hint.zh,
                en=hint.en,
            )

    def shape(self) -> dict[str, Any]:
        return {**super().shape(), **({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})}


class LongText(Worded):
    kind: Literal["long_text"]
    max_length: int = 2000

    def coerce(self, text: str) -> str:
        return scrub.lines(text)


class Address(Worded):
    kind: Literal["address"]
    min_length: int = 4
    autocomplete: str | None = "street-address"
