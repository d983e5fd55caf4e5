"""What a request or an activity needs to work: the store, the vault, the catalogue, the calendar, the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from services.catalogue import Catalogue
from services.law.calendar import Calendar
from services.store.crypto import Vault
from services.store.db import Database
from services.store.files import Files


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass
class House:
    db: Database
    vault: Vault
    items: Catalogue
    calendar: Calendar
    files: Files
    base_url: str = "http://127.0.0.1:8000"  # what QR codes on documents point to
    clock: Callable[[], datetime] = wall_clock

    def now(self) -> datetime:
        """The store's clock is the legal clock: an aware instant."""
        return self.clock()
