"""The supervisor's afternoons: looking at the cards of the day before, and closing those that are explained."""

from datetime import timedelta

from infra.seed.month import Month, Story
from services.supervision.queries import CardFilter, find_cards

_A_DAY = timedelta(days=1)
_CLOSED = 0.25  # of the open cards on an afternoon; some stay open, so that there is something to see
_GROUNDS = (
    ("rectified", "承办人已补办并说明情况，已整改。"),
    ("explained", "核查当天承办人员参加统一行动，说明成立。"),
    ("applicant", "申请人要求延后现场核查，有通话记录。"),
    ("system_fault", "当日系统升级，影响两小时。"),
)


async def afternoons(m: Month) -> Story:
    while True:
        yield m.after(7)
        async with m.house.db.connection() as conn:
            cards = await find_cards(conn, CardFilter(), limit=500)
        for card in cards:
            if card["raised_at"] < m.clock.now - _A_DAY and m.rng.random() < _CLOSED:
                ground, reason = m.rng.choice(_GROUNDS)
                task, actor = f"card:{card['key']}", m.cast.staff("supervisor")
                await m.act(card["case_no"], task, "close_card", actor, ground=ground, reason=reason)
