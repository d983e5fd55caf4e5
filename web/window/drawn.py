"""The worklist's rows as HTML. Between two looks most rows stay as they were, whoever looks, so they are kept."""

from functools import lru_cache

import asyncpg
from markupsafe import Markup

from services.house import House
from services.law.roles import Actor
from web.i18n import in_language, leave
from web.rendering import templates
from web.window.rows import Words, row_of
from web.window.staff import ASSIGN
from web.window.time_left import Light, TimeLeft


def drawn(found: list[asyncpg.Record], house: House, actor: Actor, queue: str, lang: str) -> Markup:
    words, left, rows = Words(house, lang), TimeLeft(house, lang), []
    for r in found:
        title, step, unit = words(r)
        light = left(r["due_at"], r["due_on"], unit, r["district"])
        rows.append(_draw(r, title, step, light, r["claimed_by"] == actor.id, queue, lang))
    return Markup("\n".join(rows))  # noqa: S704 - each is a row that a template wrote


@lru_cache(maxsize=4000)
def _draw(
    record: asyncpg.Record, title: str, step: str, light: Light, mine: bool, queue: str, lang: str
) -> Markup:
    language = in_language(lang)
    try:
        macros = templates(lang).get_template("window/worklist_row.html").module
        return macros.row(row_of(record, title, step, light, mine), queue, assigns=queue == ASSIGN)
    finally:
        leave(language)
