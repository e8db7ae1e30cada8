"""Words into HTML, quickly: text comes in, text with five signs spelt out goes out.

``markupsafe`` does the same and wraps its answer, which takes four times as long; a page escapes
some four hundred pieces, most of which have nothing to escape.
"""

from typing import Any

import jinja2
from markupsafe import Markup, escape


def escaped(text: str) -> str:
    """Text as ``markupsafe.escape`` spells it, sign for sign, but as plain text."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "'" in text:
        text = text.replace("'", "&#39;")
    if '"' in text:
        text = text.replace('"', "&#34;")
    return text


def put(value: Any) -> str:
    """What a template puts out for a value: markup as it is, anything else escaped."""
    kind = type(value)
    if kind is str:
        return escaped(value)
    return value if kind is Markup else escape(value)


class QuickTemplate(jinja2.Template):
    """A template that puts its values out by :func:`put`; what it renders is the same."""

    @classmethod
    def from_code(cls, *given: Any, **named: Any) -> jinja2.Template:
        """Make a template of its compiled code."""
        template = super().from_code(*given, **named)
        # Compiled templates look "escape" up among their globals.
        template.root_render_func.__globals__["escape"] = put
        return template
