"""Where the house finds its seals, and what is said of them before anything is sealed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra.doctor import seals
from infra.seals import seals_of
from infra.settings import Settings
from services.signing.demo import DemoSeals
from services.signing.seals import NoSeal, NoSeals


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load(home=tmp_path, demo=True)


def test_a_demonstration_certifies_its_own_in_its_home(settings):
    found = seals_of(settings)
    assert isinstance(found, DemoSeals)
    assert found.roots[0].not_valid_before_utc < datetime(2004, 1, 1, tzinfo=UTC)  # our calendars begin there
    assert (settings.home / "seals" / "ca.pem").stat().st_mode & 0o777 == 0o600


def test_anybody_else_brings_them_or_seals_nothing(tmp_path):
    assert isinstance(seals_of(Settings.load(home=tmp_path)), NoSeals)
    with pytest.raises(NoSeal, match="roots"):
        seals_of(Settings.load(home=tmp_path, seals=tmp_path))


def test_parts_in_other_folders_find_the_same_seals(settings):
    assert "ONEWINDOW_SEALS" not in settings.environment()
    named = Settings.load(home=settings.home, seals="own-seals")
    assert named.environment()["ONEWINDOW_SEALS"] == str(Path("own-seals").absolute())


def test_the_doctor_says_whose_seals_they_are(settings):
    assert seals(settings).state == "later"
    _ = seals_of(settings).roots
    found = seals(settings)
    assert (found.state, "演示 DEMO" in found.what) == ("good", True)
    assert seals(Settings.load(home=settings.home, seals=settings.home)).state == "missing"
