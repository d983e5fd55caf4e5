"""Where money goes: bank accounts (银行账户)."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

from stdnum import luhn

from forms import scrub
from forms.fields.base import FieldBase

_SHAPES = {"card": r"^[0-9]{16,19}$", "account": r"^[0-9]{8,32}$"}


class BankAccount(FieldBase):
    """`of: card` is a person's bank card, whose last digit checks the others (Luhn, ISO/IEC 7812).

    `of: account` is any account. Passbooks and accounts of organisations have no common check digit and lengths of
    the bank's own, so that only digits and a sensible length are asked for.
    """

    kind: Literal["bank_account"]
    of: Literal["card", "account"] = "account"
    autocomplete: str | None = "off"

    always_personal: ClassVar[bool] = True  # PIPL art. 28: 金融账户

    def coerce(self, text: str) -> str:
        return re.sub(r"[-\u2010-\u2015]", "", scrub.narrow(text))

    def check(self, value: str) -> None:
        if not re.fullmatch(_SHAPES[self.of], value) or (self.of == "card" and not luhn.is_valid(value)):
            kinds = {"card": ("银行卡号", "card number"), "account": ("银行账号", "account number")}
            zh, en = kinds[self.of]
            raise self.problem(
                "“{label}”不是有效的{zh}，请逐位核对。",
                "“{label}” is not a valid {what}: compare it digit by digit.",
                zh=zh,
                what=en,
            )

    def words(self, value: str, lang: str) -> str:
        return " ".join(value[n : n + 4] for n in range(0, len(value), 4))

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "pattern": _SHAPES[self.of]}
