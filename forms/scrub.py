"""What people paste is not what they mean: control characters, full-width digits, stray spaces."""

import unicodedata
from collections.abc import Mapping
from typing import Any

# No form field is longer; beyond this a value is not even looked at.
LONGEST = 20_000
MOST_VALUES = 200

# Direction overrides can make a printed sentence read as its opposite; zero-width marks hide differences.
_UNSEEN = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF]
)


def storable(text: str) -> str:
    """Drop what neither PostgreSQL nor UTF-8 can hold (NUL, lone surrogates) and what no reader can see."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    return "".join(c for c in kept if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", storable(text)).split())


def lines(text: str) -> str:
    rows = unicodedata.normalize("NFC", storable(text)).split("\n")
    return "\n".join(row.rstrip() for row in rows).strip()


def narrow(text: str) -> str:
    """Half-width and without spaces: for numbers and codes, never for names."""
    return "".join(unicodedata.normalize("NFKC", storable(text)).split())


def typed(raw: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The texts given under a name, whatever shape a careless client sent them in."""
    given = raw.get(name)
    if isinstance(given, str):
        given = [given]
    if not isinstance(given, list | tuple):
        return ()
    # One beyond the limit is kept, so that the field itself can say "too many" or "too long".
    texts = (storable(each[: LONGEST + 1]) for each in given[: MOST_VALUES + 1] if isinstance(each, str))
    return tuple(each for each in texts if each.strip())
