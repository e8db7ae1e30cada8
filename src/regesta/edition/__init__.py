"""The shelf: read, describe, store, search; `Edition` is its one public face."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta.edition.building.builder import build
    from regesta.edition.building.pipeline import describe, read
    from regesta.edition.edition import Edition
    from regesta.edition.exports import export

__all__ = ["Edition", "build", "describe", "export", "read"]

_HOMES = {
    "Edition": "edition",
    "build": "building.builder",
    "describe": "building.pipeline",
    "export": "exports",
    "read": "building.pipeline",
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use: building, searching and reading each need heavy parts."""
    if name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(f"regesta.edition.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'regesta.edition' has no attribute {name!r}")
