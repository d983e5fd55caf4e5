"""`onewindow up`: from nothing to an open counter, and back to nothing without losing anything.

1. servers  2. migrations  3. demonstration data  4. worker, relay, web  5. addresses
"""

import os
import subprocess
import urllib.request
from collections.abc import Mapping

from rich.console import Console

from infra.embedded import database_url
from infra.part import SUPERVISOR, Command, command_line
from infra.process import PartFailed, Stopped, Supervisor
from infra.seals import seals_of
from infra.servers import Home, Postgres, Temporal
from infra.servers.home import port_is_free
from infra.settings import Problem, Settings
from services.signing.demo import DemoSeals
from services.signing.seals import NoSeal
from services.store.crypto import BadKeyFile, Vault

PATIENCE = 90


def up(settings: Settings, console: Console) -> None:
    """Returns when asked to end; whatever happens, no child stays behind."""
    home = Home(settings.home).prepare()
    home.lock()
    supervisor = Supervisor(say=lambda text: console.print(f"  {text}", style="yellow", markup=False))
    with supervisor.on_signals():
        try:
            _start(settings, home, supervisor, console)
            supervisor.run()
        except Stopped:
            pass
        except Problem:
            if not supervisor.stopping:  # a Ctrl-C also reaches the steps that run in the foreground
                raise
        finally:
            console.print("Stopping …")
            supervisor.stop()
            home.unlock()
    console.print("Stopped. Everything is kept; `onewindow up` goes on where it was.")


def _start(settings: Settings, home: Home, supervisor: Supervisor, console: Console) -> None:
    if not port_is_free(settings.port, settings.host):
        raise Problem(
            f"ONEWINDOW_PORT: somebody already listens on {settings.host}:{settings.port}. "
            "End that program, or set ONEWINDOW_PORT to another port."
        )
    try:
        Vault.from_key_file(settings.key_file, create=True)
    except BadKeyFile as error:
        raise Problem(f"ONEWINDOW_KEY_FILE: {error}") from None
    if settings.files_url == (settings.home / "files").as_uri():
        (settings.home / "files").mkdir(mode=0o700, exist_ok=True)
    settings = _servers(settings, home, supervisor, console)
    _seals(settings)
    environment = settings.environment()
    if settings.owner_database_url:
        console.print("Migrations …")
        _step(
            supervisor, environment | {"ONEWINDOW_OWNER_DATABASE_URL": settings.owner_database_url}, "migrate"
        )
    if settings.demo:
        _seed(home, supervisor, environment, console)
    _parts(settings, home, supervisor, environment, console)
    _greet(settings, home, console)


def _seals(settings: Settings) -> None:
    """The demonstration's authority, before any part needs it; a broken seal is told now and not at the first document."""
    try:
        found = seals_of(settings)
        if isinstance(found, DemoSeals):
            _ = found.roots
    except NoSeal as error:
        raise Problem(f"ONEWINDOW_SEALS: {error}") from None


def _servers(settings: Settings, home: Home, supervisor: Supervisor, console: Console) -> Settings:
    """Embedded ones only where the environment names no others; with our own store comes a demonstration."""
    found: dict[str, object] = {}
    postgres = None if settings.database_url else Postgres(home)
    temporal = None
    if not settings.temporal_address:
        temporal = Temporal(home, namespace=settings.temporal_namespace)
    if postgres and home.recall("seed").get("state") == "begun":
        # Half a demonstration is worthless and nobody ever worked on it: the desks open only after seeding.
        postgres.forget()
        if temporal:
            temporal.forget()
    if postgres:
        console.print("PostgreSQL …")
        supervisor.start(postgres)
        if not postgres.folder.is_relative_to(home.path):
            # A closed folder above home; whoever makes a backup must know.
            console.print(f"  Its data is in {postgres.folder}: its account cannot reach {home.path}.")
        found["database_url"] = database_url(home, "app")
        found["owner_database_url"] = database_url(home, "owner")
        if "demo" not in settings.model_fields_set:
            found["demo"] = True
    if temporal:
        console.print("Temporal …")
        supervisor.start(temporal)
        found["temporal_address"] = temporal.address
    return settings.model_copy(update=found)


def _seed(home: Home, supervisor: Supervisor, environment: Mapping[str, str], console: Console) -> None:
    if home.recall("seed").get("state") == "done":
        return
    console.print("Demonstration data …")
    home.remember("seed", state="begun")
    _step(supervisor, environment, "seed", "--if-empty")
    home.remember("seed", state="done")


def _step(supervisor: Supervisor, environment: Mapping[str, str], *arguments: str) -> None:
    """In the foreground and to its end, in a process of its own: what it imported goes with it."""
    supervisor.check()
    environment = {**environment, SUPERVISOR: str(os.getpid())}
    done = subprocess.run(command_line(*arguments), env=environment, check=False)
    supervisor.check()
    if done.returncode:
        raise Problem(f"`onewindow {' '.join(arguments)}` failed, see above.")


def _parts(
    settings: Settings, home: Home, supervisor: Supervisor, environment: Mapping[str, str], console: Console
) -> None:
    console.print("Worker, relay, web …")
    supervisor.start(Command("worker", home, environment))
    supervisor.start(Command("relay", home, environment))
    supervisor.start(Command("web", home, environment))
    try:
        supervisor.wait_for("web", lambda: _healthy(settings), PATIENCE)
    except PartFailed as failure:
        raise Problem(f"{failure}. Its log ends:\n{home.log_tail(failure.part)}") from None


def _healthy(settings: Settings) -> bool:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 - compared, not bound
    try:
        with urllib.request.urlopen(f"http://{host}:{settings.port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def _greet(settings: Settings, home: Home, console: Console) -> None:
    console.print(f"\nOneWindow is open: [bold]{settings.base_url}[/bold]", highlight=False)
    console.print(
        f"  Temporal  {settings.temporal_address}\n  Data      {home.path}\n  Logs      {home.path / 'logs'}"
    )
    if settings.demo:
        from infra.seed import DEMO_LOGINS

        console.print("\nDemonstration accounts")
        for username, password, who in DEMO_LOGINS:
            console.print(f"  {username:<18} {password:<18} {who}", markup=False)
    console.print("\nCtrl-C stops it.")
