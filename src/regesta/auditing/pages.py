"""Printed pages in the order of the source: numbers that go back, stand twice, or are left out."""

import itertools
from collections import Counter
from collections.abc import Iterable

from regesta.auditing.base import Auditor, Desk, Finding
from regesta.documents import Collection, Document, Mark
from regesta.documents.numbers import whole_number

#: More pages than this are not "missing": another part begins.
GAP = 12
#: More slips of one kind in a volume are its way of counting.
HABIT = 25


class PageAuditor(Auditor):
    """Looks at page breaks within a document and from one to the next."""

    looks_at = "page numbers: out of order, twice, or missing"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._last: tuple[Document | None, int] = (None, 0)
        self._pages: set[int] = set()
        self._paths: dict[str, int] = {}
        self._found: list[tuple[str, Finding]] = []

    def document(self, document: Document) -> Iterable[Finding]:
        """Hold the pages of a document against one another, its first against the last's."""
        if any(layer.kind in ("translation", "commentary") for layer in document.layers):
            return ()
        marks = [
            m for m in document.marks if m.kind == "page" and whole_number(m.value) is not None
        ]
        last, page = self._last
        found: list[Finding] = []
        if marks and not document.parent:
            first = int(marks[0].value)
            follows = (
                last is not None and last.section == document.section and last.source.path
                == document.source.path and document.order == last.order + 1
            )  # fmt: skip
            # Between two documents a page may begin outside both; only going back is a slip.
            if follows and last is not None and first < page:
                found += self._finding(document, marks[0], page, f"{last.local_id} ends on")
            for before, mark in itertools.pairwise(marks):
                one, two = int(before.value), int(mark.value)
                if two <= one or 1 < two - one <= GAP:
                    found += self._finding(document, mark, one, "the page before it is")
            self._last = (document, int(marks[-1].value))
        self._pages.update(int(mark.value) for mark in marks)
        self._paths[document.source.path] = self._paths.get(document.source.path, 0) + 1
        self._found += [(document.source.path, finding) for finding in found]
        return ()

    def collection(self, collection: Collection) -> Iterable[Finding]:
        """Give what is wrong with the pages of its volumes.

        Not of single letters, whose leaves are often counted twice, by transcript and translation;
        and no page is missing that begins in another document, such as one enclosed in this.
        """
        found, pages, paths = self._found, self._pages, self._paths
        self._last, self._found, self._pages, self._paths = (None, 0), [], set(), {}
        kept: list[Finding] = []
        for path, finding in found:
            before, number = (int(finding.values[k]) for k in ("page before it", "page"))
            if paths[path] > 1 and not pages.issuperset(range(before + 1, number) or [-1]):
                kept.append(finding)
        kinds = Counter(finding.kind for finding in kept)
        # A way of counting, and no slip, where it is so again and again.
        yield from (finding for finding in kept if kinds[finding.kind] <= HABIT)

    @staticmethod
    def _finding(document: Document, mark: Mark, page: int, before: str) -> list[Finding]:
        number = int(mark.value)
        if number > page:
            kind, confidence = "page.missing", 0.8
            pages = f"{page + 1}" if number == page + 2 else f"{page + 1} to {number - 1}"
            why = f"Page {pages} is missing: {before} {page}, then comes {number}."
        elif number == page:
            kind, confidence = "page.doubled", 0.85
            why = f"Page {number} begins twice."
        else:
            kind, confidence = "page.out-of-order", 0.9
            why = f"Page {number} comes after page {page}."
        start = mark.start
        end = min(len(document.text), start + 60)
        cut = document.text.rfind(" ", start, end) if end < len(document.text) else end
        end = cut if cut > start else end
        return [
            Finding(
                document=document.id,
                collection=document.collection,
                kind=kind,
                why=why,
                words=document.text[start:end],
                span=(start, end),
                values={"page": mark.value, "page before it": str(page)},
                confidence=confidence,
            )
        ]
