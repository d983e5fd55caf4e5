"""Which characters the fonts can draw, read from their own character maps."""

import re
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn

FONT_DIR = pylopdf_fonts_zh_cn.serif_path().parent
_LONG_RUN = re.compile(r"[!-~]{24,}")


def _ranges(font: bytes) -> Iterator[tuple[int, int]]:
    """The segments of the format 12 table in an OpenType `cmap`."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * i) for i in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    for i in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        table = cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * i)[2]
        if struct.unpack_from(">H", font, table)[0] == 12:
            for group in range(struct.unpack_from(">I", font, table + 12)[0]):
                yield struct.unpack_from(">II", font, table + 16 + 12 * group)


def _drawn_by(path: Path) -> frozenset[int]:
    return frozenset(point for first, last in _ranges(path.read_bytes()) for point in range(first, last + 1))


@cache
def _drawable() -> frozenset[int]:
    return _drawn_by(pylopdf_fonts_zh_cn.serif_path()) & _drawn_by(pylopdf_fonts_zh_cn.sans_path())


def printable(text: str) -> str:
    """The text as the press can set it.

    PDF/UA forbids a missing glyph, and one rare character in a name must not cost a citizen the
    decision: such a character is named by its code point. Long unbroken runs may break anywhere.
    """
    known = _drawable()
    named = (c if c == "\n" or ord(c) in known else f"〔U+{ord(c):04X}〕" for c in text.expandtabs(1))
    return _LONG_RUN.sub(lambda run: "\u200b".join(run[0]), "".join(named))
