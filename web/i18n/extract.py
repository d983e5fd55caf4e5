"""Finds every sentence for translation in templates (`_('…')`) and in Python (`_`, `N_`, `translate`)."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from jinja2.ext import babel_extract

from web.i18n.catalogue import CATALOGUE, WEB, read

KEYWORDS = {"_": None, "gettext": None, "N_": None, "translate": (2,)}
# Without this a template that does not parse would count as one without sentences.
OPTIONS = {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
CHINESE = re.compile("[\u4e00-\u9fff]")


def sentences(root: Path = WEB) -> dict[str, str]:
    """Every msgid, with the first place where it stands."""
    found: dict[str, str] = {}
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.html"))):
        for line, msgid in _in_file(path):
            found.setdefault(msgid, f"{path.relative_to(root)}:{line}")
    return found


def missing() -> dict[str, str]:
    known = read(CATALOGUE)
    return {msgid: place for msgid, place in sentences().items() if msgid not in known}


def _in_file(path: Path) -> Iterator[tuple[int, str]]:
    method = "python" if path.suffix == ".py" else babel_extract
    with path.open("rb") as file:
        for line, message, _, _ in extract(method, file, keywords=KEYWORDS, options=OPTIONS):
            if isinstance(message, str) and CHINESE.search(message):
                yield line, message
