"""The files under /static: our own, and htmx from the wheel django-js-lib-htmx (no Django is imported)."""

import hashlib
from functools import cache
from pathlib import Path

from starlette.staticfiles import StaticFiles

HERE = Path(__file__).parent / "static"
HTMX = "htmx/htmx.min.js"  # in the wheel: js_lib_htmx/static/htmx/htmx.min.js; extensions in htmx/ext/


def assets() -> StaticFiles:
    """Mount at /static. Our files win over the wheel's."""
    return StaticFiles(directory=HERE, packages=[("js_lib_htmx", "static")])


@cache
def asset(name: str) -> str:
    """The address of a file, with its content in the query, so that it may be cached for ever."""
    path, _ = assets().lookup_path(name)
    if not path:
        raise LookupError(f"no such static file: {name}")
    return f"/static/{name}?v={hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]}"
