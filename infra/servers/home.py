"""The home folder: state that survives a restart, logs, and the lock that keeps it to one `up`."""

import fcntl
import json
import os
import socket
from pathlib import Path
from typing import BinaryIO

from infra.settings import Problem

LOG_LIMIT = 10 * 1024 * 1024
LOOPBACK = "127.0.0.1"


class Home:
    """`servers.json` holds ports and passwords and is readable by us alone."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._lock: BinaryIO | None = None

    def prepare(self) -> "Home":
        """Run as root, PostgreSQL's own account must be able to pass through home, though not to list it."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
            (self.path / "logs").mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise Problem(f"ONEWINDOW_HOME: {self.path} is not writable: {error.strerror}") from None
        return self

    def lock(self) -> None:
        """The kernel drops this lock with our process, however it ends."""
        handle = open(self.path / "lock", "a+b")  # noqa: SIM115 - held for as long as we live
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            pid = handle.read().decode().strip() or "unknown"
            handle.close()
            raise Problem(
                f"OneWindow already runs in {self.path} (process {pid}). "
                "Stop it first, or set ONEWINDOW_HOME and ONEWINDOW_PORT for a second one."
            ) from None
        handle.truncate(0)
        handle.write(str(os.getpid()).encode())
        handle.flush()
        self._lock = handle

    def unlock(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    def recall(self, server: str) -> dict[str, str]:
        try:
            return dict(json.loads((self.path / "servers.json").read_text()).get(server, {}))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def remember(self, server: str, **facts: str) -> dict[str, str]:
        file = self.path / "servers.json"
        try:
            everything = json.loads(file.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            everything = {}
        everything[server] = everything.get(server, {}) | facts
        write_private(file, json.dumps(everything, indent=2) + "\n")
        return dict(everything[server])

    def port(self, server: str) -> int:
        """The port of last time if it is still free, so that addresses and open connections stay good."""
        kept = int(self.recall(server).get("port", 0))
        port = kept if kept and port_is_free(kept) else free_port()
        self.remember(server, port=str(port))
        return port

    def log(self, name: str) -> BinaryIO:
        path = self.path / "logs" / f"{name}.log"
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        return open(path, "ab", buffering=0)

    def log_tail(self, name: str, lines: int = 15) -> str:
        path = self.path / "logs" / f"{name}.log"
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int, host: str = LOOPBACK) -> bool:
    with socket.socket() as probe:
        # As the servers do: a port in TIME_WAIT is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int, timeout: float = 0.5) -> bool:
    """Somebody accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout):
            return True
    except OSError:
        return False


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
