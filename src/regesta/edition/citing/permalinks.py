"""Permalinks: addresses that never move, pinned to the text that was cited; ids of old that moved.

An address may end in ``?v=HASH``, the hash of the document's text and notes. Whoever follows it
later learns whether they are still what was cited.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

from regesta.documents import Document, Value
from regesta.edition.record.store import Record

#: Hexadecimal digits of a version: of a thousand versions of one text no two are alike by chance.
LENGTH = 12
_PATH = re.compile(r"(?:^|/)documents/(?P<id>[^\s?#]+)")
_SUFFIXES = (".txt", ".json", ".xml", ".bib", ".ris", ".csl", ".jsonld", ".epub", ".source")
_LONGEST_WAY = 20


class Permalink(Value, frozen=True):
    """An address that was read: the document, and the version that it names or ""."""

    id: str
    version: str = ""


def version_of(document: Document) -> str:
    """The version of a document: 12 hexadecimal digits of the hash of its text and notes.

    What is described of it does not count: a better date changes no quotation.
    """
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass"))
    for note in document.notes:
        words = f"\0{note.n}\0{note.text}"
        digest.update(words.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:LENGTH]


def permalink(
    id: str,
    *,
    address: str = "",
    version: str = "",
    span: tuple[int, int] | None = None,
    note: int | None = None,
) -> str:
    """The permalink of a document, a passage or a note.

    Args:
        id: The document.
        address: Where the edition stands on the web; without one the path alone is given.
        version: The version that is cited, or "".
        span: The passage, ``[start, end)`` in code points of the text.
        note: Place of the note among the document's notes, from 0.
    """
    asked = [f"v={version}"] if version else []
    if span is not None and note is None:
        asked.append(f"words={span[0]}-{span[1]}")
    query = f"?{'&'.join(asked)}" if asked else ""
    fragment = f"#n{note + 1}" if note is not None else "#words" if span is not None else ""
    return f"{address.rstrip('/')}/documents/{quote(id, safe='/')}{query}{fragment}"


def read_permalink(words: str) -> Permalink | None:
    """Read a pasted permalink, whole or from its path on; None where it is none."""
    try:
        parts = urlsplit(words.strip().strip("<>.,;"))
    except ValueError:  # "http://[": no address
        return None
    found = _PATH.search(parts.path)
    if found is None or " " in words.strip():
        return None
    id = unquote(found["id"]).rstrip("/")
    for suffix in _SUFFIXES:
        id = id.removesuffix(suffix)
    said = re.search(r"(?:^|&)v=([0-9a-f]+)", parts.query)
    return Permalink(id, said[1] if said else "") if "/" in id else None


def moved(record: Record) -> dict[str, str]:
    """Ids of old → ids of now, as ``[moved]`` in ``edition.toml`` has them."""
    found: dict[str, str] = json.loads(record.meta.get("moved", "{}"))
    return found


def follow(id: str, table: Mapping[str, str]) -> str:
    """Where an id of old has gone, over several moves; "" for none, and where they go in a ring."""
    at, seen = id, {id}
    while at in table and len(seen) < _LONGEST_WAY:
        at = table[at]
        if at in seen:
            return ""
        seen.add(at)
    return at if at != id else ""
