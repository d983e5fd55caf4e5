"""The seals of a house, behind one interface: a key in a file, or a module that never gives its key away."""

from collections.abc import Sequence
from typing import Protocol

from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID

DEMO = "演示 DEMO"  # in every name of a demonstration's certificates


class NoSeal(Exception):
    """The department has no usable seal here; the message says what to do."""


class Seal(Protocol):
    """One department's seal. `issuers`: from whoever certified it up to the root."""

    certificate: Certificate
    issuers: Sequence[Certificate]

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS #1 v1.5 over the SHA-256 of the data."""
        ...


class Seals(Protocol):
    """`roots`: who is believed when a sealed file is checked. Calls may read files: make them in a thread."""

    @property
    def roots(self) -> Sequence[Certificate]: ...

    def seal(self, department: str, agency: str, words: str) -> Seal:
        """The seal with these words (行政许可专用章) of a department. Raises NoSeal."""
        ...


class NoSeals:
    """A house that was given none: nothing leaves it unsealed by accident."""

    roots: Sequence[Certificate] = ()

    def seal(self, department: str, agency: str, words: str) -> Seal:
        raise NoSeal("no seals are configured: set ONEWINDOW_SEALS to their folder")


def common_name(certificate: Certificate) -> str:
    return _named(certificate, NameOID.COMMON_NAME)


def organisation(certificate: Certificate) -> str:
    return _named(certificate, NameOID.ORGANIZATION_NAME)


def is_demo(certificate: Certificate) -> bool:
    return DEMO in certificate.subject.rfc4514_string()


def _named(certificate: Certificate, oid: object) -> str:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""
