"""A form with files, read as it streams: every byte counted where it arrives, no part held beyond its limit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from forms.scrub import line
from services.errors import Refusal
from web import csrf
from web.body_limit import counts_itself
from web.upload_checks import Sentence

MB = 1024 * 1024
MOST = 10  # files for one material
_IN_MEMORY = 1 * MB  # more of a file waits on disk, in a file without a name
_LONGEST_NAME = 100
_HEARD = (
    "part_begin",
    "header_field",
    "header_value",
    "header_end",
    "headers_finished",
    "part_data",
    "part_end",
    "end",
)


class BadUpload(Refusal):
    """Not a form, or not all of it arrived."""

    status, code = 400, "bad-upload"


class TooLarge(Refusal):
    """More than we are willing even to throw away."""

    status, code = 413, "too-large"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one file input takes."""

    max_mb: int
    types: tuple[str, ...]
    at_most: int = MOST


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one form: its file inputs by name, and the sizes of the whole."""

    files: Mapping[str, Rule]
    total: int = 100 * MB
    parts: int = 200
    field_bytes: int = 80_000


@dataclass(slots=True)
class Part:
    """A field, or a file if it has a filename. `body` is gone once the part is refused."""

    name: str = ""
    filename: str | None = None
    size: int = 0
    body: IO[bytes] | None = None
    problem: Sentence | None = None

    def refuse(self, zh: str, en: str) -> None:
        self.problem = self.problem or {"zh": zh, "en": en}
        self.close()

    def close(self) -> None:
        if self.body:
            self.body.close()
            self.body = None

    def text(self) -> str:
        assert self.body
        self.body.seek(0)
        return self.body.read().decode("utf-8", "replace")

    def shown_name(self) -> str:
        """The last part of a path, printable and short, its ending kept."""
        name = line((self.filename or "").replace("\\", "/").rpartition("/")[2])
        if len(name) > _LONGEST_NAME:
            stem, dot, ending = name.rpartition(".")
            name = f"{stem[: _LONGEST_NAME - 10]}…{dot}{ending[-8:]}"
        return name or "file"


@dataclass(slots=True)
class Form:
    """`check` is given the form token, which must be the first field, before anything after it is held."""

    limits: Limits
    check: Callable[[str], None] | None
    parts: list[Part] = field(default_factory=list)
    part: Part = field(default_factory=Part)
    taken: int = 0
    ended: bool = False
    headers: dict[bytes, bytes] = field(default_factory=dict)
    _name: bytes = b""
    _value: bytes = b""

    async def read(self, request: Request) -> None:
        kind, options = parse_options_header(request.headers.get("content-type"))
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise BadUpload("这不是带文件的表单", "This is not a form with files")
        counts_itself(request)
        callbacks = {f"on_{name}": getattr(self, f"on_{name}") for name in _HEARD}
        try:
            parser = MultipartParser(options[b"boundary"], callbacks)  # type: ignore[arg-type]
            async for chunk in request.stream():
                self.taken += len(chunk)
                # Past its limit the form is still read for a while, so that a browser gets to see the answer.
                if self.taken > 3 * self.limits.total:
                    raise self._too_large()
                parser.write(chunk)
        except FormParserError as error:
            raise BadUpload("上传的内容不完整，请再试一次", "The upload is malformed; try again") from error
        except ClientDisconnect as error:
            raise _broken_off() from error
        if not self.ended:
            raise _broken_off()

    def close(self) -> None:
        for part in (*self.parts, self.part):
            part.close()

    # what the parser tells, in the order it tells it

    def on_part_begin(self) -> None:
        self.part, self.headers = Part(), {}

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        self.headers[self._name.lower()] = self._value
        self._name, self._value = b"", b""

    def on_headers_finished(self) -> None:
        _, options = parse_options_header(self.headers.get(b"content-disposition"))
        part = self.part
        part.name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options:
            part.filename = options[b"filename"].decode("utf-8", "replace")
        if self.check and (part.filename is not None or part.name != csrf.FIELD):
            self.check("")  # the token did not come first
        part.body = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - `close` closes it

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        part = self.part
        part.size += end - start
        if part.body is None:
            return
        if part.size > self._limit(part) or self.taken > self.limits.total:
            self._refuse(part)
        else:
            part.body.write(data[start:end])

    def on_part_end(self) -> None:
        part = self.part
        if self.check:
            check, self.check = self.check, None
            check(part.text())
        if part.filename == "" and part.size == 0:
            part.close()  # a file input left empty
            return
        if len(self.parts) >= self.limits.parts:
            raise BadUpload("表单的内容太多了", "The form has too many parts")
        self.parts.append(part)

    def on_end(self) -> None:
        self.ended = True

    def _limit(self, part: Part) -> int:
        if part.filename is None:
            return self.limits.field_bytes
        rule = self.limits.files.get(part.name)
        return rule.max_mb * MB if rule else 0

    def _refuse(self, part: Part) -> None:
        if part.filename is None:
            raise BadUpload("填写的内容太长了", "What was typed is too long")
        name = part.shown_name()
        if part.name not in self.limits.files:
            part.refuse(
                f"“{name}”不在材料清单上，没有收下。", f"“{name}” is not on the list and was not taken."
            )
        elif self.taken > self.limits.total:
            part.refuse(
                f"“{name}”没有收下：一次上传的文件合计太大，请分几次上传。",
                f"“{name}” was not taken: together the files are too large, upload a few at a time.",
            )
        else:
            allowed = self._limit(part) // MB
            part.refuse(
                f"“{name}”超过 {allowed} MB，请压缩或拆分后再上传。",
                f"“{name}” is larger than {allowed} MB: compress or split it and upload it again.",
            )

    def _too_large(self) -> TooLarge:
        most = self.limits.total // MB
        return TooLarge(
            f"一次最多上传 {most} MB，请分几次上传",
            f"One upload takes at most {most} MB; upload a few at a time",
        )


def _broken_off() -> BadUpload:
    return BadUpload("上传中断了，请再试一次", "The upload broke off; please try again")
