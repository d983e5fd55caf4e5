"""差评整改: every bad rating is called back about, dealt with and answered, by none of those it may be about."""

from services.law.roles import Role
from services.law.wants import ANYBODYS, Entry, Open, Span
from workflows.desk import Desk

# Local practice, counted from the rating.
CONTACT = Span(1, "working_days")
AMENDS = Span(5, "working_days")
AMENDS_IF_COMPLEX = Span(15, "working_days")
_BAD = ("1", "2")


async def make_amends(desk: Desk, rating: Entry) -> None:
    """Nobody is asked to rate again: the answer goes to whoever rated, and that is the end of it."""
    if rating.kind != "rated" or rating.facts["score"] not in _BAD:
        return
    contact = await _expect(desk, "amends_contact", "contact_rater", CONTACT, rating, "S01W")
    within = AMENDS_IF_COMPLEX if contact.facts["complex"] == "True" else AMENDS
    await _expect(desk, "amends", "answer_rating", within, rating, "S01")


async def _expect(desk: Desk, step: str, command: str, within: Span, rating: Entry, rule: str) -> Entry:
    return await desk.expect(
        Open(
            step, step, Role.REVIEWER, [command], within, since=rating.on, warn_rule="T03", due_rule=rule,
            unlike=[ANYBODYS],
        )
    )  # fmt: skip
