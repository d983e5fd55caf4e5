"""Two languages: the Chinese sentence is the key, English comes from locale/en/LC_MESSAGES/messages.po."""

from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from typing import Any

from starlette.requests import Request

from web.i18n.catalogue import CATALOGUE, read

LANGUAGES = ("zh", "en")
COOKIE = "lang"
# Jinja macros imported without context, and filters, learn the language of the page from here.
_current: ContextVar[str] = ContextVar("language", default="zh")


def N_(msgid: str) -> str:
    """Mark a sentence for extraction where it is written; `_()` translates it where it is shown."""
    return msgid


def translate(lang: str, msgid: str, **values: Any) -> str:
    """The sentence in that language, Chinese if it has no translation. Placeholders are `%(name)s`.

    `{s}` in the English is an s unless n is one.
    """
    if lang != "en":
        return msgid % values if values else msgid
    sentence = _english().get(msgid) or msgid
    if not values:
        return sentence
    return sentence.replace("{s}", "" if str(values.get("n")) == "1" else "s") % values


def gettext(msgid: str, **values: Any) -> str:
    """`_()` of the templates: translate into the language of the page being rendered."""
    return translate(_current.get(), msgid, **values)


def current_language() -> str:
    return _current.get()


def in_language(lang: str) -> Any:
    """Set the language of what is rendered next; give the answer back to `leave`."""
    return _current.set(lang)


def leave(token: Any) -> None:
    _current.reset(token)


def pick(text: Any, lang: str) -> str:
    """One language of a bilingual value: forms.Text, a mapping {zh, en}, or a plain string as it is."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    if isinstance(text, dict):  # most of them, and cheaper to ask for than any mapping
        return str(text.get(lang) or text["zh"])
    if hasattr(text, "zh"):
        return str(getattr(text, lang, "") or text.zh)
    if isinstance(text, Mapping):
        return str(text.get(lang) or text["zh"])
    return str(text)


def language_of(request: Request) -> str:
    """`?lang=` wins, then the cookie, then what the browser asks for; Chinese otherwise."""
    for wish in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return wish
    return _accepted(request.headers.get("accept-language", ""))


@cache
def _english() -> dict[str, str]:
    return read(CATALOGUE)


def _accepted(header: str) -> str:
    best, best_weight = "zh", 0.0
    for part in header[:200].split(","):
        tag, _, weight = part.strip().partition(";q=")
        language = tag.split("-")[0].lower()
        try:
            value = float(weight or 1)
        except ValueError:
            continue
        if language in LANGUAGES and value > best_weight:
            best, best_weight = language, value
    return best
