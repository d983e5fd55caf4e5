"""电子证照标识 (GB/T 36904): one identifier for every version of every e-licence, with a check against a slip of the pen.

`1.2.156.3005.2.<type 21>.<issuer 18>.<serial>.<version 3>.<check>`. 未核对: the standard's text was not read; the check
reproduces published identifiers.
"""

import re
from dataclasses import dataclass

from stdnum.iso7064 import mod_37_36

# Branch of the OID tree under which e-licences are numbered.
LICENCE_ROOT = "1.2.156.3005.2"

_PARTS = {
    "type": re.compile(r"[0-9A-Z]{18}\d{3}", re.ASCII),
    "issuer": re.compile(r"[0-9A-Z]{18}", re.ASCII),
    "serial": re.compile(r"[0-9A-Z]{1,32}", re.ASCII),
}
_LAST_VERSION = 999


@dataclass(frozen=True, slots=True)
class LicenceId:
    """`type`: credit code of whoever sets the standard, and three digits. `issuer`: the issuing body's credit code.

    `version` begins with 1 and goes up by one with each paper that is issued for the licence. Raises ValueError.
    """

    type: str
    issuer: str
    serial: str
    version: int = 1

    def __post_init__(self) -> None:
        for part, pattern in _PARTS.items():
            if not pattern.fullmatch(getattr(self, part)):
                raise ValueError(f"licence {part} cannot be {getattr(self, part)!r}")
        if not 1 <= self.version <= _LAST_VERSION:
            raise ValueError(f"licence version cannot be {self.version}")

    def __str__(self) -> str:
        parts = (self.type, self.issuer, self.serial, f"{self.version:03}")
        # ISO 7064 Mod 37,36 over type, issuer, serial and version without their dots.
        return ".".join((LICENCE_ROOT, *parts, mod_37_36.calc_check_digit("".join(parts))))


def licence_identifier(type_code: str, issuer: str, serial: str, version: int = 1) -> str:
    return str(LicenceId(type_code, issuer, serial, version))


def read_licence_id(text: str) -> LicenceId | None:
    """The parts of an identifier; None if it is none, or its check does not agree."""
    parts = text.removeprefix(f"{LICENCE_ROOT}.").split(".")
    if not text.startswith(f"{LICENCE_ROOT}.") or len(parts) != 5 or not re.fullmatch(r"[0-9]{3}", parts[3]):
        return None
    try:
        found = LicenceId(parts[0], parts[1], parts[2], int(parts[3]))
    except ValueError:
        return None
    return found if str(found) == text else None


def is_licence_identifier(identifier: str) -> bool:
    return read_licence_id(identifier) is not None
