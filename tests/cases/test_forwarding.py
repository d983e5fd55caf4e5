"""转报: what the lower level reviewed goes up once, whole, and sealed anew. Licence Law arts 35, 43."""

import pytest

from services.cases.forwarding import file_upper
from services.cases.histories import papers, upper_of
from services.cases.rounds import Paper, read_answers
from services.errors import Invalid
from tests.cases.test_life import settle
from tests.living import SITE_CHECK, Living

FAMILY = "李样本"
ANSWERS = {
    "registered_here": ["yes"],
    "hardship": ["income"],
    "head": [FAMILY],
    "head_id": ["430199199211234826"],
    "contact_phone": ["19900000002"],
    "home_address": ["示例区示范街道示例路2号"],
    "community": ["示例社区"],
    "members__1__name": [FAMILY],
    "members__1__relation": ["self"],
    "members__1__income": ["900"],
    "savings": ["2000"],
    "vehicle": ["no"],
    "truth": ["yes"],
}
PAPERS = [
    Paper(code, file="2" * 64, name=f"{code}.pdf", size=9, type="pdf")
    for code in ("income-declaration", "enquiry-authority")
]


async def forwarded(living: Living) -> tuple[str, str]:
    applicant = living.world.subjects[FAMILY]
    filed = await living.file("living-allowance", "li", ANSWERS, PAPERS, applicant_id=applicant)
    await living.engine(filed.case_no)
    await settle(
        living,
        filed.case_no,
        ("acceptance#1", "accept", "clerk", {}),
        ("survey#1", "record_site_check", "street", SITE_CHECK),
        ("opinion#1", "recommend_grant", "street", {}),
        ("forwarding#1", "forward", "street-head", {"conclusion": "grant", "opinion": "人均收入低于标准"}),
    )
    async with living.house.db.connection() as conn:
        upper = await upper_of(conn, filed.case_no)
    assert upper
    await living.engine(upper)
    return filed.case_no, upper


async def test_the_upper_case_has_the_same_answers_and_papers_of_the_same_applicant(living: Living):
    lower, upper = await forwarded(living)
    below, above = await living.case(lower), await living.case(upper)
    assert (above.applicant_id, above.filer_id, above.linked_no) == (
        below.applicant_id,
        below.filer_id,
        lower,
    )
    async with living.house.db.connection() as conn:
        assert await read_answers(conn, living.house, upper, 1) == await read_answers(
            conn, living.house, lower, 1
        )
        sent = [(p["code"], p["file"], p["source"]) for p in await papers(conn, upper)]
        sealed = await conn.fetch("SELECT sealed FROM submission WHERE case_no = ANY($1)", [lower, upper])
    assert sent == [(p.code, p.file, "sent_up") for p in PAPERS]
    assert sealed[0]["sealed"] != sealed[1]["sealed"]


async def test_an_errand_that_is_run_again_files_nothing_again(living: Living):
    lower, upper = await forwarded(living)
    for _ in range(2):
        async with living.house.db.transaction() as tx:
            await file_upper(tx, living.house, lower, "upper")
    async with living.house.db.connection() as conn:
        assert await conn.fetchval("SELECT count(*) FROM cases WHERE linked_no = $1", lower) == 1
        assert await upper_of(conn, lower) == upper
    assert (await living.kinds(lower)).count("upper_filed") == 1


async def test_the_upper_level_asks_for_no_paper_again_but_for_an_answer_that_is_wrong(living: Living):
    _, upper = await forwarded(living)
    again = {"code": "income-declaration", "defect": "请再交一份", "fix": "重交"}
    answer = {"code": "members", "defect": "与户口登记不一致", "fix": "更正人数"}
    with pytest.raises(Invalid) as refused:
        await living.act(upper, "acceptance#1", "request_correction", "clerk", defects=[answer, again])
    assert list(refused.value.problems) == ["items"]
    await living.act(upper, "acceptance#1", "request_correction", "clerk", defects=[answer])


async def test_the_log_and_the_engine_learn_nothing_of_the_family(living: Living):
    lower, upper = await forwarded(living)
    async with living.house.db.connection() as conn:
        bodies = await conn.fetch("SELECT body FROM case_event WHERE case_no = ANY($1)", [lower, upper])
    assert not [r for r in bodies if FAMILY in r["body"] or '"900"' in r["body"]]
