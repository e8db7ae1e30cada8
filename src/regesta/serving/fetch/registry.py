"""Which public collections there are: names in, addresses of files out.

What comes in are registries: the bundled one, then the user's own, whose tables stand before ours.
"""

import os
import re
import sys
import tomllib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from regesta.documents import Value
from regesta.errors import RegestaError, UnknownValue

FILE = "collections.toml"
_NAME = re.compile(r"[\w][\w.-]{0,99}\Z", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class Entry(Value, frozen=True, forbid_unknown_fields=True):
    """A table of a registry; see the bundled collections.toml for what its keys mean."""

    title: str = ""
    home: str = ""
    licence: str = ""
    pattern: str = ""
    urls: tuple[str, ...] = ()
    file: str = ""
    sha256: str = ""
    members: tuple[str, ...] = ()


class Wanted(Value, frozen=True):
    """A file to fetch.

    Attributes:
        collection: The name that was asked.
        file: What to call it.
        urls: Where it is; the first that has it counts.
        sha256: Of the file, or "" where nobody says.
    """

    collection: str
    file: str
    urls: tuple[str, ...]
    sha256: str = ""


def own_registry() -> Path:
    """Where the user's own registry is, if there is one."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "regesta" / FILE


def read_registries(given: Sequence[Path] = ()) -> dict[str, Entry]:
    """All collections by name: the bundled ones, the user's own, those of given files.

    Raises:
        RegestaError: A file cannot be read, or says what no registry says; names the place.
    """
    bundled = resources.files("regesta.vocabularies") / FILE
    found = _entries(bundled.read_text("utf-8"), FILE)
    own = own_registry()
    for path in (*([own] if own.is_file() else []), *given):
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RegestaError(f"{path}: cannot be read", str(error)) from None
        own_entries = _entries(text, str(path))
        found = {**own_entries, **found, **own_entries}
    return found


def _entries(text: str, where: str) -> dict[str, Entry]:
    try:
        said = tomllib.loads(text)
    except ValueError as error:
        raise RegestaError(f"{where}: {error}", "mend it; it is TOML") from None
    return {name: _entry(name, table, where) for name, table in said.items()}


def _entry(name: str, table: Any, where: str) -> Entry:
    place = f"{where}: [{name}]"
    if not _NAME.match(name):
        raise RegestaError(f"{place}: no name of a collection", "letters, digits, . - _")
    try:
        entry = msgspec.convert(table, Entry)
        re.compile(entry.pattern)
    except msgspec.ValidationError as error:
        raise RegestaError(f"{place}: {error}", "see the bundled collections.toml") from None
    except re.error as error:
        raise RegestaError(f"{place}: pattern: {error}", "it is a regular expression") from None
    if bool(entry.urls) == bool(entry.members):
        raise RegestaError(f"{place}: needs urls or members, and not both", "give one of them")
    for url in entry.urls:
        if not _is_web(url):
            raise RegestaError(f"{place}: {url!r} is no web address", "begin it with https://")
    if entry.sha256 and not _SHA256.match(entry.sha256):
        raise RegestaError(f"{place}: sha256 is 64 hexadecimal digits", "in small letters")
    return entry


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def wanted(names: Iterable[str], registry: dict[str, Entry]) -> list[Wanted]:
    """The files of some collections, each once, in the order asked.

    Raises:
        UnknownValue: No collection has that name; the hint names near ones.
    """
    found: dict[str, Wanted] = {}
    for name in names:
        for one in _files(name, registry, ()):
            found.setdefault(one.file, one)
    return list(found.values())


def _files(name: str, registry: dict[str, Entry], above: tuple[str, ...]) -> list[Wanted]:
    entry = registry.get(name)
    if entry is None or entry.pattern:
        family = _family(name, registry)
        if family is None:
            hint = f"it needs a name such as {name}…" if entry else _near(name, registry)
            raise UnknownValue(f"no collection {name!r} is known", hint)
        entry = family
    if name in above:
        raise UnknownValue(f"collection {name!r} is a member of itself", "mend the registry")
    if entry.members:
        inner = (_files(one, registry, (*above, name)) for one in entry.members)
        return [one for files in inner for one in files]
    urls = tuple(url.replace("{name}", name) for url in entry.urls)
    file = entry.file.replace("{name}", name) or urlsplit(urls[0]).path.rsplit("/", 1)[-1] or name
    if not _NAME.match(file):
        raise RegestaError(f"collection {name!r}: {file!r} is no name of a file", "give file = …")
    return [Wanted(name, file, urls, entry.sha256)]


def _family(name: str, registry: dict[str, Entry]) -> Entry | None:
    if not _NAME.match(name):
        return None
    return next((e for e in registry.values() if e.pattern and re.fullmatch(e.pattern, name)), None)


def _near(name: str, registry: dict[str, Entry]) -> str:
    near = get_close_matches(name, registry, n=3, cutoff=0.5)
    return f"near: {', '.join(near)}" if near else "regesta fetch --list names those that are"
