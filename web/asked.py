"""What a correction notice (补正告知书) asked for, line by line."""

from forms import Item
from services.cases.histories import Told
from web.i18n import pick


def asked(told: Told, item: Item, lang: str) -> str:
    """Empty for any other event."""
    if told.event.kind != "correction_requested":
        return ""
    names = {m.code: m.name for m in item.materials} | {f.name: f.label for f in item.fields}
    return "；".join(
        f"{pick(names.get(d['code'], d['code']), lang)}：{d['defect']}" for d in told.event.data["items"]
    )
