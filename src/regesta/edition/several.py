"""What is asked for by one name or by several: a text or texts in, texts out."""

from collections.abc import Sequence

#: One name, or several of which any will do. A text is one name and never its letters.
Several = str | Sequence[str]


def several(names: Several) -> tuple[str, ...]:
    """The names that are asked for, without blanks and each once."""
    given = (names,) if isinstance(names, str) else names
    return tuple(dict.fromkeys(name.strip() for name in given if name.strip()))
