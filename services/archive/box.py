"""The file itself: a ZIP whose bytes depend on nothing but its parts, so that it can be made again and compared.

No compression (PDF and pictures have their own), no dates, no attributes: APPNOTE 6.3.3 at its plainest.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping

from forms import sm3

MANIFEST, SIGNATURE, SUMS = "manifest.json", "manifest.p7s", "SM3SUMS"
SEAL = (MANIFEST, SIGNATURE, SUMS)  # in this order they lie before everything else
LARGEST = 2**32 - 1  # of a part and of the whole; more would need ZIP64

_VERSION, _UTF8, _DAY = 20, 0x0800, 0x0021  # 1980-01-01, the first day that a ZIP knows
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


class TooBig(ValueError):
    """Beyond 4 GB."""


class Packer:
    """Writes the ZIP piece by piece: the content of each part follows what `add` returns for it."""

    def __init__(self) -> None:
        self._at, self._count, self._directory = 0, 0, b""

    def add(self, name: str, content: bytes) -> bytes:
        facts = _facts(name, content)
        heading = _LOCAL + facts + name.encode()
        self._directory += _entry(name, facts, self._at)
        self._at += len(heading) + len(content)
        self._count += 1
        if self._at > LARGEST:
            raise TooBig("a package may have 4 GB")
        return heading

    def end(self) -> bytes:
        counts = (0, 0, self._count, self._count, len(self._directory), self._at, 0)
        return self._directory + _END + struct.pack("<4H2LH", *counts)


def pack(parts: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The whole ZIP, piece by piece."""
    packer = Packer()
    for name, content in parts:
        yield packer.add(name, content)
        yield content
    yield packer.end()


def length(sizes: Iterable[tuple[str, int]]) -> int:
    """What `pack` will come to."""
    return 22 + sum(30 + 46 + 2 * len(name.encode()) + size for name, size in sizes)


def spans(sizes: Iterable[tuple[str, int]]) -> dict[str, range]:
    """Which bytes of the file belong to which part, its heading included."""
    found, at = {}, 0
    for name, size in sizes:
        end = at + 30 + len(name.encode()) + size
        found[name] = range(at, end)
        at = end
    return found


def _facts(name: str, content: bytes) -> bytes:
    sizes = (zlib.crc32(content), len(content), len(content), len(name.encode()), 0)
    return struct.pack("<5H3L2H", _VERSION, _UTF8, 0, 0, _DAY, *sizes)


def _entry(name: str, facts: bytes, at: int) -> bytes:
    made_by = struct.pack("<H", 0x0300 | _VERSION)  # Unix
    mode = 0o644 << 16
    return _CENTRAL + made_by + facts + struct.pack("<3H2L", 0, 0, 0, mode, at) + name.encode()


def sums(parts: Mapping[str, bytes]) -> bytes:
    """What seals the rest is itself summed: a signature carries certificates that it does not cover."""
    return "".join(f"{sm3(parts[name]).hex()}  {name}\n" for name in (MANIFEST, SIGNATURE)).encode()
