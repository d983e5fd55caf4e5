"""How a text can be typed: as it is, in pinyin, by the initials of its syllables, and nearly so."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

_NOISE = re.compile(r"[\s\W_]+")
_CHINESE = re.compile("[\u4e00-\u9fff]")
LONGEST = 100  # of a query: nobody types more to find something


def plain(text: str) -> str:
    """Full width, case, spaces and punctuation make no difference."""
    return _NOISE.sub("", fold(text))


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def is_chinese(text: str) -> bool:
    return bool(_CHINESE.search(text))


def syllables(text: str) -> list[str]:
    """Pinyin without tones; what is not Chinese stays as it is."""
    from pypinyin import lazy_pinyin  # 0.2 s and 30 MB, which only a search has to pay

    return [s.replace("ü", "v") for s in lazy_pinyin(text, errors=lambda other: [other], v_to_u=False)]


@dataclass(frozen=True)
class Spelling:
    """A text with everything that it is compared by, each made when it is first asked for."""

    text: str  # plain

    @cached_property
    def chinese(self) -> bool:
        return is_chinese(self.text)

    @cached_property
    def characters(self) -> frozenset[str]:
        return frozenset(self.text)

    @cached_property
    def pairs(self) -> frozenset[str]:
        return frozenset(self.text[n : n + 2] for n in range(len(self.text) - 1))

    @cached_property
    def _syllables(self) -> list[str]:
        return syllables(self.text) if self.chinese else []

    @cached_property
    def pinyin(self) -> str:
        return "".join(self._syllables)

    @cached_property
    def starts(self) -> frozenset[int]:
        """Where a syllable begins, and where the last one ends."""
        found, at = [0], 0
        for syllable in self._syllables:
            at += len(syllable)
            found.append(at)
        return frozenset(found)

    @cached_property
    def initials(self) -> str:
        return "".join(s[0] for s in self._syllables)

    @cached_property
    def trigrams(self) -> frozenset[str]:
        return trigrams(self.pinyin or self.text)

    def spelt(self, letters: str, *, whole: bool) -> int | None:
        """Where `letters` are its pinyin, beginning with a syllable; `whole`: and ending with one."""
        at = self.pinyin.find(letters)
        while at >= 0:
            if at in self.starts and (not whole or at + len(letters) in self.starts):
                return at
            at = self.pinyin.find(letters, at + 1)
        return None


@lru_cache(maxsize=50_000)
def spelling_of(text: str) -> Spelling:
    """Of what items say: authorities, shelves and many papers are called the same in all of them."""
    return Spelling(text)


def trigrams(letters: str) -> frozenset[str]:
    return frozenset(letters[n : n + 3] for n in range(max(len(letters) - 2, 1)))


def overlap(wanted: frozenset[str], there: Iterable[str]) -> float:
    """How much of what is wanted is there: of a short query in a long text, which a ratio of both would drown."""
    return len(wanted.intersection(there)) / len(wanted) if wanted else 0.0


def in_order(letters: str, text: str) -> bool:
    """spxk for 食(s)品(p)经营许(x)可(k): some syllables left out."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def slipped(wanted: Spelling, there: Spelling) -> bool:
    """Somewhere in the text stands what is wanted, but for one character in three."""
    typed, text, most = wanted.text, there.text, len(wanted.text) // 3
    if len(wanted.characters - there.characters) > most:
        return False
    return any(
        sum(a != b for a, b in zip(typed, text[n : n + len(typed)], strict=True)) <= most
        for n in range(len(text) - len(typed) + 1)
    )
