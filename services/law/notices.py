"""Reading a notice of days off (放假安排): checked whole, because one wrong date moves every due date of the province."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

_DAY = timedelta(days=1)
# Every process reads all years as it starts: 7 ms with libyaml, 48 without.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NEEDED = ("year", "edition", "source", "holidays")
_KNOWN = {*_NEEDED, "district", "work"}
_OF_HOLIDAY = {"zh", "en", "from", "to", "work"}
LONGEST = 20_000  # characters; a year's notice has about a thousand


class Words(NamedTuple):
    """A phrase of the law in both languages of the screens."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


# 全国年节及纪念日放假办法 (2024) art. 2: the holidays that fall on the same date every year.
FIXED_HOLIDAYS: Mapping[tuple[int, int], Words] = {
    (1, 1): Words(zh="元旦", en="New Year"),
    (5, 1): Words(zh="劳动节", en="Labour Day"),
    (5, 2): Words(zh="劳动节", en="Labour Day"),
    (10, 1): Words(zh="国庆节", en="National Day"),
    (10, 2): Words(zh="国庆节", en="National Day"),
    (10, 3): Words(zh="国庆节", en="National Day"),
}
_FIXED_SINCE = 2025  # before that 劳动节 was a single day


class CalendarError(ValueError):
    """A notice contradicts itself; the message names the file, the key and the remedy."""

    def __init__(self, where: str, zh: str, en: str) -> None:
        super().__init__(f"{where}: {en}")
        self.words = Words(zh, en)


@dataclass(frozen=True, slots=True)
class Notice:
    """One year as published; with a district, the days that are different there alone."""

    year: int
    edition: int
    source: str
    holidays: Mapping[date, Words]
    make_up: frozenset[date]
    district: str = ""

    @property
    def days(self) -> tuple[frozenset[date], frozenset[date]]:
        """What it says, whatever it calls it: the days off and the days on."""
        return frozenset(self.holidays), self.make_up


@lru_cache(maxsize=256)
def read_text(text: str, where: str) -> Notice:
    """Raises CalendarError."""
    if len(text) > LONGEST:
        raise CalendarError(where, f"超过 {LONGEST} 个字符", f"is longer than {LONGEST} characters")
    try:
        # An alias can stand for itself a thousandfold: a page of text that says gigabytes.
        aliased = any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, _LOADER))
        data = None if aliased else yaml.load(text, _LOADER)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 0
        raise CalendarError(where, f"第 {line} 行不是 YAML 格式", f"line {line} is not YAML") from wrong
    except (yaml.YAMLError, ValueError) as wrong:  # 2027-02-30 is a ValueError
        raise CalendarError(where, f"无法读取：{wrong}", f"cannot be read: {wrong}") from wrong
    if aliased:
        raise CalendarError(where, "不能使用 YAML 别名（*）", "aliases (*) are not for notices; write it out")
    return read_notice(data, where)


def read_notice(data: Any, where: str) -> Notice:
    """Raises CalendarError."""
    _know(data, where)
    year = _number(data, "year", where)
    holidays: dict[date, Words] = {}
    make_up = set(_days(data, "work", year, where))
    for holiday in data["holidays"]:
        name = Words(zh=str(holiday["zh"]), en=str(holiday["en"]))
        holidays.update(dict.fromkeys(_off(holiday, year, where), name))
        make_up.update(_days(holiday, "work", year, where))
    district = str(data.get("district") or "")
    notice = Notice(
        year, _number(data, "edition", where), str(data["source"]), holidays, frozenset(make_up), district
    )
    _contradictions(notice, where)
    return notice


def _know(data: Any, where: str) -> None:
    """Every key that is needed, and none that nobody reads."""
    if not isinstance(data, dict):
        keys = ", ".join(_NEEDED)
        raise CalendarError(where, f"应当是带有 {keys} 的 YAML 表", f"must be a YAML mapping with {keys}")
    for key in _NEEDED:
        if data.get(key) is None:
            raise CalendarError(where, f"缺少 {key}", f"'{key}' is missing; write {', '.join(_NEEDED)}")
    _no_others(data, _KNOWN, where)
    if not isinstance(data["holidays"], list):
        raise CalendarError(where, "holidays 应当是列表", "holidays: must be a list")
    for holiday in data["holidays"]:
        if not isinstance(holiday, dict) or not {"zh", "en", "from", "to"} <= holiday.keys():
            raise CalendarError(
                where,
                f"holidays 每项要有 zh、en、from、to，这一项没有：{holiday}",
                f"holidays: each needs zh, en, from and to, this one does not have them: {holiday}",
            )
        _no_others(holiday, _OF_HOLIDAY, where)


def _no_others(data: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(str(key) for key in data if key not in known):
        names = ", ".join(unknown)
        raise CalendarError(where, f"不认识的内容：{names}", f"{names}: not known here; take it out")


def _number(data: Mapping[str, Any], key: str, where: str) -> int:
    value = data[key]
    if type(value) is not int or not 1 <= value <= 9998:
        raise CalendarError(where, f"{key} 应当是数字，现在是 {value}", f"{key}: {value} is not a number")
    return value


def _day(value: Any, key: str, year: int, where: str) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise CalendarError(
            where, f"{key}：{value} 不是日期，请写成 {year}-01-31", f"{key}: {value} is not a date; write {year}-01-31"
        )  # fmt: skip
    if value.year != year:
        raise CalendarError(
            where,
            f"{key}：{value} 不在 {year} 年，请放进 {value.year} 年的安排",
            f"{key}: {value} is not in {year}; put it in {value.year}.yaml",
        )
    return value


def _days(data: Mapping[str, Any], key: str, year: int, where: str) -> list[date]:
    listed = data.get(key) or []
    if not isinstance(listed, list):
        raise CalendarError(
            where, f"{key} 应当是日期的列表，如 [{year}-01-31]", f"{key}: must be a list, [{year}-01-31]"
        )
    return [_day(day, key, year, where) for day in listed]


def _off(holiday: Mapping[str, Any], year: int, where: str) -> Iterator[date]:
    first, last = (_day(holiday[key], key, year, where) for key in ("from", "to"))
    if last < first:
        raise CalendarError(
            where,
            f"{holiday['zh']}：{last} 早于 {first}，请核对起止日期",
            f"{holiday['en']}: {last} is before {first}; check from and to",
        )
    while first <= last:
        yield first
        first += _DAY


def _contradictions(notice: Notice, where: str) -> None:
    for day in sorted(notice.make_up):
        # What is a day off nationwide is not known here, so of a district's days only the plain contradiction is.
        if day in notice.holidays or (not notice.district and day.weekday() < 5):
            raise CalendarError(
                where,
                f"work：{day} 不是放假以外的周末，请核对通知",
                f"work: {day} is not a weekend outside the holidays; check the notice",
            )


def require_fixed_holidays(notice: Notice, where: str) -> None:
    """A year's notice says how the fixed holidays fall, so one that leaves any out is not whole."""
    if notice.district or notice.year < _FIXED_SINCE:
        return
    for (month, number), name in FIXED_HOLIDAYS.items():
        if (day := date(notice.year, month, number)) not in notice.holidays:
            raise CalendarError(
                where,
                f"holidays：缺少 {day}（{name.zh}）。全国年节及纪念日放假办法第二条",
                f"holidays: {day} ({name.en}) is left out; the Measures on Holidays, art. 2, fix it",
            )
