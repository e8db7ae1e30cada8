"""Bibliographies for programs: BibTeX, RIS and CSL-JSON, one entry a document."""

import json
from collections.abc import Callable, Iterable
from typing import BinaryIO

from regesta.documents import Collection, Document
from regesta.exporting.cite import parts_of, record
from regesta.exporting.cite_formats import bibtex, csl_item, ris
from regesta.exporting.pieces import NOWHERE, write_pieces


class BibtexExporter:
    """Writes BibTeX with biblatex's ``origdate``: for LaTeX, JabRef, Zotero."""

    name = "bibtex"
    suffix = ".bib"
    media_type = "application/x-bibtex"

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Write the documents in their order; give how many were written."""

        def piece(document: Document) -> str:
            collection = collections.get(document.collection, NOWHERE)
            return bibtex(record(parts_of(document, collection))) + "\n"

        return write_pieces(documents, target, piece, between="\n", progress=progress)


class RisExporter:
    """Writes RIS: for Zotero, EndNote, Citavi."""

    name = "ris"
    suffix = ".ris"
    media_type = "application/x-research-info-systems"

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Write the documents in their order; give how many were written."""

        def piece(document: Document) -> str:
            collection = collections.get(document.collection, NOWHERE)
            return ris(record(parts_of(document, collection))) + "\n"

        return write_pieces(documents, target, piece, between="\n", progress=progress)


class CslJsonExporter:
    """Writes a list of CSL items: for pandoc, citeproc and Zotero."""

    name = "csl-json"
    suffix = ".json"
    media_type = "application/vnd.citationstyles.csl+json"

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Write the documents in their order; give how many were written."""

        def piece(document: Document) -> str:
            collection = collections.get(document.collection, NOWHERE)
            return json.dumps(csl_item(record(parts_of(document, collection))), ensure_ascii=False)

        return write_pieces(
            documents, target, piece,
            opening="[\n", between=",\n", closing="\n]\n", progress=progress,
        )  # fmt: skip
