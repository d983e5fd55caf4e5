"""主题分类 and 人生事件: items by what people go through. An item that does not say so itself is placed by its words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from forms import Item, Text
from forms.tables import table

_ROOM = files(__package__)
# The tables, what an item calls them, and how their words begin in an address.
_SHELVES = (
    ("life_events", "life", ""),
    ("topics_person", "person", "person-"),
    ("topics_organisation", "organisation", "organisation-"),
)


@dataclass(frozen=True, slots=True)
class Topic:
    """`kind`: life, person or organisation. `words`: what places an item here that does not say where it belongs."""

    id: str
    kind: str
    code: str
    name: Text
    words: tuple[str, ...]

    def holds(self, item: Item) -> bool:
        return self.id in shelves_of(item)

    def suits(self, item: Item) -> bool:
        said = getattr(item.topics, self.kind) if item.topics else ()
        if said:
            return self.code in said
        if self.kind != "life" and self.kind not in item.audience:
            return False
        called = "|".join((item.name.zh, item.short.zh, *everyday_words(item)))
        return any(word in called for word in self.words)


@cache
def topics() -> tuple[Topic, ...]:
    words = yaml.safe_load((_ROOM / "topics.yaml").read_text(encoding="utf-8"))
    return tuple(
        Topic(prefix + code, kind, code, entry.text, tuple(words.get(name, {}).get(code, ())))
        for name, kind, prefix in _SHELVES
        for code, entry in table(name).items()
    )


@cache
def _by_id() -> dict[str, Topic]:
    return {t.id: t for t in topics()}


def topic_of(id_: str) -> Topic | None:
    return _by_id().get(id_)


def topics_with_items(items: Iterable[Item]) -> list[tuple[Topic, int]]:
    """Only those that lead anywhere, with how many items each holds."""
    counted = Counter(id_ for item in items for id_ in shelves_of(item))
    return [(t, counted[t.id]) for t in topics() if counted[t.id]]


_PLACED: dict[tuple[str, int], tuple[Item, frozenset[str]]] = {}  # for each item as it lies in memory


def shelves_of(item: Item) -> frozenset[str]:
    """The ids of its topics."""
    placed = _PLACED.get((item.code, item.version))
    if placed is None or placed[0] is not item:
        shelves = frozenset(t.id for t in topics() if t.suits(item))
        placed = _PLACED[item.code, item.version] = item, shelves
    return placed[1]


def everyday_words(item: Item) -> tuple[str, ...]:
    """The item's own, and those of the list that came with the house."""
    return tuple(dict.fromkeys((*item.words, *_listed().get(item.code, ()))))


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    rows = yaml.safe_load((_ROOM / "words.yaml").read_text(encoding="utf-8"))
    return {code: tuple(map(str, words)) for code, words in rows.items()}
