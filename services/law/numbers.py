"""Numbers that people read aloud: cases, documents, licences. Each carries a check against a slip of the pen."""

import re
from datetime import date

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10, mod_37_36

_CASE = re.compile(r"(\d{6})(\d{8})(\d)(\d{6})([0-9A-Z])", re.ASCII)


def _digits(value: str | int, width: int, what: str) -> str:
    text = str(value).zfill(width) if isinstance(value, int) else value
    if len(text) != width or not (text.isascii() and text.isdigit()):
        raise ValueError(f"{what} needs {width} digits, not {text!r}")
    return text


def case_number(region: str, day: date, channel: str | int, serial: int) -> str:
    """办件编号: region, day, channel, the day's serial in the region, check (ISO 7064 Mod 37,36)."""
    body = (
        _digits(region, 6, "region")
        + day.strftime("%Y%m%d")
        + _digits(channel, 1, "channel")
        + _digits(serial, 6, "serial")
    )
    return body + mod_37_36.calc_check_digit(body)


def read_case_number(typed: str) -> str | None:
    """What a citizen typed, with spaces or in lower case, as a case number; None if it is none."""
    number = re.sub(r"[\s-]", "", typed).upper()
    return number if is_case_number(number) else None


def is_case_number(number: str) -> bool:
    match = _CASE.fullmatch(number)
    if not match:
        return False
    try:
        date.fromisoformat(match[2])
        mod_37_36.validate(number)
    except (ValueError, ValidationError):
        return False
    return True


def show_case_number(number: str) -> str:
    """In groups that can be read over the telephone; anything else is shown as it is."""
    match = _CASE.fullmatch(number)
    return " ".join(match.groups()) if match else number


def document_number(word: str, year: int, n: int) -> str:
    """文号, as （示区市监）许受〔2026〕第000123号."""
    return f"{word}〔{year}〕第{_digits(n, 6, 'document serial')}号"


def food_licence_number(category: str | int, region: str, serial: int) -> str:
    """食品经营许可证编号: JY, kind of business, region, serial, check.

    未核对: that the check is Mod 11,10 of GB/T 17710 is common knowledge and agrees with one published
    licence; the numbering rule itself was not read.
    """
    body = _digits(category, 1, "category") + _digits(region, 6, "region") + _digits(serial, 6, "serial")
    return "JY" + body + mod_11_10.calc_check_digit(body)


def credit_code(prefix: str, region: str, serial: int) -> str:
    """统一社会信用代码 (GB 32100): prefix, region, organisation code with its own check (GB 11714), check."""
    organisation = f"MA{_digits(serial, 6, 'organisation serial')}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(w * int(c, 36) for w, c in zip(weights, organisation, strict=True)) % 11
    body = prefix + _digits(region, 6, "region") + organisation + {10: "X", 11: "0"}.get(rest, str(rest))
    return body + uscc.calc_check_digit(body)
