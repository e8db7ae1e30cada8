"""Regesta: from a pile of diplomatic documents to an edition that answers."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta.documents import Collection as Collection
    from regesta.documents import Document as Document
    from regesta.documents import HistoricalDate as HistoricalDate
    from regesta.edition import Edition as Edition
    from regesta.edition import build as build
    from regesta.edition import describe as describe
    from regesta.edition import export as export
    from regesta.edition import read as read
    from regesta.edition.results import Regest as Regest
    from regesta.edition.results import SearchResult as SearchResult
    from regesta.errors import RegestaError as RegestaError

    __version__: str

#: The public names and their homes.
_HOMES = {
    "Collection": "documents",
    "Document": "documents",
    "Edition": "edition",
    "HistoricalDate": "documents",
    "Regest": "edition.results",
    "RegestaError": "errors",
    "SearchResult": "edition.results",
    "build": "edition",
    "describe": "edition",
    "export": "edition",
    "read": "edition",
}
__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    """Load the public names on first use, so that `import regesta` costs nothing."""
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("regesta")
    elif name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(f"regesta.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module 'regesta' has no attribute {name!r}")
    globals()[name] = value  # to look a version up takes half a millisecond
    return value
