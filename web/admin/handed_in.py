"""A notice as it comes in: pasted, or as a file. Read as it streams, since a file may be any size."""

from starlette.requests import Request

from services.law.notices import LONGEST
from web import csrf
from web.upload_form import Form, Limits, Part, Rule

FILE, TEXT = "file", "notice"
_LIMITS = Limits({FILE: Rule(1, (), at_most=1)}, total=2 * 1024 * 1024, parts=10, field_bytes=4 * LONGEST)
Problems = dict[str, dict[str, str]]


async def read(request: Request) -> tuple[str, Problems]:
    """The file if there is one, else what was pasted. Raises NotAllowed, BadUpload, TooLarge."""
    form = Form(_LIMITS, lambda token: csrf.verify(request, token))
    try:
        await form.read(request)
        parts = {part.name: part for part in form.parts}
        if (file := parts.get(FILE)) and file.filename is not None:
            return _of_file(file)
        text = parts[TEXT].text() if TEXT in parts else ""
    finally:
        form.close()
    if not text.strip():
        return "", {TEXT: {"zh": "请粘贴通知，或者选择文件", "en": "Paste the notice, or choose a file"}}
    return text.replace("\r\n", "\n"), {}


def _of_file(file: Part) -> tuple[str, Problems]:
    if file.problem or file.body is None:
        return "", {FILE: file.problem or _no_text()}
    file.body.seek(0)
    try:
        return file.body.read().decode("utf-8-sig"), {}
    except UnicodeDecodeError:
        return "", {FILE: _no_text()}


def _no_text() -> dict[str, str]:
    return {"zh": "这个文件不是 UTF-8 文本", "en": "This file is not UTF-8 text"}
