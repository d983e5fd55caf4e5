"""The few words of JSON Schema that our forms use, judged strictly: an unknown word fails."""

import re
from datetime import date
from typing import Any

_TYPES = {"string": str, "boolean": bool, "integer": int, "array": list, "object": dict}
_SAID = {"title", "description"}


def agrees(schema: dict[str, Any], value: Any) -> bool:
    return all(_one(word, wanted, value, schema) for word, wanted in schema.items() if word not in _SAID)


def _one(word: str, wanted: Any, value: Any, schema: dict[str, Any]) -> bool:
    match word:
        case "type":
            return type(value) is _TYPES[wanted]
        case "enum":
            return value in wanted
        case "const":
            return value is wanted
        case "pattern":
            return re.search(wanted, value) is not None
        case "format":
            return wanted == "date" and date.fromisoformat(value).isoformat() == value
        case "minimum" | "maximum":
            return value >= wanted if word == "minimum" else value <= wanted
        case "minLength" | "minItems":
            return len(value) >= wanted
        case "maxLength" | "maxItems":
            return len(value) <= wanted
        case "uniqueItems":
            return len({repr(each) for each in value}) == len(value)
        case "items":
            return all(agrees(wanted, each) for each in value)
        case "properties":
            return all(agrees(wanted[name], each) for name, each in value.items() if name in wanted)
        case "required":
            return set(wanted) <= set(value)
        case "additionalProperties":
            return wanted or set(value) <= set(schema["properties"])
    raise AssertionError(f"a word nobody judges: {word}")
