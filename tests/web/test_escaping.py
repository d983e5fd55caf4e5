"""What a template writes is escaped as markupsafe would, wherever in the template it stands."""

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.law.roles import Role
from web.escaping import escape
from web.rendering import templates

HOSTILE = "<b onclick=\"a('x')\">&"
SAFE = "&lt;b onclick=&#34;a(&#39;x&#39;)&#34;&gt;&amp;"


@given(
    st.one_of(st.text(), st.integers(), st.none(), st.booleans(), st.lists(st.text()), st.sampled_from(Role))
)
def test_the_same_characters_as_markupsafe(value):
    assert escape(value) == markupsafe.escape(value)
    assert escape(markupsafe.escape(value)) == markupsafe.escape(value), "once"


@pytest.mark.parametrize(
    "template",
    [
        "{{ x }}",
        "{{ x ~ '' }}",
        "{{ [x]|join }}",
        "{{ x if true }}",
        "{% macro m(y) %}{{ y }}{% endmacro %}{{ m(x) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ x }}{% endcall %}",
        "{% set y %}{{ x }}{% endset %}{{ y }}",
        "{% filter trim %}{{ x }}{% endfilter %}",
        "{% for y in [x] %}{{ y }}{% endfor %}",
    ],
)
def test_escaped_once_and_only_once(template):
    assert templates("zh").from_string(template).render(x=HOSTILE) == SAFE


def test_templates_use_it():
    """Else pages are as safe, and slower."""
    module = templates("zh").get_template("base.html")
    assert module.root_render_func.__globals__["escape"] is escape


@pytest.mark.parametrize(
    ("template", "english"),
    [
        ("{{ x }}：{{ x }}。", "a: a. "),
        ("{{ x ~ '：' }}", "a: "),
        ("{{ [x, x]|join('、') }}", "a, a"),
        ("{{ _('、') }}", ", "),
    ],
)
def test_punctuation_between_values_is_the_languages_own(template, english):
    assert templates("en").from_string(template).render(x="a") == english
    assert "：" in templates("zh").from_string("{{ x }}：").render(x="a")
