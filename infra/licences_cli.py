"""`onewindow licences`: what time does to licences, by hand; and the licences that other bodies hand over."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

licences_app = typer.Typer(no_args_is_help=True, help="证照: reminders, expiry, and the life of a licence.")
console = Console(highlight=False, soft_wrap=True)


@licences_app.command("sweep")
def sweep() -> None:
    """Remind and expire whatever is due by now. The worker does it every night; doing it twice is doing it once."""
    _run(_sweep)


@licences_app.command("show")
def show(number: str) -> None:
    """How a licence stands today, and everything that became of it."""
    _run(_show, number)


@licences_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="YAML with a list of records, or one JSON object a line.")],
) -> None:
    """Take in licences that departments issued: the whole file or nothing of it; the same file twice changes nothing."""
    from infra.settings import Problem

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise Problem(f"{file} cannot be read: {wrong}") from None
    _run(_import, text)


def _run(work, *arguments) -> None:
    from infra.embedded import with_embedded
    from infra.run import check_schema, run_coroutine
    from infra.settings import Settings

    settings = with_embedded(Settings.load()).need("database_url")
    run_coroutine(check_schema(settings.database_url))
    run_coroutine(_in_house(settings, work, *arguments))


async def _in_house(settings, work, *arguments) -> None:
    from infra.parts import open_house

    async with open_house(settings, connections=2, application="onewindow-licences") as house:
        await work(house, *arguments)


async def _import(house, text: str) -> None:
    from infra.settings import Problem
    from services.licences.handed_over import BadLicences
    from services.licences.taking_in import take_in

    try:
        done = await take_in(house, text)
    except BadLicences as bad:
        raise Problem("nothing was taken in:\n  " + "\n  ".join(bad.remarks)) from None
    console.print(
        f"{done.new} licences new, {done.changed} changed, {done.same} as they were, "
        f"{done.older} older than what is on file"
    )


async def _sweep(house) -> None:
    from services.licences.sweep import sweep_licences

    done = await sweep_licences(house)
    console.print(f"{done.looked} licences looked at: {done.reminded} reminders, {done.expired} expired")


async def _show(house, number: str) -> None:
    from infra.settings import Problem
    from services.law.clock import legal_date
    from services.licences.queries import licence_history
    from services.licences.register import read_licence

    async with house.db.connection() as conn:
        licence = await read_licence(conn, number)
        history = await licence_history(conn, number)
    if licence is None:
        raise Problem(f"There is no licence {number}")
    standing = licence.standing
    state = standing.on(legal_date(house.now())).value
    console.print(
        f"{number}  {licence.item_code}  {state}, until {standing.until or 'no end'}, version {standing.version}"
    )
    for turn in history:
        console.print(
            f"  {turn['on_day']}  {turn['turn']:10} until {turn['valid_until'] or '-'}  by case {turn['case_no']}"
        )
