"""Authorising, keeping and helping as people do it: by the pages, without scripts."""

import re

import pytest

from infra.seed.world import PEOPLE
from services.drafts.store import insert
from services.law.clock import legal_date
from tests.documents.test_making import BUSINESS
from tests.living import Living
from tests.web.desks import Desk, at_desk, desks_of
from tests.web.window import PIXEL

LI = next(p for p in PEOPLE if p.username == "li")
CHILD = "430199201603151026"


@pytest.fixture(scope="module")
async def living(database_urls, tmp_path_factory):
    made = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield made
    await made.leave()


@pytest.fixture(scope="module")
async def app(living: Living):
    async with desks_of(living) as app:
        yield app


async def hand_in(desk: Desk, action: str, files: dict, **values) -> str:
    """A form with files, as a browser sends it."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', desk.page, re.S)
    assert form, action
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))
    parts = [(n, (None, v)) for n, v in hidden.items()]
    for name, given in values.items():
        parts += [(name, (None, v)) for v in (given if isinstance(given, list) else [given])]
    answer = await desk.client.post(action, files=[*parts, *files.items()])
    desk.page = answer.text
    return f"{answer.status_code} {answer.headers.get('location', '')}".strip()


async def test_a_firm_authorises_an_agent_who_agrees_and_then_may_choose_it_as_applicant(app, living: Living):
    today = legal_date(living.clock())
    firm = living.world.subjects["湖南示例餐饮有限公司"]
    async with at_desk(app, living, "chen") as chen, at_desk(app, living, "li") as li:
        await chen.open("/account/agents")
        given = {
            "principal": firm, "agent_name": LI.name, "agent_id": LI.id_number, "agent_id_type": "resident_id",
            "items": ["food-licence"], "actions": ["apply", "correct"], "valid_from": str(today),
            "valid_to": str(today.replace(year=today.year + 2)), "agreed": "yes",
        }  # fmt: skip
        await chen.send("/account/agents", 422, **given)
        assert "一次授权最长一年" in chen.page
        assert 'value="food-licence" checked' in chen.page  # what was chosen stays
        given["valid_to"] = str(today.replace(day=28))
        await chen.send("/account/agents", 422, **{**given, "agent_name": "别人"})
        assert "没有找到这样一位已注册的代办人" in chen.page
        await chen.send("/account/agents", **given)
        assert "等代办人确认" in await chen.open("/account/agents?done=given")
        assert "等您确认" in await li.open("/account")
        page = await li.open("/account/agents")
        action = re.search(r'action="(/account/agents/\w+/answer)"', page)[1]
        await li.send(action, agrees="yes")
        started = (await li.client.post("/items/food-licence/start", data={"csrf": _csrf(page)})).headers[
            "location"
        ]
        start = await li.open(started if started.endswith("/start") else f"{started}/start")
        assert firm in start
        page = await chen.open("/account/agents")
        assert "有效" in page
        await chen.send(re.search(r'action="(/account/agents/\w+/end)"', page)[1])
        assert firm not in await li.open(started if started.endswith("/start") else f"{started}/start")
        assert "撤销" in await li.open("/account/agents")


async def test_a_clerk_records_a_guardian_who_then_sees_the_child_and_takes_consent_back(app, living: Living):
    scan = {"evidence_file": ("户口簿.png", PIXEL, "image/png")}
    said = {
        "ward_paper": CHILD, "ward_paper_type": "resident_id", "ward_name": "李小样", "guardian_paper": LI.id_number,
        "guardian_paper_type": "resident_id", "guardian_name": LI.name, "evidence": "household_register", "consents": "yes",
    }  # fmt: skip
    async with at_desk(app, living, "clerk") as clerk, at_desk(app, living, "li") as li:
        await clerk.open("/window/people")
        assert await hand_in(clerk, "/window/people/guardians", {}, **said) == "422"
        assert "请上传关系证明的扫描件" in clerk.page
        assert await hand_in(clerk, "/window/people/guardians", scan, **said) == "200"
        assert "2034年3月14日" in clerk.page
        page = await li.open("/account/wards")
        assert "李小样" in page
        assert "已同意" in page
        await li.send(re.search(r'action="(/account/wards/\w+/consent)"', page)[1])
        assert "我同意" in await li.open("/account/wards")


async def test_a_helper_files_with_a_signed_consent_that_a_mistake_does_not_cost(app, living: Living):
    action = "/helping/items/individual-business"
    said = {name: values[0] for name, values in BUSINESS.items()} | {
        "subject_paper": "430199195802013525", "subject_paper_type": "resident_id", "subject_name": "王老样",
        "contact": "family", "contact_name": "王小样", "contact_number": "19900000077", "consent_way": "signature",
        "do": "file",
    }  # fmt: skip
    async with at_desk(app, living, "helper") as helper:
        assert action in await helper.open("/helping")
        assert "food-licence" not in helper.page  # for organisations
        await helper.open(action)
        signed = {"signature": ("同意书.png", PIXEL, "image/png")}
        assert await hand_in(helper, action, signed, **{**said, "contact_number": "1"}) == "422"
        assert "同意书.png" in helper.page
        status = await hand_in(helper, action, {}, **said)
        assert status.startswith("303 /helping/receipts/"), helper.page
        no = status.rpartition("/")[2]
        assert no in (await helper.open(f"/helping/receipts/{no}")).replace(" ", "")
        assert "由帮办员罗帮办帮助填写提交" in await helper.open(f"/cases/{no}")
    async with at_desk(app, living, "clerk") as clerk:
        await clerk.open(f"/helping/receipts/{no}", 403)


async def test_a_helper_asks_for_another_row_and_nothing_is_judged_yet(app, living: Living):
    action = "/helping/items/living-allowance"
    async with at_desk(app, living, "helper") as helper:
        assert 'name="members__2__name"' not in await helper.open(action)
        assert await hand_in(helper, action, {}, subject_name="王老样", members__rows="2") == "200"
        assert 'name="members__2__name"' in helper.page
        assert "请改正" not in helper.page


def _csrf(page: str) -> str:
    return re.search(r'name="csrf" value="([^"]+)"', page)[1]


async def test_a_guardian_without_consent_on_record_is_told_before_filing(app, living: Living):
    async with living.house.db.transaction() as tx:
        kid = await tx.fetchval("SELECT id FROM subject WHERE name = '李小样'")
        item, actor = living.house.items.get("individual-business"), living.world.actors["li"]
        draft = await insert(tx, living.house, actor, item, None, dict(BUSINESS), [], applicant_id=kid)
    async with at_desk(app, living, "li") as li:
        page = await li.open(f"/apply/{draft.id}/check")
        assert "我监护的人" in page
        assert f'action="/apply/{draft.id}/submit"' not in page
