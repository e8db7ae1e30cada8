"""`edition.toml`: what the user says of the edition. Made once, then only read.

A folder of sources may bring one along: a new edition takes it over.

::

    title = "The Vologda affair, 1918"
    description = "Both sides' papers"
    address = "https://papers.example.org"   # where it stands on the web, for permalinks
    act_finder = "grammar"              # what finds acts; another where one is installed

    [collections.frus1918Russiav03]     # says more of a collection than its source does
    side = "United States"
    short_title = "FRUS 1918 Russia III"
    images = "https://images.example.org/1918"   # where the facsimiles are that its sources name
"""

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from regesta.documents import Collection
from regesta.edition.writing import replace_file
from regesta.errors import EditionError

FILE = "edition.toml"
#: Least confidence of a suggested subject, and how many a document gets, if nothing else is asked.
LEAST, MOST_SHOWN = 0.3, 5
_TITLE = re.compile(r"^title\s*=.*\n?", re.MULTILINE)
_ADJUSTABLE = ("title", "short_title", "series", "publisher", "published", "licence", "url", "side")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user says.

    Attributes:
        title: Title of the edition.
        description: In a sentence or two.
        address: Where the edition stands on the web, without a slash at its end; "" for nowhere.
        editor, publisher: Who edits and publishes the edition itself, for lists of letters.
        act_finder: What finds acts, by its name; "" leaves the choice to us.
        collections: Collection id → what to say of it instead of its source.
        moved: Id that a document once had → the id that it has now.
        images: Collection id → address of the folder that holds the images its sources name.
    """

    title: str = ""
    description: str = ""
    address: str = ""
    editor: str = ""
    publisher: str = ""
    act_finder: str = ""
    collections: dict[str, dict[str, str]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)

    def adjust(self, collection: Collection) -> Collection:
        """Give the collection as the user wants it called."""
        said = self.collections.get(collection.id, {})
        return msgspec.structs.replace(collection, **said) if said else collection


def read_settings(folder: Path) -> Settings:
    """Read an edition's settings; a missing file says nothing.

    Raises:
        EditionError: The file is no TOML, or a value has the wrong type; names the place.
    """
    path = folder / FILE
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # as some editors write it
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise EditionError(f"{path}: {error}", "mend it, or remove it and build again") from None
    collections = {
        str(id): {
            name: _words(path, f"collections.{id}.{name}", table[name])
            for name in _ADJUSTABLE
            if name in table
        }
        for id, table in _table(path, "collections", said.get("collections", {})).items()
        if _table(path, f"collections.{id}", table)
    }
    images = {
        str(id): _address(path, table["images"])
        for id, table in _table(path, "collections", said.get("collections", {})).items()
        if "images" in _table(path, f"collections.{id}", table)
    }
    return Settings(
        title=_words(path, "title", said.get("title", "")),
        description=_words(path, "description", said.get("description", "")),
        address=_address(path, said.get("address", "")),
        editor=_words(path, "editor", said.get("editor", "")),
        publisher=_words(path, "publisher", said.get("publisher", "")),
        act_finder=_words(path, "act_finder", said.get("act_finder", "")),
        collections=collections,
        images=images,
        moved={
            str(old): _words(path, f"moved.{old}", new)
            for old, new in _table(path, "moved", said.get("moved", {})).items()
        },
    )


def adopt_settings(folder: Path, sources: Iterable[Path], *, title: str = "") -> bool:
    """Take the settings that a folder of sources brings along, where the edition has none yet.

    Args:
        folder: The edition.
        sources: The given sources; the first folder with a file of settings counts.
        title: Title that the user gave: it is set above the file's own.

    Returns:
        Whether settings were taken.
    """
    path = folder / FILE
    brought = next((s / FILE for s in sources if (s / FILE).is_file() and s != folder), None)
    if brought is None or path.exists():
        return False
    read_settings(brought.parent)
    text = brought.read_text(encoding="utf-8-sig")
    if title:
        line = f"title = {json.dumps(title, ensure_ascii=False)}\n"
        text = line + _TITLE.sub("", text, count=1)
    replace_file(path, text)
    return True


def write_settings(folder: Path, *, title: str) -> None:
    """Make the file where it is not there; an existing one is the user's and stays as it is."""
    path = folder / FILE
    if path.exists():
        return
    replace_file(
        path,
        "# What this edition is called. Yours to edit; kept at every build.\n"
        f"title = {json.dumps(title, ensure_ascii=False)}\n"
        'description = ""\n\n'
        "# To say more of a collection than its source does:\n"
        "# [collections.some-id]\n"
        '# side = "United States"\n',
    )


def _address(path: Path, value: Any) -> str:
    address = _words(path, "address", value).strip().rstrip("/")
    if address and not re.match(r"https?://[^\s?#]+\Z", address):
        raise EditionError(
            f"{path}: address must be a web address without query, not {address!r}",
            'such as "https://papers.example.org"',
        )
    return address


def _words(path: Path, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise EditionError(f"{path}: {name} must be words in quotation marks, not {value!r}")
    return value


def _table(path: Path, name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise EditionError(f"{path}: {name} must be a table, not {value!r}")
    return value
