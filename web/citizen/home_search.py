"""Finding an item by everyday words: forgiving, since people do not know what an item is officially called."""

import re
import unicodedata
from collections.abc import Iterable

from forms import Item

# What people put around the thing they mean.
_AROUND = re.compile(
    r"我要|我想|怎么|如何|办理|申请|申领|需要|什么|手续|办|证件|一个|how (do|can) i|apply|for|get|an?\b|the\b|i want to"
)
_NOISE = re.compile(r"[\s\W_]+")
_WEIGHTS = (8, 2, 1)  # names and code; department; conditions, materials and questions
_BEHIND = 3  # 变更、延续 and the like stand behind the item whose licences they are about, unless they were asked for
_ENOUGH = 0.5  # of a long query this much of its pairs of characters must occur


def search(items: Iterable[Item], query: str, audience: str = "") -> list[Item]:
    """Best first; everything of that audience for an empty query."""
    offered = [i for i in items if not audience or audience in i.audience]
    wanted = _plain(query)
    if not wanted:
        return offered
    stripped = _NOISE.sub("", _AROUND.sub(" ", _fold(query))) or wanted
    scored = [(max(_score(item, wanted), _score(item, stripped)), n, item) for n, item in enumerate(offered)]
    ranked = sorted(scored, key=lambda s: (_BEHIND * (s[2].acts_on is not None) - s[0], s[1]))
    return [item for score, _, item in ranked if score > 0]


def _score(item: Item, wanted: str) -> float:
    return sum(weight * _likeness(text, wanted) for weight, text in zip(_WEIGHTS, _texts(item), strict=True))


def _likeness(text: str, wanted: str) -> float:
    if wanted in text:
        return 1
    pairs = {wanted[n : n + 2] for n in range(len(wanted) - 1)}
    found = sum(pair in text for pair in pairs) / len(pairs) if pairs else 0
    return found / 2 if found >= _ENOUGH else 0


def _texts(item: Item) -> tuple[str, str, str]:
    codes = (item.code, item.catalog_code, item.task_code, item.handle_code)
    names = (item.name.zh, item.name.en, item.short.zh, item.short.en, *codes)
    body = [*item.conditions, *(m.name for m in item.materials), *(s.question for s in item.situations)]
    if item.result:
        body.append(item.result.name)
    return (
        "|".join(map(_plain, names)),
        _plain(f"{item.department_name.zh}|{item.department_name.en}"),
        "|".join(_plain(part) for text in body for part in (text.zh, text.en)),
    )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()[:100]


def _plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())
