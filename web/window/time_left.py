"""The time left of a task, in words and colour."""

from datetime import date, datetime

from forms import Item
from services.house import House
from services.law.clock import SHANGHAI, Due, Terms, instant, remaining
from web.i18n import translate

Light = tuple[str, str]  # its class: ok, near, over, or "" without a limit; and its words


class TimeLeft:
    """At one moment. Many rows of a list share a date, so each date is counted once."""

    def __init__(self, house: House, lang: str) -> None:
        self._house, self._now, self._lang = house, house.now(), lang
        self._known: dict[tuple[datetime, str, str], Light] = {}

    def __call__(self, at: datetime | None, on: date | None, unit: str, district: str = "") -> Light:
        if at is None or on is None:
            return "", ""
        found = self._known.get((at, unit, district))
        if found is None:
            found = self._known[(at, unit, district)] = self._count(at, on, unit, district)
        return found

    def _count(self, at: datetime, on: date, unit: str, district: str) -> Light:
        calendar = self._house.at_home(district).calendar
        terms = Terms(0, unit, instant(self._now), calendar, ())
        left = remaining(Due(on, at, provisional=False, open=False, terms=terms), self._now)
        late = self._now >= at
        return _colour(left, late, unit), self._words(left, unit, late, at)

    def _words(self, left: int, unit: str, late: bool, at: datetime) -> str:
        if unit == "working_hours":
            if not late and left == 0:
                return translate(self._lang, "%(time)s 前", time=f"{at.astimezone(SHANGHAI):%H:%M}")
            return _say(self._lang, left, "hours", late)
        if left == 0 and not late:
            return translate(self._lang, "今天到期")
        return _say(self._lang, left, "working" if unit == "working_days" else "days", late)


def _colour(left: int, late: bool, unit: str) -> str:
    if late or left < 0:
        return "over"
    return "near" if left <= (4 if unit == "working_hours" else 1) else "ok"


def _say(lang: str, left: int, unit: str, late: bool) -> str:
    n = abs(left)
    if late or left < 0:
        words = {
            "working": translate(lang, "已超 %(n)s 个工作日", n=n),
            "days": translate(lang, "已超 %(n)s 天", n=n),
            "hours": translate(lang, "已超 %(n)s 个工作小时", n=n),
        }
    else:
        words = {
            "working": translate(lang, "还有 %(n)s 个工作日", n=n),
            "days": translate(lang, "还有 %(n)s 天", n=n),
            "hours": translate(lang, "还有 %(n)s 个工作小时", n=n),
        }
    return words[unit]


def unit_of(item: Item, step: str) -> str:
    """The unit in which the step's own limit counts."""
    for s in item.procedure.steps:
        if s.code == step:
            return s.limit.unit
    limits = {"acceptance": item.acceptance, "delivery": item.delivery, "correction": item.correction}
    return limits[step].unit if step in limits else "working_days"
