"""What people enter where a story does not care: something valid for every field that must be filled in."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from forms.fields import Field
from services.law.commands import Command

_NUMBERS = ("integer", "money")
_PHONE = "19900000009"


def fill(command: Command, given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The story's values, and a sample for each required field that it leaves out."""
    values = {name: plain(value) for name, value in given.items()}
    for field in command.fields:
        if field.required and field.name not in values:
            sample = _sample(field, today)
            if sample is not None:
                values[field.name] = sample
    return values


def plain(value: Any) -> Any:
    """YAML reads days and moments as such; a browser sends their text."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return value


def _sample(field: Field, today: date) -> Any:
    match field.kind:
        case "date":
            return today.isoformat()
        case "choice":
            return field.options[0].value
        case "choices":
            return [field.options[0].value]
        case "yes_no" | "declaration":
            return True
        case "phone":
            return _PHONE
        case "text" | "long_text" | "address":
            # The label keeps two officers apart, and a reader sees that nobody meant anything by it.
            return f"演练：{field.label.zh}"[: getattr(field, "max_length", None) or 200]
        case kind if kind in _NUMBERS:
            return getattr(field, "at_least", None) or 1
        case _:
            return None
