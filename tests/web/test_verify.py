"""The page behind a document's QR code: whose seal it bears, and whether the file in somebody's hands is the one issued."""

import re

import pytest

from services.documents.make import make_document
from tests.web import progress_world as world
from tests.web.test_progress import app, home, living, submit, visit

__all__ = ["app", "home", "living", "submit", "visit"]  # fixtures


@pytest.fixture
async def issued(living) -> tuple[str, bytes]:
    """A receipt as it was issued: its code and its file."""
    no = await world.food(living)
    return await issue(living, no)


async def issue(living, no: str) -> tuple[str, bytes]:
    await make_document(living.house, no, "doc:receipt", "receipt")
    async with living.house.db.connection() as conn:
        row = await conn.fetchrow("SELECT id, file FROM document WHERE case_no = $1", no)
    return row["id"], await living.house.files.get(row["file"])


async def check(client, code: str, content: bytes | None, name: str = "收件凭证.pdf"):
    token = re.search(r'name="csrf" value="([^"]+)"', (await client.get(f"/verify/{code}")).text)[1]
    parts = [("csrf", (None, token))]
    if content is not None:
        parts.append(("file", (name, content, "application/pdf")))
    return await client.post(f"/verify/{code}", files=parts)


async def test_the_page_says_who_sealed_the_document_when_and_that_it_is_a_demonstration(issued, visit):
    page = (await (await visit()).get(f"/verify/{issued[0]}")).text
    for words in (
        "签章有效",
        "示例区市场监督管理局行政许可专用章 演示 DEMO",
        "2026年11月16日",
        "没有法律效力",
    ):
        assert words in page


async def test_the_file_that_was_issued_is_recognised_by_anybody(issued, visit):
    code, pdf = issued
    for who in ("", "li"):
        page = await check(await visit(who) if who else await visit(), code, pdf)
        assert page.status_code == 200
        assert "您的文件就是本系统出具的那一份" in page.text


async def test_a_tampered_file_is_called_so(issued, visit):
    code, pdf = issued
    changed = bytearray(pdf)
    changed[5000] ^= 1
    page = (await check(await visit(), code, bytes(changed))).text
    assert "您的文件被改动过" in page
    assert "这份文书是真的" not in page  # the one that was issued is; nobody shall read it as this one
    assert "您的文件被改动过" in (await check(await visit(), code, pdf + b"\n%%EOF\n")).text


async def test_another_true_document_is_not_this_one(living, issued, visit):
    _, other = await issue(living, await world.food(living))
    assert "您的文件是另一份文书" in (await check(await visit(), issued[0], other)).text


async def test_a_copy_without_its_seal_proves_nothing(issued, visit):
    code, pdf = issued
    bare = pdf[: pdf.index(b"%%EOF") + 6]
    page = await check(await visit(), code, bare)
    assert "您的文件不是本系统出具的那一份" in page.text


async def test_what_is_no_pdf_is_refused_with_a_remedy(issued, visit):
    client = await visit()
    for content, words in ((b"no pdf at all", "不是 PDF 文件"), (None, "请选择要核对的 PDF 文件")):
        page = await check(client, issued[0], content)
        assert page.status_code == 422
        assert words in page.text


async def test_a_seal_outlives_its_certificate(living, issued, visit):
    """What counts is the day of the seal; the demonstration's certificates end with 2049."""
    living.clock.now = living.clock.now.replace(year=2051)
    code, pdf = issued
    client = await visit()
    assert "签章有效" in (await client.get(f"/verify/{code}")).text
    assert "您的文件就是本系统出具的那一份" in (await check(client, code, pdf)).text


async def test_a_document_from_before_there_were_seals_says_so(living, visit):
    from forms.documents import render
    from tests.documents.samples import sample

    no = await world.food(living)
    code = await world.put_document(living, no, "receipt", render("receipt", sample("receipt")))
    page = (await (await visit()).get(f"/verify/{code}")).text
    assert "这份文书是真的" in page
    assert "没有电子签章" in page


async def test_nothing_of_a_compared_file_is_kept(living, issued, visit, tmp_path):
    code, pdf = issued
    stored = living.house.files
    before = [o async for batch in stored._store.list() for o in batch]
    await check(await visit(), code, pdf + b"\n%%EOF\n")
    assert len([o async for batch in stored._store.list() for o in batch]) == len(before)
