"""Regesta: from a pile of diplomatic documents to an edition that answers."""

from importlib.metadata import version as _version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta.edition import Edition, build, describe, read

__version__ = _version("regesta")
__all__ = ["Edition", "__version__", "build", "describe", "read"]


def __getattr__(name: str) -> Any:
    """Load the public names on first use, so that `import regesta` costs nothing."""
    if name in __all__:
        import regesta.edition

        return getattr(regesta.edition, name)
    raise AttributeError(f"module 'regesta' has no attribute {name!r}")
