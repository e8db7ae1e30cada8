"""What a file is by its name and first bytes, where that decides before any reader looks."""

import re
from collections.abc import Collection
from fnmatch import translate
from functools import cache
from pathlib import PurePosixPath

from regesta.vocabularies import vocabulary


def _like(name: str, patterns: str) -> bool:
    return _pattern(patterns).match(name.lower()) is not None


@cache
def _pattern(patterns: str) -> re.Pattern[str]:
    """The shell patterns of a list as one expression."""
    return re.compile("|".join(translate(one) for one in vocabulary("file_kinds")[patterns]))


def is_litter(name: str) -> bool:
    """Tell whether a file or folder of this name was left by a system or an editor."""
    return _like(name, "litter") or _like(name, "page_parts")


def is_page_folder(name: str, beside: Collection[str]) -> bool:
    """Tell whether a folder holds the parts of a saved page that lies beside it."""
    for ending in vocabulary("file_kinds")["page_folders"]:
        if name.lower().endswith(ending):
            stem = name[: -len(ending)]
            return any(f"{stem}{suffix}" in beside for suffix in (".html", ".htm", ".xhtml"))
    return False


def is_about(name: str) -> bool:
    """Tell whether a file of this name speaks of its folder (README, LICENSE)."""
    return _like(name, "about")


def is_settings(name: str) -> bool:
    """Tell whether a file of this name is an edition's settings, which the build reads itself."""
    return _like(name, "settings")


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
    for kind in vocabulary("file_kinds")["unread"]:
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
