"""What an edition says of citations: cite and find documents, permalinks, ids that moved.

Part of `Edition`.
"""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from regesta.edition.citing.permalinks import follow, moved, permalink, read_permalink, version_of
from regesta.edition.opened import Opened
from regesta.errors import QueryError, UnknownDocument, UnknownValue

if TYPE_CHECKING:
    from regesta.edition.citing.finding import Finder, Finding
    from regesta.edition.citing.quotations import Verification
    from regesta.exporting.citations.cite_passage import Passage


class Citing(Opened):
    """The part of an edition that cites, and finds what citations mean."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._finder: Finder | None = None
        self._finding = threading.Lock()

    def cite(
        self,
        id: str,
        *,
        style: str = "note",
        note: str = "",
        span: tuple[int, int] | None = None,
        quotation: str = "",
        source: bool = False,
        link: bool = False,
    ) -> str:
        """A citation of a document, of a passage or of a note of it.

        Args:
            id: The document.
            style: "note" (series footnote), "chicago", "chicago-bibliography", "mla", "iso690",
                "bibtex", "ris", "csl-json".
            note: Printed mark of the note that is cited.
            span: The passage, ``[start, end)`` in code points of the text: its pages are given.
            quotation: The passage by its words, which must stand in the document to the letter.
            source: Whether it is added where the original is kept.
            link: Whether the permalink is added, pinned to the text as it is now.

        Raises:
            UnknownDocument: No document has that id.
            UnknownValue: No such style or note, or no such place in the text.
            QueryError: The quotation does not stand there to the letter.
        """
        from regesta.exporting.citations.cite import cite

        passage = self.passage(id, note=note, span=span, quotation=quotation)
        slip = self.slips.of(id)
        where = self.permalink(id, span=passage.span, note=passage.note) if link else ""
        return cite(
            self.document(id),
            self.collection_of(id),
            style=style,
            passage=passage,
            source=source,
            link=where,
            printed_date=slip.printed if slip else "",
        )

    def verify(self, id: str, quotation: str, *, elsewhere: bool = True) -> "Verification":
        """Whether a quotation stands in a document to the letter; if not, what is most like it.

        Args:
            id: The document.
            quotation: Words, with ellipses and brackets where the quoter left out or put in.
            elsewhere: Look for it in the other documents where it is not in this one.

        Raises:
            UnknownDocument: No document has that id.
            QueryError: The quotation holds no words, or too many.
        """
        from regesta.edition.citing.quotations import phrase, verify

        found = verify(self.document(id), quotation)
        if found.verbatim or not elsewhere or not (query := phrase(quotation)):
            return found
        hits = self.search(query, limit=20, snippets=False).hits
        others = (self.document(hit.regest.id) for hit in hits if hit.regest.id != id)
        there = tuple(other.id for other in others if verify(other, quotation).verbatim)
        return msgspec.structs.replace(found, elsewhere=there)

    def passage(
        self,
        id: str,
        *,
        note: str = "",
        span: tuple[int, int] | None = None,
        quotation: str = "",
    ) -> "Passage":
        """The part of a document that a note's mark, a span or a quotation means.

        Raises:
            UnknownDocument, UnknownValue, QueryError: As for :meth:`cite`.
        """
        from regesta.exporting.citations.cite import WHOLE
        from regesta.exporting.citations.cite_passage import Passage, note_named

        document = self.document(id)
        if quotation:
            found = self.verify(id, quotation, elsewhere=False)
            if not found.verbatim:
                hint = f"regesta verify EDITION {id} says how it differs"
                raise QueryError(f"{id} does not hold this quotation to the letter", hint)
            if found.note is None:
                span = (found.spans[0][0], found.spans[-1][1])
            else:
                note = found.note
        if note:
            place = note_named(document, note)
            if place is None:
                marks = ", ".join(dict.fromkeys(n.n for n in document.notes if n.n))
                hint = f"its notes: {marks}" if marks else "it has no notes"
                raise UnknownValue(f"{id} has no note {note!r}", hint)
            return Passage(note=place)
        if span is not None and not 0 <= span[0] < span[1] <= len(document.text):
            raise UnknownValue(
                f"{id} has no characters {span[0]} to {span[1]}",
                f"its text has {len(document.text):,} characters",
            )
        return Passage(span=span) if span is not None else WHOLE

    def version(self, id: str) -> str:
        """The version of a document: a hash of its text and notes. Raises UnknownDocument."""
        return version_of(self.document(id))

    def permalink(
        self,
        id: str,
        *,
        span: tuple[int, int] | None = None,
        note: int | None = None,
        pinned: bool = True,
    ) -> str:
        """The address of a document that never moves, with its version where ``pinned``.

        It begins with the edition's ``address``; without one it is a path of the reading room.

        Raises:
            UnknownDocument: No document has that id.
        """
        document = self.document(id)
        version = version_of(document) if pinned else ""
        address = self.info().address
        return permalink(document.id, address=address, version=version, span=span, note=note)

    def moved_to(self, id: str) -> str:
        """Where a document of that id of old is now, or "" where it never moved."""
        return follow(id, self.moved())

    def moved(self) -> dict[str, str]:
        """Ids of old and what they are now, as ``edition.toml`` says."""
        return moved(self._record)

    def find(self, citation: str) -> "list[Finding]":
        """Which documents pasted citations mean: a line each, or parted by semicolons.

        A permalink, an id or an id of old is a citation, too.

        Returns:
            What each leads to.
        """
        from regesta.edition.citing.citation_parts import parted_lines
        from regesta.edition.citing.finding import Finder

        def search(words: str) -> list[str]:
            found = self.search(words, match="any", layer="headings", limit=20, snippets=False)
            return [hit.regest.id for hit in found.hits]

        with self._finding:
            if self._finder is None:
                self._finder = Finder(self._record, self._shelf, search)
            finder = self._finder
        answers: list[Finding] = []
        for parts in parted_lines(citation):
            addressed = self._addressed(parts[0]) if len(parts) == 1 else None
            answers += [addressed] if addressed else finder.find_parts(parts)
        return answers

    def _addressed(self, words: str) -> "Finding | None":
        """What a permalink or an id leads to; None where it is none, or leads nowhere."""
        from regesta.edition.citing.finding import Finding, Match

        link = read_permalink(words)
        asked = link.id if link else words.strip()
        if "/" not in asked or len(asked) > 300 or any(c.isspace() for c in asked):
            return None
        now = self.moved_to(asked)
        try:
            document = self.document(now or asked)
        except UnknownDocument:
            return None
        version = link.version if link else ""
        changed = bool(version) and version != version_of(document)
        match = Match(
            document.id,
            document.heading,
            1.0,
            ("permalink" if link else "id",),
            ("version",) if changed else (),
        )
        read = {"id": asked, "moved to": now, "version": version}
        return Finding(words, match, (), {name: value for name, value in read.items() if value})
