"""Finding an item by what people call it: forgiving, since nobody knows what an item is officially called.

In memory and in Python, like the catalogue itself: suggestions are asked for with every letter, and one slip in a
Chinese word of three characters leaves `pg_trgm` too little to compare (居往证 is like 居住证 by 0.14, below its
threshold); their pinyin is alike, but pinyin and initials are not in the store.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from forms import Item
from services.catalogue.spelling import (
    LONGEST,
    Spelling,
    fold,
    in_order,
    overlap,
    plain,
    slipped,
    spelling_of,
)
from services.catalogue.topics import everyday_words, topics

# What people put around the thing they mean.
_AROUND = re.compile(
    r"我要|我想|想要|想|怎么|怎样|如何|办理|申请|申领|需要|什么|手续|流程|哪里|在哪|可以|一个|一家|办|要|个|吗|呢"
    r"|how (do|can) i|apply for|apply|\bfor\b|\bget\b|\ban?\b|\bthe\b|i want to|i need"
)
_WEIGHTS = {
    "name": 10.0,
    "code": 10.0,
    "words": 9.0,
    "result": 6.0,
    "topic": 4.0,
    "department": 3.0,
    "body": 1.5,
}
_SPELT = ("name", "words", "result", "topic", "department")  # what people type in pinyin
_CALLED = ("name", "words")  # what stands inside a whole sentence that somebody typed
_BEHIND = 0.8  # 变更、延续 and the like stand behind the item whose licences they are about, unless they were asked for
_FOUND, _SURE = 1.2, 4.0
_OF_BEST = 0.2  # beside a clear answer, what only brushes the query is left out
_NEAR = 0.3
_PAIRS, _LETTERS = (
    0.5,
    0.45,
)  # how much of a query must be there, in pairs of characters or in threes of letters


@dataclass(frozen=True)
class _Entry:
    kind: str
    spelling: Spelling


class _Known:
    """Everything that an item is found by. As one text it says in a microsecond what need not be looked at closer."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.entries = list(_make_entries(item))
        spelt = [e.spelling for e in self.entries if e.kind in _SPELT]
        self.text = "|".join(e.spelling.text for e in self.entries)
        self.letters = "|".join(letters for s in spelt for letters in (s.pinyin, s.initials))
        self.first_initials = {s.initials[0] for s in spelt if s.initials}
        self.called = [
            e.spelling.text
            for e in self.entries
            if e.kind in _CALLED and len(e.spelling.text) >= (2 if e.spelling.chinese else 4)
        ]
        self.characters = frozenset(self.text)
        self.pairs = frozenset().union(*(e.spelling.pairs for e in self.entries))
        self.trigrams = frozenset().union(*(s.trigrams for s in spelt))

    def may_fit(self, wanted: Spelling) -> bool:
        query = wanted.text
        return (
            query in self.text
            or (wanted.pinyin if wanted.chinese else query) in self.letters
            or any(text in query for text in self.called)
        )

    def may_nearly_fit(self, wanted: Spelling) -> bool:
        if self.may_fit(wanted):
            return True
        if not wanted.chinese:
            return (
                overlap(wanted.trigrams, self.trigrams) >= _LETTERS or wanted.text[0] in self.first_initials
            )
        missing = len(wanted.characters - self.characters)
        return missing <= len(wanted.text) // 3 or overlap(wanted.pairs, self.pairs) >= _PAIRS


Worth = Callable[[_Known, Spelling], bool]
Judge = Callable[[_Entry, Spelling], float]


def search(items: Iterable[Item], query: str, most: int | None = None) -> list[Item]:
    """Best first; everything for an empty query, nothing if nothing fits."""
    offered = list(items)
    wanted = _wanted(query)
    if not wanted:
        return offered[:most]
    scored = _scored(offered, wanted, _Known.may_fit, _strict)
    if not scored or scored[0][0] < _SURE:
        scored = _scored(offered, wanted, _Known.may_nearly_fit, _loose)
    if not scored:
        return []
    best = scored[0][0]
    return [item for score, item in scored if score >= max(_FOUND, best * _OF_BEST)][:most]


def nearest(items: Iterable[Item], query: str, most: int = 5) -> list[Item]:
    """What might have been meant where nothing was found: never far fetched enough to be empty if anything is shared."""
    wanted = _wanted(query)
    scored = _scored(list(items), wanted, lambda known, query: True, _near) if wanted else []
    return [item for score, item in scored if score >= _NEAR][:most]


def _scored(
    items: list[Item], wanted: list[Spelling], worth: Worth, judge: Judge
) -> list[tuple[float, Item]]:
    scored = []
    for item in items:
        known = _known(item)
        score = max((_score(known, query, judge) for query in wanted if worth(known, query)), default=0)
        if score > 0:
            scored.append((score * (_BEHIND if item.acts_on else 1), item))
    return sorted(scored, key=lambda s: -s[0])  # which keeps the catalogue's order among equals


def _score(known: _Known, wanted: Spelling, judge: Judge) -> float:
    """The best of what it is called, and a little for everything else that fits."""
    found = sorted((_WEIGHTS[entry.kind] * judge(entry, wanted) for entry in known.entries), reverse=True)
    return found[0] + 0.02 * sum(found[1:]) if found else 0.0


def _wanted(query: str) -> list[Spelling]:
    """As it was typed, and without what stands around the thing that is meant."""
    typed = query[:LONGEST]
    forms = (plain(typed), plain(_AROUND.sub(" ", fold(typed))))
    return [Spelling(form) for form in dict.fromkeys(forms) if form]


def _strict(entry: _Entry, wanted: Spelling) -> float:
    text, query = entry.spelling.text, wanted.text
    if query == text:
        return 1.0
    chinese = wanted.chinese
    if text.startswith(query) and (chinese or len(query) > 1):
        return 0.95
    if query in text and (chinese or len(query) > 2):
        return 0.9
    if entry.kind in _CALLED and text in query and len(text) >= (2 if entry.spelling.chinese else 4):
        return 0.4 + 0.4 * len(text) / len(query)
    if entry.kind not in _SPELT or not entry.spelling.pinyin:
        return 0.0
    return _homophone(entry.spelling, wanted) if chinese else _typed_in_letters(entry.spelling, query)


def _typed_in_letters(text: Spelling, letters: str) -> float:
    if len(letters) < 2 or not letters.isascii():
        return 0.0
    at = text.spelt(letters, whole=False)
    if at is not None:
        return 0.9 if at == 0 else 0.8
    if text.initials.startswith(letters):
        return 0.85 if letters == text.initials else 0.7
    return 0.55 if letters in text.initials and len(letters) > 2 else 0.0


def _homophone(text: Spelling, wanted: Spelling) -> float:
    """身份正 for 身份证: an input method offers both."""
    if len(wanted.text) < 2:
        return 0.0
    return 0.75 if text.spelt(wanted.pinyin, whole=True) is not None else 0.0


def _loose(entry: _Entry, wanted: Spelling) -> float:
    """Typing errors, letters left out, sentences of which only parts fit."""
    strict = _strict(entry, wanted)
    text, query = entry.spelling, wanted.text
    if strict or len(query) < 3:
        return strict
    if wanted.chinese:
        found = overlap(wanted.pairs, text.pairs)
        likely = 0.5 * found if found >= _PAIRS else 0.0
        if entry.kind in _CALLED and slipped(wanted, text):
            likely = max(likely, 0.5)
        return likely
    if entry.kind not in _SPELT:
        return 0.0
    spelt = overlap(wanted.trigrams, text.trigrams)
    likely = 0.5 * spelt if spelt >= _LETTERS else 0.0
    return max(likely, 0.42 if _skips(query, text.initials) else 0.0)


def _skips(letters: str, initials: str) -> bool:
    """Of half the initials at least, and the first: any three letters stand in order somewhere in a long name."""
    return (
        initials.startswith(letters[0]) and 2 * len(letters) >= len(initials) and in_order(letters, initials)
    )


def _near(entry: _Entry, wanted: Spelling) -> float:
    if entry.kind not in _CALLED:
        return 0.0
    shared = overlap(wanted.characters, entry.spelling.characters) if wanted.chinese else 0.0
    return max(shared, overlap(wanted.trigrams, entry.spelling.trigrams)) / _WEIGHTS[entry.kind]


# For each item as it lies in memory; a version is never said otherwise, but a house beside this one may say it so.
_KNOWN: dict[tuple[str, int], _Known] = {}


def _known(item: Item) -> _Known:
    known = _KNOWN.get((item.code, item.version))
    if known is None or known.item is not item:
        known = _KNOWN[item.code, item.version] = _Known(item)
    return known


def _make_entries(item: Item) -> Iterator[_Entry]:
    for kind, texts in _texts(item).items():
        texts = [text for text in dict.fromkeys(map(plain, texts)) if text]
        # Where only words are looked for, one long text is as good as fifty, and much faster.
        yield from (_Entry(kind, spelling_of(t)) for t in (["|".join(texts)] if kind == "body" else texts))


def _texts(item: Item) -> dict[str, list[str]]:
    options = (option.label for field in item.fields for option in getattr(field, "options", ()))
    samples = (m.sample for m in item.materials if m.sample)
    said = [
        *item.conditions, *(m.name for m in item.materials), *(s.question for s in item.situations), *options, *samples
    ]  # fmt: skip
    return {
        "name": [item.name.zh, item.name.en, item.short.zh, item.short.en],
        "code": [item.code, item.catalog_code, item.task_code, item.handle_code],
        "words": list(everyday_words(item)),
        "result": [item.result.name.zh, item.result.name.en] if item.result else [],
        "topic": [word for t in topics() if t.holds(item) for word in (t.name.zh, t.name.en)],
        "department": [item.department_name.zh, item.department_name.en],
        "body": [part for text in said for part in (text.zh, text.en)],
    }
