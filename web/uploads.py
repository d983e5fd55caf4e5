"""Uploads: received within limits, judged by their bytes, kept under their hash; in this order and not otherwise.

Starlette's form() bounds only the fields of a form, not its files, so forms with files are read by `upload_form`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import IO

from starlette.requests import Request

from forms import Material
from services.cases.rounds import Paper
from services.house import House
from services.scanning.files import Infected, ScannerDown, take_in
from web import csrf
from web.deps import is_api
from web.upload_checks import Sentence, Unfit, inspect
from web.upload_form import MB, MOST, BadUpload, Form, Limits, Part, Rule, TooLarge

__all__ = [
    "MOST",
    "PREFIX",
    "BadUpload",
    "Limits",
    "Received",
    "Rule",
    "TooLarge",
    "Upload",
    "keep",
    "limits_of",
    "receive",
]

PREFIX = "material:"  # as check_filing names a missing material


@dataclass(slots=True)
class Upload:
    """A file that passed its checks and is not yet stored."""

    field: str
    name: str
    type: str
    size: int
    body: IO[bytes]

    def read(self) -> bytes:
        self.body.seek(0)
        return self.body.read()


@dataclass(slots=True)
class Received:
    """`problems` says per input what was not taken; what is in `files` was."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[Upload]] = field(default_factory=dict)
    problems: dict[str, Sentence] = field(default_factory=dict)

    def first(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "")


def limits_of(materials: Iterable[Material], *, shared: bool = False) -> Limits:
    """The file inputs of these materials, named as their problems are.

    What is ours to fetch is not taken, unless `shared`: then no register stands for it.
    """
    rules = {f"{PREFIX}{m.code}": Rule(m.max_mb, m.types) for m in materials if shared or not m.shared}
    largest = max((rule.max_mb for rule in rules.values()), default=0)
    return Limits(rules, total=max(100, largest + 20) * MB)


@asynccontextmanager
async def receive(request: Request, *, limits: Limits) -> AsyncIterator[Received]:
    """The form, its files open until the block ends.

    A browser's form carries its token as the first field: nothing after it is held before it is verified. Raises
    NotAllowed, BadUpload, TooLarge.
    """
    form = Form(limits, _check_of(request))
    try:
        await form.read(request)
        # Whatever a file unpacks to is counted elsewhere than in the loop that serves everybody.
        yield await asyncio.to_thread(_judge, form)
    finally:
        form.close()


async def keep(house: House, received: Received) -> list[Paper]:
    """Scanned, then into the object store, where the same content again is the same file.

    What the scanner objects to is not kept; `received.problems` says so.
    """
    papers = []
    for name, uploads in received.files.items():
        for upload in uploads:
            try:
                digest = await take_in(house, upload.read())
            except (Infected, ScannerDown) as no:
                _complain(
                    received,
                    name,
                    f"“{upload.name}”没有收下：{no.zh}。",
                    f"“{upload.name}” was not taken: {no.en}.",
                )
                continue
            papers.append(
                Paper(name.removeprefix(PREFIX), "upload", digest, upload.name, upload.size, upload.type)
            )
    return papers


def _check_of(request: Request) -> Callable[[str], None] | None:
    if is_api(request):
        return None
    given = request.headers.get(csrf.HEADER)
    if given is not None:
        csrf.verify(request, given)
        return None
    return lambda token: csrf.verify(request, token)


def _judge(form: Form) -> Received:
    received = Received()
    for part in form.parts:
        if part.filename is None:
            received.fields.setdefault(part.name, []).append(part.text())
        elif upload := _fit(part, received, form.limits):
            received.files.setdefault(part.name, []).append(upload)
        if part.problem:
            _complain(received, part.name, **part.problem)
    return received


def _complain(received: Received, name: str, zh: str, en: str) -> None:
    """One entry an input: its sentence names each file."""
    before = received.problems.get(name, {"zh": "", "en": ""})
    received.problems[name] = {"zh": before["zh"] + zh, "en": f"{before['en']} {en}".strip()}


def _fit(part: Part, received: Received, limits: Limits) -> Upload | None:
    name, rule = part.shown_name(), limits.files.get(part.name)
    if rule is None or part.body is None:
        return None
    if part.size == 0:
        part.refuse(f"“{name}”是空文件，请重新选择。", f"“{name}” is empty: choose it again.")
        return None
    if len(received.files.get(part.name, ())) >= rule.at_most:
        most = rule.at_most
        part.refuse(f"“{name}”没有收下：最多 {most} 份。", f"“{name}” was not taken: at most {most} files.")
        return None
    try:
        kind = inspect(part.body, name, rule.types)
    except Unfit as unfit:
        part.refuse(**unfit.sentence)
        return None
    return Upload(part.name, name, kind, part.size, part.body)
