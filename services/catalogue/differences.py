"""What changed between two versions of an item, field by field and in words (事项动态调整).

A material, a question or a step is the same one while its code is: moving it is no change. What has no code of its
own (conditions) is the same while it says the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from pydantic import BaseModel

from forms import Item, Limit, Text
from forms.conditions import All, Any_, Equals, Not, OneOf
from forms.tables import table
from services.catalogue.labels import label_of
from services.catalogue.wording import (
    AUDIENCES,
    DEPTHS,
    FORMS,
    KINDS,
    NEEDS,
    SOURCES,
    condition_words,
    limit_words,
)

_WHOLE = (Text, Limit, Equals, OneOf, All, Any_, Not)  # compared as one
_UNTOLD = {"version", "effective"}  # said above the list
_NAMES = ("code", "name", "id", "value", "law")  # the first that a part has tells it from its neighbours
_YES, _NO = Text(zh="是", en="yes"), Text(zh="否", en="no")
_SHORT = 60  # characters in which a part that came or went is told in full
NOTHING = Text(zh="无", en="none")
_CODES: Mapping[str, Mapping[Any, Mapping[str, str]]] = {
    "need": NEEDS,
    "source": SOURCES,
    "kind": KINDS,
    "depth": DEPTHS,
    "audience": AUDIENCES,
    "case_type": {
        "instant": {"zh": "即办件", "en": "instant"},
        "promised": {"zh": "承诺件", "en": "promised"},
    },
    "otherwise": {
        "terminate": {"zh": "终止办理", "en": "terminated"},
        "refuse": {"zh": "不予许可", "en": "refused"},
    },
    "due": {"acceptance": {"zh": "受理后", "en": "after acceptance"}, "grant": {"zh": "准予后", "en": "after a grant"}},
    "role": {
        "clerk": {"zh": "窗口", "en": "counter"},
        "reviewer": {"zh": "审核", "en": "reviewer"},
        "director": {"zh": "批准", "en": "director"},
        "agent": {"zh": "话务员", "en": "agent"},
    },
}  # fmt: skip

_TABLES = {
    "power_source": "power_sources",
    "body": "bodies",
    "servers": "servers",
    "area": "areas",
    "channels": "channels",
    "type": "result_types",
    "kind": "special_procedures",
    "person": "topics_person",
    "organisation": "topics_organisation",
    "life": "life_events",
}


@dataclass(frozen=True, slots=True)
class Change:
    """`where`: from the element down to the key. Nothing before: it is new; nothing after: it is gone."""

    where: tuple[Text, ...]
    before: Text | None
    after: Text | None

    @property
    def sentence(self) -> Text:
        return Text(zh=self._say("zh"), en=self._say("en"))

    def _say(self, lang: str) -> str:
        zh = lang == "zh"
        place = ("：" if zh else ": ").join(t.in_(lang) for t in self.where)
        if self.before is None:
            return (
                f"新增{place}：{_in(self.after, lang)}" if zh else f"Added, {place}: {_in(self.after, lang)}"
            )
        if self.after is None:
            return (
                f"删去{place}：{_in(self.before, lang)}"
                if zh
                else f"Removed, {place}: {_in(self.before, lang)}"
            )
        was, is_ = _quoted(_in(self.before, lang)), _quoted(_in(self.after, lang))
        return f"{place}：由{was}改为{is_}" if zh else f"{place}: from {was} to {is_}"


def differences(before: Item, after: Item) -> list[Change]:
    """In the order of an item file; empty if both say the same."""
    found: list[Change] = []
    for key in type(after).model_fields:
        if key not in _UNTOLD:
            was, is_ = getattr(before, key), getattr(after, key)
            found += _compare(_Pair(before, after), (label_of(key, top=True),), key, was, is_)
    return found


@dataclass(frozen=True, slots=True)
class _Pair:
    """The items that both sides belong to, whose questions conditions are said in."""

    before: Item
    after: Item


def _compare(pair: _Pair, where: tuple[Text, ...], key: str, was: Any, is_: Any) -> Iterator[Change]:
    if was == is_:
        return
    if key == "form" and where[1:] == ():  # sections only arrange; what is asked are the fields
        yield from _parts(pair, where, pair.before.fields, pair.after.fields)
    elif isinstance(was, tuple) and isinstance(is_, tuple) and _have_names(was + is_):
        yield from _parts(pair, where, was, is_)
    elif (
        isinstance(was, tuple) and isinstance(is_, tuple) and any(isinstance(t, BaseModel) for t in was + is_)
    ):
        yield from (Change(where, _show(pair.before, key, t), None) for t in was if t not in is_)
        yield from (Change(where, None, _show(pair.after, key, t)) for t in is_ if t not in was)
    elif _is_part(was) and _is_part(is_) and type(was) is type(is_):
        for inner in type(is_).model_fields:
            path = (*where, label_of(_alias(is_, inner)))
            yield from _compare(pair, path, _alias(is_, inner), getattr(was, inner), getattr(is_, inner))
    elif _is_part(was or is_):  # there as a whole, or not at all
        yield Change(
            where, _all_of(pair.before, was) if was else None, _all_of(pair.after, is_) if is_ else None
        )
    else:
        yield Change(where, _show(pair.before, key, was), _show(pair.after, key, is_))


def _parts(
    pair: _Pair, where: tuple[Text, ...], was: tuple[Any, ...], is_: tuple[Any, ...]
) -> Iterator[Change]:
    old, new = _by_name(was), _by_name(is_)
    for name, part in old.items():
        if name not in new:
            yield Change(where, _title(part), None)
        elif type(part) is not type(new[name]):  # a question that is asked in another way
            yield Change(where, _asked(part), _asked(new[name]))
        else:
            yield from _compare(pair, (*where, _title(new[name])), "", part, new[name])
    yield from (Change(where, None, _title(part)) for name, part in new.items() if name not in old)


def _by_name(parts: tuple[Any, ...]) -> dict[Any, Any]:
    return {_name(part): part for part in parts}


def _name(part: Any) -> Any:
    found = next((getattr(part, key) for key in _NAMES if isinstance(getattr(part, key, None), str)), None)
    return (found, part.article) if hasattr(part, "article") else found


def _have_names(parts: tuple[Any, ...]) -> bool:
    return bool(parts) and all(_is_part(p) and _name(p) not in (None, (None,)) for p in parts)


def _title(part: Any) -> Text:
    for key in ("name", "label", "question"):
        if isinstance(words := getattr(part, key, None), Text):
            return words
    if hasattr(part, "article"):
        return Text(zh=f"《{part.law}》{part.article}", en=f"{part.law} {part.article}")
    return Text(zh=str(_name(part)), en=str(_name(part)))


def _asked(field: Any) -> Text:
    return Text(zh=f"{field.label.zh}（{field.kind}）", en=f"{field.label.en} ({field.kind})")


def _is_part(value: Any) -> bool:
    return isinstance(value, BaseModel) and not isinstance(value, _WHOLE)


def _alias(part: BaseModel, key: str) -> str:
    return type(part).model_fields[key].alias or key


def _show(item: Item, key: str, value: Any) -> Text:
    """Any value of an item file, in words."""
    return Text(zh=_shown(item, key, value, "zh"), en=_shown(item, key, value, "en"))


def _shown(item: Item, key: str, value: Any, lang: str) -> str:
    more = partial(_shown, item, key, lang=lang)
    match value:
        case None | () | "":
            return NOTHING.in_(lang)
        case bool():
            return (_YES if value else _NO).in_(lang)
        case Text():
            return value.in_(lang)
        case Limit():
            return _limit(value, lang)
        case Equals() | OneOf() | All() | Any_() | Not():
            return condition_words(item, value, lang)
        case date():
            return value.isoformat()
        case tuple():
            return ("、" if lang == "zh" else ", ").join(more(value=each) for each in value)
        case BaseModel():
            return _title(value).in_(lang) if _name(value) else _whole(item, value, lang)
        case int() if key == "form" and value in FORMS:
            return FORMS[value][lang]
        case _:
            words = _CODES.get(key, {}).get(value)
            entry = table(_TABLES[key]).get(value) if key in _TABLES and not words else None
            return words[lang] if words else entry.text.in_(lang) if entry else str(value)


def _whole(item: Item, part: BaseModel, lang: str) -> str:
    """A part that has no name: all that it says, since it is there or not as a whole."""
    said = [
        f"{label_of(_alias(part, key)).in_(lang)} {_shown(item, _alias(part, key), value, lang)}"
        for key in type(part).model_fields
        if (value := getattr(part, key)) not in (None, ())
    ]
    return ("；" if lang == "zh" else "; ").join(said)


def _all_of(item: Item, part: BaseModel) -> Text:
    said = _show(item, "", part)
    return said if len(said.zh) <= _SHORT else Text(zh="（整项）", en="(all of it)")


def _quoted(text: str) -> str:
    return text if "“" in text else f"“{text}”"


def _limit(limit: Limit, lang: str) -> str:
    more = f"（{limit.basis}）" if limit.basis else ""
    more += f"（{limit.note.in_(lang)}）" if limit.note else ""
    unchecked = (
        ("，未核对" if lang == "zh" else ", not verified") if limit.basis and not limit.verified else ""
    )
    return f"{limit_words(limit)[lang]}{more}{unchecked}"


def _in(text: Text | None, lang: str) -> str:
    return text.in_(lang) if text else ""
