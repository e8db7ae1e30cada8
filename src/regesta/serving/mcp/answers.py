"""What the tools for language models answer: JSON objects of bounded size, each with its addresses.

What comes in are shapes of the API; out go objects in which every document has its permalink, every
list says where it goes on, and every empty answer says what was searched.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import msgspec

from regesta.documents import Document
from regesta.edition import Edition
from regesta.edition.citing.permalinks import permalink
from regesta.edition.results import Regest
from regesta.errors import UnknownValue
from regesta.serving.answers.documents import regest_line

Answer = dict[str, Any]
#: Characters of one answer at most, as JSON: what a model reads without losing the thread.
MOST_ANSWER = 40_000
#: Characters of the notes that `read` gives with a text, and of one of them.
MOST_NOTES, MOST_NOTE = 6000, 1500
#: Slips of the mark-up that the greeting names.
_SLIPS = 3


class Addresses:
    """Spells permalinks: whole addresses where it is known where the edition stands.

    Args:
        base: Address of the edition without the last slash, or "" for addresses within it.
    """

    def __init__(self, base: str = "") -> None:
        self.base = base.rstrip("/")

    @classmethod
    def at(cls, address: str) -> "Addresses":
        """Check an address that a user gives. Raises UnknownValue where it is none."""
        parts = urlsplit(address)
        if address and (parts.scheme not in ("http", "https") or not parts.netloc):
            raise UnknownValue(f"{address!r} is no address", "write https://edition.example.org")
        return cls(address)

    def document(
        self,
        id: str,
        *,
        version: str = "",
        span: tuple[int, int] | None = None,
        note: int | None = None,
    ) -> str:
        """Where a document stands, a passage or a note; with its version it tells of changes."""
        return permalink(id, address=self.base, version=version, span=span, note=note)

    def path(self, path: str) -> str:
        """Where a page stands."""
        return self.base + path


def plain(value: Any) -> Any:
    """A shape of the API as objects, lists and texts."""
    return msgspec.to_builtins(value)


def document_row(regest: Regest, at: Addresses) -> Answer:
    """A document in one line."""
    return {**plain(regest_line(regest)), "permalink": at.document(regest.id)}


def known(edition: Edition, ids: Iterable[str], at: Addresses) -> dict[str, Answer]:
    """Documents in one line each, by id."""
    wanted = list(dict.fromkeys(ids))
    return {r.id: document_row(r, at) for r in edition.regests(wanted)}


def listed(
    rows: Sequence[Any], *, offset: int, total: int | None, says: str = "", **more: Any
) -> Answer:
    """A page of a list that fits into one answer, and where it goes on.

    Args:
        rows: The page asked for.
        offset: Where it begins.
        total: How many there are, or None where nobody counted.
        says: What a reader should know of the answer.
        more: What stands beside the list.
    """
    fitting: list[Any] = []
    room = MOST_ANSWER - len(json.dumps(more, ensure_ascii=False))
    for row in rows:
        room -= len(json.dumps(row, ensure_ascii=False)) + 2
        if room < 0 and fitting:
            break
        fitting.append(row)
    end = offset + len(fitting)
    goes_on = end < total if total is not None else len(fitting) < len(rows)
    return {
        "total": total,
        "offset": offset,
        "next_offset": end if goes_on and fitting else None,
        "says": says or None,
        **more,
        "results": fitting,
    }


def searched(edition: Edition) -> str:
    """What was searched, in words: the ground of every "not here"."""
    return f"this edition ({holdings(edition)})"


def holdings(edition: Edition) -> str:
    """What the edition holds, in words."""
    counts, span = edition.counts(), edition.slips.span()
    when = f", {span.first} to {span.last}" if span.first and span.last else ""
    if span.slips:
        named = ", ".join(f"{slip.document} on {slip.date}" for slip in span.slips[:_SLIPS])
        more = f" and {len(span.slips) - _SLIPS} more" if len(span.slips) > _SLIPS else ""
        when += f" (without dates that are certain slips of the mark-up: {named}{more})"
    undated = f"; {counts.undated:,} of them undated" if counts.undated else ""
    documents = f"{counts.documents:,} document{'s' if counts.documents != 1 else ''}"
    collections = f"{counts.collections:,} collection{'s' if counts.collections != 1 else ''}"
    return f"{documents} in {collections}{when}{undated}"


def passages(document: Document, start: int, end: int) -> list[Answer]:
    """The text between two offsets, cut where the voice changes; each piece with its span.

    The layer of a piece is the innermost one that holds it; text outside all layers is "body".
    """
    layers = [m for m in document.layers if m.start < end and m.end > start and m.start < m.end]
    cuts = {start, end}
    for layer in layers:
        cuts |= {at for at in (layer.start, layer.end) if start < at < end}
    ordered = sorted(cuts)
    found: list[Answer] = []
    for a, b in pairwise(ordered):
        holding = [m for m in layers if m.start <= a and b <= m.end]
        kind = min(holding, key=lambda m: m.end - m.start).kind if holding else "body"
        text = document.text[a:b]
        if found and found[-1]["layer"] == kind:
            found[-1] = {"layer": kind, "span": [found[-1]["span"][0], b], "text": ""}
            found[-1]["text"] = document.text[found[-1]["span"][0] : b]
        elif text.strip():
            found.append({"layer": kind, "span": [a, b], "text": text})
    return found


def notes(document: Document, start: int, end: int) -> tuple[list[Answer], list[str]]:
    """Footnotes anchored between two offsets, and the marks of those that find no room."""
    given: list[Answer] = []
    left: list[str] = []
    room = MOST_NOTES
    for note in document.notes:
        here = start <= note.anchor <= end if note.anchor is not None else start == 0
        if not here:
            continue
        text = note.text[:MOST_NOTE]
        room -= len(text)
        if room < 0 and given:
            left.append(note.n)
            continue
        given.append(
            {"n": note.n, "anchor": note.anchor, "text": text, "cut": len(note.text) > MOST_NOTE}
        )
    return given, left


def with_permalinks(value: Any, at: Addresses, names: Sequence[str]) -> Any:
    """Objects with a permalink beside the first of these names that holds a document's id."""
    if isinstance(value, list):
        return [with_permalinks(item, at, names) for item in value]
    if not isinstance(value, Mapping):
        return value
    found = {k: with_permalinks(v, at, names) for k, v in value.items()}
    for name in names:
        if isinstance(found.get(name), str) and "/" in found[name]:
            found["permalink"] = at.document(found[name])
            break
    return found


Asked = Callable[[Edition, Any, Addresses], Answer]
