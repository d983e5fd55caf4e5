"""What the checks of uploaded files share: the two ways in which one is wrong, and how its end is read."""

import re
from typing import IO

PIXELS = 120_000_000  # beyond this an image unpacks to more than any reader should hold
SIDE = 30_000
_SCRIPT = re.compile(rb"\A\s*#!|<script|<html|<\?php|PK\x03\x04|MZ\x90\x00|\x7fELF", re.IGNORECASE)


class Unsound(Exception):
    """Not whole, or more than it says it is."""


class Huge(Exception):
    """Would unpack to more than a reader should hold; `zh` is the end of a sentence that begins with its name."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh


def bounded(width: int, height: int) -> None:
    """Raises unless an image of so many pixels may be opened."""
    if not (width > 0 and height > 0):
        raise Unsound
    if width > SIDE or height > SIDE or width * height > PIXELS:
        raise Huge("的图像太大（超过 1.2 亿像素）", "is too large an image (over 120 million pixels)")


def refuse_script(behind: bytes) -> None:
    """Raises Unsound if what stands behind a file's end is a page, a programme or an archive."""
    if _SCRIPT.search(behind):
        raise Unsound


def last(body: IO[bytes], count: int) -> bytes:
    size = body.seek(0, 2)
    body.seek(max(0, size - count))
    return body.read(count)
