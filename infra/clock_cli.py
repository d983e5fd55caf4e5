"""`onewindow clock`: the legal clock for anybody, without a database."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from infra.settings import Problem

clock_app = typer.Typer(no_args_is_help=True, help="The legal clock: when a limit ends, and why.")
console = Console(highlight=False, soft_wrap=True)


@clock_app.callback()
def clock() -> None:
    """A callback keeps `due` a command of its own, so that others can stand beside it."""


@clock_app.command("due")
def due(
    start: Annotated[str, typer.Option(help="The day that is not counted, or an instant for hours.")] = "",
    limit: Annotated[str, typer.Option(help="How many.")] = "",
    unit: Annotated[str, typer.Option(help="working, calendar, hours or months.")] = "working",
    stop: Annotated[
        list[str] | None,
        typer.Option(help="[KIND:]FROM..[TO], several times: not counted after FROM up to TO."),
    ] = None,
    extend: Annotated[str, typer.Option(help="An extension in the same unit (Licence Law art. 42).")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Say why, day by day.")] = False,
    lang: Annotated[str, typer.Option(help="The language of the explanation: en or zh.")] = "en",
) -> None:
    """When a limit ends, by the calendars that came with the program; `provisional` if one is not published yet."""
    from services.law.calendar import load_calendar
    from services.law.reckoning import Unreadable, reckon
    from services.law.reckoning_words import sentence

    if lang not in ("en", "zh"):
        raise Problem("--lang: choose en or zh")
    try:
        found = reckon(load_calendar(), start=start, limit=limit, unit=unit, stops=stop or (), extend=extend)
    except Unreadable as wrong:
        raise Problem("; ".join(words.en for words in wrong.problems.values())) from None
    console.print(_answer(found))
    if explain:
        console.print(sentence(found, lang))
        console.print(_table(found.days(), lang))


def _answer(found) -> str:
    if found.due.open:
        return "stopped"
    at = f"{found.due.at:%Y-%m-%d %H:%M}" if found.due.terms.unit == "working_hours" else str(found.due.on)
    return f"{at} provisional" if found.due.provisional else at


def _table(days, lang: str) -> Table:
    from services.law.reckoning_words import DAY_KINDS

    table = Table(box=None, pad_edge=False, header_style="")
    for heading in (
        ("日期", "星期", "第几天", "计算", "说明") if lang == "zh" else ("date", "", "no.", "", "")
    ):
        table.add_column(heading, justify="right" if heading in ("第几天", "no.") else "left")
    for day in days:
        weekday = f"周{'一二三四五六日'[day.date.weekday()]}" if lang == "zh" else f"{day.date:%a}"
        kind = DAY_KINDS[day.kind].in_(lang)
        table.add_row(str(day.date), weekday, str(day.number or ""), kind, day.note.in_(lang))
    return table
