"""The version, from the one place that states it."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def _read() -> str:
    """A checkout is on the path without being installed, and then its own file is what counts."""
    project = Path(__file__).parents[1] / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    try:
        return version("onewindow")
    except PackageNotFoundError:
        return "unknown"


VERSION = _read()
