"""Templates as the pages use them: what Jinja renders, in less time.

Its templates and values come in; out goes the same text. A page puts out some hundred values and
calls some fifty functions, and Jinja looks at each for what ours never are.
"""

from functools import lru_cache
from types import FunctionType
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup, escape

from regesta.serving.pages.escaping import escaped

#: Kinds of functions that are called as they stand: none of ours asks for Jinja's own values.
_PLAIN = frozenset((FunctionType, type(lru_cache(len))))


def put(value: Any) -> str:
    """What a template puts out for a value: markup as it is, anything else escaped."""
    kind = type(value)
    if kind is str:
        return escaped(value)
    return value if kind is Markup else escape(value)


class QuickTemplate(jinja2.Template):
    """A template that puts its values out by :func:`put`."""

    @classmethod
    def from_code(cls, *given: Any, **named: Any) -> jinja2.Template:
        """Make a template of its compiled code."""
        template = super().from_code(*given, **named)
        # Compiled templates look "escape" up among their globals.
        template.root_render_func.__globals__["escape"] = put
        return template


class QuickContext(Context):
    """The values of a template; plain functions among them are called at once."""

    def call(self, function: Any, /, *given: Any, **named: Any) -> Any:
        """Call what a template calls."""
        if type(function) in _PLAIN and not hasattr(function, "jinja_pass_arg"):
            named.pop("_block_vars", None)  # for functions that ask for the context
            named.pop("_loop_vars", None)
            return function(*given, **named)
        return super().call(function, *given, **named)


def quicken(environment: jinja2.Environment) -> None:
    """Have an environment use these; before it has loaded any template."""
    environment.template_class = QuickTemplate
    environment.context_class = QuickContext
