"""Counter intake: a clerk files for somebody who walks in."""

import re

from tests.living import FOOD, Living
from tests.web.window import FIRM, at_desk, hidden, home, living

__all__ = ["home", "living"]

CODE = "91430199MA99001B89"
NEW_CODE = "91430199MA99003B0U"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WALK_IN = {
    **{name: values[0] for name, values in FOOD.items()},
    "kind": "organisation",
    "subject_paper": CODE,
    "subject_name": FIRM,
    "subject_phone": "19900000010",
    "do": "file",
}
ADDRESS = "/window/intake/food-licence"


async def hand_in(client, more: dict, files: dict | None = None, page=None):
    page = page or await client.get(ADDRESS)
    sent = {"csrf": hidden(page, "csrf"), "token": hidden(page, "token"), **more}
    # Sent as a browser sends a form with files, which is how the page declares it.
    return await client.post(ADDRESS, data=sent, files=files or {"nothing": ("", b"")})


async def test_a_walk_in_gets_a_number_a_code_and_a_receipt(living: Living) -> None:
    async with at_desk(living, "clerk") as client:
        assert ADDRESS in (await client.get("/window/intake")).text
        done = await hand_in(client, WALK_IN | {"seen": ["layout", "safety-rules", "health-certificates"]})
        assert done.status_code == 303, done.text
        receipt = await client.get(done.headers["location"])
        assert re.search(r"\d{3} \d{3}", receipt.text)
        assert "<svg" in receipt.text
    no = done.headers["location"].rpartition("/")[2]
    async with living.house.db.connection() as conn:
        row = await conn.fetchrow("SELECT channel, applicant_id, filer_id FROM cases WHERE no = $1", no)
        papers = await conn.fetch("SELECT code, source FROM material WHERE case_no = $1", no)
    assert (row["channel"], row["applicant_id"]) == ("window", living.world.subjects[FIRM])
    assert {(p["code"], p["source"]) for p in papers} == {
        ("layout", "seen"),
        ("safety-rules", "seen"),
        ("health-certificates", "seen"),
    }
    async with at_desk(living, "clerk2") as other:
        assert (await other.get(done.headers["location"])).status_code == 404


async def test_who_is_on_file_is_shown_masked_before_anything_is_filed(living: Living) -> None:
    async with at_desk(living, "clerk") as client:
        page = await hand_in(client, {"kind": "organisation", "subject_paper": CODE, "do": "look"})
        assert page.status_code == 200
        assert FIRM in page.text
        assert "199****0010" in page.text
        assert "19900000010" not in page.text
        wrong = await hand_in(
            client, {"kind": "organisation", "subject_paper": CODE[:-1] + "0", "do": "look"}
        )
        assert wrong.status_code == 422
        assert 'href="#f-subject_paper"' in wrong.text


async def test_a_number_on_file_under_another_name_is_not_filed(living: Living) -> None:
    async with at_desk(living, "clerk") as client:
        refused = await hand_in(
            client,
            WALK_IN | {"subject_name": "别的公司", "seen": ["layout", "safety-rules", "health-certificates"]},
        )
        assert refused.status_code == 422
        assert "与填写的不一致" in refused.text


async def test_a_mistake_costs_neither_the_text_nor_the_scan(living: Living) -> None:
    scan = {"material:layout": ("布局图.pdf", PDF, "application/pdf")}
    async with at_desk(living, "clerk") as client:
        wrong = await hand_in(client, WALK_IN | {"area": "很大"}, scan)
        assert wrong.status_code == 422
        assert "很大" in wrong.text
        assert 'href="#f-material:safety-rules"' in wrong.text
        assert "布局图.pdf" in wrong.text
        kept = hidden(wrong, "kept")
        again = {
            **WALK_IN,
            "kept": kept,
            "seen": ["safety-rules", "health-certificates"],
            "token": hidden(wrong, "token"),
        }
        done = await hand_in(client, again, page=wrong)
        assert done.status_code == 303, done.text
        forged = await hand_in(client, again | {"kept": kept[:-3] + "AA=", "token": "another-token"})
        assert forged.status_code == 422
        assert "主要设备设施布局和操作流程" in forged.text
    no = done.headers["location"].rpartition("/")[2]
    async with living.house.db.connection() as conn:
        file = await conn.fetchval("SELECT file FROM material WHERE case_no = $1 AND code = 'layout'", no)
    assert await living.house.files.get(file) == PDF


async def test_filing_twice_under_one_token_is_one_case(living: Living) -> None:
    ticked = WALK_IN | {"seen": ["layout", "safety-rules", "health-certificates"]}
    async with at_desk(living, "clerk") as client:
        page = await client.get(ADDRESS)
        first, again = await hand_in(client, ticked, page=page), await hand_in(client, ticked, page=page)
    assert first.headers["location"] == again.headers["location"]


async def test_what_needs_no_licence_is_said_and_not_filed(living: Living) -> None:
    async with at_desk(living, "clerk") as client:
        answer = await hand_in(client, WALK_IN | {"only_prepackaged": "yes"})
    assert answer.status_code == 422
    assert "不需要办理食品经营许可" in answer.text


async def test_a_reviewer_takes_nothing_in(living: Living) -> None:
    async with at_desk(living, "reviewer") as client:
        assert (await client.get("/window/intake")).status_code == 403
