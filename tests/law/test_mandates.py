"""A mandate gives what it names, for the items it names, and nothing else."""

import pytest

from services.law.case import CaseState
from services.law.mandates import Mandate
from services.law.policy import Expected, Parties, Why, may, may_apply_for, may_take, owns
from services.law.roles import Actor, Role
from services.law.stages import Stage

MARKET = "11430199MB99001A33"


def agent(*actions: str, items: tuple[str, ...] = ("food-licence",), department: str = "") -> Actor:
    given = Mandate("m", "firm", frozenset(items), department, frozenset(actions))
    return Actor("a", "citizen", "李样本", (), frozenset({"li"}), (given,))


def case(item: str = "food-licence", filer: str = "somebody", department: str = MARKET) -> Parties:
    return Parties("firm", filer, item, department)


def test_who_may_apply_follows_what_they_filed_and_nothing_else():
    assert owns(agent("apply"), case(filer="a"))
    assert not owns(agent("apply"), case())
    assert owns(agent("see"), case())


def test_nobody_corrects_what_they_may_not_read_but_who_only_collects_reads_nothing():
    assert owns(agent("correct"), case())
    assert not owns(agent("collect"), case())


def test_another_item_or_another_principal_is_outside():
    assert not owns(agent("see"), case(item="food-licence-change"))
    assert not owns(agent("see"), Parties("another", None, "food-licence", MARKET))
    assert may_apply_for(agent("apply"), "food-licence", MARKET) == {"li", "firm"}
    assert may_apply_for(agent("apply"), "individual-business", MARKET) == {"li"}
    assert may_apply_for(agent("see"), "food-licence", MARKET) == {"li"}


def test_a_department_means_all_its_items_and_no_complaint():
    whole = agent("see", items=(), department=MARKET)
    assert owns(whole, case(item="anything"))
    assert not owns(whole, case(department=""))  # of a work order the parties name no department


@pytest.mark.parametrize("command", ["plead", "request_hearing", "waive_hearing", "rate"])
def test_hearings_pleas_and_ratings_stay_with_the_applicant(command: str):
    task = Expected(Role.APPLICANT, (command,), MARKET, "430199")
    assert may_take(agent("apply", "correct", "withdraw", "see"), task, case(filer="a")) == Why.NOT_YOURS


def test_a_task_that_takes_two_acts_takes_from_an_agent_the_one_they_were_given():
    task = Expected(Role.APPLICANT, ("resubmit", "withdraw"), MARKET, "430199")
    correcting = CaseState(stage=Stage.CORRECTING)
    assert may(agent("correct"), task, case(), correcting, "resubmit") is None
    assert may(agent("correct"), task, case(), correcting, "withdraw") == Why.OUTSIDE
