"""Adding an item touches no Python: one file, and it goes from the guide to the licence."""

import shutil
from pathlib import Path

import pytest

from forms import check_items, load_items
from forms.documents.press import chinese_date
from services.catalogue import publish
from services.documents.make import make_document
from services.law.clock import legal_date
from tests.cases.test_life import settle
from tests.documents.reading import text_of
from tests.living import SITE_CHECK, Living
from tests.web.applying import PDF, Visitor, upload, visiting

FILE = Path(__file__).with_name("pigeon-loft.yaml")


@pytest.fixture
async def published(living: Living, tmp_path: Path) -> Living:
    """What `onewindow items check` and the start of the house do with a folder in which somebody left a file."""
    shutil.copy(FILE, tmp_path)
    assert check_items(tmp_path) == []
    async with living.house.db.transaction() as tx:
        await publish(tx, load_items(tmp_path).values(), living.house.now())
        await living.house.items.refresh(tx)
    return living


async def apply(chen: Visitor) -> str:
    """Search, guide, question, form, paper, check, receipt. Returns the case number."""
    assert 'href="/items/pigeon-loft"' in await chen.go("/items?q=信鸽")
    assert "鸽棚图纸" in await chen.go("/items/pigeon-loft")
    draft = await chen.begin("pigeon-loft")
    assert "三只以下不需要许可" in await chen.press(f"{draft}/start", how_many="few")
    draft = await chen.begin("pigeon-loft")
    await chen.press(f"{draft}/start", how_many="flock")
    await chen.press(f"{draft}/form", loft="示例鸽舍", pigeons="3", contact_phone="19900000001")
    assert "不能小于 4" in chen.text
    await chen.press(f"{draft}/form", loft="示例鸽舍", pigeons="40", contact_phone="19900000001")
    await chen.press(f"{draft}/papers", [upload("loft-plan", "图纸.pdf", PDF)], then="check")
    assert "示例鸽舍" in chen.text
    await chen.press(f"{draft}/submit", truth="yes")
    assert chen.path.endswith("/receipt")
    return chen.path.split("/")[2]


async def test_one_file_is_an_item_from_the_guide_to_the_licence(published: Living):
    async with visiting(published) as visitor:
        chen = await visitor.sign_in("chen")
        no = await apply(chen)
        await published.engine(no)
        await settle(
            published,
            no,
            ("acceptance#1", "accept", "clerk", {}),
            ("visit#1", "record_site_check", "civil", SITE_CHECK),
            ("decision#1", "grant", "civil-head", {}),
            (
                "delivery",
                "deliver",
                "clerk",
                {"mode": "electronic", "recipient": "陈示例", "relation": "本人"},
            ),
        )
        page = await chen.go("/my/licences")
    assert "信鸽棚许可证" in page
    async with published.house.db.connection() as conn:
        number = await conn.fetchval("SELECT number FROM licence WHERE case_no = $1", no)
    assert number.startswith("XG1430199")
    await make_document(published.house, no, "doc:licence_document", "licence")
    async with published.house.db.connection() as conn:
        file = await conn.fetchval("SELECT file FROM document WHERE case_no = $1 AND kind = 'licence'", no)
    printed = text_of(await published.house.files.get(file))
    today = legal_date(published.house.now())
    assert number in printed
    assert "示例鸽舍" in printed
    assert chinese_date(today) in printed
