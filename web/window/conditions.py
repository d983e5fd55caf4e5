"""When a question or a material applies, in words: on a page that shows everything, one must know what to skip."""

from typing import Any

from forms import Item
from web.i18n import pick, translate


def only_if(item: Item, when: Any, lang: str) -> str:
    """仅当……时: empty for what always applies."""
    if when is None:
        return ""
    asked = {f.name: f for f in item.questions + item.fields}
    said: dict[str, list[str]] = {}
    for name, value in when.comparisons():
        if name in asked:
            said.setdefault(pick(asked[name].label, lang), []).append(asked[name].show(value, lang))
    parts = [
        translate(lang, "“%(question)s”选“%(answer)s”", question=label, answer="/".join(values))
        for label, values in said.items()
    ]
    return translate(lang, "仅当%(conditions)s时填写", conditions="；".join(parts)) if parts else ""
