"""The three codes of an item: built by a scheme that is data, and saying the same."""

import pytest

from forms.codes import schemes, schemes_of

# Published by two cities; the rest are the demonstration's own.
IMPLEMENTATION = ("11370800MB285591843370117002011", "12441500196720244T3442199806003")
BASE = "430131901000"
TASK = f"11430199MB99001A334{BASE}"


@pytest.mark.parametrize("code", IMPLEMENTATION)
def test_published_implementation_codes_parse(code):
    assert list(schemes().problems("implementation", code)) == []
    assert schemes().split("implementation", code)["level"] == "3"


@pytest.mark.parametrize(
    ("code", "text", "says"),
    [
        ("base", BASE, ""),
        ("base", BASE[:-1], "must have 12 characters, has 11"),
        ("base", "99" + BASE[2:], "its region `99` is no province"),
        ("base", "43" + "77" + BASE[4:], "its type `77` is not in the table task_types: use one of 01"),
        ("base", BASE[:-1] + "x", "its sub `00x` must be digits"),
        ("implementation", TASK, ""),
        (
            "implementation",
            TASK.replace("A33", "A32"),
            "its body `11430199MB99001A32` is not a valid unified",
        ),
        ("implementation", TASK[:18] + "7" + BASE, "its level `7` is not in the table use_levels"),
        ("handling", TASK + "01", ""),
        ("handling", TASK + "1", "must have 33 characters"),
        ("handling", TASK + "0٣", "its serial `0٣` must be digits"),
    ],
)
def test_what_is_wrong_with_a_code_is_said_segment_by_segment(code, text, says):
    problems = list(schemes().problems(code, text))
    assert (problems == []) if says == "" else any(problem.startswith(says) for problem in problems), problems


def test_another_provinces_scheme_is_only_data():
    """贵州 DB52/T 1264: two letters of type, five digits of main item, three of sub item."""
    other = schemes_of(
        {
            "base": [{"name": "type", "length": 2, "of": "letters"}, {"name": "main", "length": 5}, {"name": "sub", "length": 3}],
            "implementation": [{"name": "base", "length": 10, "of": "base"}],
            "handling": [{"name": "implementation", "length": 10, "of": "implementation"}, {"name": "serial", "length": 2}],
        }
    )  # fmt: skip
    assert other.split("base", "XK00123001") == {"type": "XK", "main": "00123", "sub": "001"}
    assert list(other.problems("handling", "XK0012300101")) == []
