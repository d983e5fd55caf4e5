"""What an uploaded file really is: told from its bytes, never from its name or from what the browser says."""

import re
from typing import IO

import filetype

from web.upload_images import jpg, png
from web.upload_pdf import pdf
from web.upload_reading import Huge, Unsound, last

Sentence = dict[str, str]

_ZIP_END = b"PK\x05\x06"
_TAIL = 66_000  # a zip's directory ends within its last 64 KB and a little
_SUFFIXES = {"pdf": ("pdf",), "jpg": ("jpg", "jpeg"), "png": ("png",)}
# A page or a script in a file that calls itself a document: some readers look no further than its first bytes.
_PAGE = re.compile(rb"<!doctype html|<html|<script|<svg|<\?php", re.IGNORECASE)
_HEAD = 1024


class Unfit(Exception):
    """Why a file is not taken, as a bilingual sentence."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.sentence: Sentence = {"zh": zh, "en": en}


def inspect(body: IO[bytes], name: str, types: tuple[str, ...]) -> str:
    """The file's kind, one of `types`; raises Unfit. May unpack much: call it in a thread."""
    body.seek(0)
    guess = filetype.guess(body.read(8192))
    kind = guess.extension if guess else ""
    if kind not in types:
        raise _wrong_kind(name, kind, types)
    suffix = name.rpartition(".")[2].lower()
    if suffix not in _SUFFIXES[kind]:
        raise Unfit(
            f"“{name}”的内容是 {kind.upper()}，和文件名不符，请把扩展名改为 .{kind} 后再上传。",
            f"“{name}” holds a {kind.upper()}, which its name does not say: rename it to end in .{kind}.",
        )
    try:
        _CHECKS[kind](body)
        _refuse_two_in_one(body)
    except Unsound:
        raise Unfit(
            f"“{name}”打不开或夹带了别的内容，请重新导出或拍照后再上传。",
            f"“{name}” is damaged or carries something else: export or photograph it again.",
        ) from None
    except Huge as huge:
        raise Unfit(
            f"“{name}”{huge.zh}，请缩小或拆分后再上传。", f"“{name}” {huge}: make it smaller or split it."
        ) from None
    return kind


def _wrong_kind(name: str, kind: str, types: tuple[str, ...]) -> Unfit:
    allowed = " / ".join(types).upper()
    if kind in ("heic", "avif"):
        # Not converted here: a photo that no clerk's browser shows is no use, and what is filed stays as it came.
        return Unfit(
            f"“{name}”是 {kind.upper()} 照片，多数电脑打不开。请在手机“设置-相机-格式”里选“兼容性最佳”后重拍，"
            "或者截屏、另存为 JPG 后再上传。",
            f"“{name}” is a {kind.upper()} photo, which most computers cannot open. On the phone choose Settings, "
            "Camera, Formats, Most Compatible and take it again, or save it as JPG.",
        )
    return Unfit(
        f"“{name}”不是 {allowed} 文件，请换成其中一种格式后再上传。",
        f"“{name}” is not a {allowed} file: save it in one of these formats and upload it again.",
    )


def _refuse_two_in_one(body: IO[bytes]) -> None:
    """A zip is read from its end, so it can follow anything; its comment may even hold a PDF's end."""
    body.seek(0)
    if _PAGE.search(body.read(_HEAD)):
        raise Unsound
    tail = last(body, _TAIL)
    at = tail.find(_ZIP_END)
    while at >= 0:
        # By chance the four bytes occur in compressed pictures; the comment's length then does not fit the end.
        if at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail):
            raise Unsound
        at = tail.find(_ZIP_END, at + 1)


_CHECKS = {"pdf": pdf, "jpg": jpg, "png": png}
