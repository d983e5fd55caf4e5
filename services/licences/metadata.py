"""证照元数据 (GB/T 36903, 未核对): canonical JSON, its SM3, and the register's signature over it.

The signature is Ed25519 with a key of the house's own: it proves that a record is what this register took in, no more.
It is no seal of the issuing body, and this is no OFD file (GB/T 33190).
"""

from collections.abc import Mapping
from typing import Any

import asyncpg
import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from forms import sm3
from services.house import House

_SORTED = orjson.OPT_SORT_KEYS
_WHERE = "e_licence|sealed|{}"


def canonical(metadata: Mapping[str, Any]) -> bytes:
    """The same facts are the same bytes: keys in order, no white space, UTF-8."""
    return orjson.dumps(metadata, option=_SORTED)


def digest(body: bytes) -> str:
    return sm3(body).hex()


def sign(house: House, body: bytes) -> bytes:
    return _key(house).sign(body)


def holds(house: House, body: bytes, said: str, signature: bytes) -> bool:
    """Whether a stored record is what was taken in."""
    try:
        _key(house).public_key().verify(signature, body)
    except InvalidSignature:
        return False
    return digest(body) == said


def seal(house: House, identifier: str, body: bytes) -> bytes:
    return house.vault.seal(body, where=_WHERE.format(identifier))


async def read_metadata(conn: asyncpg.Connection, house: House, identifier: str) -> dict[str, Any]:
    """In the clear: for the holder, and for a copy that says what it is for. Raises Tampered."""
    row = await conn.fetchrow("SELECT sealed FROM e_licence WHERE identifier = $1", identifier)
    return orjson.loads(_open(house, identifier, row["sealed"])) if row else {}


async def record_holds(conn: asyncpg.Connection, house: House, identifier: str) -> bool:
    row = await conn.fetchrow(
        "SELECT sealed, digest, signature FROM e_licence WHERE identifier = $1", identifier
    )
    return row is not None and holds(
        house, _open(house, identifier, row["sealed"]), row["digest"], row["signature"]
    )


def _open(house: House, identifier: str, sealed: bytes) -> bytes:
    return house.vault.open(sealed, where=_WHERE.format(identifier))


def _key(house: House) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(house.vault.key("e-licence-register"))
