"""A helper writes down what somebody asks for: with consent, under their own name, and sees it until it ends."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from services.cases.filing import submit
from services.cases.helping import Consent, Contact, check_consent, file_helped, helped_by, send_code
from services.cases.histories import history
from services.cases.intake import Visitor
from services.cases.readable import readable
from services.errors import Invalid, NotAllowed, NotFound
from services.notices.telling import contact_phone
from tests.documents.test_making import BUSINESS
from tests.living import Living

ELDER = Visitor("person", "钱老样", "resident_id", "430199194801013529", "")
FAMILY = Contact("family", "钱小样", "19900000099")
SIGNED = Consent("signature", signature="a" * 64)


@pytest.fixture
def helper(living: Living):
    return living.world.actors["helper"]


async def helped(living: Living, who: str = "helper", **more) -> str:
    actor, house = living.world.actors[who], living.house
    given = {"visitor": ELDER, "consent": SIGNED, "contact": FAMILY, **more}
    token = uuid4().hex
    await check_consent(house, actor, token, given["consent"], given["contact"])
    async with house.db.transaction() as tx:
        receipt = await file_helped(
            tx, house, actor, house.items.get("individual-business"), given["visitor"], given["consent"],
            given["contact"], raw=BUSINESS, papers=[], token=token,
        )  # fmt: skip
    await living.engine(receipt.case_no)
    return receipt.case_no


async def reads(living: Living, who, no: str):
    async with living.house.db.connection() as conn:
        return await readable(conn, who, no)


async def test_the_applicant_applies_and_the_helpers_name_and_the_way_of_consent_are_on_record(
    living: Living, helper
):
    no = await helped(living)
    async with living.house.db.connection() as conn:
        event = (await history(conn, no))[0].event
        row = await conn.fetchrow("SELECT * FROM assistance WHERE case_no = $1", no)
        channel = await conn.fetchval("SELECT channel FROM cases WHERE no = $1", no)
        applicant = await conn.fetchval(
            "SELECT s.name FROM cases c JOIN subject s ON s.id = c.applicant_id WHERE c.no = $1", no
        )
        told = await contact_phone(conn, living.house, row["subject_id"])
    assert (event.actor, event.role, channel, applicant) == (helper.id, "helper", "helper", ELDER.name)
    assert event.data["assistance"] == {"id": row["id"], "way": "signature", "words": row["text_version"]}
    assert (row["helper_id"], row["signature"], row["contact"]) == (helper.id, "a" * 64, "family")
    assert told == FAMILY.phone  # the elder has no telephone


async def test_without_consent_a_helper_files_nothing_and_by_no_other_door(living: Living, helper):
    with pytest.raises(Invalid) as missing:
        await helped(living, consent=Consent("signature"))
    assert set(missing.value.problems) == {"signature"}
    with pytest.raises(Invalid):
        await helped(living, consent=Consent(""))
    with pytest.raises(Invalid):
        await helped(living, contact=Contact("village", "", "19900000098"))
    item = living.house.items.get("individual-business")
    async with living.house.db.transaction() as tx:
        with pytest.raises(NotAllowed):
            await submit(
                tx, living.house, helper, item, raw=BUSINESS, papers=[], channel="window", token="no consent",
                applicant_id=living.world.subjects["王老样"],
            )  # fmt: skip


async def test_a_helper_sees_only_what_they_helped_with_and_only_while_it_is_open(living: Living, helper):
    mine = await helped(living)
    li = living.world.subjects["李样本"]
    not_mine = (await living.file("individual-business", "li", BUSINESS, [], applicant_id=li)).case_no
    other = replace(helper, id="another-helper")
    seen = await reads(living, helper, mine)
    assert (seen.personal, seen.owner, seen.applicant) == (True, False, ELDER.name)
    for who, no in ((helper, not_mine), (other, mine)):
        with pytest.raises(NotFound):
            await reads(living, who, no)
    async with living.house.db.connection() as conn:
        assert mine in [r["no"] for r in await helped_by(conn, helper.id)]
    with pytest.raises(NotAllowed):  # a helper decides nothing
        await living.act(mine, "withdrawal", "withdraw", "helper")
    await living.act(mine, "acceptance#1", "decline", "clerk", category="not_needed", reason="不需要办理")
    with pytest.raises(NotFound):
        await reads(living, helper, mine)
    async with living.house.db.connection() as conn:
        assert mine not in [r["no"] for r in await helped_by(conn, helper.id)]


async def test_a_code_read_out_is_consent_for_that_telephone_and_five_wrong_ones_are_none(
    living: Living, helper
):
    house, token = living.house, uuid4().hex
    sent = []

    class Heard:
        async def send(self, conn, phone, text, at):
            sent.append((phone, re.search(r"\d{6}", text)[0]))

    house.sms, stored = Heard(), house.sms
    try:
        await send_code(house, helper, token, FAMILY.phone)
    finally:
        house.sms = stored
    phone, code = sent[0]
    assert phone == FAMILY.phone
    right = Consent("sms", code=code)
    await check_consent(house, helper, token, right, FAMILY)
    with pytest.raises(Invalid):
        await check_consent(house, helper, token, right, replace(FAMILY, phone="19900000097"))
    wrong = Consent("sms", code=f"{(int(code) + 1) % 10**6:06d}")
    for _ in range(3):
        with pytest.raises(Invalid):
            await check_consent(house, helper, token, wrong, FAMILY)
    with pytest.raises(Invalid):  # the sixth look, though the code is right
        await check_consent(house, helper, token, right, FAMILY)


async def test_sending_codes_again_buys_no_more_guesses_and_no_end_of_messages(living: Living, helper):
    house, form, sent = living.house, uuid4().hex, []

    class Heard:
        async def send(self, conn, phone, text, at):
            sent.append(text)

    async def guess(token: str) -> bool:
        """Whether there was a code to guess at."""
        try:
            await send_code(house, helper, token, FAMILY.phone)
        except Invalid:
            return False
        with pytest.raises(Invalid):
            await check_consent(house, helper, token, Consent("sms", code="no code"), FAMILY)
        return True

    house.sms, stored = Heard(), house.sms
    try:
        assert sum([await guess(form) for _ in range(50)]) <= 5
        assert sum([await guess(uuid4().hex) for _ in range(50)]) < 50, "a new form each time"
        assert len(sent) < 50
        living.clock.forward(minutes=11)
        assert await guess(form)
    finally:
        house.sms = stored
