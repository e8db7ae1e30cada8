"""Word lists of the vocabularies, loaded once: a file's name in, its tables out."""

import re
from functools import cache, lru_cache
from importlib import resources

from regesta.describing.openings import choice
from regesta.vocabularies import vocabulary as vocabulary

#: A figure: European, Arabic, Persian, Indian or of full width. To look for these few is twice as
#: quick as for ``\d``, which asks the properties of every letter.
DIGIT = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]")


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """The words of a list in ``vocabularies/<name>.toml``."""
    return frozenset(vocabulary(name)[key])


@cache
def pattern(name: str, key: str, form: str = "{}", *, flags: int = 0) -> re.Pattern[str]:
    """A list of regular expressions in ``vocabularies/<name>.toml`` as one.

    Args:
        name: The file.
        key: The list in it.
        form: The whole expression; the alternatives stand for ``{}`` in it.
        flags: As of :mod:`re`.
    """
    alternatives = sorted(vocabulary(name)[key], key=len, reverse=True)
    words = choice(alternatives, caseless=bool(flags & re.I))
    return re.compile(form.replace("{}", f"(?:{words})", 1), flags)


#: What keeps its letters where an expression is put into small ones: escapes, names of groups.
_KEPT = re.compile(r"\\.|\(\?P[<=>]\w*|[^\W\d_]", re.DOTALL)


def caseless(expression: str) -> str:
    """Give an expression that finds in :func:`small` text what ``re.I`` would find in any.

    Without that flag a choice between many words is several times quicker: those that begin
    with another letter are passed over at once.
    """
    return _KEPT.sub(lambda m: m[0].lower() if len(m[0]) == 1 else m[0], expression)


def small(text: str) -> str:
    """A text in small letters, as long as it was, for expressions that are :func:`caseless`."""
    lower = text.lower()
    if lower.isascii():
        return lower
    if len(lower) != len(text):  # a letter became two
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.replace("ſ", "s")


@lru_cache(maxsize=32)
def rows(name: str) -> list[list[str]]:
    """Load ``vocabularies/<name>.tsv``: its rows without comments and the header line."""
    path = resources.files("regesta.vocabularies") / f"{name}.tsv"
    lines = [x for x in path.read_text("utf-8").splitlines() if x and not x.startswith("#")]
    return [line.split("\t") for line in lines[1:]]
