"""主动发现: staff bring up whoever is in need and did not ask. 社会救助暂行办法第十七条."""

import pytest

from forms import ITEMS_DIR, to_raw
from services.cases.filing import OnlyStaffFind
from services.cases.rounds import Paper
from tests.living import Living
from workflows.scenarios.reading import read_filing
from workflows.scenarios.samples import plain

ITEM = "extreme-poverty-support"


async def filed(living: Living, who: str, **answers: str) -> str:
    sheet, item = read_filing(ITEM, [ITEMS_DIR / "scenarios"]), living.house.items.get(ITEM)
    values = {name: plain(value) for name, value in (sheet.answers | answers).items()}
    papers = [Paper(code, file="0" * 64, name=code, size=9, type="pdf") for code in sheet.papers]
    receipt = await living.file(
        ITEM, who, to_raw(item.questions + item.fields, values), papers,
        applicant_id=living.world.subjects["王老样"], channel="web" if who == "wang" else "window",
    )  # fmt: skip
    return receipt.case_no


async def test_what_staff_found_says_so_and_what_was_asked_for_does_not(living: Living):
    found = await living.case(await filed(living, "street-clerk", origin="discovered"))
    brought = await living.case(await filed(living, "street-clerk", origin="self"))
    assert (found.state.channel, brought.state.channel) == ("discovered", "window")


async def test_nobody_finds_themselves(living: Living):
    with pytest.raises(OnlyStaffFind):
        await filed(living, "wang", origin="discovered")
