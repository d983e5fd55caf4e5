"""From a YAML file to an item, with messages that name the file, the key and the remedy."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from forms.item import Item

# What pydantic says is for programmers; these are for the person who edits the file.
_REMEDIES = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not a known key: correct its spelling or remove it",
    "string_type": "must be text: put it between quotes",
    "union_tag_invalid": "is not a kind of field: use one of {expected_tags}",
    "union_tag_not_found": "has no `kind`: say which kind of field it is",
    "decimal_max_places": "is finer than a fen: write yuan with at most two decimals",
    "literal_error": "must be {expected}",
    "value_error": "{error}",
}


class BadItems(Exception):
    """Item files that do not check; every message, not only the first."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


# The parser of libyaml where there is one: a catalogue is read at every start, and three times as fast.
_Safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):
    """Refuses a key written twice, of which YAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key.start_mark)
            if key.value in seen:
                twice = f"`{key.value}` is written twice, keep one"
                raise yaml.constructor.ConstructorError(None, None, twice, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_item(path: Path) -> tuple[Item | None, list[str]]:
    try:
        content = content_of(path)
    except (OSError, RecursionError):
        return None, [f"{path.name}: like: there is no such file beside it: name another item of this folder"]
    except (yaml.YAMLError, ValueError) as error:  # ValueError: bad UTF-8, or a day that does not exist
        return None, [f"{path.name}: {_where(error)}: not readable YAML: {_problem(error)}; correct it there"]
    try:
        return Item.model_validate(content), []
    except ValidationError as error:
        return None, [f"{path.name}: {message}" for message in _messages(error)]


def content_of(path: Path) -> Any:
    """`like: food-licence`: what this file does not say is as that item's file says it."""
    content = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    like = content.pop("like", None) if isinstance(content, dict) else None
    if not like:
        return content
    base = content_of(path.with_name(f"{like}.yaml"))
    if not isinstance(base, dict):
        raise FileNotFoundError(like)
    return {**base, **content}


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else "the whole file"


def _problem(error: Exception) -> str:
    return getattr(error, "problem", None) or str(error)


def _messages(error: ValidationError) -> list[str]:
    said = []
    for each in error.errors(include_url=False):
        key = ".".join(str(part) for part in each["loc"]) or "the whole file"
        remedy = _REMEDIES.get(each["type"])
        words = remedy.format(**each.get("ctx", {})) if remedy else f"{each['msg']}: correct it"
        said.append(f"{key}: {words}")
    return said
