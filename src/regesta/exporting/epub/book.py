"""EPUB 3 of a collection or a search: a book to read on any device, footnotes as popups.

Written with the standard library alone after EPUB 3.2 and EPUB Accessibility 1.0: a navigation
document, structural roles, page numbers of the print, no images and no scripts. The bytes are the
same for the same documents; as the day of change stands the year of the latest publication.
"""

import hashlib
import re
import uuid
from collections.abc import Callable, Iterable
from typing import BinaryIO

from regesta.documents import Collection, Document
from regesta.exporting.archive import Archive, archive
from regesta.exporting.epub.pages import document_page, heading_of, page
from regesta.exporting.pieces import EVERY, NOWHERE
from regesta.exporting.tei.words import attribute, element, escaped

_YEAR = re.compile(r"\b[12]\d{3}\b")
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
_STYLE = """body { font-family: serif; line-height: 1.45; margin: 0 5%; }
h1 { font-size: 1.3em; line-height: 1.25; }
p { margin: 0; text-indent: 1.2em; }
p.first, p.regest, p.line, p.cite { text-indent: 0; }
p.regest { font-style: italic; margin: 0 0 1em; }
p.right { text-align: right; text-indent: 0; margin: .6em 0; }
p.quotation, p.enclosure { margin-left: 1.5em; }
p.cite { border-top: 1px solid; font-size: .85em; margin-top: 1.5em; padding-top: .5em; }
.sc { font-variant: small-caps; }
.cover { margin-top: 25%; text-align: center; }
a.note { font-size: .75em; line-height: 0; text-decoration: none; vertical-align: super; }
table { border-collapse: collapse; margin: .6em 0; }
td { border-top: 1px solid; padding: .1em .6em .1em 0; vertical-align: top; }
aside { font-size: .9em; margin: .4em 0; }
"""
_ACCESSIBLE = (
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityHazard", "none"),
    (
        "schema:accessibilitySummary",
        "Text only, in reading order, with a table of contents; footnotes are linked both ways.",
    ),
)


class EpubExporter:
    """Writes a chapter a document, grouped by collection, in the order given."""

    name = "epub"
    suffix = ".epub"
    media_type = "application/epub+zip"
    #: Asks for the title of the edition.
    takes_title = True

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
        title: str = "",
    ) -> int:
        """Write the documents in their order; give how many were written.

        ``title`` is that of the edition; a book of one collection has its collection's.
        """
        known = list(collections.values())
        if len(known) == 1 and known[0].title:
            title = known[0].title
        book = _Book(title or "Documents", known)
        count = 0
        with archive(target) as made:
            made.add("mimetype", self.media_type, packed=False)
            made.add("META-INF/container.xml", _CONTAINER)
            made.add("OEBPS/style.css", _STYLE)
            for document in documents:
                count += 1
                book.add(made, document, collections.get(document.collection, NOWHERE))
                if progress and count % EVERY == 0:
                    progress(count)
            book.close(made)
        if progress:
            progress(count)
        return count


class _Book:
    """What a book is made of while its chapters are written: headings and languages only."""

    def __init__(self, title: str, collections: list[Collection]) -> None:
        self.title, self.collections = title, collections
        self.chapters: list[tuple[str, str, str]] = []  # collection's title, heading, day
        self.languages: dict[str, int] = {}
        self.digest = hashlib.sha256()

    def add(self, made: Archive, document: Document, collection: Collection) -> None:
        """Write the next chapter."""
        self.chapters.append((collection.title, *heading_of(document)))
        language = document.word("language")
        self.languages[language] = self.languages.get(language, 0) + 1
        content = document_page(document, collection)
        self.digest.update(content.encode("utf-8", "replace"))
        made.add(f"OEBPS/{_name(len(self.chapters))}", content.encode("utf-8", "replace"))

    @property
    def language(self) -> str:
        """The language of most chapters, "und" where none is known."""
        named = {code: count for code, count in self.languages.items() if code}
        return min(named, key=lambda code: (-named[code], code)) if named else "und"

    def close(self, made: Archive) -> None:
        """Write cover, table of contents and package."""
        made.add("OEBPS/cover.xhtml", self._cover())
        made.add("OEBPS/nav.xhtml", self._nav())
        made.add("OEBPS/package.opf", self._package())

    def _imprint(self) -> str:
        return "; ".join(dict.fromkeys(filter(None, (c.publisher for c in self.collections))))

    def _cover(self) -> str:
        count = len(self.chapters)
        lines = [
            element("h1", self.title),
            element("p", f"{count:,} document{'' if count == 1 else 's'}"),
            element("p", self._imprint()) if self._imprint() else "",
        ]
        inner = "".join(lines).replace("<p>", '<p class="line">')
        body = f'<section class="cover" epub:type="titlepage">{inner}</section>'
        return page(self.title, body, language="")

    def _nav(self) -> str:
        parts: list[str] = []
        last = None
        several = len({chapter[0] for chapter in self.chapters}) > 1
        for n, (collection, heading, day) in enumerate(self.chapters, 1):
            if several and collection != last:
                parts.append("</ol></li>" if last is not None else "")
                parts.append(f"<li><span>{escaped(collection or 'Documents')}</span><ol>")
                last = collection
            words = ", ".join(filter(None, (day, heading)))
            parts.append(f'<li><a href="{_name(n)}">{escaped(words)}</a></li>\n')
        parts.append("</ol></li>" if last is not None else "")
        items = "".join(parts) or '<li><a href="cover.xhtml">No documents</a></li>'
        first = _name(1) if self.chapters else "cover.xhtml"
        body = (
            '<nav epub:type="toc" role="doc-toc" id="toc"><h1>Contents</h1>\n<ol>'
            f"{items}</ol></nav>\n"
            '<nav epub:type="landmarks" hidden="hidden"><h2>Landmarks</h2><ol>'
            '<li><a epub:type="titlepage" href="cover.xhtml">Title page</a></li>'
            '<li><a epub:type="toc" href="#toc">Contents</a></li>'
            f'<li><a epub:type="bodymatter" href="{first}">Documents</a></li></ol></nav>'
        )
        return page("Contents", body, language="")

    def _package(self) -> str:
        years = [y for c in self.collections for y in _YEAR.findall(c.published)]
        day = f"{max(years, default='1970')}-01-01"
        identity = uuid.uuid5(uuid.NAMESPACE_URL, f"regesta:{self.digest.hexdigest()}")
        languages = sorted(code for code in self.languages if code) or [self.language]
        languages.sort(key=lambda code: code != self.language)
        meta = [
            f'<dc:identifier id="id">urn:uuid:{identity}</dc:identifier>',
            element("dc:title", self.title),
            *(element("dc:language", code) for code in languages),
            element("dc:publisher", self._imprint()) if self._imprint() else "",
            *(element("dc:rights", c.licence) for c in self.collections[:1] if c.licence),
            f'<meta property="dcterms:modified">{day}T00:00:00Z</meta>',
            *(f"<meta{attribute('property', name)}>{said}</meta>" for name, said in _ACCESSIBLE),
        ]
        chapters = range(1, len(self.chapters) + 1)
        items = "".join(
            f'<item id="c{n}" href="{_name(n)}" media-type="application/xhtml+xml"/>\n'
            for n in chapters
        )
        spine = "".join(f'<itemref idref="c{n}"/>\n' for n in chapters)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"'
            f"{attribute('xml:lang', 'en')}>\n<metadata "
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{chr(10).join(meta)}</metadata>\n'
            '<manifest>\n<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" '
            'properties="nav"/>\n<item id="css" href="style.css" media-type="text/css"/>\n'
            '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>\n'
            f'{items}</manifest>\n<spine>\n<itemref idref="cover"/>\n<itemref idref="nav"/>\n'
            f"{spine}</spine>\n</package>\n"
        )


def _name(n: int) -> str:
    return f"d{n:06d}.xhtml"
