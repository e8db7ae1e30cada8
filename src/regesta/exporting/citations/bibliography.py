"""Bibliographies for programs: BibTeX, RIS and CSL-JSON, one entry a document."""

import json
from collections.abc import Callable, Iterable
from typing import BinaryIO

from regesta.documents import Collection, Document
from regesta.exporting.citations.cite import parts_of, record
from regesta.exporting.citations.cite_formats import Entry, bibtex, csl_item, ris
from regesta.exporting.pieces import NOWHERE, write_pieces


class _Bibliography:
    """Writes an entry for every document; its heirs say how one looks and what parts two."""

    opening, between, closing = "", "\n", ""
    takes_printed_dates = True

    def entry(self, entry: Entry) -> str:
        """Give one entry."""
        raise NotImplementedError

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        printed_date: Callable[[Document], str] = lambda document: "",
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Write the documents in their order; give how many were written.

        ``printed_date``: What is printed where a document's date is a certain slip, or "".
        """

        def piece(document: Document) -> str:
            collection = collections.get(document.collection, NOWHERE)
            parts = parts_of(document, collection, printed_date=printed_date(document))
            return self.entry(record(parts))

        return write_pieces(
            documents,
            target,
            piece,
            opening=self.opening,
            between=self.between,
            closing=self.closing,
            progress=progress,
        )


class BibtexExporter(_Bibliography):
    """Writes BibTeX with biblatex's ``origdate``: for LaTeX, JabRef, Zotero."""

    name = "bibtex"
    suffix = ".bib"
    media_type = "application/x-bibtex"

    def entry(self, entry: Entry) -> str:
        """Give an ``@incollection``."""
        return bibtex(entry) + "\n"


class RisExporter(_Bibliography):
    """Writes RIS: for Zotero, EndNote, Citavi."""

    name = "ris"
    suffix = ".ris"
    media_type = "application/x-research-info-systems"

    def entry(self, entry: Entry) -> str:
        """Give a record of type CHAP."""
        return ris(entry) + "\n"


class CslJsonExporter(_Bibliography):
    """Writes a list of CSL items: for pandoc, citeproc and Zotero."""

    name = "csl-json"
    suffix = ".json"
    media_type = "application/vnd.citationstyles.csl+json"
    opening, between, closing = "[\n", ",\n", "\n]\n"

    def entry(self, entry: Entry) -> str:
        """Give an item."""
        return json.dumps(csl_item(entry), ensure_ascii=False)
