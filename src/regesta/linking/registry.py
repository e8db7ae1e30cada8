"""All linkers, through the entry-point group ``regesta.linkers``, ours like anyone's."""

import warnings
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import entry_points

from regesta.documents import Document, Link
from regesta.documents.failures import Failed, Failure, warned
from regesta.linking.base import Linker, Lookup

GROUP = "regesta.linkers"
#: Our own linker, which is run in two stages (see :mod:`regesta.linking.references.found`).
OURS = "references"


class LinkerWarning(UserWarning):
    """A linker failed on a document and gave it no links."""


_WARN = warned(LinkerWarning)


@lru_cache(maxsize=1)
def linkers() -> tuple[tuple[str, Linker], ...]:
    """Every linker that is installed, by name; one that cannot be loaded is left out."""
    found: list[tuple[str, Linker]] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            found.append((point.name, point.load()))
        except Exception as error:
            message = f"linker {point.name} cannot be loaded and is left out: {error!r}"
            warnings.warn(message, LinkerWarning, stacklevel=2)
    return tuple(found)


def others() -> tuple[tuple[str, Linker], ...]:
    """The linkers of other packages."""
    return tuple((name, linker) for name, linker in linkers() if name != OURS)


def link(
    document: Document,
    lookup: Lookup,
    chosen: Iterable[tuple[str, Linker]] | None = None,
    *,
    failed: Failed = _WARN,
) -> list[Link]:
    """Run linkers over a document.

    Args:
        document: The document.
        lookup: What it may be linked to.
        chosen: Names and linkers; all that are installed by default.
        failed: Told of a linker that raises; by default it is named in a :class:`LinkerWarning`.

    Returns:
        Their links, those to nothing that the lookup knows left out unless their target is "".
        Where a linker raises, the others are heard.
    """
    found: list[Link] = []
    for name, linker in linkers() if chosen is None else chosen:
        try:
            made = linker(document, lookup)
        except Exception as error:
            failed(Failure(f"linker {name}", document.id, repr(error)))
            continue
        found += [x for x in made if not x.target or lookup.by_id(x.target) is not None]
    return found
