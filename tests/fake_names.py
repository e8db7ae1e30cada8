"""Names and suggestions of a made-up edition: "Mr. X" is a person; suggestions are handed in."""

import re
from collections.abc import Iterator
from typing import Any

from regesta.documents import Document
from regesta.edition.naming import NameInText
from regesta.edition.suggesting.store import SuggestedHeading, SuggestedSubject, SuggestReport
from regesta.errors import UnknownValue


class FakeNames:
    """What an edition says of the names in its texts."""

    ready = False

    def __init__(self, edition: Any) -> None:
        self.edition = edition

    def __call__(self, id: str) -> list[NameInText]:
        """Every "Mr." of a document."""
        return self.of(self.edition.document(id))

    def of(
        self,
        document: Document,
        *,
        longest: int = 1_000_000,
        notes: bool = True,
        given: bool = True,
    ) -> list[NameInText]:
        """Every "Mr." that no mark covers."""
        return [
            NameInText(
                "person", m[0], m[0].split()[-1], "", "", "derived", "title", 0.9, m.span(), 0
            )
            for m in re.finditer(r"(?:Mr\.|Count) [A-Z]\w+", document.text[:longest])
            if not any(k.start < m.end() and m.start() < k.end for k in document.marks if k.value)
            and not any(
                x.start <= m.start() < x.end for x in document.layers if x.kind == "heading"
            )
        ]


class FakeSuggestions:
    """Suggested subjects: those that a test hands in."""

    def __init__(self) -> None:
        self.made: list[SuggestedSubject] = []

    def of(self, id: str) -> list[SuggestedSubject]:
        """Those handed in for a document."""
        return [s for s in self.made if s.document == id]

    def all(self) -> Iterator[SuggestedSubject]:
        """All handed in."""
        return iter(self.made)

    def report(self) -> SuggestReport | None:
        """Counts of what was handed in."""
        many = len(self.made)
        return SuggestReport(4, many, many, many, 9, 9, "") if many else None

    @property
    def stamp(self) -> str:
        """Changes with what was handed in."""
        return str(len(self.made))

    def headings(self) -> list[SuggestedHeading]:
        """Their headings."""
        return [SuggestedHeading(s.id, s.label, 1, False) for s in self.made]

    def under(self, key: str) -> tuple[str, list[str]]:
        """Documents of a heading."""
        found = [s for s in self.made if s.id == key]
        if not found:
            raise UnknownValue(f"no subject {key!r} is suggested")
        return found[0].label, [s.document for s in found]
