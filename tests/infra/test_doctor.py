"""The doctor names what is missing and how to get it."""

import io
import socket
from pathlib import Path

import pytest
from rich.console import Console

from infra.doctor import Finding, database, engine, examine, keys, port, program, show
from infra.servers import Home
from infra.servers.home import free_port
from infra.settings import Problem, Settings
from services.store.crypto import Vault


def said(findings: list[Finding]) -> str:
    page = io.StringIO()
    show(findings, Console(file=page, width=200))
    return page.getvalue()


def test_a_fresh_machine_lacks_nothing_that_up_would_not_bring(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    findings = examine(Settings.load(home=home.path, port=free_port()))
    assert not [f for f in findings if f.state == "missing"]
    assert "`onewindow up` starts one" in said(findings)


def test_a_taken_portal_address_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        finding = port(Settings.load(port=taken.getsockname()[1]))
    assert finding.state == "missing"
    assert "ONEWINDOW_PORT" in finding.remedy


def test_an_unreachable_database_is_named_without_its_password() -> None:
    finding = database(Settings.load(database_url=f"postgresql://u:secret@127.0.0.1:{free_port()}/gone"))
    assert finding.state == "missing"
    assert "/gone cannot be reached" in finding.what
    assert "secret" not in finding.what


def test_a_silent_temporal_is_named() -> None:
    finding = engine(Settings.load(temporal_address=f"127.0.0.1:{free_port()}"))
    assert finding.state == "missing"
    assert "ONEWINDOW_TEMPORAL_ADDRESS" in finding.remedy


def test_a_key_file_that_others_can_read_or_that_is_cut_short_is_named(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "master.key"
    assert keys(file).state == "later"
    Vault.from_key_file(file, create=True)
    assert keys(file).state == "good"
    file.chmod(0o644)
    assert "chmod 600" in keys(file).what
    file.write_text("c2hvcnQ=\n")
    file.chmod(0o600)
    assert keys(file).state == "missing"


def test_a_server_that_does_not_run_here_is_named(tmp_path: Path) -> None:
    foreign = tmp_path / "temporal"
    foreign.write_bytes(b"\x7fELF of another machine")
    foreign.chmod(0o755)
    assert "does not run here" in program("Temporal", lambda: foreign).what


def test_a_wheel_that_is_not_installed_is_named() -> None:
    def absent() -> Path:
        raise Problem("run `make install`")

    assert program("Temporal", absent) == Finding("missing", "Temporal server", "run `make install`")
