"""Words into HTML: the same signs as the library spells out, as plain text."""

from functools import lru_cache

import jinja2
import pytest
from markupsafe import Markup, escape

from regesta.serving.pages.escaping import escaped
from regesta.serving.pages.templating import put, quicken


@pytest.mark.parametrize(
    "words",
    ["", "plain words", "Mr. Berg's note", 'a "quotation"', "<b>&amp;</b>", "a > b & c < d", "é"],
)
def test_escaped_as_the_library_does(words: str) -> None:
    """Text is spelt as the library spells it."""
    assert escaped(words) == str(escape(words))


def test_put() -> None:
    """Markup stays as it is; numbers, nothing, and a text's heirs are put out as elsewhere."""
    for value in (Markup("<i>a</i>"), 7, None, "a & b"):
        assert put(value) == str(escape(value))


def test_a_quick_template_renders_the_same() -> None:
    """Templates render the same: macros, joined words, functions plain, kept, and Jinja's own."""
    source = (
        "{% macro m(x) %}<u>{{ x }}</u>{% endmacro %}"
        "{{ a }}{{ b }}{{ m(a) }}{{ a ~ b }}{{ n }}{{ a|upper }}"
        "{% set s %}{{ a }}{% endset %}{{ s }}{{ f(a) }}{{ k(n) }}{{ o.m(2) }}{{ c() }}{{ t }}"
        "{% block one %}{% for x in t %}{{ f(x) }}{{ c() }}{% endfor %}{% endblock %}"
    )

    @jinja2.pass_context
    def of_context(context: jinja2.runtime.Context) -> str:
        return f"<{context['n']}>"

    class Thing:
        def m(self, times: int) -> str:
            return "&" * times

    context = {
        "a": "<x> & 'y'", "b": Markup("<i>b</i>"), "n": 3, "f": lambda x: f"{x}!",
        "k": lru_cache(str), "o": Thing(), "c": of_context, "t": ("'",),
    }  # fmt: skip
    plain = jinja2.Environment(autoescape=True)
    quick = jinja2.Environment(autoescape=True)
    quicken(quick)
    assert quick.from_string(source).render(context) == plain.from_string(source).render(context)
