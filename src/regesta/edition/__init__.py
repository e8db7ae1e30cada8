"""The shelf: read, describe, store, search; `Edition` is its one public face."""

from regesta.edition.edition import Edition

__all__ = ["Edition"]
