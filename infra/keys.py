"""The master key that wraps the field keys. In production the file comes from a key service; never make it twice."""

import base64
import os
import secrets
from pathlib import Path

KEY_BYTES = 32


def ensure_key_file(path: Path) -> bool:
    """Make a key where there is none: one line, base64 of 32 random bytes, readable by us alone. True if made."""
    if path.exists():
        return False
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(path, base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
    return True


def key_problem(path: Path) -> str:
    """What is wrong with the key file; empty if nothing is."""
    if not path.is_file():
        return f"{path} does not exist"
    if path.stat().st_mode & 0o077:
        return f"{path} can be read by others: chmod 600 {path}"
    try:
        size = len(base64.b64decode(path.read_text().strip(), validate=True))
    except ValueError:
        size = 0
    return "" if size == KEY_BYTES else f"{path} does not hold base64 of {KEY_BYTES} bytes"


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
