"""`onewindow clock-ahead`: legal time runs ahead where people train, and nowhere else."""

from datetime import timedelta

import pytest

from infra.settings import Problem, Settings
from infra.training import move_clock, read_duration


@pytest.mark.parametrize(
    ("text", "meant"),
    [("3d", timedelta(days=3)), ("8h", timedelta(hours=8)), (" 45M ", timedelta(minutes=45))],
)
def test_a_duration_is_a_number_and_a_unit(text: str, meant: timedelta) -> None:
    assert read_duration(text) == meant


@pytest.mark.parametrize("text", ["", "3", "d", "-3d", "3 days", "3w", "1.5h", "99999d"])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Problem, match="Write 3d, 8h or 45m"):
        read_duration(text)


async def test_legal_time_of_a_real_office_cannot_be_moved(tmp_path) -> None:
    with pytest.raises(Problem, match="Legal time is the wall's"):
        await move_clock(Settings.load(home=tmp_path, demo=False), timedelta(days=1))
    assert list(tmp_path.iterdir()) == []
