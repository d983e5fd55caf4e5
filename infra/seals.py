"""Which seals the house's documents carry."""

from infra.settings import Settings
from services.signing.demo import DemoSeals
from services.signing.files import FiledSeals
from services.signing.seals import NoSeals, Seals


def seals_of(settings: Settings) -> Seals:
    """The departments' own where there are any; a demonstration certifies its own. Raises NoSeal."""
    if settings.seals:
        return FiledSeals(settings.seals)
    return DemoSeals(settings.home / "seals") if settings.demo else NoSeals()
