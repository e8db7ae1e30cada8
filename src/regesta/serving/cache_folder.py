"""Where editions that nobody named are kept: the user's cache folder, one folder a set of sources.

What comes in are paths of sources; what goes out is the same folder for the same paths, always.
"""

import hashlib
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path


def cache_root() -> Path:
    """The user's cache folder for Regesta, by the custom of the platform."""
    named = os.environ.get("XDG_CACHE_HOME")
    if named and Path(named).is_absolute():
        return Path(named) / "regesta"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "regesta"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "regesta"
    return Path.home() / ".cache" / "regesta"


def cached_edition(sources: Sequence[Path], *, name: str = "") -> Path:
    """The folder of the edition of these sources.

    Args:
        sources: Paths; their order and doubles do not matter.
        name: A readable beginning of the folder's name; the first source's name unless given.
    """
    paths = sorted({str(source.absolute().resolve()) for source in sources})
    key = hashlib.sha256("\n".join(paths).encode(errors="surrogateescape")).hexdigest()[:12]
    stem = re.sub(r"[^A-Za-z0-9]+", "-", name or Path(paths[0]).stem).strip("-").lower()[:40]
    return cache_root() / "editions" / f"{stem or 'edition'}-{key}.regesta"
