"""What a reader finds in a printed document."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from forms.documents.press import chinese_date

# What a flag or a link says is not printed as such: title, seal colours and QR carry it.
NOT_PRINTED = {"licence", "act", "deemed"}


def squeezed(text: str) -> str:
    """Without white space: where lines break and how Chinese and figures are spaced is typography."""
    return "".join(text.split()).replace("\u200b", "")


def text_of(pdf: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def said_in(facts: Any, name: str = "") -> list[str]:
    """Every fact as the document must show it, without white space."""
    if name in NOT_PRINTED:
        return []
    match facts:
        case dict():
            return [said for key, value in facts.items() for said in said_in(value, key)]
        case list() | tuple():
            return [said for each in facts for said in said_in(each)]
        case datetime():
            return [chinese_date(facts), f"{facts:%H:%M}"]
        case date():
            return [chinese_date(facts)]
    return [squeezed(each) for each in str(facts).split("\n")]
