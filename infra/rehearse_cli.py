"""`onewindow rehearse FILE...`: stories played in real parts, and told as a timeline."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from infra.settings import Problem

WIDE = 150  # columns of a timeline, where there is no window to fit it into
console = Console(highlight=False, width=None if Console().is_terminal else WIDE)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def rehearse(
    files: Annotated[list[Path], typer.Argument(help="Scenario files, or folders of them.")],
    engine: Annotated[
        str,
        typer.Option(help="temporal: the real engine, skipping time. rehearsal: without a server, faster."),
    ] = "temporal",
    documents: Annotated[bool, typer.Option("--documents", help="Print the documents too.")] = False,
    items: Annotated[
        list[Path] | None,
        typer.Option(
            help="A folder of more items, with their scenarios/<item>/filing.yaml. "
            "Not needed for stories that lie in such a folder."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object per scenario, one a line.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only what fails.")] = False,
) -> None:
    """Play cases' stories and show what became of them. Ends with 1 if any went otherwise, with 2 if any can't be read."""
    from infra.rehearse import ENGINES
    from infra.rehearse import engine as begin
    from infra.run import run_coroutine
    from workflows.scenarios import BadScenario

    if engine not in ENGINES:
        raise Problem(f"There is no engine {engine}: use one of {', '.join(ENGINES)}")
    try:
        show = _Show(as_json, quiet)
        held = run_coroutine(
            _play_all(_scenario_files(files), begin(engine, documents=documents), items or [], show)
        )
    except BadScenario as bad:
        for message in bad.messages:
            errors.print(message, style="red", markup=False)
        raise typer.Exit(2) from None
    if not held:
        raise typer.Exit(1)


@dataclass(frozen=True)
class _Show:
    as_json: bool
    quiet: bool


async def _play_all(files: list[Path], begin, items: list[Path], show: _Show) -> bool:
    """Whether all went as told."""
    from infra.rehearse import own_stage
    from infra.rehearse import rehearse as play
    from workflows.scenarios.printing import Printer

    items = list(dict.fromkeys([*map(Path.resolve, items), *_beside(files)]))
    read = _read_all(files, items)  # before any server starts: a slip of the pen is told at once
    printer, otherwise = Printer(_tell, _stage), 0
    async with own_stage(*items) as stage:
        for scenario, source in read:
            report = await play(stage, scenario, begin)
            if show.as_json:
                print(json.dumps(printer.data(report, source), ensure_ascii=False, default=str))
            elif report.failure or not show.quiet:
                heading = f"\n{scenario.title}\n{scenario.law}　{source.path}"
                console.print(heading, style="bold", markup=False, soft_wrap=True)
                console.print(printer.table(report))
            for line in printer.failure(report, source):
                errors.print(line, style="red", markup=False)
            otherwise += bool(report.failure)
    if not show.as_json and (len(read) > 1 or show.quiet):
        console.print(f"{len(read)} stories: {len(read) - otherwise} as told, {otherwise} otherwise")
    return not otherwise


def _read_all(files: list[Path], items: list[Path]) -> list[tuple[Any, Any]]:
    """Raises BadScenario with every remark about every file."""
    from infra.rehearse import SCENARIOS
    from workflows.scenarios import BadScenario, read_scenario
    from workflows.scenarios.reading import read_for

    read, remarks = [], []
    for file in files:
        try:
            scenario, source = read_scenario(file)
        except BadScenario as bad:
            remarks += bad.messages
            continue
        remarks += read_for(scenario, source, [SCENARIOS, *(folder / "scenarios" for folder in items)])
        read.append((scenario, source))
    if remarks:
        raise BadScenario(remarks)
    return read


def _beside(files: list[Path]) -> Iterator[Path]:
    """Folders of items whose `scenarios` the files lie in."""
    from infra.rehearse import SCENARIOS

    for file in files:
        for folder in file.resolve().parents:
            if folder.name == "scenarios" and folder != SCENARIOS and any(folder.parent.glob("*.yaml")):
                yield folder.parent


def _scenario_files(given: list[Path]) -> list[Path]:
    """Folders stand for the scenarios in them; an item's `filing.yaml` is none."""
    found = []
    for path in given:
        inside = (
            sorted(p for p in path.rglob("*.yaml") if p.name != "filing.yaml") if path.is_dir() else [path]
        )
        if not inside:
            raise Problem(f"No scenario (*.yaml) in {path}")
        found += inside
    return found


def _tell(told, item) -> tuple[str, str]:
    from web.event_words import line

    said = line(told, item)
    return said.title["zh"], said.detail["zh"]


def _stage(code: str) -> str:
    from web.wording import stage

    return stage(code)["zh"]
