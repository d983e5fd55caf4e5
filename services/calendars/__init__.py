"""工作日历: the notices of days off as they were announced, and the calendar that each district is counted by."""

from services.calendars.current import Calendars, Filed
from services.calendars.loading import CHANNEL, check, load_notice, ship

__all__ = ["CHANNEL", "Calendars", "Filed", "check", "load_notice", "ship"]
