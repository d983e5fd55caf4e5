"""以证照代材料: with the holder's consent, for one application, as long as licence and consent hold; and on record."""

from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from services.cases.desk_page import desk_page
from services.cases.rounds import Paper
from services.drafts import read, start_correction
from services.errors import Invalid, NotAllowed, NotExpected
from services.licences.consents import give, take_back
from services.licences.copies import copy_for_case
from services.licences.library import ELicence, held
from services.licences.reuse import LICENCE
from services.licences.uses import uses_of
from services.people.lookups import looks_at
from tests.cases.conftest import home, living
from tests.documents.reading import squeezed
from tests.licences.handing_over import fresh_certificate, told
from tests.living import FOOD, FOOD_PAPERS, Living

__all__ = ["home", "living"]
FIRM = "湖南示例餐饮有限公司"
HEALTH = "health-certificates"
UPLOADS = [p for p in FOOD_PAPERS if p.code != HEALTH]
SHARED = [Paper("business-licence", "shared"), Paper("representative-id", "shared")]


@pytest.fixture
async def health(living: Living) -> ELicence:
    """陈示例's health certificate."""
    return await fresh_certificate(living)


async def of(living: Living, who: str, name: str) -> ELicence:
    async with living.house.db.connection() as conn:
        found = await held(conn, living.house, living.world.actors[who].subjects)
    return next(e for e in found if e.name.zh == name)


async def agree(
    living: Living, licence: ELicence, token: str, item: str = "food-licence", material: str = HEALTH,
    who: str = "chen",
) -> str:  # fmt: skip
    async with living.house.db.transaction() as tx:
        chosen = living.house.items.get(item)
        return await give(tx, living.house, living.world.actors[who], chosen, material, licence, token)


async def file(living: Living, consent: str | None, token: str, who: str = "chen") -> str:
    papers = [*UPLOADS, *SHARED, Paper(HEALTH, LICENCE, consent=consent)]
    subject = living.world.subjects[FIRM]
    no = (await living.file("food-licence", who, FOOD, papers, applicant_id=subject, token=token)).case_no
    await living.engine(no)
    return no


async def refused(living: Living, consent: str | None, token: str) -> str:
    with pytest.raises(Invalid) as no:
        await file(living, consent, token)
    assert list(no.value.problems) == [f"material:{HEALTH}"]
    return no.value.problems[f"material:{HEALTH}"]["zh"]


async def revoke(living: Living, licence: ELicence) -> None:
    """The health bureau's news of the next day."""
    living.clock.forward(days=1)
    await told(living, licence.identifier, state="03")


async def test_it_is_filed_with_consent_and_the_log_leads_to_it_without_naming_it(living, health):
    consent = await agree(living, health, "a-draft-of-hers")
    no = await file(living, consent, "a-draft-of-hers")
    async with living.house.db.connection() as conn:
        body = await conn.fetchval("SELECT body FROM case_event WHERE case_no = $1 AND seq = 1", no)
        uses = await uses_of(conn, [health.identifier])
    assert consent in body
    assert read_serial(health) not in body
    assert "gaps_signed" not in await living.kinds(no)  # nothing is to follow
    assert [(u["mode"], u["case_no"], u["by_name"]) for u in uses] == [("reference", no, "陈示例")]


def read_serial(licence: ELicence) -> str:
    return licence.identifier.split(".")[-3]


async def test_without_consent_or_with_consent_to_something_else_it_is_refused(living, health):
    assert "没有同意" in await refused(living, None, "token-without-consent")
    elsewhere = await agree(living, health, "another-draft")
    assert "没有同意" in await refused(living, elsewhere, "this-very-draft")
    token = uuid4().hex
    other_item = await agree(living, health, token, "identity-card", "guardian-id")
    assert "没有同意" in await refused(living, other_item, token)


async def test_consent_is_the_holders_alone(living, health):
    with pytest.raises(NotAllowed):
        await agree(living, health, "lis-draft", who="li")


async def test_consent_taken_back_or_run_out_is_none(living, health):
    consent = await agree(living, health, "first-draft")
    async with living.house.db.transaction() as tx:
        await take_back(tx, living.house, living.world.actors["chen"], consent)
    assert "撤回" in await refused(living, consent, "first-draft")
    later = await agree(living, health, "second-draft")
    living.clock.forward(days=91)
    assert "期限已过" in await refused(living, later, "second-draft")


async def test_an_expired_one_is_refused_with_its_last_day(living, health):
    expired = await of(living, "li", "从业人员健康证明")
    consent = await agree(living, expired, "lis-own-draft", who="li")
    papers = [*UPLOADS, Paper(HEALTH, LICENCE, consent=consent)]
    firm = living.world.subjects["湖南示例物流有限公司"]
    with pytest.raises(Invalid, match="expired on"):
        await living.file("food-licence", "li", FOOD, papers, applicant_id=firm, token="lis-own-draft")


async def test_one_that_is_revoked_before_acceptance_is_not_accepted_and_the_paper_is_asked_for(
    living, health
):
    no = await file(living, await agree(living, health, "revoked-draft"), "revoked-draft")
    await revoke(living, health)
    with pytest.raises(NotExpected) as lapsed:
        await living.act(no, "acceptance#1", "accept", "clerk")
    assert (lapsed.value.code, lapsed.value.extra["expected"]) == ("licence-lapsed", ["request_correction"])
    assert "已撤销" in lapsed.value.zh
    defects = [{"code": HEALTH, "defect": "健康证明已撤销", "fix": "请上传"}]
    await living.act(no, "acceptance#1", "request_correction", "clerk", defects=defects)
    await living.engine(no)
    chen = living.world.actors["chen"]
    async with living.house.db.transaction() as tx:
        draft = await read(tx, living.house, chen, await start_correction(tx, living.house, chen, no))
    assert sorted(p.code for p in draft.papers) == ["layout", "safety-rules"]


async def test_a_copy_has_its_purpose_across_it_and_the_holder_sees_who_looked(living, health):
    no = await file(living, await agree(living, health, "copied-draft"), "copied-draft")
    pages = {code: await copy(living, no, code) for code in (HEALTH, "business-licence", "representative-id")}
    text = pages[HEALTH]
    mark = f"仅用于办理“食品经营许可（餐饮服务，新办）”，核对材料“从业人员健康证明”办件编号{no}有效至2027年2月14日"
    assert text.count(mark) > 5
    assert "体检结论合格" in text
    assert (
        "统一社会信用代码91430199MA99001B89" in pages["business-licence"]
    )  # fetched by government: no consent
    assert "居民身份证" in pages["representative-id"]
    async with living.house.db.connection() as conn:
        uses = await uses_of(conn, [health.identifier])
        looks = [k for k in await looks_at(conn, [health.holder_id]) if k.case_no == no]
    assert [(u["mode"], u["by_name"], u["unit"]) for u in uses] == [
        ("verify", "张受理", "综合窗口"), ("reference", "陈示例", "持证人"),
    ]  # fmt: skip
    assert [(k.what, k.case_no) for k in looks] == [("licence", no), ("licence", no)]


async def copy(living: Living, no: str, code: str) -> str:
    async with living.house.db.transaction() as tx:
        page = await desk_page(tx, no)
        item = living.house.items.get("food-licence")
        pdf = await copy_for_case(tx, living.house, living.world.actors["clerk"], item, page, code)
    return squeezed("".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages))
