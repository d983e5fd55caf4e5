"""When people of the month do things: staff in the hall's hours, citizens on the web at any decent hour."""

from datetime import date, datetime, time, timedelta
from random import Random

from services.law.calendar import Calendar
from services.law.counting import SHANGHAI, Terms, after_working

_READY = time(11)  # from this hour on a day has had a morning, and counts as the last one


class Office:
    def __init__(self, calendar: Calendar, now: datetime, rng: Random) -> None:
        self.calendar, self.rng = calendar, rng
        local = now.astimezone(SHANGHAI)
        day = local.date()
        if not calendar.is_workday(day) or local.time() < _READY:
            day = self._workday_before(day)
        self.last_day = day

    def _workday_before(self, day: date) -> date:
        day -= timedelta(days=1)
        while not self.calendar.is_workday(day):
            day -= timedelta(days=1)
        return day

    def morning(self, days_ago: int) -> datetime:
        """A moment of the morning, so many working days before the last one."""
        day = self.last_day
        for _ in range(days_ago):
            day = self._workday_before(day)
        minutes = self.rng.randrange(5, 105)
        return datetime.combine(day, time(9), SHANGHAI) + timedelta(
            minutes=minutes, seconds=self.rng.randrange(60)
        )

    def evening(self, days_ago: int) -> datetime:
        """The evening before such a morning, when people have time for forms."""
        return self.morning(days_ago + 1).replace(hour=19)

    def after(self, moment: datetime, hours: float) -> datetime:
        """So many working hours later, give or take."""
        length = timedelta(hours=hours * self.rng.uniform(0.7, 1.3))
        end = after_working(length, Terms(0, "working_hours", moment.astimezone(SHANGHAI), self.calendar, ()))
        assert end is not None
        return end
