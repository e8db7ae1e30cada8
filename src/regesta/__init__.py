"""Regesta: from a pile of diplomatic documents to an edition that answers."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta.edition import Edition, build, describe, read

    __version__: str

__all__ = ["Edition", "__version__", "build", "describe", "read"]


def __getattr__(name: str) -> Any:
    """Load the public names on first use, so that `import regesta` costs nothing."""
    if name == "__version__":
        from importlib.metadata import version

        return version("regesta")
    if name in __all__:
        import regesta.edition

        return getattr(regesta.edition, name)
    raise AttributeError(f"module 'regesta' has no attribute {name!r}")
