"""The command line: `onewindow <command>`. Bodies import their rooms late, so that `--help` and `doctor` always work."""

import os
import sys
import traceback
from typing import Annotated

import typer
from rich.console import Console

from infra.archive_cli import archive_app
from infra.calendar_cli import calendar_app
from infra.clock_cli import clock_app
from infra.items_cli import items_app
from infra.licences_cli import licences_app
from infra.rehearse_cli import rehearse
from infra.settings import Problem, Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="OneWindow (一窗通办): the counter of a province.",
)
app.add_typer(items_app, name="items")
app.add_typer(archive_app, name="archive")
app.add_typer(calendar_app, name="calendar")
app.add_typer(clock_app, name="clock")
app.add_typer(licences_app, name="licences")
app.command()(rehearse)
console = Console(highlight=False, soft_wrap=True)


@app.command()
def up() -> None:
    """Start everything: servers, migrations, demonstration data, worker, relay, web."""
    from infra.up import up as run

    run(Settings.load(), console)


@app.command()
def web() -> None:
    """The desks and the API, over HTTP."""
    from infra.run import run_web

    run_web(_settings("database_url"))


@app.command()
def worker() -> None:
    """Conducts the procedures."""
    from infra.parts import run_worker
    from infra.run import run_part

    run_part(run_worker, _settings("database_url", "temporal_address"))


@app.command()
def relay() -> None:
    """Rings the workflows of cases in which something happened."""
    from infra.parts import run_relay
    from infra.run import run_part

    run_part(run_relay, _settings("database_url", "temporal_address"))


@app.command()
def registries(
    port: Annotated[int, typer.Option(help="Where to listen, on this machine only.")] = 8010,
) -> None:
    """The demonstration's registers behind a signed HTTP interface, to try ONEWINDOW_REGISTRIES_URL with."""
    from infra.registers_server import run_registers

    run_registers(_settings("database_url", "registries_key"), port)


@app.command()
def reconcile() -> None:
    """Find and ring every case that lags or has no running workflow."""
    from infra.parts import run_reconcile
    from infra.run import run_part

    run_part(run_reconcile, _settings("database_url", "temporal_address"))


@app.command()
def migrate() -> None:
    """Bring the database schema up to date, as the owner's role."""
    from infra.run import run_coroutine

    settings = _settings("owner_database_url")
    from infra.migrations import migrate as run

    console.print(f"Schema at revision {run_coroutine(run(settings.owner_database_url)) or '(none)'}")


@app.command()
def seed(
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where there are cases.")] = False,
) -> None:
    """Fill the store with a demonstration district and a lived-in month."""
    from infra.run import has_cases, run_coroutine, run_part

    settings = _settings("database_url")
    if if_empty and run_coroutine(has_cases(settings.database_url)):
        return
    from infra.seed import run_seed

    run_part(run_seed, settings)


@app.command()
def clock_ahead(
    duration: Annotated[str, typer.Argument(help="How much later it shall be: 3d, 8h or 45m.")],
) -> None:
    """Let the legal clock of a demonstration run ahead, so that limits pass and cards come up."""
    from infra.run import check_schema, run_coroutine
    from infra.training import read_duration, run_clock_ahead

    more = read_duration(duration)
    settings = _settings("database_url")
    run_coroutine(check_schema(settings.database_url))
    run_coroutine(run_clock_ahead(settings, more, console))


@app.command()
def doctor() -> None:
    """Say plainly what is missing, and how to get it."""
    from infra.doctor import examine, show

    raise typer.Exit(show(examine(Settings.load()), console))


@app.command()
def version() -> None:
    """The version, and the schema revision it expects."""
    from infra.migrations import head_revision
    from infra.version import VERSION

    console.print(f"onewindow {VERSION}, schema {head_revision() or '(none)'}")


def _settings(*needed: str) -> Settings:
    from infra.embedded import with_embedded

    return with_embedded(Settings.load()).need(*needed)


def run_main() -> None:
    """Every command ends here, without the interpreter's own shutdown.

    At interpreter exit a Temporal client can abort the process with code 134 (temporalio/sdk-python issue 300).
    """
    code = _run()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _run() -> int:
    try:
        app(prog_name="onewindow")
    except Problem as problem:
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"onewindow: {problem}", style="red", markup=False
        )
        return 2
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 0 if leave.code is None else 1
    except KeyboardInterrupt:
        return 130
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    run_main()
