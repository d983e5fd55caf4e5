"""The .po file read directly, so that no compiled catalogue needs to be kept or built; and added to."""

import fcntl
import re
from pathlib import Path

from babel.messages.pofile import denormalize, normalize, read_po

WEB = Path(__file__).parents[1]
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def read(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale="en") if m.id and m.string}


def add(msgid: str, english: str, path: Path = CATALOGUE) -> bool:
    """Append a translation; False if there is one already. Safe while others add theirs."""
    check_placeholders(msgid, english)
    with path.open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if msgid in read(path):
            return False
        file.seek(0, 2)
        file.write(f"\nmsgid {_quoted(msgid)}\nmsgstr {_quoted(english)}\n")
        return True


def check_placeholders(msgid: str, english: str) -> None:
    wanted, given = set(PLACEHOLDER.findall(msgid)), set(PLACEHOLDER.findall(english))
    if wanted != given:
        raise ValueError(f"placeholders differ: {sorted(wanted)} in Chinese, {sorted(given)} in English")


def _quoted(text: str) -> str:
    quoted = normalize(text, width=0)
    assert denormalize(quoted) == text
    return quoted
