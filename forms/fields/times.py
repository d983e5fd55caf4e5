"""Fields answered with a day, or with two."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal

from pydantic import Field as Constraint

from forms import scrub
from forms.fields.base import FieldBase, Given, Problem
from forms.fields.numbers import Bounded
from forms.text import Text

# Without separators only eight digits are unambiguous: 2026111 is two different days.
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_EIGHT_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


class Day(Bounded):
    """A calendar day as YYYY-MM-DD. No rule about today: this room has no clock."""

    kind: Literal["date"]
    not_before: date = date(1900, 1, 1)
    not_after: date = date(2199, 12, 31)

    def coerce(self, text: str) -> str:
        written = scrub.narrow(text)
        if not written:
            return ""
        parts = _DAY.fullmatch(written) or _EIGHT_DIGITS.fullmatch(written)
        if not parts:
            raise self._unreadable()
        try:
            return date(*map(int, parts.groups())).isoformat()
        except ValueError:
            raise self._unreadable() from None

    def _unreadable(self) -> Exception:
        return self.problem(
            "“{label}”不是有效日期，请按 2026-11-24 的样子填写。",
            "“{label}” is not a day of the calendar: write it like 2026-11-24.",
        )

    def check(self, value: str) -> None:
        self.refuse_outside(date.fromisoformat(value), self.not_before, self.not_after)

    def words(self, value: str, lang: str) -> str:
        day = date.fromisoformat(value)
        return day.isoformat() if lang == "en" else f"{day.year}年{day.month}月{day.day}日"

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


LONG_TERM = Text(zh="长期", en="no end")


class DateRange(FieldBase):
    """From a day to a day, both included. `open_end`: without a last day it has none (长期)."""

    kind: Literal["date_range"]
    not_before: date = date(1900, 1, 1)
    not_after: date = date(2199, 12, 31)
    open_end: bool = False
    most_days: int | None = Constraint(default=None, ge=1)

    def raw_names(self) -> tuple[str, ...]:
        return (f"{self.name}_from", f"{self.name}_to")

    def ends(self) -> tuple[Day, Day]:
        """The two days as fields: they are read and drawn as such."""
        bounds = {
            "kind": "date",
            "not_before": self.not_before,
            "not_after": self.not_after,
            "required": self.required,
        }
        label = self.label
        return (
            Day(
                name=f"{self.name}_from",
                label=Text(zh=f"{label.zh}（起）", en=f"{label.en} (from)"),
                **bounds,
            ),
            Day(name=f"{self.name}_to", label=Text(zh=f"{label.zh}（止）", en=f"{label.en} (to)"), **bounds),
        )

    def read(self, given: Given) -> dict[str, str] | None:
        first, last = (end.read(given) for end in self.ends())
        if first is None and last is None:
            return None
        if first is None or (last is None and not self.open_end):
            raise self.problem("请填写“{label}”的起止日期。", "Give both days of “{label}”.")
        if last is None:
            return {"from": first}
        if last < first:
            raise self.problem(
                "“{label}”的结束日期早于开始日期，请核对。",
                "“{label}” ends before it begins: check the days.",
            )
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
        if self.most_days and days > self.most_days:
            raise self.problem(
                "“{label}”最长 {most} 天，现在是 {days} 天，请核对。",
                "“{label}” may last {most} days and lasts {days}: check it.",
                most=self.most_days,
                days=days,
            )
        return {"from": first, "to": last}

    def absent(self) -> Problem:
        return self.problem("请填写“{label}”的起止日期。", "Give both days of “{label}”.")

    def words(self, value: dict[str, str], lang: str) -> str:
        first, last = self.ends()
        to = last.words(value["to"], lang) if value.get("to") else LONG_TERM.in_(lang)
        return f"{first.words(value['from'], lang)} {'to' if lang == 'en' else '至'} {to}"

    def raw(self, value: dict[str, str] | None) -> dict[str, list[str]]:
        parts = {end: (value or {}).get(end) for end in ("from", "to")}
        if any(not isinstance(day, str | None) for day in parts.values()):
            raise TypeError(f"{self.name} is two days")
        return {f"{self.name}_{end}": [day] for end, day in parts.items() if day}

    def shape(self) -> dict[str, Any]:
        day = {"type": "string", "format": "date"}
        return {
            "type": "object",
            "properties": {"from": day, "to": day},
            "required": ["from"] if self.open_end else ["from", "to"],
            "additionalProperties": False,
        }
