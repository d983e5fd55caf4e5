"""Fields answered by choosing, ticking or attaching."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field as Constraint
from pydantic import StringConstraints

from forms import scrub
from forms.fields.base import FieldBase, Given, Problem
from forms.hashing import unsaid
from forms.text import Definition, Text

YES, NO = Text(zh="是", en="Yes"), Text(zh="否", en="No")
AGREED, NOT_AGREED = Text(zh="已确认", en="Confirmed"), Text(zh="未确认", en="Not confirmed")

_TRUE = frozenset({"yes", "true", "on", "1", "是"})
_FALSE = frozenset({"no", "false", "off", "0", "否"})


class Option(Definition):
    value: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$")]
    label: Text


class Chosen(FieldBase):
    options: tuple[Option, ...] = Constraint(min_length=2)

    def option_values(self) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)

    def absent(self) -> Problem:
        return self.problem("请选择“{label}”。", "Choose “{label}”.")

    def one(self, text: str) -> str:
        value = scrub.narrow(text)
        if value and value not in self.option_values():
            raise self.problem("请从所列选项中选择“{label}”。", "Choose “{label}” from the options listed.")
        return value

    def label_of(self, value: str, lang: str) -> str:
        """The value itself where an older version had an option this one has not."""
        return next((option.label.in_(lang) for option in self.options if option.value == value), str(value))


class Choice(Chosen):
    kind: Literal["choice"]

    def coerce(self, text: str) -> str:
        return self.one(text)

    def words(self, value: str, lang: str) -> str:
        return self.label_of(value, lang)

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.option_values())}


class Choices(Chosen):
    kind: Literal["choices"]

    def read(self, given: Given) -> list[str] | None:
        chosen = {self.one(text) for text in given.get(self.name, ())} - {""}
        return [value for value in self.option_values() if value in chosen] or None

    def words(self, value: list[str], lang: str) -> str:
        return (", " if lang == "en" else "、").join(self.label_of(each, lang) for each in value)

    def raw(self, value: list[str] | None) -> dict[str, list[str]]:
        return {self.name: [value] if isinstance(value, str) else list(value or [])}

    def shape(self) -> dict[str, Any]:
        items = {"type": "string", "enum": list(self.option_values())}
        return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}


class YesNo(FieldBase):
    kind: Literal["yes_no"]

    def absent(self) -> Problem:
        return self.problem("请选择“{label}”：是或否。", "Answer “{label}” with yes or no.")

    def coerce(self, text: str) -> bool | str:
        answer = scrub.narrow(text).casefold()
        if answer and answer not in _TRUE | _FALSE:
            raise self.absent()
        return answer in _TRUE if answer else ""

    def words(self, value: bool, lang: str) -> str:
        return (YES if value else NO).in_(lang)

    def raw(self, value: bool | None) -> dict[str, list[str]]:
        return super().raw({True: "yes", False: "no"}[value] if isinstance(value, bool) else value)

    def shape(self) -> dict[str, Any]:
        return {"type": "boolean"}


class Declaration(YesNo):
    """A statement the applicant answers for (Licence Law art. 31): ticked, or the form is not complete.

    `signature`: whoever ticks it also writes their name, and the value is that name instead of true.
    """

    kind: Literal["declaration"]
    statement: Text
    signature: bool = Constraint(default=False, exclude_if=unsaid)

    def raw_names(self) -> tuple[str, ...]:
        return (self.name, f"{self.name}_signer") if self.signature else (self.name,)

    def absent(self) -> Problem:
        if self.signature:
            return self.problem(
                "请阅读“{label}”，同意后勾选并签上姓名。",
                "Read “{label}”, tick the box if you agree with it, and sign with your name.",
            )
        return self.problem(
            "请阅读“{label}”，同意后勾选。", "Read “{label}” and tick the box if you agree with it."
        )

    def read(self, given: Given) -> bool | str | None:
        agreed = super().read({self.name: given.get(self.name, ())})
        if not self.signature or agreed is None:
            return agreed
        signer = scrub.line(next(iter(given.get(f"{self.name}_signer", ())), ""))
        if agreed and not 2 <= len(signer) <= 60:
            raise self.absent()
        return signer if agreed else None

    def check(self, value: bool) -> None:
        if self.required and not value:
            raise self.absent()

    def words(self, value: bool | str, lang: str) -> str:
        said = (AGREED if value else NOT_AGREED).in_(lang)
        return f"{said} ({value})" if isinstance(value, str) else said

    def raw(self, value: bool | str | None) -> dict[str, list[str]]:
        if self.signature and isinstance(value, str) and value:
            return {self.name: ["yes"], f"{self.name}_signer": [value]}
        return super().raw(value)

    def shape(self) -> dict[str, Any]:
        if self.signature:
            return {"type": "string", "minLength": 2, "maxLength": 60}
        return {"type": "boolean", **({"const": True} if self.required else {})}


class File(FieldBase):
    """Names of files already in the store; this room never sees their bytes."""

    kind: Literal["file"]
    types: tuple[Literal["pdf", "jpg", "png"], ...] = ("pdf", "jpg", "png")
    max_mb: int = Constraint(default=10, ge=1, le=200)
    at_most: int = Constraint(default=1, ge=1, le=20)

    def absent(self) -> Problem:
        return self.problem("请上传“{label}”。", "Upload “{label}”.")

    def read(self, given: Given) -> list[str] | None:
        names = list(dict.fromkeys(scrub.narrow(text) for text in given.get(self.name, ())))
        names = [name for name in names if name]
        if len(names) > self.at_most:
            raise self.problem(
                "“{label}”最多上传 {most} 个文件，请删去多余的。",
                "“{label}” takes at most {most} file(s): remove the others.",
                most=self.at_most,
            )
        if any(not re.fullmatch(r"[A-Za-z0-9_-]{1,128}", name) for name in names):
            raise self.problem(
                "“{label}”的文件没有收到，请重新上传。", "“{label}” was not received: upload it again."
            )
        return names or None

    def words(self, value: list[str], lang: str) -> str:
        return f"{len(value)} file(s)" if lang == "en" else f"{len(value)} 个文件"

    def raw(self, value: list[str] | None) -> dict[str, list[str]]:
        return {self.name: [value] if isinstance(value, str) else list(value or [])}

    def shape(self) -> dict[str, Any]:
        items = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,128}$"}
        return {"type": "array", "items": items, "minItems": 1, "maxItems": self.at_most}
