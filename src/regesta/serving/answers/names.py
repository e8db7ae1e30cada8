"""Names in texts and suggested subjects as JSON: one shape for the API and its description."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from regesta.edition.naming import NameInText
    from regesta.edition.suggesting.store import SuggestedHeading, SuggestedSubject


class NameLine(msgspec.Struct):
    """A person, place or power that a text names; spans are code points of the text or note.

    ``id`` is a person's or place's, null where nobody or more than one fits.
    """

    kind: str
    words: str
    name: str
    id: str | None
    label: str | None
    origin: str
    rule: str
    confidence: float
    span: tuple[int, int]
    note: int | None


class SuggestedLine(msgspec.Struct):
    """A subject suggested for a document: never given by its source."""

    document: str
    id: str
    label: str
    path: list[str]
    confidence: float
    words: list[str]
    rules: list[str]
    uri: str | None
    origin: str
    rule: str


class SuggestedHeadingLine(msgspec.Struct):
    """A suggested heading with its documents counted; ``given``: sources have it as well."""

    id: str
    label: str
    count: int
    given: bool


def name_lines(found: "Sequence[NameInText]") -> list[NameLine]:
    """Names as lines."""
    return [
        NameLine(
            kind=name.kind,
            words=name.words,
            name=name.name,
            id=name.id or None,
            label=name.label or None,
            origin=name.origin,
            rule=name.rule,
            confidence=name.confidence,
            span=name.span,
            note=name.note or None,
        )
        for name in found
    ]


def suggested_lines(found: "Sequence[SuggestedSubject]") -> list[SuggestedLine]:
    """Suggestions as lines."""
    return [
        SuggestedLine(
            document=one.document,
            id=one.id,
            label=one.label,
            path=list(one.path),
            confidence=one.confidence,
            words=list(one.words),
            rules=list(one.rules),
            uri=one.uri or None,
            origin=one.origin,
            rule=one.rule,
        )
        for one in found
    ]


def heading_lines(found: "Sequence[SuggestedHeading]") -> list[SuggestedHeadingLine]:
    """Headings as lines."""
    return [SuggestedHeadingLine(h.id, h.label, h.count, h.given) for h in found]
