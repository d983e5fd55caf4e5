"""Sets a view of the facts in a template and prints PDF/UA-1. The same view gives the same bytes."""

import json
import threading
from datetime import date, datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from pydantic import BaseModel

from forms.documents.glyphs import FONT_DIR, printable

TEMPLATES = Path(__file__).parent / "templates"
_CHINA = timezone(timedelta(hours=8))
# A compiler refuses to be borrowed by two threads at once; the fonts and the cache are shared.
_mine = threading.local()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_DIR])


def _compiler(template: str) -> typst.Compiler:
    kept = _mine.__dict__.setdefault("compilers", {})
    if template not in kept:
        # The input has to be a file: a compiler made from bytes forgets them after its first document.
        kept[template] = typst.Compiler(
            TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True
        )
    return kept[template]


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _said(value: Any) -> Any:
    """A fact as it is printed."""
    match value:
        case datetime():
            local = value.astimezone(_CHINA) if value.tzinfo else value
            return f"{chinese_date(local)}{local:%H:%M}"
        case date():
            return chinese_date(value)
        case str():
            return printable(value)
        case BaseModel():
            return {name: _said(getattr(value, name)) for name in type(value).model_fields}
        case tuple():
            return [_said(each) for each in value]
    return value


def _qr(url: str) -> str:
    svg = BytesIO()
    segno.make(url, error="m", micro=False).save(svg, kind="svg", border=1, scale=4, xmldecl=False)
    return svg.getvalue().decode()


def print_pdf(template: str, title: str, facts: Any, **more: str) -> bytes:
    """No text of a citizen ever becomes markup: templates read it as data and place it as strings."""
    view = _said(facts) | {"title": printable(title), "qr": _qr(facts.verify_url)}
    view |= {name: printable(said) for name, said in more.items()}
    # Noon in China: typst writes it in UTC, and it is then the same day nearly everywhere.
    day = facts.date
    return _compiler(template).compile(
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"facts": json.dumps(view, ensure_ascii=False)},
        timestamp=datetime(day.year, day.month, day.day, 12, tzinfo=_CHINA),
    )
