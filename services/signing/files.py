"""Seals kept in files: a demonstration's, made when first needed, and a department's own PKCS #12."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate, load_pem_x509_certificates

from forms import sm3
from services.signing.seals import NoSeal, Seal


@dataclass(frozen=True)
class KeySeal:
    key: RSAPrivateKey
    certificate: Certificate
    issuers: Sequence[Certificate]

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class FiledSeals:
    """`<credit code>.p12` per department in one folder, one passphrase in `passphrase`, roots in `roots.pem`.

    A department whose seals have certificates of their own adds the words: `<credit code>.行政许可专用章.p12`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[Path, KeySeal] = {}
        self.roots = self._roots()

    def seal(self, department: str, agency: str, words: str) -> Seal:
        own = self._folder / f"{department}.{words}.p12"
        path = own if own.exists() else self._folder / f"{department}.p12"
        if path not in self._kept:
            self._kept[path] = self._open(path)
        return self._kept[path]

    def _roots(self) -> Sequence[Certificate]:
        try:
            return load_pem_x509_certificates((self._folder / "roots.pem").read_bytes())
        except (OSError, ValueError) as error:
            raise NoSeal(f"{self._folder / 'roots.pem'}: {error}; it holds the roots in PEM") from None

    def _open(self, path: Path) -> KeySeal:
        try:
            if path.stat().st_mode & 0o077:
                raise NoSeal(f"{path} can be read by others: chmod 600 {path}")
            given = pkcs12.load_pkcs12(path.read_bytes(), self._passphrase())
        except (OSError, ValueError) as error:
            raise NoSeal(f"{path}: {error}") from None
        if not isinstance(given.key, RSAPrivateKey) or given.cert is None:
            raise NoSeal(f"{path} holds no RSA key with its certificate")
        return KeySeal(given.key, given.cert.certificate, [c.certificate for c in given.additional_certs])

    def _passphrase(self) -> bytes | None:
        file = self._folder / "passphrase"
        return file.read_bytes().strip() if file.exists() else None


def slug(words: str) -> str:
    """A file's name for the words of a seal, the same on every file system."""
    return sm3(words.encode()).hex()[:8]


def pem(key: RSAPrivateKey, certificate: Certificate) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)


def read_pem(path: Path) -> tuple[RSAPrivateKey, Certificate]:
    """Raises NoSeal if others may read it or it holds something else; FileNotFoundError."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_mode & 0o077:
            raise NoSeal(f"{path} can be read by others: chmod 600 {path}")
        content = file.read()
    try:
        key = serialization.load_pem_private_key(content, password=None)
        certificate = load_pem_x509_certificates(content)[0]
    except (ValueError, TypeError) as error:
        raise NoSeal(f"{path}: {error}") from None
    if not isinstance(key, RSAPrivateKey):
        raise NoSeal(f"{path} holds no RSA key")
    return key, certificate


def put_once(path: Path, content: bytes) -> None:
    """Whole or not at all, for its owner alone; of two processes that make it at once, one wins and both read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
