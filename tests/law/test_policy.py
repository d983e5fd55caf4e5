"""Who may decide about a card: nobody of the unit that got it, nobody whose hand was on the case."""

import pytest

from services.law.case import CaseState
from services.law.policy import Expected, Parties, Why, may
from services.law.roles import Actor, Grant, Role

MARKET, POLICE = "11430199MB99001A33", "11430199MB99005A9C"
REVIEW = Expected(Role.SUPERVISOR, ("uphold_card", "revoke_card"), MARKET, "430199")
NOBODY = Parties(None, None)


def supervisor(*more: Grant) -> Actor:
    return Actor("s", "staff", "周监督", (Grant(Role.SUPERVISOR, "", "430199"), *more))


@pytest.mark.parametrize("command", ["uphold_card", "revoke_card"])
def test_the_unit_that_was_carded_reviews_no_appeal_of_its_own(command: str):
    of_the_unit = supervisor(Grant(Role.REVIEWER, MARKET, "430199"))
    of_another = supervisor(Grant(Role.REVIEWER, POLICE, "430199"))
    assert may(of_the_unit, REVIEW, NOBODY, CaseState(), command) == Why.FOUR_EYES
    assert may(of_another, REVIEW, NOBODY, CaseState(), command) is None


def test_whoever_handled_the_case_reviews_no_appeal_either():
    state = CaseState(acted={"acceptance": ["s"]})
    assert may(supervisor(), REVIEW, NOBODY, state, "revoke_card") == Why.FOUR_EYES


def test_a_rating_is_not_about_those_who_make_amends_for_it():
    state = CaseState(acted={"review": ["reviewer"], "amends_contact": ["liaison"]})
    assert state.handlers == {"reviewer"}
    assert state.hands == {"reviewer", "liaison"}
