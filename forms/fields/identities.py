"""Fields that identify: identity papers, credit codes, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar, Literal

from pydantic import Field as Constraint
from stdnum import numdb
from stdnum.cn import ric, uscc

from forms import scrub
from forms.fields.base import FieldBase, Given, Problem
from forms.text import Text

# GB 32100: first two characters name the registrar and the type (N and Y are letters in use), then the region.
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_CREDIT_SHAPE = r"^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
# 港澳台居民居住证 bears these instead of a county (未核对).
_HMT_REGIONS = ("810000", "820000", "830000")


def is_credit_code(number: str) -> bool:
    return bool(_CREDIT_CODE.fullmatch(number)) and uscc.calc_check_digit(number) == number[-1]


def is_resident_number(number: str) -> bool:
    """GB 11643: region, day of birth, check digit.

    The region is judged by province only: people keep the codes of counties since renamed or merged, and no
    table of them is complete.
    """
    return _is_sound(number) and _known_province(number)


def is_hmt_number(number: str) -> bool:
    """Of a 港澳台居民居住证: built like a citizen's, with a region of its own."""
    return _is_sound(number) and number[:6] in _HMT_REGIONS


def _is_sound(number: str) -> bool:
    if not _RESIDENT.fullmatch(number) or ric.calc_check_digit(number) != number[-1]:
        return False
    try:
        return ric.get_birth_date(number).year >= 1900
    except ValueError:
        return False


def _known_province(number: str) -> bool:
    if number[:6] in _HMT_REGIONS:
        return False
    return any("province" in found for _, found in numdb.get("cn/loc").info(number[:6]))


def _like(pattern: str) -> Callable[[str], bool]:
    return lambda number: re.fullmatch(pattern, number) is not None


ID_TYPES: dict[str, Text] = {
    "resident_id": Text(zh="居民身份证", en="Resident ID card"),
    "hmt_residence": Text(
        zh="港澳台居民居住证", en="Residence permit for Hong Kong, Macao and Taiwan residents"
    ),
    "hm_permit": Text(
        zh="港澳居民来往内地通行证", en="Mainland travel permit for Hong Kong and Macao residents"
    ),
    "tw_permit": Text(zh="台湾居民来往大陆通行证", en="Mainland travel permit for Taiwan residents"),
    "foreign_residence": Text(zh="外国人永久居留身份证", en="Foreigner's permanent residence ID card"),
    "passport": Text(zh="护照", en="Passport"),
    "temporary_id": Text(zh="临时居民身份证", en="Temporary resident ID card"),
    "household_register": Text(zh="居民户口簿", en="Household register"),
    "birth_certificate": Text(zh="出生医学证明", en="Medical certificate of birth"),
}
# What a field asks for that does not say so: papers that prove by themselves who somebody is. The others stand in
# for them where an item allows it: until the card is made, before sixteen, before there is a number at all.
_USUAL = ("resident_id", "hmt_residence", "hm_permit", "tw_permit", "foreign_residence", "passport")

_TESTS: dict[str, Callable[[str], bool]] = {
    "resident_id": is_resident_number,
    "hmt_residence": is_hmt_number,
    "hm_permit": _like(r"[HM][0-9]{8}([0-9]{2})?"),
    "tw_permit": _like(r"[0-9]{8}([0-9]{2})?"),
    # Fifteen characters until 2023, eighteen digits since (未核对); how the new ones check was not read.
    "foreign_residence": _like(r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]"),
    "passport": _like(r"[A-Z0-9]{5,20}"),
    "temporary_id": is_resident_number,
    "household_register": is_resident_number,
    "birth_certificate": _like(r"[A-Z][0-9]{9}"),
}


IdType = Literal[
    "resident_id",
    "hmt_residence",
    "hm_permit",
    "tw_permit",
    "foreign_residence",
    "passport",
    "temporary_id",
    "household_register",
    "birth_certificate",
]


class IdDocument(FieldBase):
    """A paper and its number: 18 digits are only one kind of them."""

    kind: Literal["id_document"]
    types: tuple[IdType, ...] = Constraint(default=_USUAL, min_length=1)

    always_personal: ClassVar[bool] = True

    def raw_names(self) -> tuple[str, ...]:
        return (self.name, f"{self.name}_type")

    def touched(self, given: Given) -> bool:
        """A list from which to choose always has something chosen: only the number counts."""
        return bool(given.get(self.name))

    def read(self, given: Given) -> dict[str, str] | None:
        number = super().read(given)
        if number is None:
            return None
        kinds = given.get(f"{self.name}_type", ()) or self.types[:1]
        kind = scrub.narrow(kinds[0])
        if len(kinds) > 1 or kind not in self.types:
            raise self.problem("请选择“{label}”的证件类型。", "Choose the kind of paper for “{label}”.")
        if not _TESTS[kind](number):
            raise self.problem(
                "“{label}”中的{zh}号码不正确，请对照证件逐位核对。",
                "The number of the {en} in “{label}” is not right: compare it with the paper, digit by digit.",
                zh=ID_TYPES[kind].zh,
                en=ID_TYPES[kind].en,
            )
        return {"type": kind, "number": number}

    def coerce(self, text: str) -> str:
        return re.sub(r"[-()]", "", scrub.narrow(text)).upper()

    def words(self, value: dict[str, str], lang: str) -> str:
        kind = ID_TYPES.get(value.get("type", ""))
        return f"{kind.in_(lang) if kind else ''} {value.get('number', '')}".strip()

    def raw(self, value: dict[str, str] | None) -> dict[str, list[str]]:
        if not value:
            return {self.name: []}
        return {self.name: [value["number"]], f"{self.name}_type": [value["type"]]}

    def shape(self) -> dict[str, Any]:
        number = {"type": "string", "maxLength": 20}
        properties = {"type": {"type": "string", "enum": list(self.types)}, "number": number}
        return {
            "type": "object",
            "properties": properties,
            "required": ["type", "number"],
            "additionalProperties": False,
        }


class CreditCode(FieldBase):
    kind: Literal["credit_code"]

    def coerce(self, text: str) -> str:
        return scrub.narrow(text).replace("-", "").upper()

    def check(self, value: str) -> None:
        if not is_credit_code(value):
            raise self.problem(
                "“{label}”不是有效的 18 位统一社会信用代码，请对照营业执照核对。",
                "“{label}” is not a valid credit code of 18 characters: compare it with the business licence.",
            )

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "pattern": _CREDIT_SHAPE}


class Phone(FieldBase):
    """A mobile number, a landline with area code, a 400 number, or abroad with a plus sign."""

    kind: Literal["phone"]
    autocomplete: str | None = "tel"

    def coerce(self, text: str) -> str:
        digits = re.sub(r"[-().\u2010-\u2015]", "", scrub.narrow(text))
        digits = re.sub(r"^(\+86|0086)(?=[0-9])", "", digits)
        landline = re.fullmatch(r"(01[0-9]|02[0-9]|0[3-9][0-9]{2})([0-9]{7,8})", digits)
        return "-".join(landline.groups()) if landline else digits

    def check(self, value: str) -> None:
        if not re.fullmatch(r"1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8}|400[0-9]{7}|\+[1-9][0-9]{6,14}", value):
            raise self._unreachable()

    def _unreachable(self) -> Problem:
        return self.problem(
            "“{label}”不是有效的电话号码，请填 11 位手机号，或带区号的座机号。",
            "“{label}” is not a telephone number: give 11 digits of a mobile, or a landline with its area code.",
        )

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[+0-9-]{7,16}$"}
