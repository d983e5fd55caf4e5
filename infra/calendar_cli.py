"""`onewindow calendar`: notices of days off, loaded while cases run."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from infra.settings import Problem, Settings

calendar_app = typer.Typer(no_args_is_help=True, help="工作日历: days off and make-up working days, by year.")
console = Console(highlight=False, soft_wrap=True)


@calendar_app.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="A notice as YAML; services/law/calendars has all the years.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would move, and keep nothing.")
    ] = False,
) -> None:
    """Load a year's notice, or its correction under a higher edition, and count every open date again."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise Problem(f"{file} cannot be read: {wrong}") from None
    _run(_foresee if dry_run else _load, text)


@calendar_app.command("list")
def list_() -> None:
    """Every notice that was loaded, and which of them are in force."""
    _run(_list)


@calendar_app.command("show")
def show(
    year: Annotated[int, typer.Argument(help="The year.")],
    district: Annotated[str, typer.Option(help="The district's own days instead of the country's.")] = "",
) -> None:
    """The notice in force for a year, as it was handed in."""
    _run(_show, year, district)


def _run(work, *arguments) -> None:
    from infra.embedded import with_embedded
    from infra.run import check_schema, run_coroutine
    from services.errors import Invalid

    settings = with_embedded(Settings.load()).need("database_url")
    run_coroutine(check_schema(settings.database_url))
    try:
        run_coroutine(_in_house(settings, work, *arguments))
    except Invalid as no:
        raise Problem("; ".join(words[settings.lang] for words in no.problems.values())) from None


async def _in_house(settings: Settings, work, *arguments) -> None:
    from infra.parts import open_house

    async with open_house(settings, connections=2, application="onewindow-calendar") as house:
        await work(house, *arguments)


async def _load(house, text: str) -> None:
    from services.calendars import load_notice
    from services.cases.recounting import recount_all
    from services.law.roles import SYSTEM

    notice = await load_notice(house, text, SYSTEM)
    console.print(f"{_name(notice)} is in force: {house.calendars.version(notice.district)}")
    # A running worker does the same; whoever comes first to a case counts it.
    done = await recount_all(house)
    console.print(f"{done.looked} open cases counted again here, {len(done.moved)} with other dates")
    for case_no, moved in done.moved.items():
        console.print(f"  {case_no}  {_moves(moved)}", markup=False)


async def _foresee(house, text: str) -> None:
    from services.calendars import check
    from services.cases.foreseeing import foresee
    from services.law.roles import SYSTEM

    filed = check(house, text, SYSTEM)
    async with house.db.connection() as conn:
        found = await foresee(conn, house, filed)
    console.print(f"{_name(filed.notice)}: {len(found.moved)} of {found.looked} open cases would move")
    if found.looked < found.open:
        console.print(f"  only the {found.looked} most urgent of {found.open} were looked at")
    for case, moved in found.moved:
        console.print(f"  {case.no}  {_moves(moved)}", markup=False)


async def _list(house) -> None:
    table = Table("year", "edition", "district", "source", "loaded", "by", "in force", box=None)
    in_force = {f.key for f in house.calendars.filed if f in house.calendars.current(f.notice.district)}
    for f in sorted(
        house.calendars.filed, key=lambda f: (f.notice.year, f.notice.district, f.notice.edition)
    ):
        n = f.notice
        loaded = f"{f.loaded_at:%Y-%m-%d}"
        table.add_row(
            str(n.year), str(n.edition), n.district or "all", n.source, loaded, f.loaded_by,
            "yes" if f.key in in_force else "",
        )  # fmt: skip
    console.print(table)


async def _show(house, year: int, district: str) -> None:
    found = [
        f for f in house.calendars.current(district) if (f.notice.year, f.notice.district) == (year, district)
    ]
    if not found:
        raise Problem(f"No notice for {year} was loaded{' for ' + district if district else ''}")
    print(found[0].body, end="")


def _name(notice) -> str:
    return f"{notice.year} edition {notice.edition}" + (f" of {notice.district}" if notice.district else "")


def _moves(moved) -> str:
    from services.law.clock import SHANGHAI

    days = [
        (m.what, *(f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" for at in (m.before, m.after))) for m in moved
    ]
    return "; ".join(f"{what} {before} -> {after}" for what, before, after in days)
