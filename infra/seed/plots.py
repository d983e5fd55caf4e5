"""The cast list of the month: how many cases of which item end how, and when they began.

An ending says where people stop; the clock goes on. So a case accepted nine working days ago and then left lying has
by now its warnings and cards, and one left unread for six was accepted by silence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from infra.seed.applications import application
from infra.seed.fees import identity_card
from infra.seed.forms import Application, business, food, on_promise, residence, with_gaps
from infra.seed.month import Month, Story
from infra.seed.orders import CALLS, LATE_CASE, order
from infra.seed.others import plan_others
from infra.seed.revocations import revocation

Write = Callable[[Any, bool], Application]  # by whom, and whether with the faults that 补正 is about


@dataclass(frozen=True, slots=True)
class Plot:
    ending: str
    ages: tuple[int, ...]  # working days ago, one case each
    corrected: bool = False


FOOD = (
    Plot("rated", (25, 23, 22, 20, 19, 17, 16, 14)),
    Plot("rated", (24, 15), corrected=True),
    Plot("concluded", (21, 18, 14, 11)),
    Plot("refused", (20, 12)),
    Plot("delivering", (19, 13, 6, 5)),
    Plot("reviewed", (5, 3)),
    Plot("sent_back", (4,)),
    Plot("in_review", (8, 3)),
    Plot("accepted", (14, 7, 5, 4, 2, 2, 1)),
    Plot("received", (8, 6)),  # accepted by silence
    Plot("received", (5, 4, 1, 1, 0)),
    Plot("received", (3,), corrected=True),
    Plot("correcting", (23, 21)),  # nothing came: terminated
    Plot("correcting", (6, 2)),
    Plot("declined", (15, 4)),
    Plot("withdrawn", (10, 3)),
    Plot("special", (6, 4)),  # a laboratory is at it: the clock stands still
    Plot("assigned", (3, 2)),
    Plot("extended", (9,)),
    Plot("hearing", (5,)),
    Plot("voided", (2,)),
)
# 告知承诺 and 容缺受理
PROMISED = (
    Plot("kept", (20,)),
    Plot("rated", (16,)),
    Plot("to_rectify", (11,)),
    Plot("concluded", (7,)),
    Plot("accepted", (0,)),
)
GAPS = (
    Plot("accepted", (9,)),  # nothing came: terminated as promised
    Plot("accepted", (2, 1)),
)
RESIDENCE = (
    Plot("rated", (24, 22, 21, 19, 18, 17, 15, 13)),
    Plot("rated", (23,), corrected=True),
    Plot("concluded", (20, 16, 12, 9, 7)),
    Plot("refused", (14,)),
    Plot("delivering", (8, 6, 4)),
    Plot("reviewed", (9, 4, 3)),
    Plot("accepted", (12, 6, 5, 3, 2, 1)),
    Plot("received", (7,)),
    Plot("received", (4, 2, 1, 0)),
    Plot("correcting", (9, 3)),
    Plot("declined", (13,)),
    Plot("withdrawn", (8,)),
)
BUSINESS = (
    Plot("rated", (25, 24, 23, 21, 20, 19, 18, 17, 15, 14, 12)),
    Plot("rated", (16,), corrected=True),
    Plot("concluded", (22, 13, 10, 7, 6, 5)),
    Plot("refused", (9,)),
    Plot("delivering", (2, 1)),
    Plot("accepted", (5, 1)),
    Plot("received", (1, 0)),
    Plot("correcting", (4,)),
    Plot("declined", (6,)),
    Plot("withdrawn", (5,)),
)
ORDERS = (
    Plot("closed", (24, 21, 19, 16, 14, 11, 9)),
    Plot("answered", (22, 17, 12, 6, 2)),
    Plot("out_of_scope", (15, 5)),
    Plot("reworked", (8,)),
    Plot("replied", (6, 4)),
    Plot("handling", (9, 3, 2, 1)),
    Plot("dispatched", (1, 0)),
    Plot("registered", (0,)),
)
# 收费: what is owed, was paid, went back
CARDS = (("owing", 3), ("owing", 1), ("paid", 4), ("taken_back", 7), ("given_back", 6), ("served", 12))
# 依职权: the first has to find a licence that was granted by then
REVOCATIONS = (("revoked", 15), ("told", 3), ("opened", 1))
LINKED = (("closed", 13), ("handling", 4), ("closed", 9))


def plan_all(m: Month) -> None:
    """Write every story into the agenda; who plays in which is drawn from the month's lot."""
    _applications(m, FOOD, m.cast.firms, lambda who, poor: food(m, who, poor=poor))
    _applications(m, PROMISED, m.cast.firms, lambda who, poor: on_promise(food(m, who)))
    _applications(m, GAPS, m.cast.firms, lambda who, poor: with_gaps(food(m, who)))
    _applications(m, RESIDENCE, m.cast.citizens, lambda who, poor: residence(m, who))
    _applications(m, BUSINESS, m.cast.citizens, lambda who, poor: business(m, who))
    _demo_people(m)
    plan_others(m)
    calls = 0
    for plot in ORDERS:
        for age in plot.ages:
            call, calls = CALLS[calls % len(CALLS)], calls + 1
            m.plan(m.office.morning(age), order(m, call, plot.ending, by_phone=calls % 3 != 0))
    for n, (ending, age) in enumerate(CARDS):
        m.plan(m.office.morning(age), identity_card(m, m.cast.citizens[-1 - n], ending))
    for ending, age in REVOCATIONS:
        m.plan(m.office.morning(age), revocation(m, ending))
    for ending, age in LINKED:
        m.plan(m.office.morning(age), _about_a_case(m, ending))


def _applications(m: Month, plots: Sequence[Plot], people: Sequence[Any], write: Write) -> None:
    turn = m.rng.randrange(len(people))
    for plot in plots:
        for age in plot.ages:
            turn += 1
            _one(m, plot, age, people[turn % len(people)], write)


def _one(m: Month, plot: Plot, age: int, who: Any, write: Write) -> None:
    counter = m.rng.random() < 0.3
    at_night = not counter and age and m.rng.random() < 0.25
    poor = plot.corrected or plot.ending == "correcting"
    again = write(who, False) if plot.corrected else None
    story = application(m, write(who, poor), plot.ending, counter=counter, again=again)
    m.plan(m.office.evening(age) if at_night else m.office.morning(age), story)


def _demo_people(m: Month) -> None:
    """Something to see for whoever signs in with a printed account. Chen's food licence is left to the visitor."""
    chen, li, wang = (m.cast.demo_citizen(name) for name in ("chen", "li", "wang"))
    m.plan(m.office.morning(6), application(m, business(m, chen), "concluded", counter=False))
    firm = m.cast.demo_firm("li")
    m.plan(m.office.morning(3), application(m, food(m, firm, poor=True), "correcting", counter=False))
    m.plan(m.office.morning(12), application(m, residence(m, li), "rated", counter=False))
    m.plan(m.office.morning(2), application(m, residence(m, wang), "accepted", counter=True))


async def _about_a_case(m: Month, ending: str) -> Story:
    """A complaint about whichever food licence was filed last: the order shows in that case's history."""
    async for moment in order(m, LATE_CASE, ending, by_phone=True, linked=m.filed["food-licence"][-1]):
        yield moment
