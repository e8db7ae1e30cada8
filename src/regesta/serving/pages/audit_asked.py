"""What the audit page is asked: a query string in, filters out, and addresses of changed ones."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from regesta.documents import Document
from regesta.errors import QueryError
from regesta.serving.pages.frame import whole_number
from regesta.serving.pages.links import with_query

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    kind: tuple[str, ...]
    collection: tuple[str, ...]
    confidence: str
    document: str
    state: str
    offset: int

    def url(self, path: str = "/audit", **changed: Any) -> str:
        """This list with something changed, from its first finding."""
        return with_query(path, self.pairs(**changed))

    def pairs(self, **changed: Any) -> list[tuple[str, object]]:
        """The query string as pairs, some of them changed; empty ones are left out."""
        values: dict[str, Any] = {
            "kind": self.kind,
            "collection": self.collection,
            "confidence": self.confidence,
            "document": self.document,
            "state": "" if self.state == "open" else self.state,
        }
        values.update(changed)
        pairs: list[tuple[str, object]] = []
        for key, value in values.items():
            pairs += [(key, v) for v in value] if isinstance(value, tuple) else [(key, value)]
        return [pair for pair in pairs if pair[1]]

    @property
    def options(self) -> dict[str, Any]:
        """What the edition is asked."""
        return {
            "kind": self.kind,
            "collection": self.collection,
            "confidence": float(self.confidence or 0),
            "document": self.document,
            "state": self.state,
        }


def read_address(request: Request) -> Asked:
    """Read what is asked.

    Raises:
        QueryError: A parameter is malformed.
    """
    get, many = request.query_params.get, request.query_params.getlist
    confidence = get("confidence", "")
    try:
        sure = float(confidence or 0)
    except ValueError:
        sure = -1.0
    if not 0 <= sure <= 1:
        raise QueryError("confidence must be a number from 0 to 1", "leave out confidence=")
    state = get("state", "") or "open"
    if state not in ("open", "dismissed", "all"):
        raise QueryError(f"there is no state {state!r}", "it is open, dismissed or all")
    return Asked(
        kind=tuple(dict.fromkeys(k for k in many("kind") if k))[:50],
        collection=tuple(dict.fromkeys(c for c in many("collection") if c))[:50],
        confidence=confidence if sure else "",
        document=get("document", "").strip(),
        state=state,
        offset=whole_number(request, "offset", default=0, most=_MOST),
    )


def words_asked(request: Request, document: Document) -> list[tuple[str, int, int]]:
    """The words that an address points to (``?words=84-97``), as a target in the text."""
    first, _, last = request.query_params.get("words", "").partition("-")
    if not (first.isascii() and first.isdecimal() and last.isascii() and last.isdecimal()):
        return []
    if len(first) > 9 or len(last) > 9:
        return []
    start, end = int(first), int(last)
    return [("words", start, end)] if 0 <= start < end <= len(document.text) else []
