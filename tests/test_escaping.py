"""Words into HTML: the same signs as the library spells out, as plain text."""

import jinja2
import pytest
from markupsafe import Markup, escape

from regesta.serving.pages.escaping import QuickTemplate, escaped, put


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
    """A template renders the same with either way of escaping, macros and joined words too."""
    source = (
        "{% macro m(x) %}<u>{{ x }}</u>{% endmacro %}"
        "{{ a }}{{ b }}{{ m(a) }}{{ a ~ b }}{{ n }}{{ a|upper }}"
        "{% set s %}{{ a }}{% endset %}{{ s }}"
    )
    context = {"a": "<x> & 'y'", "b": Markup("<i>b</i>"), "n": 3}
    plain = jinja2.Environment(autoescape=True)
    quick = jinja2.Environment(autoescape=True)
    quick.template_class = QuickTemplate
    assert quick.from_string(source).render(context) == plain.from_string(source).render(context)
