"""脱敏: what a screen, a log or a public list may show of personal data.

A mask never shows more because the input is odd: what is too short or unknown is hidden whole.
"""

import re

_STAR = "*"
# A road or a lane ends the part of an address that many people share; the rest points at one door.
_ROAD = re.compile(r".*?(?:大道|公路|路|街(?!道)|巷|弄)")
_STREET = re.compile(r".*?(?:街道|镇|乡)")
_DISTRICT = re.compile(r".*(?:[省市州县旗]|(?<![小社])区)")


def _ends(text: str, head: int, tail: int) -> str:
    """Keeps both ends and as many stars between; hides all where fewer than four would be hidden."""
    hidden = len(text) - head - tail
    if hidden < 4:
        return _STAR * len(text)
    return text[:head] + _STAR * hidden + text[len(text) - tail :]


def mask_name(name: str) -> str:
    """陈示 becomes 陈*, 陈示例 becomes 陈*例; of names in Latin letters each word keeps its first letter."""
    name = name.strip()
    if name.isascii():
        return " ".join(word[0] + "***" for word in name.split())
    if len(name) <= 1:
        return _STAR * len(name)
    if len(name) == 2:
        return name[0] + _STAR
    return name[0] + _STAR * (len(name) - 2) + name[-1]


def mask_id(number: str, *, public: bool = False) -> str:
    """First six and last four; on public pages first three and last four. Passports and the like: the ends only."""
    number = number.strip()
    if len(number) < 15:
        return _ends(number, 1, 2)
    return _ends(number, 3 if public else 6, 4)


def mask_phone(number: str) -> str:
    """A mobile number as 199****0001; of any other number the last two digits."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == 13 and digits.startswith("861"):
        digits = digits[2:]
    return _ends(digits, 3, 4) if len(digits) == 11 and digits.startswith("1") else _ends(digits, 0, 2)


def mask_address(address: str) -> str:
    """Down to the street, never to the door."""
    for part in (_ROAD, _STREET, _DISTRICT):
        if match := part.match(address):
            return match[0] + _STAR * 4
    return _STAR * 4 if address else ""


def mask_bank(number: str) -> str:
    """The last four."""
    return _ends(re.sub(r"\s", "", number), 0, 4)


def mask_email(address: str) -> str:
    """a***@example.org: the length of what is hidden says nothing."""
    local, at, domain = address.strip().rpartition("@")
    shown = local[0] if len(local) > 1 else ""
    return f"{shown}***{at}{domain}" if at else "***"
