"""Official documents: facts in, a tagged PDF out. No database, no clock, no network."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from forms.documents.kinds import KINDS, DocumentKind
from forms.documents.press import print_pdf

__all__ = ["KINDS", "BadFacts", "DocumentKind", "render"]


class BadFacts(ValueError):
    """Facts that do not make a document. Names keys, never values: those are personal data."""


def render(kind: str, facts: Mapping[str, Any]) -> bytes:
    """The document as PDF/UA-1; the same facts give the same bytes."""
    if kind not in KINDS:
        raise BadFacts(f"no document kind {kind!r}; there are {', '.join(KINDS)}")
    chosen = KINDS[kind]
    try:
        given = chosen.facts.model_validate(dict(facts))
    except ValidationError as refused:
        faults = (f"{kind}.{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in refused.errors())
        raise BadFacts("; ".join(faults)) from None
    return print_pdf(chosen.template, chosen.heading(given), given)
