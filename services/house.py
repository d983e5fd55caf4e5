"""What a request or an activity needs to work: the store, the vault, the catalogue, the calendar, the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from services.calendars.current import Calendars, OneCalendar
from services.catalogue import Catalogue
from services.law.calendar import Calendar
from services.notices.sms import Sms, StoredSms
from services.payments.platform import NoPlatform, Platform
from services.registries.exchange import Exchange, NoExchange
from services.signing.seals import NoSeals, Seals
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
    calendars: Calendars
    files: Files
    base_url: str = "http://127.0.0.1:8000"  # what QR codes on documents point to
    clock: Callable[[], datetime] = wall_clock
    seals: Seals = field(default_factory=NoSeals)
    platform: Platform = field(default_factory=NoPlatform)
    sms: Sms = field(default_factory=StoredSms)
    exchange: Exchange = field(default_factory=NoExchange)

    @property
    def calendar(self) -> Calendar:
        """The whole country's; for what belongs to a case ask the house `at_home` in its district."""
        return self.calendars.of()

    def at_home(self, district: str) -> "House":
        """The same house, counting by the district's own days where it has any."""
        here = self.calendars.of(district)
        return self.counting_by(here) if here.local else self

    def counting_by(self, calendar: Calendar) -> "House":
        return replace(self, calendars=OneCalendar(calendar))

    def now(self) -> datetime:
        """The store's clock is the legal clock: an aware instant."""
        return self.clock()
