"""电子归档包: what is in it, who gets which copy, and that no byte of it can be changed unnoticed."""

import asyncio
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import orjson
import pytest

from services.archive.box import MANIFEST, SEAL, Packer, pack, spans
from services.archive.make import archived, copy, make_archive
from services.archive.verify import Check, verify
from services.cases.histories import verify_chain
from services.cases.rounds import Paper
from services.documents.make import make_document
from services.errors import NotExpected
from services.signing.demo import DemoSeals
from tests.living import FOOD, FOOD_PAPERS, MORNING, Living
from tests.web.progress_world import COMPLAINT, ORDERS, RATED, SERVED, go

FIRM = "湖南示例餐饮有限公司"
PERSONAL = ("91430199MA99001B89", "19900000001", "陈示例")


@pytest.fixture(scope="module")
async def home(database_urls, tmp_path_factory) -> Living:
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield home
    await home.leave()


@pytest.fixture(scope="module")
async def no(home: Living) -> str:
    """A case carried to its end, with two papers and two documents, archived."""
    home.clock.now = MORNING
    return await carried_to_its_end(home)


async def carried_to_its_end(living: Living) -> str:
    papers = [
        Paper(code, file=await living.house.files.put(f"%PDF-1.4 {code}".encode()), name=f"陈示例{code}.pdf", size=9,
              type="pdf")
        for code in ("layout", "safety-rules", "health-certificates")
    ]  # fmt: skip
    receipt = await living.file(
        "food-licence", "chen", FOOD, papers, applicant_id=living.world.subjects[FIRM]
    )
    await living.engine(receipt.case_no)
    await make_document(living.house, receipt.case_no, "doc:receipt", "receipt")
    await go(living, receipt.case_no, *SERVED)
    await make_document(living.house, receipt.case_no, "doc:grant", "grant")
    await go(living, receipt.case_no, *RATED[len(SERVED) :])
    return receipt.case_no


async def fetched(living: Living, no: str, *, personal: bool = True) -> bytes:
    async with living.house.db.connection() as conn:
        found = await archived(conn, no)
    out = await copy(living.house, found, personal=personal)
    content = b"".join([piece async for piece in out.pieces])
    assert len(content) == out.size
    return content


@pytest.fixture(scope="module")
async def package(home: Living, no: str) -> bytes:
    return await fetched(home, no)


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        assert box.testzip() is None
        return {name: box.read(name) for name in box.namelist()}


def xml(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 - made a moment ago


def checked(content: bytes, roots=()) -> list[Check]:
    """In a thread, as from the command line: checking waits for nobody, so it runs a loop of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: list(verify(content, roots))).result()


def broken(content: bytes, roots=()) -> str:
    """What the last check says, which must have failed."""
    *held, last = checked(content, roots)
    assert all(check.holds for check in held)
    assert not last.holds
    return last.said


def held(content: bytes, roots=()) -> dict[str, str]:
    checks = checked(content, roots)
    assert [c for c in checks if not c.holds] == []
    return {c.name: c.said for c in checks}


async def test_a_package_holds_documents_papers_log_rules_and_metadata(package):
    parts = unpacked(package)
    assert list(parts)[:3] == list(SEAL)
    assert {name.partition("/")[0] for name in parts if "/" in name} == {
        "documents", "log", "materials", "metadata", "rules",
    }  # fmt: skip
    assert len([name for name in parts if name.startswith("documents/")]) == 2
    assert parts["materials/001-round1-layout.pdf"] == b"%PDF-1.4 layout"
    assert "rules/calendars/cn-2026.1.yaml" in parts
    assert orjson.loads(parts["rules/item.json"])["code"] == "food-licence"


async def test_it_proves_itself(home, package):
    said = held(package)
    assert list(said) == [
        "file", "sums", "signature", "parts", "log", "documents", "papers", "rules", "metadata", "personal",
    ]  # fmt: skip
    assert "示例区市场监督管理局业务专用章 演示 DEMO" in said["signature"]
    assert "of no legal force" in said["signature"]
    assert said["documents"].startswith("2 documents are those of the log, 2 with a valid seal")
    assert said["papers"].startswith("3 of 3 papers")
    assert said["personal"].startswith("1 personal value")
    held(package, home.house.seals.roots)


async def test_archivists_read_the_case_and_its_course_in_xml(package, no):
    parts = unpacked(package)
    basic = xml(parts["metadata/basic.xml"])
    assert (basic.tag, basic.findtext("办件编号"), basic.findtext("申请人")) == ("办件基本信息", no, FIRM)
    assert basic.findtext("实施主体") == "示例区市场监督管理局"
    process = xml(parts["metadata/process.xml"])
    steps = [step.findtext("环节名称") for step in process]
    assert [s for s in ("收件", "受理", "准予", "送达", "办结", "归档") if s not in steps] == []
    assert xml(parts["metadata/config.xml"]).findtext("归档依据")


async def test_personal_values_stand_in_their_own_part_and_nowhere_else(package):
    parts = unpacked(package)
    private = parts.pop("private.json").decode()
    assert [value for value in PERSONAL if value not in private] == []
    for name, content in parts.items():
        if not name.startswith(("documents/", "materials/")):
            assert [value for value in PERSONAL if value.encode() in content] == [], name


async def test_a_copy_for_supervision_leaves_the_personal_parts_out_and_still_proves_itself(
    home, no, package
):
    copied = await fetched(home, no, personal=False)
    gone = unpacked(package).keys() - unpacked(copied).keys()
    assert gone == {
        "private.json", "materials/001-round1-layout.pdf", "materials/002-round1-safety-rules.pdf",
        "materials/003-round1-health-certificates.pdf",
    }  # fmt: skip
    said = held(copied)
    assert "4 personal ones withheld" in said["parts"]
    assert "withheld" in said["personal"]


async def test_a_flipped_byte_anywhere_is_found_and_its_part_is_named(package):
    places = spans((name, len(content)) for name, content in unpacked(package).items())
    for name, span in places.items():
        for at in {span.start, span.start + 10, (span.start + span.stop) // 2, span.stop - 1}:
            changed = bytearray(package)
            changed[at] ^= 1
            assert name in broken(bytes(changed)), (name, at - span.start)


async def test_a_flipped_byte_in_the_zips_directory_is_found(package):
    end = max(span.stop for span in spans((n, len(c)) for n, c in unpacked(package).items()).values())
    for at in range(end, len(package), 37):
        changed = bytearray(package)
        changed[at] ^= 1
        assert broken(bytes(changed)), at


async def test_nothing_can_be_hidden_before_between_or_after_the_parts(package):
    assert broken(b"#!/bin/sh\n" + package)
    assert "follow" in broken(package + b"more")
    parts = unpacked(package) | {"extra.txt": b"not listed"}
    assert "extra.txt" in broken(b"".join(pack(parts.items())))


@pytest.mark.parametrize(
    ("part", "words"),
    [("documents/01-receipt.pdf", "missing"), ("log/events.jsonl", "missing"), (MANIFEST, "missing")],
)
async def test_a_part_that_was_taken_out_is_missed(package, part, words):
    parts = unpacked(package)
    del parts[part]
    said = broken(b"".join(pack(parts.items())))
    assert part in said
    assert words in said


async def test_a_part_that_was_exchanged_with_all_its_sums_is_found_by_the_signature(package):
    """Whoever changes a part can also change its sum in the manifest, but can't sign that."""
    parts = unpacked(package)
    manifest = orjson.loads(parts[MANIFEST])
    manifest["head"] = "0" * 64
    parts[MANIFEST] = orjson.dumps(manifest)
    said = broken(b"".join(pack(parts.items())))
    assert MANIFEST in said


async def test_a_package_signed_by_somebody_else_is_refused_by_who_names_the_root(package, tmp_path):
    assert "not certified by a root that you believe" in broken(package, DemoSeals(tmp_path).roots)


async def test_it_is_made_once_whoever_asks_and_says_so_in_the_log(home, no, package):
    await asyncio.gather(*(make_archive(home.house, no, "archive") for _ in range(3)))
    assert (await home.kinds(no)).count("archive_made") == 1
    assert await fetched(home, no) == package
    async with home.house.db.connection() as conn:
        assert (await verify_chain(conn, no)).broken is None
        found = await archived(conn, no)
    assert found.manifest == home.house.vault.digest(unpacked(package)[MANIFEST])


async def test_what_is_kept_of_a_package_is_sealed(home, no):
    async with home.house.db.connection() as conn:
        kept = await home.house.files.get((await archived(conn, no)).file)
    for value in (*PERSONAL, no):
        assert value.encode() not in kept


async def test_a_later_package_holds_what_happened_since(home):
    no = await carried_to_its_end(home)
    before = await fetched(home, no)
    await make_archive(home.house, no, "archive#2")
    after = await fetched(home, no)
    count = [len(unpacked(p)["log/events.jsonl"].splitlines()) for p in (before, after)]
    assert count[1] == count[0] + 1  # the first package is an event of its own
    held(after)


async def test_a_case_under_way_is_not_archived(home):
    no = (
        await home.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=home.world.subjects[FIRM])
    ).case_no
    await home.engine(no)
    with pytest.raises(NotExpected):
        await make_archive(home.house, no, "archive")


async def test_a_paper_that_the_store_lost_is_said_to_be_missing(home):
    """FOOD_PAPERS name files that nobody put there."""
    no = (
        await home.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=home.world.subjects[FIRM])
    ).case_no
    await home.engine(no)
    await go(home, no, *RATED)
    await make_archive(home.house, no, "archive")
    said = held(await fetched(home, no))
    assert "3 were not in the store any more" in said["parts"]


async def test_of_a_work_order_supervision_sees_neither_the_caller_nor_the_reply(home):
    order = await home.file("hotline-order", "li", COMPLAINT, [], applicant_id=home.world.subjects["李样本"])
    await home.engine(order.case_no)
    await go(home, order.case_no, *ORDERS["closed"])
    await make_document(home.house, order.case_no, "doc:reply#1", "order_reply")
    await make_archive(home.house, order.case_no, "archive")
    copied = unpacked(await fetched(home, order.case_no, personal=False))
    assert [name for name in copied if name.startswith(("documents/", "private"))] == []
    for content in copied.values():
        assert "李样本".encode() not in content
        assert "李*本".encode() not in content
    held(await fetched(home, order.case_no, personal=False))


def test_the_box_is_a_plain_zip_whatever_it_holds():
    parts = {"a": b"", "文书/一.txt": "中文".encode() * 1000}
    content = b"".join(pack(parts.items()))
    assert unpacked(content) == parts
    assert content == b"".join(pack(parts.items()))
    assert Packer().end() == b"PK\x05\x06" + bytes(18)
