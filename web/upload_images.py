"""PNG and JPEG walked from marker to marker, nothing decoded: whole, of a bearable size, and nothing behind the end."""

import re
import struct
import zlib
from typing import IO

from web.upload_reading import Unsound, bounded, refuse_script

_CHUNKS = 20_000
# Start-of-frame markers hold the size; C4, C8 and CC are tables and an extension.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9
# Within a scan FF00 is a byte of the picture, and FFD0 to FFD7 restart it; anything else ends it.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)


def png(body: IO[bytes]) -> None:
    body.seek(8)
    for n in range(_CHUNKS):
        head = body.read(8)
        if len(head) < 8:
            raise Unsound
        length, kind = struct.unpack(">I4s", head)
        if n == 0:
            _png_header(body, length, kind)
        elif kind == b"IEND":
            body.seek(length + 4, 1)
            if body.read(1):
                raise Unsound
            return
        else:
            body.seek(length + 4, 1)
    raise Unsound


def _png_header(body: IO[bytes], length: int, kind: bytes) -> None:
    data, check = body.read(13), body.read(4)
    if kind != b"IHDR" or length != 13 or len(check) != 4:
        raise Unsound
    if zlib.crc32(kind + data) != int.from_bytes(check, "big"):
        raise Unsound
    bounded(*struct.unpack(">II", data[:8]))


def jpg(body: IO[bytes]) -> None:
    body.seek(0)
    data = body.read()
    end = _walk(data)
    # Phones put a short film or a thumbnail behind a photo; a script or an archive is nothing they put there.
    refuse_script(data[end:])


def jpeg_size(data: bytes, start: int = 0) -> int:
    """Raises Huge if the JPEG that begins here is too large; one that is cut off says nothing. Gives how far it was read."""
    try:
        return _walk(data, start) - start
    except _Broken as broken:
        return broken.at - start


class _Broken(Unsound):
    """Where there is no marker any more, or nothing after it."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at


def _walk(data: bytes, start: int = 0) -> int:
    """Where the picture ends; raises _Broken if it does not, or has no size."""
    at, sized = start + 2, False
    for _ in range(_CHUNKS):
        if data[at : at + 1] != b"\xff" or at + 1 >= len(data):
            raise _Broken(min(at, len(data)))
        mark = data[at + 1]
        if mark == 0xFF:  # fill bytes may stand before a marker
            at += 1
            continue
        if mark == _END:
            if not sized:
                raise _Broken(at)
            return at + 2
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if size < 2:
            raise _Broken(at)
        if mark in _FRAMES:
            frame = data[at + 5 : at + 9]
            if len(frame) < 4:
                raise _Broken(at)
            bounded(*struct.unpack(">HH", frame))
            sized = True
        at += 2 + size
        if mark == _SCAN:
            found = _AFTER_SCAN.search(data, at)
            if not found:
                raise _Broken(len(data))
            at = found.start()
    raise _Broken(at)
