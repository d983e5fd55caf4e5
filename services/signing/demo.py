"""A certification authority for demonstrations: made at first start, marked 演示 DEMO in every name, believed by nobody.

It stands in for the authority that certifies a department's seals, so that everything behind it is real.
"""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from services.signing.files import KeySeal, pem, put_once, read_pem, slug
from services.signing.seals import DEMO, Seal

# A demonstration's clock may stand in any year that has a calendar, and its documents must hold then.
_FROM, _UNTIL = datetime(2000, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)
_ROOT = "ca.pem"
_NAME_LIMIT = (
    64  # bytes of a common name and of an organisation's, as the library counts RFC 5280's characters
)


class DemoSeals:
    """Keys of a department's seals are made when it first seals something."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, KeySeal] = {}
        self._making = threading.Lock()
        self._root: tuple[rsa.RSAPrivateKey, x509.Certificate] | None = None

    @property
    def roots(self) -> Sequence[x509.Certificate]:
        with self._making:
            return [self._authority()[1]]

    def seal(self, department: str, agency: str, words: str) -> Seal:
        name = f"{department}-{slug(agency + words)}.pem"
        with self._making:
            if name not in self._kept:
                self._kept[name] = self._certified(name, department, agency, words)
            return self._kept[name]

    def _authority(self) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
        if self._root is None:
            path = self._folder / _ROOT
            if not path.exists():
                put_once(path, pem(*_new_authority()))
            self._root = read_pem(path)
        return self._root

    def _certified(self, name: str, department: str, agency: str, words: str) -> KeySeal:
        path, authority = self._folder / name, self._authority()
        if not path.exists():
            put_once(path, pem(*_new_seal(authority, department, agency, words)))
        return KeySeal(*read_pem(path), issuers=[authority[1]])


def _new_authority() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key, name = _key(), _name(f"一窗通办根证书 {DEMO}", f"一窗通办 {DEMO} 无法律效力")
    built = (
        _certificate(name, name, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    )
    return key, built.sign(key, hashes.SHA256())


def _new_seal(
    authority: tuple[rsa.RSAPrivateKey, x509.Certificate], department: str, agency: str, words: str
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    by, root = authority
    marked = f" {DEMO}"
    common = _cut(f"{agency}{words}", _NAME_LIMIT - len(marked.encode())) + marked
    key, name = _key(), _name(common, _cut(agency, _NAME_LIMIT), department)
    built = (
        _certificate(name, root.subject, key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    return key, built.sign(by, hashes.SHA256())


_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode(errors="ignore")


def _name(common: str, organisation: str, code: str = "") -> x509.Name:
    given = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, common),
    ]
    if code:
        given.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, code))
    return x509.Name(given)


def _certificate(subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(**granted: bool) -> x509.KeyUsage:
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: granted.get(name, False) for name in every})
