"""主题分类: items by what people go through. Which item belongs where follows from its own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from forms import Item, Text

_ROOM = files(__package__)


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    audience: str
    name: Text
    words: tuple[str, ...]

    def holds(self, item: Item) -> bool:
        said = "|".join((item.name.zh, item.short.zh, *everyday_words(item)))
        return any(word in said for word in self.words)


@cache
def topics() -> tuple[Topic, ...]:
    rows = yaml.safe_load((_ROOM / "topics.yaml").read_text(encoding="utf-8"))
    return tuple(Topic(r["id"], r["for"], Text(zh=r["zh"], en=r["en"]), tuple(r["words"])) for r in rows)


def topic_of(id_: str) -> Topic | None:
    return next((t for t in topics() if t.id == id_), None)


def topics_with_items(items: Iterable[Item]) -> list[tuple[Topic, int]]:
    """Only those that lead anywhere, with how many items each holds."""
    listed = list(items)
    counted = [(t, sum(t.holds(i) for i in listed)) for t in topics()]
    return [(t, n) for t, n in counted if n]


def everyday_words(item: Item) -> tuple[str, ...]:
    """The item's own, and those of the list that came with the house."""
    own = getattr(item, "words", ())
    return tuple(dict.fromkeys((*(_plain(w) for w in own), *_listed().get(item.code, ()))))


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    rows = yaml.safe_load((_ROOM / "words.yaml").read_text(encoding="utf-8"))
    return {code: tuple(map(str, words)) for code, words in rows.items()}


def _plain(word: object) -> str:
    return getattr(word, "zh", None) or str(word)
