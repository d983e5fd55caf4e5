"""An e-licence in plain words: how it stands, who used it, what its holder agreed to."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.house import House
from services.law.clock import legal_date
from services.law.e_licences import STATES, TRUST, VALID
from services.licences.library import ELicence
from web.formats import MONTHS_EN

Words = dict[str, str]

MODES = {
    "verify": {"zh": "查验", "en": "Looked at"},
    "download": {"zh": "下载", "en": "Downloaded"},
    "reference": {"zh": "引用", "en": "Used in an application"},
}
_NEAR = 90  # days, as for our own


def drawn(house: House, e: ELicence, number: str = "") -> dict[str, Any]:
    """`number`: 证照编号, for its holder alone."""
    today = legal_date(house.now())
    state = STATES[e.state_on(today)]
    note = f"（{e.state_note}）" if e.state_note else ""
    return {
        "identifier": e.identifier,
        "name": e.name,
        "state": {"zh": state.name.zh + note, "en": state.name.en + note},
        "lamp": _lamp(e, today),
        "why_not": e.unusable(today),
        "rows": [
            *([_row("证照编号", "Number", number)] if number else []),
            _row("持证人", "Holder", e.holder),
            _row("颁发机构", "Issued by", e.issuer_name),
            _row("颁发日期", "Issued on", _day(e.issued_on)),
            _row("有效期", "Valid", _validity(e)),
            _row("可信等级", "Trust", TRUST[e.trust]),
            _row("电子证照标识", "Identifier", e.identifier),
            *([_row("前一证照", "Previous licence", e.previous)] if e.previous else []),
        ],
    }


def history_steps(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What each handing-over said, for the timeline."""
    return [
        {
            "title": STATES[r["state"]].name,
            "when": _day(r["as_of"]),
            "note": r["state_note"] or _until(r["valid_until"]),
            "state": "done" if r["state"] == VALID else "flag",
        }
        for r in rows
    ]


def use_rows(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [
        {
            "at": r["at"],
            "mode": MODES[r["mode"]],
            "who": f"{r['by_name']}（{r['unit']}）",
            "cause": r["cause"],
            "case_no": r["case_no"],
        }
        for r in rows
    ]


def consent_rows(house: House, rows: Iterable[Any]) -> list[dict[str, Any]]:
    today = legal_date(house.now())
    return [
        {
            "id": r["id"],
            "wording": r["wording"],
            "at": r["at"],
            "case_no": r["case_no"],
            "open": r["ended_at"] is None and r["until"] >= today,
            "stands": _stands(r, today),
        }
        for r in rows
    ]


def _stands(row: Any, today: date) -> Words:
    if row["ended_at"]:
        return {"zh": "已撤回", "en": "Taken back"}
    if row["until"] < today:
        return {"zh": "期限已过", "en": "Its time is over"}
    return {"zh": f"有效至 {row['until']}", "en": f"In force until {row['until']}"}


def _lamp(e: ELicence, today: date) -> str:
    if e.unusable(today):
        return "over"
    return "near" if e.valid_until and (e.valid_until - today).days <= _NEAR else "ok"


def _validity(e: ELicence) -> Words:
    since, until = _day(e.valid_from), _until(e.valid_until)
    return {"zh": f"{since['zh']}起，{until['zh']}", "en": f"From {since['en']}, {until['en']}"}


def _until(until: date | None) -> Words:
    if until is None:
        return {"zh": "长期有效", "en": "without an end"}
    day = _day(until)
    return {"zh": f"至{day['zh']}", "en": f"until {day['en']}"}


def _day(day: date) -> Words:
    return {
        "zh": f"{day.year}年{day.month}月{day.day}日",
        "en": f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}",
    }


def _row(zh: str, en: str, value: Any) -> dict[str, Any]:
    return {"label": {"zh": zh, "en": en}, "value": value}
