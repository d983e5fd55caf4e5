"""From a YAML file to a scenario, with messages that name the file, the line and the remedy."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from forms.documents import KINDS
from services.law.commands import COMMANDS
from services.law.rules import RULES
from services.law.stages import Stage
from workflows.scenarios.format import (
    BadScenario,
    Employee,
    Ended,
    Expect,
    Filing,
    Part,
    Person,
    Scenario,
    Standing,
    Step,
)

P = TypeVar("P", bound=Part)

CLAIMS = ("claim", "release")  # what the door does besides commands
MONEY = ("pay", "balance")  # what happens at the payment platform, and what reconciliation makes of it
OTHER_ACTS = CLAIMS + MONEY
# What the keys inside each of these are.
_PARTS = {
    "story": Step, "expect": Expect, "applicant": Person, "people": Person, "staff": Employee,
    "represent": Standing, "revoke": Ended,
}  # fmt: skip
# Words of `expect` that are known beforehand.
_WORDS: dict[str, frozenset[str]] = {
    "stage": frozenset(stage.value for stage in Stage),
    **dict.fromkeys(("card", "no_card", "open_card", "no_open_card"), frozenset(RULES)),
    **dict.fromkeys(("document", "no_document"), frozenset(KINDS)),
}
_KEYS = {m.__name__: m for m in (Scenario, Step, Expect, Filing, Person, Employee, Standing, Ended)}


class _Loader(yaml.SafeLoader):
    """In a story `on` is a word, and so are yes and no; YAML 1.1 would read them as true and false."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


@dataclass(frozen=True)
class Source:
    """A file with the lines of its parts, so that whatever is wrong with it can be pointed at."""

    path: Path
    node: yaml.Node | None

    def line(self, *where: str | int) -> int:
        """Of the innermost part that exists on the way."""
        node, line = self.node, 1
        for part in where:
            if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                line = node.start_mark.line + 1
            elif isinstance(node, yaml.MappingNode):
                found = next(((k, v) for k, v in node.value if k.value == str(part)), None)
                if found is None:
                    continue
                line, node = found[0].start_mark.line + 1, found[1]
        return line

    def at(self, *where: str | int) -> str:
        return f"{self.path}:{self.line(*where)}"


def read_scenario(path: Path) -> tuple[Scenario, Source]:
    """Raises BadScenario with every remark at once."""
    scenario, source = _read(path, Scenario)
    remarks = [f"{source.at('story', n)}: {remark}" for n, remark in _backwards(scenario)]
    remarks += [f"{source.at('story', n, 'do')}: {remark}" for n, remark in _unknown_acts(scenario)]
    remarks += [
        f"{source.at('story', n, 'expect', key)}: {remark}" for n, key, remark in _unknown_words(scenario)
    ]
    story = [step.model_copy(update=_beside(step, path)) for step in scenario.story]
    remarks += [
        f"{source.at('story', n, 'calendar')}: there is no file {step.calendar}: put it beside the story"
        for n, step in enumerate(story)
        if step.calendar and not step.calendar.is_file()
    ]
    if remarks:
        raise BadScenario(remarks)
    return scenario.model_copy(update={"story": tuple(story)}), source


def read_filing(item: str, folders: Sequence[Path]) -> Filing:
    """The item's `filing.yaml`, from the first folder that has one. Raises BadScenario."""
    for folder in folders:
        path = folder / item / "filing.yaml"
        if path.is_file():
            return _read(path, Filing)[0]
    raise BadScenario(
        [
            f"{item}: no filing.yaml in {', '.join(str(f / item) for f in folders)}: write how it is applied for"
        ]
    )


def _beside(step: Step, path: Path) -> dict[str, Path]:
    return {"calendar": path.parent / step.calendar} if step.calendar else {}


def _read(path: Path, model: type[P]) -> tuple[P, Source]:
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, _Loader)
        content = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise BadScenario([f"{path}: {error.strerror}: give the path of a scenario file"]) from None
    except (yaml.YAMLError, ValueError) as error:  # ValueError: bad UTF-8, or a day that does not exist
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(error, "problem", None) or str(error)
        raise BadScenario([f"{path}:{line}: not readable YAML: {said}; correct it there"]) from None
    source = Source(path, node)
    if model is Scenario and not (isinstance(content, dict) and content.keys() & {"title", "law", "story"}):
        raise BadScenario([f"{path}:1: is not a scenario: it has no title, no law and no story"])
    remarks = list(_twice(node, source))
    try:
        read = model.model_validate(content)
    except ValidationError as error:
        raise BadScenario([*remarks, *_remarks(error, source, model)]) from None
    if remarks:
        raise BadScenario(remarks)
    return read, source


def _remarks(error: ValidationError, source: Source, model: type[BaseModel]) -> Iterator[str]:
    for each in error.errors(include_url=False):
        where = tuple(part for part in each["loc"] if part not in _KEYS and part != "str")
        yield f"{source.at(*where)}: {_said(each, where, model)}"


def _said(each: dict, where: tuple, model: type[BaseModel]) -> str:
    key = str(where[-1]) if where else "the file"
    match each["type"]:
        case "extra_forbidden":
            return f"`{key}` is not a known key{_instead(key, _keys_at(where[:-1], model))}"
        case "missing":
            return f"`{key}` is missing: add it"
        case "value_error":
            subject = "the step" if where and isinstance(where[-1], int) else f"`{key}`"
            return f"{subject} {each['ctx']['error']}"
        case _:
            return f"`{key}`: {each['msg']}: correct it"


def _keys_at(where: tuple, model: type[BaseModel]) -> Iterable[str]:
    known = next((_PARTS[str(part)] for part in reversed(where) if part in _PARTS), model)
    return [f.alias or name for name, f in known.model_fields.items()]


def _instead(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f": did you mean `{near[0]}`?" if near else f": use one of {', '.join(sorted(known))}"


def _backwards(scenario: Scenario) -> Iterator[tuple[int, str]]:
    for n, (before, after) in enumerate(zip(scenario.story, scenario.story[1:], strict=False), 1):
        if after.on < before.on:
            yield n, f"{after.on:%Y-%m-%d %H:%M} is before the step above it: put them in order"


def _unknown_acts(scenario: Scenario) -> Iterator[tuple[int, str]]:
    for n, step in enumerate(scenario.story):
        if step.do and step.do not in COMMANDS and step.do not in OTHER_ACTS:
            yield n, f"`{step.do}` is not an act{_instead(step.do, [*COMMANDS, *OTHER_ACTS])}"


def _unknown_words(scenario: Scenario) -> Iterator[tuple[int, str, str]]:
    """What could never be so would be ruled out for ever, or waited for in vain."""
    for n, step in enumerate(scenario.story):
        for key, known in _WORDS.items():
            given = getattr(step.expect, key) if step.expect else None
            for word in (given,) if isinstance(given, str) else given or ():
                if word not in known:
                    yield n, key, f"there is no {key.removeprefix('no_')} `{word}`{_instead(word, known)}"


def read_for(scenario: Scenario, source: Source, folders: Sequence[Path]) -> list[str]:
    """Remarks about items that the story files and nobody said how to."""
    named = [(("item",), scenario.item)]
    named += [(("story", n, "item"), step.item) for n, step in enumerate(scenario.story) if step.item]
    known = sorted({path.parent.name for folder in folders for path in folder.glob("*/filing.yaml")})
    return [
        f"{source.at(*where)}: there is no item `{item}`{_instead(item, known)} (more items: --items FOLDER)"
        for where, item in named
        if item not in known
    ]


def _twice(node: yaml.Node | None, source: Source) -> Iterator[str]:
    """YAML silently keeps the last of two keys; a story must not lose an expectation like that."""
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _twice(each, source)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield f"{source.path}:{key.start_mark.line + 1}: `{key.value}` is written twice: keep one"
            seen.add(key.value)
            yield from _twice(value, source)
