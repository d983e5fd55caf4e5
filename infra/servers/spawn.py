"""Start a child that never outlives us, and end it for certain."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import psutil

from infra.servers.libc import libc
from infra.servers.priority import give_way

PR_SET_PDEATHSIG = 1


def spawn(
    command: Sequence[str | Path],
    *,
    log: BinaryIO,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    account: tuple[int, int] | None = None,
    gives_way: bool = False,
    on_orphan: int = signal.SIGKILL,
) -> subprocess.Popen[bytes]:
    """`on_orphan` is what the kernel sends when the thread that called this dies, so call it from the main thread.

    A session of its own keeps the terminal's Ctrl-C away: the parent ends its children in order.
    """
    parent = os.getpid()

    def in_child() -> None:
        if gives_way:
            give_way()
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, on_orphan, 0, 0, 0)
            if os.getppid() != parent:  # it died before we asked to be told
                os._exit(1)

    uid, gid = account or (None, None)
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=cwd,
        env=dict(env) if env is not None else None,
        user=uid,
        group=gid,
        extra_groups=[] if account else None,
        start_new_session=True,
        preexec_fn=in_child,
    )


def end(process: subprocess.Popen[bytes] | None, how: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask, wait, insist."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_all(processes: Sequence[psutil.Process], how: int, patience: float = 10) -> None:
    """The same for processes that an earlier run left behind and that are not our children."""
    for process in processes:
        _signal(process, how)
    _, alive = psutil.wait_procs(processes, timeout=patience)
    for process in alive:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=patience)


def _signal(process: psutil.Process, how: int) -> None:
    try:
        process.send_signal(how)
    except psutil.NoSuchProcess:
        return


def wait_until(ready, process: subprocess.Popen[bytes], seconds: float) -> bool:
    """True once `ready()` holds; False if the process ends first or the time runs out."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        if ready():
            return True
        time.sleep(0.05)
    return False
