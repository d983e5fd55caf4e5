"""The worklist's rows as HTML. Between two looks most rows stay as they were, whoever looks, so they are kept."""

from functools import lru_cache

from markupsafe import Markup

from web.i18n import in_language, leave
from web.rendering import templates
from web.window.rows import Row
from web.window.staff import ASSIGN


def drawn(rows: list[Row], queue: str, lang: str) -> list[Markup]:
    return [_draw(row, queue, lang) for row in rows]


@lru_cache(maxsize=4000)
def _draw(row: Row, queue: str, lang: str) -> Markup:
    language = in_language(lang)
    try:
        macros = templates().get_template("window/worklist_row.html").module
        return macros.row(row, queue, assigns=queue == ASSIGN)
    finally:
        leave(language)
