"""Stories of lost identity cards: what a replacement costs is owed, paid, or goes back."""

from datetime import timedelta

from infra.seed.forms import Application, lost_card
from infra.seed.month import Month, Story
from infra.seed.people import Citizen

_BACK = {"basis": "《行政许可法》第五十八条", "reason": "缴费后经核对，申请人属于免收对象。"}


async def identity_card(m: Month, citizen: Citizen, ending: str) -> Story:
    """From filing to the ending: owing, paid, taken_back (withdrawn after paying), given_back (by the head), served."""
    a = lost_card(m, citizen)
    no = await m.file(citizen.actor, a.item, a.raw, a.papers, a.applicant)
    yield m.after(3)
    await m.act(no, "acceptance", "accept", m.cast.staff("clerk2"))
    if ending == "owing":
        return
    yield m.clock.now + timedelta(hours=m.rng.uniform(1, 20))
    await m.pay(no)
    yield m.after(4)
    if ending == "taken_back":
        await m.act(no, "withdrawal", "withdraw", citizen.actor, reason="原来的身份证找到了")
    if ending == "given_back":
        await m.act(no, "refund", "refund_fee", m.cast.staff("police2"), **_BACK)
    if ending == "served":
        async for moment in _to_the_end(m, no, a):
            yield moment


async def _to_the_end(m: Month, no: str, a: Application) -> Story:
    await m.act(no, "review", "recommend_grant", m.cast.staff("police"), opinion="人口信息一致，建议准予。")
    yield m.after(5)
    await m.act(no, "decision", "grant", m.cast.staff("police2"))
    yield m.after(8)
    await m.act(
        no,
        "delivery",
        "deliver",
        m.cast.staff("clerk2"),
        mode="direct",
        recipient=a.citizen.name,
        relation="本人",
    )
