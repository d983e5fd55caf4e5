"""An item is suspended, resumed and withdrawn: from which day on, and what calls off what."""

from datetime import date

import pytest

from services.law.item_life import Change, State, Turn, hindrance, standing

TODAY = date(2026, 11, 25)
LATER = date(2026, 12, 31)


def suspended(on: date = TODAY) -> Change:
    return Change(Turn.SUSPENDED, on, "系统升级")


def resumed(on: date = TODAY) -> Change:
    return Change(Turn.RESUMED, on, "升级完成")


def withdrawn(on: date = TODAY) -> Change:
    return Change(Turn.WITHDRAWN, on, "依据的规章已废止")


def test_what_is_planned_holds_from_its_day_on():
    story = [withdrawn(LATER)]
    assert standing(story, TODAY).open
    assert standing(story, TODAY).planned == withdrawn(LATER)
    assert standing(story, LATER).state is State.WITHDRAWN


def test_a_suspension_does_not_call_off_a_planned_withdrawal_and_resuming_does():
    assert standing([withdrawn(LATER), suspended()], LATER).state is State.WITHDRAWN
    assert standing([withdrawn(LATER), suspended(), resumed()], LATER).open


def test_a_suspension_may_say_at_once_when_it_ends():
    story = [suspended(), resumed(LATER)]
    assert standing(story, TODAY).state is State.SUSPENDED
    assert standing(story, LATER).open


@pytest.mark.parametrize(
    ("story", "turn", "day", "may"),
    [
        ([], Turn.SUSPENDED, TODAY, True),
        ([], Turn.SUSPENDED, date(2026, 11, 24), False),  # not for days that are over
        ([], Turn.RESUMED, TODAY, False),
        ([suspended()], Turn.SUSPENDED, TODAY, False),
        ([suspended()], Turn.RESUMED, TODAY, True),
        ([suspended()], Turn.WITHDRAWN, TODAY, True),
        ([withdrawn(LATER)], Turn.RESUMED, TODAY, True),  # which calls the withdrawal off
        ([withdrawn(LATER)], Turn.WITHDRAWN, LATER, False),
        ([withdrawn()], Turn.RESUMED, TODAY, False),  # a code is never used again
        ([withdrawn()], Turn.SUSPENDED, LATER, False),
    ],
)
def test_which_turn_may_follow(story: list[Change], turn: Turn, day: date, may: bool):
    assert (hindrance(story, turn, day, TODAY) is None) is may
