"""Fields answered with a number or an amount."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Literal

from forms import scrub
from forms.fields.base import FieldBase
from forms.text import Text


class Bounded(FieldBase):
    def refuse_outside(self, value: Any, least: Any, most: Any) -> None:
        if value < least:
            raise self.problem(
                "“{label}”不能小于 {least}，请核对。",
                "“{label}” can't be less than {least}: check it.",
                least=least,
            )
        if value > most:
            raise self.problem(
                "“{label}”不能大于 {most}，请核对。",
                "“{label}” can't be more than {most}: check it.",
                most=most,
            )


class Integer(Bounded):
    kind: Literal["integer"]
    at_least: int = 0
    at_most: int = 1_000_000_000
    unit: Text | None = None

    def coerce(self, text: str) -> int | str:
        digits = scrub.narrow(text).replace(",", "")
        if digits and not re.fullmatch(r"[+-]?[0-9]{1,18}", digits):
            raise self.problem(
                "“{label}”应是整数，请只填数字。", "“{label}” must be a whole number: use digits only."
            )
        return int(digits) if digits else ""

    def check(self, value: int) -> None:
        self.refuse_outside(value, self.at_least, self.at_most)

    def words(self, value: int, lang: str) -> str:
        return f"{value} {self.unit.in_(lang)}" if self.unit else str(value)

    def shape(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.at_least, "maximum": self.at_most}


class Money(Bounded):
    """Yuan; kept as text with two decimals, since a float is no amount."""

    kind: Literal["money"]
    at_least: Decimal = Decimal("0.00")
    at_most: Decimal = Decimal("999999999999.99")

    def coerce(self, text: str) -> str:
        digits = scrub.narrow(text).replace(",", "").removeprefix("¥").removesuffix("元")
        if not digits:
            return ""
        if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,2})?", digits):
            raise self.problem(
                "“{label}”应是金额，请填数字，最多两位小数。",
                "“{label}” must be an amount: use digits, with at most two decimals.",
            )
        amount = Decimal(digits)
        return f"{amount if amount else Decimal(0):.2f}"

    def check(self, value: str) -> None:
        self.refuse_outside(Decimal(value), self.at_least, self.at_most)

    def words(self, value: str, lang: str) -> str:
        return f"CNY {Decimal(value):,.2f}" if lang == "en" else f"{Decimal(value):,.2f} 元"

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?[0-9]{1,15}\.[0-9]{2}$"}
