"""加注件: an e-licence as it is shown to whoever uses it, with the purpose and its end across the page. Never without."""

from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime
from typing import Annotated, Any

from annotated_types import MinLen

from forms.documents.facts import Line, Optional, Row, Url
from forms.documents.press import chinese_date, print_pdf
from forms.text import Definition


class LicenceCopy(Definition):
    """`mark` is what stands across the page; without case number it is a copy that the holder made themselves."""

    name: Line
    issuer: Line
    identifier: Line
    rows: Annotated[tuple[Row, ...], MinLen(1)]
    purpose: Line
    case_number: Optional = ""
    until: Day
    used_by: Line
    at: datetime
    date: Day
    verify_url: Url

    @property
    def mark(self) -> str:
        of_case = f" 办件编号{self.case_number}" if self.case_number else ""
        return f"仅用于{self.purpose}{of_case} 有效至{chinese_date(self.until)}"


def render_copy(facts: Mapping[str, Any]) -> bytes:
    """The same facts give the same bytes. Raises pydantic's ValidationError."""
    given = LicenceCopy.model_validate(dict(facts))
    return print_pdf("licence_copy.typ", f"{given.name}（加注件）", given, mark=given.mark)
