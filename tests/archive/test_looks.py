"""Verifying a document, and the package on the pages of its case: readable by everybody, on a phone and in large type."""

import pytest

from tests.archive.test_package import carried_to_its_end
from tests.browser import browser, opened, served
from tests.web.looks import assert_sound, every_way, sign_in
from tests.web.test_progress import app, home, living

__all__ = ["app", "browser", "home", "living"]  # fixtures

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
async def archived(home) -> tuple[str, str, bytes]:
    """A case with its package; the code and the file of its receipt."""
    no = await carried_to_its_end(home)
    async with home.house.db.connection() as conn:
        row = await conn.fetchrow("SELECT id, file FROM document WHERE case_no = $1 AND kind = 'receipt'", no)
    return no, row["id"], await home.house.files.get(row["file"])


async def hold_against(page, content: bytes) -> None:
    file = {"name": "收件凭证.pdf", "mimeType": "application/pdf", "buffer": content}
    await page.set_input_files("#f-file", file)
    await page.click("form[enctype] .btn")
    await page.wait_for_load_state()


@every_way
async def test_anybody_checks_a_file_in_a_browser(browser, app, archived, lang, large, phone):
    _, code, pdf = archived
    async with served(app) as base, opened(browser, base, lang=lang, large=large, phone=phone) as page:
        await page.goto(f"/verify/{code}")
        await assert_sound(page)
        for content, kind in ((pdf, "ok"), (pdf + b"\n%%EOF\n", "over")):
            await hold_against(page, content)
            assert kind in (await page.get_attribute("main .note", "class"))
            await assert_sound(page)
        await page.click("form[enctype] .btn")
        await page.wait_for_load_state()
        assert await page.locator("#e-file").count() == 1
        await assert_sound(page)


@every_way
@pytest.mark.parametrize(("who", "address"), [("chen", "/cases/{}"), ("supervisor", "/supervisor/cases/{}")])
async def test_a_package_is_fetched_in_a_browser(browser, app, archived, lang, large, phone, who, address):
    async with served(app) as base, opened(browser, base, lang=lang, large=large, phone=phone) as page:
        await sign_in(page, who)
        await page.goto(address.format(archived[0]))
        await assert_sound(page)
        async with page.expect_download() as fetching:
            await page.click("a[href$='archive.zip']")
        assert (await fetching.value).suggested_filename == f"{archived[0]}.zip"
