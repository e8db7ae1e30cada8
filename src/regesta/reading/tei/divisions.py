"""Which divisions of a TEI file make a document each, asked before the file is walked.

What comes in are a file's bytes; what goes out are the types of its documents, or none where the
file is one document. A type is known by its name ("letter", "Dokument", "pièce"); where no name is
known, by what letters have: a dateline, an opener, a closer, a signature.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from regesta.reading.tei.words import words

_UNIT: Final = re.compile(rb"""<(?:\w+:)?(div\d?)\b[^<>]*?\btype\s*=\s*["']([^"'<>]+)["']""")
_VOLUME: Final = re.compile(rb"""\btype\s*=\s*["'](?:complete|frus|compilation)["']""")
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
_PARTS: Final = re.compile(
    rb"<(?P<end>/?)(?:\w+:)?(?:(?P<div>div\d?)\b(?P<attributes>[^<>]*?)(?P<empty>/?)>|"
    rb"(?:opener|dateline|closer|signed)\b)"
)
_TYPE: Final = re.compile(rb"""(?<![\w:])type\s*=\s*["']([^"'<>]+)["']""")
#: Of the divisions of a type at least so many must open or close as letters do, and at least two.
SHARE, LEAST = 2 / 3, 2


class _Division(msgspec.Struct):
    key: str
    around: "_Division | None"
    lettered: bool = False

    def outer(self) -> Iterator["_Division"]:
        around = self.around
        while around is not None:
            yield around
            around = around.around


def unit_key(tag: str, kind: str | None) -> str:
    """The key of a division: its type, or its element where it has none."""
    return kind or f"<{tag}>"


def unit_types(data: bytes) -> frozenset[str]:
    """Give the keys of the divisions that make a document each; none for a one-document file."""
    counts: Counter[str] = Counter()
    sure = words("units", "always")
    for match in _UNIT.finditer(data):
        kind = match[2].decode("utf-8", "replace")
        counts[kind] += 1
        if counts[kind] > 1 and kind in sure:
            return frozenset(sure)
    always = frozenset(kind for kind in sure if kind in counts)
    if sum(counts[kind] for kind in always) > 1 or (always and _VOLUME.search(data)):
        return always
    if b"<correspDesc" in data or b"<teiCorpus" in data:
        return frozenset()
    data = _COMMENT.sub(b"", data)
    counts = Counter(match[2].decode("utf-8", "replace") for match in _UNIT.finditer(data))
    several = frozenset(words("units", "several"))
    known = frozenset(kind for kind in counts if kind.casefold() in several)
    # One treaty among letters is a document as well.
    return known if any(counts[k] > 1 for k in known) else _lettered_types(data)


def _lettered_types(data: bytes) -> frozenset[str]:
    """The keys of divisions that open and close as letters do, and stand side by side."""
    found = _divisions(data)
    tops = [d for d in found if d.lettered and not any(o.lettered for o in d.outer())]
    keys = Counter(d.key for d in tops)
    if len(tops) < LEAST or min(keys.values()) < LEAST:
        return frozenset()
    every = Counter(d.key for d in found)
    nested = any(d.key in keys and any(o.key in keys for o in d.outer()) for d in found)
    voices = words("layers", "translation") + words("layers", "commentary")
    parts = words("units", "parts")
    if nested or any(
        key.casefold() in voices + parts or n < SHARE * every[key] for key, n in keys.items()
    ):
        return frozenset()
    return frozenset(keys)


def _divisions(data: bytes) -> list[_Division]:
    """The divisions of the body; those with a dateline or the like of their own are lettered."""
    found: list[_Division] = []
    current: _Division | None = None
    for match in _PARTS.finditer(data, max(0, data.find(b"<body"))):
        if not match["div"]:
            if current is not None and not match["end"]:
                current.lettered = True
        elif match["end"]:
            current = current.around if current is not None else None
        elif not match["empty"]:
            kind = _TYPE.search(match["attributes"])
            name = kind[1].decode("utf-8", "replace") if kind else None
            current = _Division(unit_key(match["div"].decode(), name), current)
            found.append(current)
    return found
