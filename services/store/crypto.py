"""Sealing of personal columns, blind indexes to find them again, and digests.

Not a certified cryptographic module: an assessment under GB/T 39786 (密评) needs one behind this same interface. What
is sealed begins with a version byte, so that SM4-GCM or a key service can be added while old values stay readable.
"""

import base64
import hmac
import os
import unicodedata
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hmac as native_hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from forms import digest

KEY_BYTES = 32
_AES_GCM = b"\x01"
_NONCE = 12


class Tampered(Exception):
    """A sealed value was altered, moved to another row, or sealed under another key."""


class BadKeyFile(Exception):
    """The key file cannot be used; the message says why."""


class Vault:
    """Everything derives from one master key, a key per purpose, so that no two uses share one.

    `where` is "table|column|row": it is authenticated, so a value copied into another row does not open. Each table
    has a key of its own, which also keeps random nonces far below GCM's limit of 2**32 values a key.
    """

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise BadKeyFile(f"the master key must have {KEY_BYTES} bytes")
        self._master = master
        self._keys: dict[str, bytes] = {}
        self._ciphers: dict[str, AESGCM] = {}

    @classmethod
    def from_key_file(cls, path: Path | str, *, create: bool = False) -> "Vault":
        """One line, base64 of 32 bytes, readable by its owner alone."""
        path = Path(path)
        if create and not path.exists():
            _make_key_file(path)
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_mode & 0o077:
                    raise BadKeyFile(f"{path} can be read by others: chmod 600 {path}")
                return cls(base64.b64decode(file.read().strip(), validate=True))
        except OSError as error:
            raise BadKeyFile(f"{path}: {error.strerror}") from None
        except ValueError:
            raise BadKeyFile(f"{path} does not hold base64 of {KEY_BYTES} bytes") from None

    def seal(self, plain: bytes | str, *, where: str) -> bytes:
        nonce = os.urandom(_NONCE)
        data = plain.encode() if isinstance(plain, str) else plain
        return _AES_GCM + nonce + self._cipher(where).encrypt(nonce, data, where.encode())

    def open(self, blob: bytes, *, where: str) -> bytes:
        """Raises Tampered."""
        if blob[:1] != _AES_GCM:
            raise Tampered("sealed under an unknown version")
        nonce, sealed = blob[1 : 1 + _NONCE], blob[1 + _NONCE :]
        try:
            return self._cipher(where).decrypt(nonce, sealed, where.encode())
        except (InvalidTag, ValueError):
            raise Tampered("a sealed value does not open where it lies") from None

    def index(self, value: str, *, purpose: str) -> bytes:
        """HMAC-SM3 of the normalised value: equal values meet, nobody without the key can try numbers out."""
        return self.mac(normalise(value).encode(), purpose=f"index|{purpose}")

    def mac(self, data: bytes, *, purpose: str) -> bytes:
        key = self.key(purpose)
        # Some builds of OpenSSL leave SM3 out of what hashlib can reach.
        if digest.HASHLIB_SM3:
            return hmac.digest(key, data, "sm3")
        made = native_hmac.HMAC(key, hashes.SM3())
        made.update(data)
        return made.finalize()

    def digest(self, data: bytes) -> str:
        return digest.sm3(data).hex()

    @property
    def codec_key(self) -> bytes:
        """For the codec that encrypts what Temporal stores."""
        return self.key("temporal-codec")

    def key(self, purpose: str) -> bytes:
        if purpose not in self._keys:
            derived = HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"onewindow|1|" + purpose.encode())
            self._keys[purpose] = derived.derive(self._master)
        return self._keys[purpose]

    def _cipher(self, where: str) -> AESGCM:
        table = where.partition("|")[0]
        cipher = self._ciphers.get(table)
        if cipher is None:
            cipher = self._ciphers[table] = AESGCM(self.key(f"seal|{table}"))
        return cipher


def normalise(value: str) -> str:
    """Full-width digits, spaces and a small x are the same number."""
    return "".join(unicodedata.normalize("NFKC", value).split()).upper()


def _make_key_file(path: Path) -> None:
    """Whole or not at all; of two that make it at once, one wins and both read the same key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
