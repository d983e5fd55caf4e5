"""What the macros of templates/parts draw, where Python makes it. A list of literals in a template may be of dicts."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Row(NamedTuple):
    """A line of parts/summary.html. `change` is an address; `source` says where a value that nobody typed comes from."""

    label: Any
    value: Any
    change: str = ""
    source: Any = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of parts/timeline.html."""

    title: Any
    when: Any = ""
    note: Any = ""
    state: str = "done"
    links: list[dict[str, Any]] = field(default_factory=list)
