"""转报: what the lower level reviewed goes up once, whole, and sealed anew. Licence Law arts 35, 43."""

from pathlib import Path

import pytest

from forms import load_items
from services.cases.filing import Paper, read_answers
from services.cases.forwarding import file_upper
from services.cases.histories import papers, upper_of
from services.catalogue import publish
from services.errors import Invalid
from services.law.roles import Actor, Grant, Role
from services.people.accounts import insert_account
from tests.cases.test_life import settle
from tests.living import SITE_CHECK, Living

PAIR = Path(__file__).parent.parent / "scenarios" / "items"
STREET, FAMILY = "11430199MB99011A6K", "李样本"
ANSWERS = {"head": [FAMILY], "persons": ["3"], "income": ["900"]}
PAPERS = [
    Paper(code, file="2" * 64, name=f"{code}.pdf", size=9, type="pdf")
    for code in ("income-declaration", "enquiry-authority")
]


@pytest.fixture
async def street(living: Living) -> Living:
    return await with_a_street(living)


async def with_a_street(living: Living) -> Living:
    """The district with the pair of items, and those who handle the lower one."""
    async with living.house.db.transaction() as tx:
        await publish(tx, load_items(PAIR).values(), living.house.now())
        await living.house.items.refresh(tx)
    for name, role in (("kong", Role.REVIEWER), ("ning", Role.DIRECTOR)):
        if name not in living.world.actors:
            grants = (Grant(role, STREET, "430199"),)
            async with living.house.db.transaction() as tx:
                account = await insert_account(
                    tx, username=name, password_hash="", kind="staff", name=name, grants=grants,
                    now=living.house.now(),
                )  # fmt: skip
            living.world.actors[name] = Actor(account, "staff", name, grants)
    return living


async def forwarded(living: Living) -> tuple[str, str]:
    applicant = living.world.subjects[FAMILY]
    filed = await living.file("living-allowance-street", "li", ANSWERS, PAPERS, applicant_id=applicant)
    await living.engine(filed.case_no)
    await settle(
        living,
        filed.case_no,
        ("acceptance#1", "accept", "clerk", {}),
        ("survey#1", "record_site_check", "kong", SITE_CHECK),
        ("opinion#1", "recommend_grant", "kong", {}),
        ("forwarding#1", "forward", "ning", {"conclusion": "grant", "opinion": "人均收入低于标准"}),
    )
    async with living.house.db.connection() as conn:
        upper = await upper_of(conn, filed.case_no)
    assert upper
    await living.engine(upper)
    return filed.case_no, upper


async def test_the_upper_case_has_the_same_answers_and_papers_of_the_same_applicant(street: Living):
    lower, upper = await forwarded(street)
    below, above = await street.case(lower), await street.case(upper)
    assert (above.applicant_id, above.filer_id, above.linked_no) == (
        below.applicant_id,
        below.filer_id,
        lower,
    )
    async with street.house.db.connection() as conn:
        assert await read_answers(conn, street.house, upper, 1) == await read_answers(
            conn, street.house, lower, 1
        )
        sent = [(p["code"], p["file"], p["source"]) for p in await papers(conn, upper)]
        sealed = await conn.fetch("SELECT sealed FROM submission WHERE case_no = ANY($1)", [lower, upper])
    assert sent == [(p.code, p.file, "sent_up") for p in PAPERS]
    assert sealed[0]["sealed"] != sealed[1]["sealed"]


async def test_an_errand_that_is_run_again_files_nothing_again(street: Living):
    lower, upper = await forwarded(street)
    for _ in range(2):
        async with street.house.db.transaction() as tx:
            await file_upper(tx, street.house, lower, "upper")
    async with street.house.db.connection() as conn:
        assert await conn.fetchval("SELECT count(*) FROM cases WHERE linked_no = $1", lower) == 1
        assert await upper_of(conn, lower) == upper
    assert (await street.kinds(lower)).count("upper_filed") == 1


async def test_the_upper_level_asks_for_no_paper_again_but_for_an_answer_that_is_wrong(street: Living):
    _, upper = await forwarded(street)
    again = {"code": "income-declaration", "defect": "请再交一份", "fix": "重交"}
    answer = {"code": "persons", "defect": "与户口登记不一致", "fix": "更正人数"}
    with pytest.raises(Invalid) as refused:
        await street.act(upper, "acceptance#1", "request_correction", "clerk", defects=[answer, again])
    assert list(refused.value.problems) == ["items"]
    await street.act(upper, "acceptance#1", "request_correction", "clerk", defects=[answer])


async def test_the_log_and_the_engine_learn_nothing_of_the_family(street: Living):
    lower, upper = await forwarded(street)
    async with street.house.db.connection() as conn:
        bodies = await conn.fetch("SELECT body FROM case_event WHERE case_no = ANY($1)", [lower, upper])
    assert not [r for r in bodies if FAMILY in r["body"] or '"900"' in r["body"]]
