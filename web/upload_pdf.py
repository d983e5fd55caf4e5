"""A PDF bounded without being opened: where it begins and ends, how many pages, and how much its streams unpack to.

Nothing is believed of what it says about itself: whatever begins like a zlib stream is unpacked, up to the limits, and
thrown away. No byte is read much more than once, whatever the file says: patterns have an end, and streams that lie in
one another are counted.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from web.upload_images import jpeg_size
from web.upload_reading import Huge, Unsound, bounded, refuse_script

MB = 1024 * 1024
ONE_STREAM = 160 * MB  # an A4 page in colour at 600 dots an inch unpacks to 105 MB
ALL_STREAMS = 600 * MB
SHEETS = 3_000  # children named in page trees
STREAMS = 100_000
_SLACK = 16 * MB  # beyond twice the file: what is read of streams that only look like one
_BEHIND = 1024  # bytes of something else behind the end, as printers and web servers leave them
_DEEPEST = 3  # a stream packed more than once
_IN, _OUT = 64 * 1024, 1 * MB  # at a time
_INNER = 32 * MB  # of a stream packed twice

_STREAM = re.compile(rb"stream[ \t]*(?:\r\n|\r|\n)")
_KIDS = re.compile(rb"/Kids\s{0,64}\[([^\[\]]*)\]")
_REFERENCE = re.compile(rb"\d{1,10}\s{1,64}\d{1,10}\s{1,64}R")
_SIDE = {name: re.compile(rb"/" + name + rb"\s+(\d{1,10})") for name in (b"Width", b"Height")}
_DICTIONARY = 2048  # before its stream


def pdf(body: IO[bytes]) -> None:
    """Header at the very first byte and trailer at the last but a little, as readers that are strict want them."""
    body.seek(0)
    data = body.read()
    end = data.rfind(b"%%EOF")
    behind = data[end:].rstrip(b"\r\n\t \0")
    if not data.startswith(b"%PDF-") or end < 0 or len(behind) > _BEHIND:
        raise Unsound
    refuse_script(behind[5:])
    left, sheets, unread = ALL_STREAMS, _kids(data), 2 * len(data) + _SLACK
    for n, found in enumerate(_STREAM.finditer(data)):
        start = found.end()
        if n >= STREAMS:
            raise Huge(f"的数据流太多（超过 {STREAMS} 个）", f"holds too many streams (over {STREAMS})")
        said = data[max(0, found.start() - _DICTIONARY) : found.start()]
        said = said[said.rfind(b" obj") + 1 :]
        _picture(said)
        if data.startswith(b"\xff\xd8", start):
            unread -= jpeg_size(data, start)
        elif _packed(data, start):
            kept = bytearray() if b"/ObjStm" in said else None
            pieces = _Pieces(memoryview(data)[start:])
            left = _unpack(pieces, left, kept)
            unread -= pieces.taken
            sheets += _kids(bytes(kept)) if kept else 0
        if unread < 0:
            raise Unsound
        if sheets > SHEETS:
            raise _too_many()
    if sheets > SHEETS:
        raise _too_many()


def _kids(data: bytes) -> int:
    return sum(len(_REFERENCE.findall(kids)) for kids in _KIDS.findall(data))


def _picture(said: bytes) -> None:
    """Whatever packs it, a picture's size stands beside it in the clear."""
    sides = [int(found[1]) if (found := pattern.search(said)) else 0 for pattern in _SIDE.values()]
    if all(sides):
        bounded(*sides)


def _packed(data: bytes | memoryview, start: int = 0) -> bool:
    """A zlib header: method 8, and a check that makes it divisible by 31 (RFC 1950)."""
    head = bytes(data[start : start + 2])
    return len(head) == 2 and head[0] & 0x0F == 8 and int.from_bytes(head, "big") % 31 == 0


def _unpack(pieces: "_Pieces", left: int, kept: bytearray | None, depth: int = 1) -> int:
    """What remains of `left` after this stream, and those packed in it."""
    one, inner, first = min(ONE_STREAM, left), bytearray(), True
    for out in pieces:
        one, left = one - len(out), left - len(out)
        if one < 0:
            raise _too_much()
        if kept is not None and len(kept) < _INNER:
            kept += out
        if len(inner) < _INNER and (inner or (first and depth < _DEEPEST and _packed(out))):
            inner += out
        first = first and not out
    return _unpack(_Pieces(bytes(inner)), left, None, depth + 1) if inner else left


class _Pieces:
    """A stream unpacked, a little at a time. That one is broken is its reader's business, not ours.

    `taken`: how much of what it is packed in was read; of a broken one, the whole of the last piece.
    """

    def __init__(self, packed: memoryview | bytes) -> None:
        self.packed, self.taken = packed, 0

    def __iter__(self) -> Iterator[bytes]:
        unpacker, packed = zlib.decompressobj(), self.packed
        with suppress(zlib.error):
            while not unpacker.eof and self.taken < len(packed):
                waiting: memoryview | bytes = packed[self.taken : self.taken + _IN]
                self.taken += len(waiting)
                while waiting:
                    yield unpacker.decompress(waiting, _OUT)
                    waiting = b"" if unpacker.eof else unpacker.unconsumed_tail
            self.taken -= len(unpacker.unused_data)


def _too_much() -> Huge:
    return Huge("解开后超过 600 MB", "unpacks to more than 600 MB")


def _too_many() -> Huge:
    return Huge(f"的页数太多（超过 {SHEETS} 页）", f"has too many pages (over {SHEETS})")
