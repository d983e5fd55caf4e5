"""When a question or a material applies, in words: on a page that shows everything, one must know what to skip."""

from typing import Any

from forms import Item
from services.catalogue.wording import condition_words
from web.i18n import translate


def only_if(item: Item, when: Any, lang: str) -> str:
    """仅当……时: empty for what always applies. As the guide says it, with what must not have been chosen."""
    if when is None:
        return ""
    return translate(lang, "仅当%(conditions)s时填写", conditions=condition_words(item, when, lang))
