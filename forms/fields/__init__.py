"""The kinds of question a form can ask: a closed set, one class each with all its aspects."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, get_args

from pydantic import Field as Constraint
from pydantic import TypeAdapter

from forms.fields.accounts import BankAccount
from forms.fields.base import NOT_GIVEN, FieldBase, Problem
from forms.fields.choices import Choice, Choices, Declaration, File, Option, YesNo
from forms.fields.groups import Group, SubField, row_asked_for
from forms.fields.identities import (
    ID_TYPES,
    CreditCode,
    IdDocument,
    Phone,
    is_credit_code,
    is_resident_number,
)
from forms.fields.numbers import Integer, Money
from forms.fields.places import RegionField
from forms.fields.times import DateRange, Day
from forms.fields.words import Address, LongText, TextField

Field = Annotated[
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
    | BankAccount
    | Declaration
    | File
    | Group,
    Constraint(discriminator="kind"),
]

_FIELDS: TypeAdapter[tuple[Field, ...]] = TypeAdapter(tuple[Field, ...])


KINDS: tuple[type[FieldBase], ...] = get_args(get_args(Field)[0])


def parse_fields(definitions: Iterable[Mapping[str, Any]]) -> tuple[Field, ...]:
    return _FIELDS.validate_python(list(definitions))


__all__ = [
    "ID_TYPES",
    "KINDS",
    "NOT_GIVEN",
    "Address",
    "BankAccount",
    "Choice",
    "Choices",
    "CreditCode",
    "DateRange",
    "Day",
    "Declaration",
    "Field",
    "FieldBase",
    "File",
    "Group",
    "IdDocument",
    "Integer",
    "LongText",
    "Money",
    "Option",
    "Phone",
    "Problem",
    "RegionField",
    "SubField",
    "TextField",
    "YesNo",
    "is_credit_code",
    "is_resident_number",
    "parse_fields",
    "row_asked_for",
]
