"""What the house needs from its machine, checked one by one, each with its remedy."""

import asyncio
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.markup import escape

from infra.embedded import with_embedded
from infra.servers import cluster, temporal
from infra.servers.account import server_account
from infra.servers.home import answers, port_is_free
from infra.settings import Problem, Settings, place
from services.scanning.clamd import Clamd
from services.scanning.port import Unreachable
from services.signing.demo import DemoSeals
from services.signing.files import FiledSeals
from services.signing.seals import NoSeal, common_name
from services.store.crypto import BadKeyFile, Vault

MARK = {
    "good": "[green]ok[/green]     ",
    "later": "[yellow]not yet[/yellow]",
    "missing": "[red]missing[/red]",
}


@dataclass(frozen=True)
class Finding:
    """`later` is not a fault: `onewindow up` will see to it."""

    state: Literal["good", "later", "missing"]
    what: str
    remedy: str = ""


def examine(settings: Settings) -> list[Finding]:
    embedded_database, embedded_engine = not settings.database_url, not settings.temporal_address
    settings = with_embedded(settings)
    findings = [
        python(),
        *fonts(),
        home(settings.home),
        port(settings),
        keys(settings.key_file),
        seals(settings),
        scanner(settings),
    ]
    if embedded_database:
        findings.append(program("PostgreSQL", lambda: cluster.programs(server_account()) / "postgres"))
    if embedded_engine:
        findings.append(program("Temporal", temporal.program))
    return [*findings, database(settings), engine(settings)]


def show(findings: list[Finding], console: Console) -> int:
    """The exit code: 1 if anything is missing."""
    for finding in findings:
        console.print(f"{MARK[finding.state]}  {escape(finding.what)}")
        if finding.remedy:
            console.print(f"         → {finding.remedy}", markup=False)
    missing = sum(finding.state == "missing" for finding in findings)
    console.print(f"\n{missing} missing" if missing else "\nNothing is missing.")
    return 1 if missing else 0


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("good", f"Python {version}")


def fonts() -> Iterator[Finding]:
    """Documents must look the same everywhere, so nothing is taken from the system."""
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    folders = [Path(p) for p in (spec.submodule_search_locations or ())] if spec else []
    names = sorted(f.stem for folder in folders for f in folder.glob("*.otf"))
    if names:
        yield Finding("good", f"Fonts for documents: {', '.join(names)}")
    else:
        yield Finding("missing", "Chinese fonts for documents", "`make install` brings pylopdf-fonts-zh-cn.")


def home(path: Path) -> Finding:
    existing = next(p for p in (path, *path.parents) if p.exists())
    if existing.is_dir() and os.access(existing, os.W_OK | os.X_OK):
        return Finding("good", f"Home {path} is writable")
    return Finding("missing", f"Home {path} is not writable", "Set ONEWINDOW_HOME to a folder of your own.")


def port(settings: Settings) -> Finding:
    where = f"{settings.host}:{settings.port}"
    try:
        if port_is_free(settings.port, settings.host):
            return Finding("good", f"Portal address {where} is free")
    except OSError as error:
        return Finding(
            "missing", f"ONEWINDOW_HOST {settings.host}: {error}", "Set it to an address of this machine."
        )
    if settings.temporal_address or settings.database_url:
        return Finding("good", f"Portal address {where} is in use, it seems by OneWindow itself")
    return Finding("missing", f"Portal address {where} is taken", "End that program, or set ONEWINDOW_PORT.")


def scanner(settings: Settings) -> Finding:
    if settings.scanner == "none":
        return Finding(
            "good",
            "No virus scanner: every upload is marked as not scanned",
            "For ClamAV set ONEWINDOW_SCANNER.",
        )
    try:
        asyncio.run(Clamd(settings.scanner, seconds=5).scan(b"is anybody there?"))
    except Unreachable as error:
        return Finding(
            "missing", f"Virus scanner {settings.scanner}: {error}", "Is clamd running, and readable?"
        )
    return Finding("good", f"Virus scanner {settings.scanner}")


def keys(path: Path) -> Finding:
    if not path.exists():
        return Finding(
            "later", f"Key file {path}", "`onewindow up` makes one; elsewhere set ONEWINDOW_KEY_FILE."
        )
    try:
        Vault.from_key_file(path)
    except BadKeyFile as error:
        remedy = "Set it right, or bring back the file: without it nothing sealed can be read."
        return Finding("missing", f"Key file {error}", remedy)
    return Finding("good", f"Key file {path}")


def seals(settings: Settings) -> Finding:
    """What documents are sealed with; a demonstration's are marked as such, and worth nothing."""
    demo = settings.home / "seals"
    try:
        if settings.seals:
            roots = FiledSeals(settings.seals).roots
            return Finding("good", f"Seals in {settings.seals}, {len(roots)} roots")
        if not (demo / "ca.pem").exists():
            remedy = "`onewindow up` makes a demonstration's own; elsewhere set ONEWINDOW_SEALS."
            return Finding("later", "No seals for documents", remedy)
        name = common_name(DemoSeals(demo).roots[0])
    except NoSeal as error:
        return Finding(
            "missing", f"Seals: {error}", "Set ONEWINDOW_SEALS to a folder with one .p12 per department."
        )
    return Finding("good", f"Seals of a demonstration in {demo}, certified by {name}")


def program(name: str, find) -> Finding:
    """Found is not enough: a wheel for another machine is there and does not run."""
    try:
        path = find()
        said = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=30, check=True
        ).stdout
    except Problem as problem:
        return Finding("missing", f"{name} server", str(problem))
    except (OSError, subprocess.SubprocessError) as error:
        return Finding(
            "missing",
            f"{name} server does not run here: {error}",
            "`make clean install`, or set its address.",
        )
    return Finding("good", f"{name} server: {said.strip().splitlines()[0]}")


def database(settings: Settings) -> Finding:
    from infra.run import check_schema

    if not settings.database_url:
        return Finding("later", "No database is running", "`onewindow up` starts one, or set DATABASE_URL.")
    try:
        asyncio.run(check_schema(settings.database_url))
    except Problem as problem:
        return Finding(
            "missing", str(problem), "Check DATABASE_URL; `onewindow migrate` brings the schema up to date."
        )
    return Finding("good", f"Database {place(settings.database_url)}, schema up to date")


def engine(settings: Settings) -> Finding:
    address = settings.temporal_address
    if not address:
        return Finding(
            "later", "No Temporal is running", "`onewindow up` starts one, or set ONEWINDOW_TEMPORAL_ADDRESS."
        )
    host, _, number = address.rpartition(":")
    if number.isdigit() and answers(host, int(number), timeout=2):
        return Finding("good", f"Temporal {address}")
    return Finding(
        "missing", f"Temporal {address} does not answer", "Check ONEWINDOW_TEMPORAL_ADDRESS (host:port)."
    )
