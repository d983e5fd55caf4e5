"""What goes wrong is logged with its place, without the data that was in hand."""

from collections.abc import Iterator

import pytest
import structlog

from infra.logs import log_plainly


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def break_on(name: str) -> None:
    raise ValueError("broken " + str(len(name)))


def test_a_bug_is_logged_with_its_place_and_without_values(capsys: pytest.CaptureFixture[str]):
    log_plainly()
    try:
        break_on("陈示例")
    except ValueError:
        structlog.get_logger().exception("bug", route="/cases/{no}")
    said = capsys.readouterr().out
    assert "break_on" in said
    assert "broken 3" in said
    assert "/cases/{no}" in said
    assert "陈示例" not in said.replace('break_on("陈示例")', "")
