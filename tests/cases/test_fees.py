"""Money as the platform tells of it: twice, late, out of order, forged, for the wrong sum; and what the house answers."""

import base64
from dataclasses import replace
from datetime import date, datetime, timedelta

import orjson
import pytest

from services.cases.histories import verify_chain
from services.cases.log import Case
from services.errors import NotAllowed, NotExpected, NotFound
from services.payments.messages import Message, NotBelieved, write
from services.payments.platform import PlatformDown
from services.payments.queries import Money, unfinished_refunds
from services.payments.receiving import hear
from services.payments.reconciling import balance
from services.payments.standin import Signed
from tests.living import Living
from tests.paying import file_card, order, ordered, payment, platform, told


async def money(living: Living, no: str) -> tuple[Money, ...]:
    return (await order(living, no)).payments


async def seq(living: Living, no: str) -> int:
    return (await living.case(no)).seq


def message(said: Signed) -> Message:
    raw = orjson.loads(said.body)
    return Message(**raw | {name: datetime.fromisoformat(raw[name]) for name in ("at", "sent_at")})


async def test_nothing_is_ordered_before_acceptance(living: Living):
    no = await file_card(living)
    await living.engine(no)
    case: Case = await living.case(no)
    assert case.state.fees == {}


async def test_the_platform_says_paid_and_the_case_is_paid(living: Living):
    no = await ordered(living)
    await told(living, await payment(living, no))
    assert (await living.case(no)).state.fees == {"acceptance": "paid"}
    assert (await living.kinds(no))[-1] == "paid"
    async with living.house.db.connection() as conn:
        assert (await verify_chain(conn, no)).broken is None


async def test_the_same_message_twice_is_one_payment(living: Living):
    no = await ordered(living)
    said = await payment(living, no)
    await told(living, said)
    before = await seq(living, no)
    again = await hear(living.house, said.body, said.signature)
    assert (again.repeated, again.goes_back, await seq(living, no)) == (True, None, before)


async def test_the_same_payment_under_a_new_nonce_is_one_payment(living: Living):
    """A platform that got no answer says it again, as a message of its own."""
    no = await ordered(living)
    said = await payment(living, no)
    await told(living, said)
    again = platform(living).sign(replace(message(said), nonce="another"))
    assert (await hear(living.house, again.body, again.signature)).repeated
    assert len(await money(living, no)) == 1


async def test_a_second_payment_goes_back_and_the_first_stays(living: Living):
    no = await ordered(living)
    first, second = await payment(living, no), await payment(living, no)
    await told(living, second)  # out of order: whichever comes first is the fee
    await told(living, first)
    fee, other = await money(living, no)
    assert (fee.reason, other.reason) == ("", "twice")
    assert other.refunded_at
    assert (await living.case(no)).state.fees == {"acceptance": "paid"}


async def test_a_wrong_sum_goes_back_and_the_order_stays_open(living: Living):
    no = await ordered(living)
    await told(living, await payment(living, no, fen=3999))
    (came,) = await money(living, no)
    assert (came.reason, bool(came.refunded_at)) == ("amount", True)
    assert (await order(living, no)).payable
    await told(living, await payment(living, no))
    assert (await living.case(no)).state.fees == {"acceptance": "paid"}


async def test_a_message_that_was_touched_is_not_believed(living: Living):
    no = await ordered(living)
    said = await payment(living, no)
    before = await seq(living, no)
    for body, signature in (
        (said.body.replace(b"4000", b"4001"), said.signature),
        (said.body, "AAAA"),
        (said.body, "not base64 \x00"),
        (said.body + b" ", said.signature),
        (b"", ""),
    ):
        with pytest.raises(NotBelieved):
            await hear(living.house, body, signature)
    assert (await seq(living, no), await money(living, no)) == (before, ())


async def test_a_signed_message_of_another_kind_or_shape_is_not_believed(living: Living):
    no = await ordered(living)
    said = message(await payment(living, no))
    for other in (replace(said, kind="waived"), replace(said, fen=0), replace(said, order="\x00")):
        signed = platform(living).sign(other)
        with pytest.raises(NotBelieved):
            await hear(living.house, signed.body, signed.signature)
    key = platform(living)._key
    for body in (b"[]", b"{}", b"paid", write(said).replace(b'"fen":4000', b'"fen":"4000"')):
        with pytest.raises(NotBelieved):
            await hear(living.house, body, base64.b64encode(key.sign(body)).decode())
    assert await money(living, no) == ()


async def test_an_old_message_is_not_believed_and_may_be_said_again(living: Living):
    no = await ordered(living)
    said = await payment(living, no)
    living.clock.forward(minutes=11)
    with pytest.raises(NotBelieved) as stale:
        await told(living, said)
    assert stale.value.code == "stale"
    fresh = platform(living).sign(replace(message(said), nonce="n2", sent_at=living.clock.now))
    await told(living, fresh)
    assert (await living.case(no)).state.fees == {"acceptance": "paid"}


async def test_an_order_that_nobody_knows_is_not_found(living: Living):
    no = await ordered(living)
    said = platform(living).sign(replace(message(await payment(living, no)), order="430199X"))
    with pytest.raises(NotFound):
        await told(living, said)


async def test_money_for_a_case_that_ended_meanwhile_goes_back(living: Living):
    no = await ordered(living)
    said = await payment(living, no)
    await living.act(no, "withdrawal", "withdraw", "li")
    await told(living, said)
    (came,) = await money(living, no)
    assert (came.reason, bool(came.refunded_at)) == ("late", True)
    assert "paid" not in await living.kinds(no)


async def test_who_paid_in_time_paid_in_time_though_the_message_is_late(living: Living):
    no = await ordered(living)
    until = (await order(living, no)).until
    assert until == date(2026, 11, 23)
    living.clock.now = datetime.fromisoformat("2026-11-23T23:59:59+08:00")
    said = await payment(living, no)
    living.clock.forward(seconds=30)
    await told(living, said)  # the engine has not woken yet
    assert (await living.case(no)).state.fees == {"acceptance": "paid"}


async def test_who_paid_a_second_too_late_gets_it_back_though_the_engine_slept(living: Living):
    no = await ordered(living)
    living.clock.now = datetime.fromisoformat("2026-11-24T00:00:01+08:00")
    await told(living, await payment(living, no))
    (came,) = await money(living, no)
    assert came.reason == "late"
    await living.engine(no)
    assert (await living.case(no)).state.outcome == "terminated"


async def test_a_payment_whose_message_was_lost_is_found_by_balancing(living: Living):
    no = await ordered(living)
    await payment(living, no)
    assert "paid" not in await living.kinds(no)
    assert no in (await balance(living.house)).found
    assert (await living.case(no)).state.fees == {"acceptance": "paid"}
    assert no not in (await balance(living.house, full=True)).found, "found once"


async def test_a_refund_that_fails_is_kept_seen_and_tried_again(living: Living):
    no = await ordered(living)
    await told(living, await payment(living, no))
    await living.engine(no)
    platform(living).down = True
    try:
        await living.act(no, "withdrawal", "withdraw", "li")
        await living.engine(no)
        assert (await living.kinds(no)).count("refund_failed") == 1
        assert (await balance(living.house)).owing
        async with living.house.db.connection() as conn:
            (owed,) = [r for r in await unfinished_refunds(conn, "430199") if r["case_no"] == no]
            assert await unfinished_refunds(conn, "430100") == []
        assert (owed["refund_tries"], bool(owed["refund_trouble"])) == (2, True)
        assert (await living.kinds(no)).count("refund_failed") == 1, "the log says it once"
        await living.act(no, "rating", "rate", "li", score="5")
        await living.engine(no)
        assert (await living.case(no)).state.stage == "withdrawn", "an archive waits for the money to be back"
    finally:
        platform(living).down = False
    await balance(living.house)
    await living.engine(no)
    case = await living.case(no)
    assert (case.state.fees, case.state.stage) == ({"acceptance": "returned"}, "archived")


async def test_a_refund_is_carried_out_once(living: Living):
    no = await ordered(living)
    await told(living, await payment(living, no))
    await living.engine(no)
    await living.act(no, "withdrawal", "withdraw", "li")
    await living.engine(no)
    (fee,) = await money(living, no)
    at = living.clock.now + timedelta(seconds=1)
    said = platform(living).sign(
        Message("refunded", "", fee.transaction, 4000, at, "again", at, refund="R-OTHER")
    )
    living.clock.now = at
    await told(living, said)
    assert (await living.kinds(no)).count("refunded") == 1


async def test_a_refund_that_nobody_ordered_is_not_found(living: Living):
    no = await ordered(living)
    await told(living, await payment(living, no))
    (fee,) = await money(living, no)
    now = living.clock.now
    said = platform(living).sign(Message("refunded", "", fee.transaction, 4000, now, "n3", now, refund="R1"))
    with pytest.raises(NotFound):
        await told(living, said)


async def test_while_the_platform_is_away_nothing_is_granted_unpaid(living: Living):
    no = await file_card(living)
    await living.engine(no)
    await living.act(no, "acceptance#1", "accept", "clerk")
    platform(living).down = True
    try:
        with pytest.raises(PlatformDown):  # the real engine tries its errand again
            await living.engine(no)
        assert (await living.case(no)).state.fees == {"acceptance": "due"}
        await living.act(no, "review#1", "recommend_grant", "police")
    finally:
        platform(living).down = False
    await living.engine(no)
    with pytest.raises(NotExpected) as unpaid:
        await living.act(no, "decision#1", "grant", "police2")
    assert unpaid.value.code == "unpaid"


async def test_only_the_head_remits_and_only_what_is_owed(living: Living):
    no = await ordered(living)
    reason = {"basis": "减免规定", "reason": "困难家庭"}
    with pytest.raises(NotAllowed):
        await living.act(no, "waiver#acceptance", "waive_fee", "police", **reason)
    await told(living, await payment(living, no))
    with pytest.raises(NotExpected):  # the engine has not taken the offer back yet
        await living.act(no, "waiver#acceptance", "waive_fee", "police2", **reason)


async def test_no_command_pays(living: Living):
    no = await ordered(living)
    for who in ("li", "clerk", "police2"):
        with pytest.raises((NotExpected, NotAllowed)):
            await living.act(no, "payment#acceptance", "accept", who)
    async with living.house.db.connection() as conn:
        commands = await conn.fetchval(
            "SELECT commands FROM task WHERE case_no = $1 AND key = 'payment#acceptance'", no
        )
    assert commands == []


async def test_a_case_withdrawn_before_the_engine_read_its_acceptance_owes_nothing(living: Living):
    no = await file_card(living)
    await living.engine(no)
    await living.act(no, "acceptance#1", "accept", "clerk")
    await living.act(no, "withdrawal", "withdraw", "li")
    await living.engine(no)
    assert (await living.case(no)).state.fees == {}


async def test_paid_and_withdrawn_in_one_breath_is_given_back_and_leaves_nothing_open(living: Living):
    no = await ordered(living)
    await told(living, await payment(living, no))
    await living.act(no, "withdrawal", "withdraw", "li")
    await living.engine(no)
    assert (await living.case(no)).state.fees == {"acceptance": "returned"}
    async with living.house.db.connection() as conn:
        rows = await conn.fetch("SELECT step FROM task WHERE case_no = $1 AND state = 'open'", no)
    assert [r["step"] for r in rows] == ["rating"]


async def test_what_opens_in_the_moment_that_ends_the_case_stays_closed(living: Living):
    """The engine was away past the last day: its wants and the clock's word meet in one sync."""
    no = await ordered(living)
    await living.act(no, "review#1", "recommend_grant", "police")
    living.clock.forward(days=10)
    await living.engine(no)
    assert (await living.case(no)).state.outcome == "terminated"
    async with living.house.db.connection() as conn:
        rows = await conn.fetch(
            "SELECT step FROM task WHERE case_no = $1 AND state = 'open' AND role <> 'supervisor'", no
        )
    assert [r["step"] for r in rows] == ["rating"]


async def test_paid_before_the_engine_opened_the_task_leaves_no_offer_behind(living: Living):
    no = await file_card(living)
    errands = living._errand

    async def and_paid_at_once(case_no: str, errand) -> None:
        await errands(case_no, errand)
        if errand.name == "order_payment":
            await told(living, await payment(living, no))

    living._errand = and_paid_at_once
    try:
        await living.engine(no)
        await living.act(no, "acceptance#1", "accept", "clerk")
        await living.engine(no)
    finally:
        del living._errand
    assert (await living.case(no)).state.fees == {"acceptance": "paid"}
    async with living.house.db.connection() as conn:
        rows = await conn.fetch("SELECT key FROM task WHERE case_no = $1 AND state = 'open'", no)
    assert not {"payment#acceptance", "waiver#acceptance"} & {r["key"] for r in rows}
    assert "refund#acceptance" in {r["key"] for r in rows}


async def test_the_log_does_not_say_why_somebody_pays_less(living: Living):
    no = await ordered(living, low_income=["yes"])
    async with living.house.db.connection() as conn:
        bodies = await conn.fetch("SELECT body FROM case_event WHERE case_no = $1", no)
    assert (await order(living, no)).amount == 20
    assert not any("low-income" in r["body"] or "reduction" in r["body"] for r in bodies)


async def test_a_card_of_the_moment_that_ends_the_case_can_still_be_closed(living: Living):
    """The review is late and the fee unpaid, both found out at once: the case ends, what was late stays late."""
    no = await ordered(living)
    living.clock.forward(days=12)
    await living.engine(no)
    assert (await living.case(no)).state.outcome == "terminated"
    async with living.house.db.connection() as conn:
        rows = await conn.fetch(
            "SELECT 'card:' || k.key AS key, t.state FROM card k LEFT JOIN task t ON t.case_no = k.case_no "
            "AND t.key = 'card:' || k.key WHERE k.case_no = $1",
            no,
        )
    assert rows
    assert {r["state"] for r in rows} == {"open"}
