"""The rules by which sources are read: a fingerprint that changes when any of them does.

A source is passed over at the next build only if its bytes and the rules are what they were; so an
incremental build gives what a fresh one would.
"""

import hashlib
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

import regesta

#: Folders of the package whose code and data decide what is made of a source.
_DECIDING = ("documents", "reading", "describing", "vocabularies", "edition")
_GROUPS = ("regesta.readers", "regesta.describers")


@cache
def fingerprint() -> str:
    """Give a digest of our code and vocabularies, and of the names and versions of plug-ins."""
    root = Path(regesta.__file__).parent
    digest = hashlib.sha256()
    for folder in _DECIDING:
        for path in sorted((root / folder).rglob("*")):
            inner = path.relative_to(root)
            hidden = any(part.startswith(".") for part in inner.parts)
            if path.is_file() and path.suffix != ".pyc" and not hidden:
                digest.update(str(inner).encode())
                digest.update(path.read_bytes())
    for group in _GROUPS:
        for entry in sorted(entry_points(group=group), key=lambda e: (e.name, e.value)):
            version = entry.dist.version if entry.dist else ""
            digest.update(f"{group} {entry.name} {entry.value} {version}\n".encode())
    return digest.hexdigest()
