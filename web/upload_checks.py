"""What an uploaded file really is: told from its bytes, never from its name or from what the browser says."""

import struct
import zlib
from typing import IO

import filetype

Sentence = dict[str, str]

_ZIP_END = b"PK\x05\x06"
_TAIL = 66_000  # a zip's directory ends within its last 64 KB and a little
_PIXELS = 120_000_000  # beyond this an image unpacks to more than any reader should hold
_SIDE = 30_000
_CHUNKS = 20_000
_SUFFIXES = {"pdf": ("pdf",), "jpg": ("jpg", "jpeg"), "png": ("png",)}
# Start-of-frame markers hold the size; C4, C8 and CC are tables and an extension.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Unfit(Exception):
    """Why a file is not taken, as a bilingual sentence."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.sentence: Sentence = {"zh": zh, "en": en}


def inspect(body: IO[bytes], name: str, types: tuple[str, ...]) -> str:
    """The file's kind, one of `types`; raises Unfit."""
    body.seek(0)
    guess = filetype.guess(body.read(8192))
    kind = guess.extension if guess else ""
    if kind not in types:
        allowed = " / ".join(types).upper()
        raise Unfit(
            f"“{name}”不是 {allowed} 文件，请换成其中一种格式后再上传。",
            f"“{name}” is not a {allowed} file: save it in one of these formats and upload it again.",
        )
    suffix = name.rpartition(".")[2].lower()
    if suffix not in _SUFFIXES[kind]:
        raise Unfit(
            f"“{name}”的内容是 {kind.upper()}，和文件名不符，请把扩展名改为 .{kind} 后再上传。",
            f"“{name}” holds a {kind.upper()}, which its name does not say: rename it to end in .{kind}.",
        )
    if not _CHECKS[kind](body) or _hides_a_zip(body, kind):
        raise Unfit(
            f"“{name}”打不开或夹带了别的内容，请重新导出或拍照后再上传。",
            f"“{name}” is damaged or carries something else: export or photograph it again.",
        )
    return kind


def _pdf(body: IO[bytes]) -> bool:
    """Header at the very first byte and trailer near the last, as readers that are strict want them."""
    body.seek(0)
    return body.read(5) == b"%PDF-" and b"%%EOF" in _last(body, _TAIL)


def _hides_a_zip(body: IO[bytes], kind: str) -> bool:
    """Two files in one: a zip is read from its end, so it can follow anything."""
    tail = _last(body, _TAIL)
    if kind == "pdf":
        # An attachment inside a PDF may be a zip; behind the PDF's end it may not.
        tail = tail[tail.rfind(b"%%EOF") :]
    at = tail.rfind(_ZIP_END)
    if at < 0 or len(tail) - at < 22:
        return False
    # By chance the four bytes occur in compressed pictures; the comment's length then does not fit the end.
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    return at + 22 + comment == len(tail)


def _png(body: IO[bytes]) -> bool:
    body.seek(8)
    for n in range(_CHUNKS):
        head = body.read(8)
        if len(head) < 8:
            return False
        length, kind = struct.unpack(">I4s", head)
        if n == 0 and not _png_header(body, length, kind):
            return False
        if kind == b"IEND":
            body.seek(length + 4, 1)
            return body.read(1) == b""
        if n:
            body.seek(length + 4, 1)
    return False


def _png_header(body: IO[bytes], length: int, kind: bytes) -> bool:
    data, check = body.read(13), body.read(4)
    if kind != b"IHDR" or length != 13 or len(check) != 4:
        return False
    width, height = struct.unpack(">II", data[:8])
    return zlib.crc32(kind + data) == int.from_bytes(check, "big") and _sane(width, height)


def _jpg(body: IO[bytes]) -> bool:
    body.seek(2)
    for _ in range(_CHUNKS):
        mark = body.read(2)
        if len(mark) < 2 or mark[0] != 0xFF:
            return False
        if mark[1] == 0xFF:  # fill bytes may stand before a marker
            body.seek(-1, 1)
            continue
        size = int.from_bytes(body.read(2), "big")
        if size < 2:
            return False
        if mark[1] in _FRAMES:
            frame = body.read(5)
            return len(frame) == 5 and _sane(*struct.unpack(">HH", frame[1:]))
        body.seek(size - 2, 1)
    return False


def _sane(width: int, height: int) -> bool:
    return 0 < width <= _SIDE and 0 < height <= _SIDE and width * height <= _PIXELS


def _last(body: IO[bytes], count: int) -> bytes:
    size = body.seek(0, 2)
    body.seek(max(0, size - count))
    return body.read(count)


_CHECKS = {"pdf": _pdf, "jpg": _jpg, "png": _png}
