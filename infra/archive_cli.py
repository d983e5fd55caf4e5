"""`onewindow archive`: what a package proves, without this system's database and without a network."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from infra.settings import Problem

archive_app = typer.Typer(no_args_is_help=True, help="Archive packages of finished cases (电子归档包).")
console = Console(highlight=False, soft_wrap=True)


@archive_app.callback()
def archive() -> None:
    """A callback keeps `verify` a command of its own, so that others can stand beside it."""


@archive_app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(help="The package, a .zip.")],
    root: Annotated[
        Path | None, typer.Option(help="Roots to believe, in PEM; without it the package's own is shown.")
    ] = None,
) -> None:
    """One line per check. Ends with 1 at the first that does not hold."""
    from cryptography.x509 import load_pem_x509_certificates

    from services.archive import verify as verifying

    try:
        roots = load_pem_x509_certificates(root.read_bytes()) if root else ()
        content = file.read_bytes()
    except (OSError, ValueError) as error:
        raise Problem(f"{file if root is None else f'{file}, {root}'}: {error}") from None
    for check in verifying.verify(content, roots):
        mark = "[green]ok[/green]    " if check.holds else "[red]broken[/red]"
        console.print(f"{mark}  {check.name:<10}", end="")
        console.print(check.said, markup=False)
        if not check.holds:
            raise typer.Exit(1)
    console.print("Everything holds.")
