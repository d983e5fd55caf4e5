"""The kinds of question a form can ask: a closed set, one class each with all its aspects."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field as Constraint
from pydantic import TypeAdapter

from forms.fields.base import NOT_GIVEN, FieldBase, Problem
from forms.fields.choices import Choice, Choices, Declaration, File, Option, YesNo
from forms.fields.identities import (
    ID_TYPES,
    CreditCode,
    IdDocument,
    Phone,
    is_credit_code,
    is_resident_number,
)
from forms.fields.numbers import Day, Integer, Money
from forms.fields.words import Address, LongText, TextField

Field = Annotated[
    TextField
    | LongText
    | Integer
    | Money
    | Day
    | YesNo
    | Choice
    | Choices
    | Phone
    | Address
    | IdDocument
    | CreditCode
    | Declaration
    | File,
    Constraint(discriminator="kind"),
]

_FIELDS: TypeAdapter[tuple[Field, ...]] = TypeAdapter(tuple[Field, ...])


def parse_fields(definitions: Iterable[Mapping[str, Any]]) -> tuple[Field, ...]:
    return _FIELDS.validate_python(list(definitions))


__all__ = [
    "ID_TYPES",
    "NOT_GIVEN",
    "Address",
    "Choice",
    "Choices",
    "CreditCode",
    "Day",
    "Declaration",
    "Field",
    "FieldBase",
    "File",
    "IdDocument",
    "Integer",
    "LongText",
    "Money",
    "Option",
    "Phone",
    "Problem",
    "TextField",
    "YesNo",
    "is_credit_code",
    "is_resident_number",
    "parse_fields",
]
