"""What a command is: who asks which fields for what, and which event it becomes."""

from dataclasses import dataclass
from typing import Any

from forms import Text, parse_fields
from services.law.stages import Stage


@dataclass(frozen=True, slots=True)
class Command:
    code: str
    name: Text
    event: str  # the kind of event it appends
    stages: frozenset[Stage]
    fields: tuple = ()
    style: str = "plain"  # primary, plain or warn (irreversible or adverse)
    key: str = ""  # the clerk's key on the workbench
    document: str = ""  # the document it leads to, previewed before sending
    facts: frozenset[str] = frozenset()  # values the engine may read; never personal data


def field(name: str, kind: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "label": {"zh": zh, "en": en}, **more}


def options(*rows: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [{"value": v, "label": {"zh": zh, "en": en}} for v, zh, en in rows]


def personal(zh: str, en: str) -> dict[str, Any]:
    return {"personal": True, "purpose": {"zh": zh, "en": en}}


def command(
    code: str, zh: str, en: str, event: str, stages: frozenset[Stage], *fields: dict, **more: Any
) -> Command:
    return Command(code, Text(zh=zh, en=en), event, stages, parse_fields(list(fields)), **more)
