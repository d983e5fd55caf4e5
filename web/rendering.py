"""Pages: a Jinja environment for each language, and `page()`, which adds what every page needs.

Language, CSRF token and form macros are reached through context variables, because Jinja macros
imported without context (the fast and cached way) see globals only.
"""

from collections.abc import Callable, MutableMapping
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from forms.fields import ID_TYPES
from services.law.fee_words import REASONS, STANDS
from services.law.ribbon import Ribbon
from web import formats, i18n
from web.assets import HTMX, asset
from web.navigation import places, role_word
from web.preferences import is_large, keep

TEMPLATES = Path(__file__).parent / "templates"
_csrf: ContextVar[str] = ContextVar("csrf", default="")


# Between two values a template writes Chinese punctuation itself, as text or as a string of nothing else.
_ENGLISH = {"：": ": ", "；": "; ", "（": " (", "）": ")", "，": ", ", "、": ", ", "。": ". "}
_PUNCTUATION = {"en": str.maketrans(_ENGLISH)}


class _Translated(NodeTransformer):
    """`_("…")` of a sentence without values becomes that sentence in one language: most of a page's text."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.TemplateData:
        node.data = node.data.translate(_PUNCTUATION.get(self._lang, {}))
        return node

    def visit_Const(self, node: nodes.Const) -> nodes.Const:
        if isinstance(node.value, str) and node.value in _ENGLISH:
            node.value = node.value.translate(_PUNCTUATION.get(self._lang, {}))
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        node = self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str(sentence))], kwargs=[]):
                return nodes.Const(i18n.translate(self._lang, sentence), lineno=node.lineno)
        return node


class _Environment(Environment):
    def __init__(self, lang: str, **options: Any) -> None:
        self._lang = lang
        super().__init__(**options)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain dict. Jinja's chain of maps is walked in Python for each macro that a page imports."""
        return {**self.globals, **(d or {})}

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        code = super()._generate(_Translated(self._lang).visit(source), *args, **options)
        imports, rest = code.split("\n", 1)  # a template's code begins by importing markupsafe's
        return f"{imports}; from web.escaping import escape\n{rest}"


def make_templates(lang: str = "zh") -> Environment:
    environment = _Environment(
        lang,
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters.update(formats.FILTERS)
    environment.globals.update(_=i18n.gettext, csrf_field=csrf_field, link_with=link_with, asset=asset)
    environment.globals.update(HTMX=HTMX, ID_TYPES=ID_TYPES, role_word=role_word)
    environment.globals.update(FEE_STANDS=STANDS, FEE_REASONS=REASONS, drawn_ribbon=_ribbons(environment))
    return environment


class DrawnRibbon(NamedTuple):
    picture: Markup
    legend: Markup


def _ribbons(environment: Environment) -> Callable[[Ribbon, str], DrawnRibbon]:
    """Ribbons as HTML, in the environment's language. Many cases share one, and all who look at them."""

    @lru_cache(maxsize=4000)
    def drawn(ribbon: Ribbon, id_: str) -> DrawnRibbon:
        parts: Any = environment.get_template("parts/ribbon.html").module
        return DrawnRibbon(parts.picture(ribbon, id_), parts.legend(ribbon))

    return drawn


templates = cache(make_templates)


def page(
    request: Request, name: str, *, status: int = 200, block: str | None = None, **context: Any
) -> HTMLResponse:
    """Render a page, or with `block` only that block of it, for htmx to put in place."""
    lang = i18n.language_of(request)
    text = render(name, everyday(request, lang) | {"status": status} | context, block)
    response = HTMLResponse(text, status, {"Content-Language": lang, "Vary": "Cookie, Accept-Language"})
    if request.query_params.get("lang") == lang and request.cookies.get(i18n.COOKIE) != lang:
        keep(request, response, i18n.COOKIE, lang)
    return response


def everyday(request: Request, lang: str) -> dict[str, Any]:
    """What every page may use."""
    actor = getattr(request.state, "actor", None)
    path = request.scope["path"]
    return {
        "request": request,
        "lang": lang,
        "large": is_large(request),
        "actor": actor,
        "csrf": getattr(request.state, "csrf", ""),
        "path": path,
        "here": f"{path}?{request.url.query}" if request.url.query else path,
        "nav": places(actor, path),
        "problems": {},
    }


def render(name: str, context: dict[str, Any], block: str | None = None) -> str:
    template = templates(context["lang"]).get_template(name)
    language = i18n.in_language(context["lang"])
    token = _csrf.set(context["csrf"])
    try:
        if block is None:
            return template.render(context)
        return "".join(template.blocks[block](template.new_context(context)))
    finally:
        _csrf.reset(token)
        i18n.leave(language)


def csrf_field() -> Markup:
    """The hidden field that every POST form carries."""
    return Markup('<input type="hidden" name="csrf" value="%s">') % _csrf.get()


def link_with(request: Request, **changes: Any) -> str:
    """This page's address with some query values changed; None takes one away."""
    query = {k: v for k, v in request.query_params.multi_items() if k not in changes and k != "lang"}
    query |= {k: v for k, v in changes.items() if v is not None}
    return f"{request.url.path}?{urlencode(query)}" if query else request.url.path
