"""Who may open a case, a paper or a document; following by code; verifying."""

import re
from datetime import timedelta

import httpx
import pytest

from services.cases import tracking
from services.cases.filing import open_query_code
from services.cases.rounds import Paper
from tests.living import FOOD
from tests.web import progress_world as world
from tests.web.test_progress import app, home, living, submit, visit

__all__ = ["app", "home", "living", "visit"]  # fixtures

REFUSAL = "办件编号和查询码对不上"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(tracking, "REFUSAL_SECONDS", 0)


async def with_papers(living, *acts) -> tuple[str, int, str]:
    """A case of 湖南示例餐饮有限公司, the id of its floor plan, the code of its receipt."""
    file = await living.house.files.put(b"%PDF-1.4 plan of " + str(len(living.running)).encode())
    papers = [
        Paper("layout", file=file, name="布局图.pdf", size=20, type="pdf"),
        Paper("safety-rules", file=file, name="制度.pdf", size=20, type="pdf"),
        Paper("health-certificates", file=file, name="健康证.pdf", size=20, type="pdf"),
    ]
    firm = living.world.subjects["湖南示例餐饮有限公司"]
    no = (await living.file("food-licence", "chen", FOOD, papers, applicant_id=firm)).case_no
    await living.engine(no)
    await world.go(living, no, *acts)
    async with living.house.db.connection() as conn:
        paper = await conn.fetchval("SELECT id FROM material WHERE case_no = $1 AND code = 'layout'", no)
    return no, paper, await world.put_document(living, no, "receipt", no.encode())


# who, in which situation: case page, paper, document. Both name the person: for whoever handles it, when they do.
MATRIX = [
    ("chen", "received", (200, 200, 200)),
    ("li", "received", (404, 404, 404)),
    ("", "received", (303, 303, 303)),
    ("clerk", "received", (200, 200, 200)),
    ("reviewer", "received", (200, 404, 404)),
    ("police", "received", (404, 404, 404)),
    ("agent", "received", (404, 404, 404)),
    ("admin", "received", (404, 404, 404)),
    ("supervisor", "received", (200, 404, 200)),
    ("reviewer", "accepted", (200, 200, 200)),
    ("clerk2", "accepted", (200, 404, 404)),
    ("clerk", "accepted", (200, 200, 200)),
    ("director", "accepted", (200, 404, 404)),
]


@pytest.mark.parametrize(("who", "situation", "wanted"), MATRIX)
async def test_each_opens_what_is_theirs(living, visit, who, situation, wanted):
    no, paper, document = await with_papers(living, *world.SITUATIONS[situation])
    client = await visit(who)
    addresses = (f"/cases/{no}", f"/materials/{paper}", f"/documents/{document}.pdf")
    assert tuple([(await client.get(a)).status_code for a in addresses]) == wanted


async def test_a_work_orders_reply_is_for_the_caller_and_the_hotline(living, visit):
    no = await world.order(living, *world.REPLIED)
    document = await world.put_document(living, no, "order_reply")
    found = {}
    for who in ("li", "agent", "liaison", "supervisor", "chen"):
        found[who] = (await (await visit(who)).get(f"/documents/{document}.pdf")).status_code
    assert found == {"li": 200, "agent": 200, "liaison": 404, "supervisor": 404, "chen": 404}
    page = (await (await visit("liaison")).get(f"/cases/{no}")).text
    assert "李样本" not in page
    assert "已责令停业整改" not in page


async def test_a_paper_is_shown_in_our_own_viewer_only_and_never_cached(living, visit):
    _, paper, _ = await with_papers(living)
    answer = await (await visit("chen")).get(f"/materials/{paper}")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline; filename*=UTF-8''%E5%B8%83")
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in answer.headers["cache-control"]


async def code_of(living, no: str) -> str:
    async with living.house.db.connection() as conn:
        sealed = await conn.fetchval("SELECT query_code FROM cases WHERE no = $1", no)
    return open_query_code(living.house, no, sealed)


async def track(client: httpx.AsyncClient, no: str, code: str) -> httpx.Response:
    return await submit(client, "/track", "/track", no=no, code=code)


async def test_number_and_code_open_a_page_that_names_nobody(living, visit):
    no = await world.food(living, *world.CORRECTING)
    nobody = await visit()
    typed = f" {no[:6].lower()} {no[6:]} "
    answer = await track(nobody, typed, await code_of(living, no))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/track/{no}")
    page = (await nobody.get(f"/track/{no}")).text
    assert "有 2 处需要补正" in page
    for hidden in ("没有标注比例", "陈示例", "19900000001", ".pdf", "/withdraw"):
        assert hidden not in page


async def test_a_persons_name_is_masked_for_whoever_has_the_code(living, visit):
    no = await world.order(living, who="chen")
    async with living.house.db.connection() as conn:
        await conn.execute(
            "UPDATE cases SET applicant_id = $2 WHERE no = $1", no, living.world.subjects["陈示例"]
        )
    nobody = await visit()
    await track(nobody, no, await code_of(living, no))
    page = (await nobody.get(f"/track/{no}")).text
    assert "陈*例" in page
    assert "陈示例" not in page


async def test_five_wrong_codes_lock_for_thirty_minutes_and_nothing_tells(living, visit):
    no, nobody = await world.food(living), await visit()
    right = await code_of(living, no)
    wrong = "000000" if right != "000000" else "000001"
    answers = [await track(nobody, no, wrong) for _ in range(5)]
    answers += [await track(nobody, no, right), await track(nobody, "430199202611161999999X", right)]
    assert {a.status_code for a in answers} == {422}
    shown = {re.sub(r'name="csrf" value="[^"]*"|value="43[0-9A-Z]*"', "", a.text) for a in answers}
    assert len(shown) == 1
    assert REFUSAL in shown.pop()
    living.clock.now += timedelta(minutes=29)
    assert (await track(nobody, no, right)).status_code == 422
    living.clock.now += timedelta(minutes=2)
    assert (await track(nobody, no, right)).status_code == 303


async def test_the_right_code_forgets_the_wrong_ones(living, visit):
    no, nobody = await world.food(living), await visit()
    right = await code_of(living, no)
    for code in ("1", "2", "3", "4", right, "1", "2", "3", "4", right):
        answer = await track(nobody, no, code)
    assert answer.status_code == 303


@pytest.mark.parametrize("change", ["case", "time", "signature", "nothing"])
async def test_the_note_in_the_browser_opens_its_own_case_for_a_quarter_of_an_hour(living, visit, change):
    no, other, nobody = await world.food(living), await world.food(living), await visit()
    await track(nobody, no, await code_of(living, no))
    note = nobody.cookies["ow-track"].strip('"')
    asked = no
    if change == "case":
        asked, note = other, note.replace(no, other)
    if change == "time":
        living.clock.now += timedelta(minutes=16)
    if change == "signature":
        note = note[:-2] + ("00" if note[-2:] != "00" else "11")
    nobody.cookies.clear()
    answer = await nobody.get(f"/track/{asked}", headers={"cookie": f"ow-track={note}"})
    assert answer.status_code == (200 if change == "nothing" else 303)


async def test_anybody_can_tell_a_true_document(living, visit):
    no = await world.food(living, *world.GRANTED)
    code = await world.put_document(living, no, "licence", b"%PDF-1.4 the licence")
    page = await (await visit()).get(f"/verify/{code}")
    assert page.status_code == 200
    for words in ("这份文书是真的", "食品经营许可证", "示例区市场监督管理局", "湖南示例餐饮有限公司",
                  living.house.vault.digest(b"%PDF-1.4 the licence")):  # fmt: skip
        assert words in page.text
    for hidden in (no, "陈示例", "91430199MA99001B89"):
        assert hidden not in page.text


async def test_an_expired_licence_is_said_to_be(living, visit):
    no = await world.food(living, *world.GRANTED)
    code = await world.put_document(living, no, "licence")
    living.clock.now += timedelta(days=6 * 366)
    assert "这份证照已过有效期" in (await (await visit()).get(f"/verify/{code}")).text


async def test_an_unknown_code_is_no_document(visit):
    page = await (await visit()).get("/verify/NONSENSE")
    assert page.status_code == 404
    assert "没有这份文书" in page.text
