"""Uploads: what is too big, pretends, breaks off or comes twice."""

import io
import os
import re
import struct
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.requests import Request

from services.errors import NotAllowed
from tests.cases.conftest import home, living
from tests.living import Living
from tests.web.applying import JPG, PDF, Visitor, png, upload, visiting
from tests.web.test_apply import fill_in_food
from web import upload_pdf
from web.upload_checks import Unfit, inspect
from web.uploads import BadUpload, Limits, Rule, TooLarge, receive

__all__ = ["home", "living"]

MB = 1024 * 1024
ONE_PDF = Limits({"paper": Rule(1, ("pdf",), at_most=2)}, total=2 * MB)
BOUNDARY = "----edge"


@pytest.fixture
async def chen(living: Living):
    async with visiting(living) as visitor:
        yield await visitor.sign_in("chen")


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    said = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename is not None else "")
    return f"--{BOUNDARY}\r\nContent-Disposition: {said}\r\n\r\n".encode() + content + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()


def request(body: bytes, *, piece: int = 65_536, cut: bool = False, path: str = "/apply/x/papers") -> Request:
    """A request whose body arrives in pieces, and breaks off if `cut`."""
    pieces = [body[at : at + piece] for at in range(0, len(body), piece)]

    async def receive_() -> dict:
        if pieces:
            chunk = pieces.pop(0)
            return {"type": "http.request", "body": chunk, "more_body": cut or bool(pieces)}
        return {"type": "http.disconnect"}

    headers = [(b"content-type", f"multipart/form-data; boundary={BOUNDARY}".encode()), (b"host", b"desk")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": headers,
        "state": {},
    }
    made = Request({**scope, "scheme": "http", "server": ("desk", 80)}, receive_)
    made.state.csrf = "token"
    return made


TOKEN = part("csrf", b"token")


def stored(living: Living) -> int:
    """Files in the object store."""
    folder = Path(str(living.house.files._store.prefix))
    return sum(len(files) for _, _, files in os.walk(folder))


async def problems_of(*files: bytes, limits: Limits = ONE_PDF) -> dict:
    async with receive(request(TOKEN + b"".join(files) + END), limits=limits) as received:
        return received.problems


@pytest.mark.parametrize("piece", [1, 7, 65_536])
async def test_fields_and_files_arrive_whole_however_the_network_cuts_them(piece: int):
    body = TOKEN + part("note", "你好".encode()) + part("paper", PDF, "图.pdf") + part("paper", b"", "") + END
    async with receive(request(body, piece=piece), limits=ONE_PDF) as received:
        assert received.fields["note"] == ["你好"]
        (file,) = received.files["paper"]
        assert (file.name, file.type, file.size, file.read()) == ("图.pdf", "pdf", len(PDF), PDF)
        assert received.problems == {}


async def test_a_file_over_its_limit_is_named_and_the_others_are_kept():
    body = TOKEN + part("paper", PDF + b" " * MB, "大.pdf") + part("paper", PDF, "小.pdf") + END
    async with receive(request(body), limits=ONE_PDF) as received:
        assert [f.name for f in received.files["paper"]] == ["小.pdf"]
        assert "“大.pdf”超过 1 MB" in received.problems["paper"]["zh"]
        assert "“大.pdf” is larger than 1 MB" in received.problems["paper"]["en"]


async def test_files_that_are_too_much_together_are_told_to_come_in_parts():
    files = [part("paper", PDF + b" " * (MB - 200), f"{n}.pdf") for n in range(3)]
    said = (await problems_of(*files))["paper"]["zh"]
    assert "合计太大" in said


async def test_a_flood_is_cut_off():
    with pytest.raises(TooLarge):
        await problems_of(*(part("paper", PDF + b" " * MB, f"{n}.pdf") for n in range(9)))


async def test_no_more_files_than_a_material_takes():
    said = (await problems_of(*(part("paper", PDF, f"{n}.pdf") for n in range(3))))["paper"]["zh"]
    assert "“2.pdf”没有收下：最多 2 份" in said


WRONG = {
    "a renamed executable": ("发票.pdf", b"MZ\x90\x00" + b"\0" * 300, "不是 PDF / JPG / PNG"),
    "a script": ("发票.pdf", b"#!/bin/sh\nrm -rf /\n", "不是 PDF"),
    "a page": ("发票.pdf", b"<html><script>alert(1)</script>", "不是 PDF"),
    "a zip": ("发票.pdf", b"PK\x03\x04" + b"\0" * 300, "不是 PDF"),
    "a picture called a PDF": ("照片.pdf", png(), "和文件名不符"),
    "a PDF without an end": ("半份.pdf", b"%PDF-1.4\n1 0 obj", "打不开"),
    "a PDF with a zip behind it": (
        "双份.pdf",
        PDF + b"PK\x03\x04" + b"x" * 40 + b"PK\x05\x06" + b"\0" * 18,
        "夹带",
    ),
    "a picture with a zip behind it": ("双份.jpg", JPG + b"PK\x03\x04x" + b"PK\x05\x06" + b"\0" * 18, "夹带"),
    "a picture with a page behind it": ("双份.png", png() + b"<script>", "夹带"),
    "a PDF whose end stands in a zip's comment": (
        "双份.pdf",
        PDF[:-6] + b"PK\x05\x06" + b"\0" * 16 + (6).to_bytes(2, "little") + b"%%EOF\n",
        "夹带",
    ),
    "a PDF with a page behind it": ("双份.pdf", PDF + b"<html><script>alert(1)</script>", "夹带"),
    "a PDF with a page in its first line": (
        "双份.pdf",
        PDF.replace(b"\n", b"\n%<script src=x></script>\n", 1),
        "夹带",
    ),
    "a photo with a script behind it": ("双份.jpg", JPG + b"\n<?php system($_GET[0]);", "夹带"),
    "a photo with a programme behind it": ("双份.jpg", JPG + b"#!/bin/sh\n", "夹带"),
    "a photo cut short": ("半张.jpg", JPG[:-2], "打不开"),
    "a phone's HEIC": ("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 99, "兼容性最佳"),
    "a PNG cut short": ("半张.png", png()[:40], "打不开"),
    "a JPEG without a size": ("半张.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "打不开"),
    "an empty file": ("空.pdf", b"", "空文件"),
}


@pytest.mark.parametrize("what", WRONG)
async def test_a_file_is_what_its_bytes_say(what: str):
    name, content, sentence = WRONG[what]
    limits = Limits({"paper": Rule(1, ("pdf", "jpg", "png"))})
    assert sentence in (await problems_of(part("paper", content, name), limits=limits))["paper"]["zh"]


def stream(content: bytes, said: bytes = b"") -> bytes:
    return PDF.replace(
        b"trailer", b"2 0 obj<<" + said + b">>stream\n" + content + b"\nendstream endobj\ntrailer"
    )


def zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b"\0" * MB) for _ in range(megabytes)) + packer.flush()


def wide_png() -> bytes:
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    small = png()
    return small[:16] + head + struct.pack(">I", zlib.crc32(b"IHDR" + head)) + small[33:]


BOMBS = {
    "a picture of ten billion points": ("大.png", wide_png(), "图像太大"),
    "a photo of four billion points": (
        "大.jpg",
        JPG.replace(b"\0\x10\0\x10\1", b"\xff\xff\xff\xff\1"),
        "图像太大",
    ),
    "a PDF whose stream swells": ("胀.pdf", stream(zeros(30)), "解开后"),
    "a PDF packed twice": ("胀.pdf", stream(zlib.compress(zeros(30))), "解开后"),
    "a PDF with a picture of any kind, as large as it says": (
        "胀.pdf",
        stream(b"", b"/Width 90000/Height 90000/Filter/JBIG2Decode"),
        "图像太大",
    ),
    "a PDF with pages without end": (
        "厚.pdf",
        stream(zlib.compress(b"/Kids [" + b"5 0 R " * 4000 + b"]"), b"/Type/ObjStm"),
        "页数太多",
    ),
}


@pytest.mark.parametrize("what", BOMBS)
async def test_what_would_unpack_to_more_than_a_reader_can_hold_is_refused(what: str, monkeypatch):
    """The limits are lowered so that the test itself need not swell."""
    monkeypatch.setattr(upload_pdf, "ONE_STREAM", 8 * MB)
    name, content, sentence = BOMBS[what]
    limits = Limits({"paper": Rule(1, ("pdf", "jpg", "png"))})
    said = (await problems_of(part("paper", content, name), limits=limits))["paper"]
    assert sentence in said["zh"]
    assert "make it smaller or split it" in said["en"]


async def test_an_ordinary_scan_and_a_live_photo_pass():
    """A page of a scanner unpacks to many megabytes, and phones put a short film behind a photo."""
    limits = Limits({"paper": Rule(10, ("pdf", "jpg"))})
    film = JPG + b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + os.urandom(MB).replace(b"PK\3\4", b"")
    files = [
        part("paper", stream(zeros(26), b"/Width 2480/Height 3508"), "扫描.pdf"),
        part("paper", film, "动.jpg"),
    ]
    assert await problems_of(*files, limits=limits) == {}


async def test_good_pictures_and_documents_pass():
    limits = Limits({"paper": Rule(1, ("pdf", "jpg", "png"))})
    files = [part("paper", PDF, "a.PDF"), part("paper", JPG, "b.jpeg"), part("paper", png(), "c.png")]
    assert await problems_of(*files, limits=limits) == {}


async def test_a_name_is_only_a_name():
    async with receive(
        request(TOKEN + part("paper", PDF, "../../etc/a\u202eb.pdf") + END), limits=ONE_PDF
    ) as got:
        assert got.files["paper"][0].name == "ab.pdf"


async def test_a_file_for_nothing_on_the_list_is_not_taken():
    said = await problems_of(part("other", PDF, "别的.pdf"))
    assert "不在材料清单上" in said["other"]["zh"]


@pytest.mark.parametrize(
    "body", [part("paper", PDF, "图.pdf") + TOKEN, part("csrf", b"stale") + part("paper", PDF, "图.pdf")]
)
async def test_without_the_form_token_first_nothing_is_read(body: bytes):
    with pytest.raises(NotAllowed):
        async with receive(request(body + END), limits=ONE_PDF):
            raise AssertionError("not reached")


async def test_the_api_needs_no_form_token():
    body = part("paper", PDF, "图.pdf") + END
    async with receive(request(body, path="/api/v1/cases"), limits=ONE_PDF) as received:
        assert len(received.files["paper"]) == 1


@pytest.mark.parametrize("cut", [True, False])
async def test_a_form_that_does_not_end_is_refused(cut: bool):
    body = TOKEN + part("paper", PDF, "图.pdf") + part("paper", PDF, "二.pdf")[:80]
    with pytest.raises(BadUpload):
        async with receive(request(body, cut=cut), limits=ONE_PDF):
            raise AssertionError("not reached")


async def test_thirty_megabytes_where_ten_are_allowed(living: Living, chen: Visitor):
    draft, before = await fill_in_food(chen), stored(living)
    files = [
        upload("layout", "大图.pdf", PDF + b" " * (30 * MB)),
        upload("safety-rules", "制度.pdf", PDF + b"\n\n"),
    ]
    await chen.press(f"{draft}/papers", files, then="check")
    assert chen.page.status_code == 422
    assert "“大图.pdf”超过 10 MB" in chen.text
    assert 'href="#f-material:layout"' in chen.text
    assert "制度.pdf" in chen.text
    assert stored(living) == before + 1


async def test_a_cut_connection_leaves_nothing_half_stored(living: Living, chen: Visitor):
    draft, before = await fill_in_food(chen), stored(living)
    token = chen.hidden(f"{draft}/papers")["csrf"]
    body = part("csrf", token.encode()) + part("material:layout", PDF + b"only here", "图.pdf")
    answer = await chen.client.post(
        f"{draft}/papers", content=body, headers={"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    )
    assert answer.status_code == 400
    assert stored(living) == before
    assert "图.pdf" not in await chen.go(f"{draft}/papers")


async def test_the_same_file_twice_is_kept_once(living: Living, chen: Visitor):
    draft, before = await fill_in_food(chen), stored(living)
    once = PDF + b"the same"
    await chen.press(
        f"{draft}/papers", [upload("layout", "图.pdf", once), upload("layout", "又.pdf", once)], then="here"
    )
    await chen.press(f"{draft}/papers", [upload("safety-rules", "图.pdf", once)], then="here")
    assert stored(living) == before + 1
    assert "又.pdf" not in chen.text
    assert chen.page.text.count("已上传") == 2


async def test_an_upload_can_be_seen_and_taken_away(chen: Visitor):
    draft = await fill_in_food(chen)
    await chen.press(f"{draft}/papers", [upload("layout", "图.pdf", PDF)], then="here")
    address = re.search(rf'href="({draft}/papers/layout/(\w+))"', chen.page.text)
    assert address
    shown = await chen.client.get(address[1])
    assert (shown.content, shown.headers["content-type"]) == (PDF, "application/pdf")
    assert shown.headers["x-content-type-options"] == "nosniff"
    await chen.press(f"{draft}/papers", [], remove=f"layout:{address[2]}")
    assert "图.pdf" not in chen.text
    assert (await chen.client.get(address[1])).status_code == 404


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/sign-in", "application/x-www-form-urlencoded"),
        ("/sign-in", "multipart/form-data; boundary=edge"),
        ("/track", "application/x-www-form-urlencoded"),
        ("/api/v1/session", "application/json"),
    ],
)
async def test_nobody_need_sign_in_to_be_stopped_from_sending_without_end(living: Living, address, kind):
    taken = 0

    async def endless():
        nonlocal taken
        yield (
            b'--edge\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
            if "edge" in kind
            else b'"username='
        )
        while taken < 40 * MB:
            taken += MB // 4
            yield b"a" * (MB // 4)

    async with visiting(living) as anybody:
        answer = await anybody.client.post(address, content=endless(), headers={"content-type": kind})
    assert answer.status_code in (400, 413)
    assert taken < 4 * MB


_NESTED = b"stream\n\xff\xd8\xff\xe0\x00\x0b"  # each picture walks on through all that follow it
_EMPTY = b"\x00\x00\x00\xff\xff"  # a deflate block that unpacks to nothing


@pytest.mark.parametrize(
    "middle",
    [
        b"/Kids[" * 150_000,
        b"/Kids[" + b"1" * MB + b"]",
        b"/Kids[" + b"1 " * MB + b"]",
        b"/Kids" + b" " * MB,
        _NESTED * 80_000,
        b"stream\n" * 150_000,
        b"".join(b"stream\nx\x9c\x00\x0e\x00\xf1\xff" for _ in range(2_000)) + _EMPTY * 200_000,
    ],
    ids=["open-lists", "digits", "numbers", "blanks", "pictures", "streams", "nothings"],
)
def test_a_file_that_is_made_to_be_read_for_ever_is_read_in_a_moment(middle):
    """Whoever uploads it holds up everybody: a pattern is not let go of while it searches."""
    body = io.BytesIO(b"%PDF-1.4\n" + middle + b"\n%%EOF\n")
    started = time.process_time()
    with suppress(Unfit):
        inspect(body, "慢.pdf", ("pdf",))
    assert time.process_time() - started < 5
