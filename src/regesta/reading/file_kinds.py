"""What a file is by its name and first bytes, where that decides before any reader looks."""

import tomllib
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(
        files("regesta.vocabularies").joinpath("file_kinds.toml").read_text("utf-8")
    )


def _like(name: str, patterns: str) -> bool:
    lowered = name.lower()
    return any(fnmatchcase(lowered, pattern) for pattern in _known()[patterns])


def is_litter(name: str) -> bool:
    """Tell whether a file or folder of this name was left by a system or an editor."""
    return _like(name, "litter")


def is_about(name: str) -> bool:
    """Tell whether a file of this name speaks of its folder (README, LICENSE)."""
    return _like(name, "about")


def is_edition(path: str) -> bool:
    """Tell whether a folder of this name is an edition, never a source."""
    return _like(PurePosixPath(path).name, "editions")


def known_unread(name: str, data: bytes) -> str:
    """Say what a file is that no reader of ours takes, and how to mend it.

    Args:
        name: The file's name.
        data: Its first bytes (32 are enough).

    Returns:
        One line, or an empty string where the file is none of the known kinds.
    """
    suffix = PurePosixPath(name).suffix.lower()
    by_magic = by_suffix = None
    for kind in _known()["unread"]:
        if "magic" in kind and data.startswith(bytes.fromhex(kind["magic"])):
            by_magic = by_magic or kind
        if suffix in kind["suffixes"]:
            by_suffix = by_suffix or kind
    kind = by_magic or by_suffix
    if kind is None:
        return ""
    return f"is of a kind not read here: {kind['name']}" + (
        f" ({kind['mend']})" if kind["mend"] else ""
    )
