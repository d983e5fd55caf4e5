"""Every item of the house loads, checks, and has a page that can be read in both languages."""

from html import unescape

import httpx
import pytest

from forms import ITEMS_DIR, check_items, load_items
from tests.living import TENNIS
from tests.web.desks import at_desk, desks_of

ITEMS = load_items(ITEMS_DIR)
LISTED = sorted(code for code, item in ITEMS.items() if item.listed)


@pytest.mark.parametrize("folder", [ITEMS_DIR, TENNIS], ids=["items", "tennis"])
def test_the_checker_has_nothing_to_remark(folder):
    assert check_items(folder) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", LISTED)
async def test_every_item_has_a_guide_and_a_form(living, code, lang):
    item = ITEMS[code]
    async with desks_of(living) as app, at_desk(app, living, "chen") as desk:
        answer: httpx.Response = await desk.client.get(f"/items/{code}", headers={"accept-language": lang})
    page = unescape(answer.text)
    assert answer.status_code == 200
    assert item.name.in_(lang) in page
    for material in item.materials:
        assert material.name.in_(lang) in page
    assert f'action="/items/{code}/start"' in page
