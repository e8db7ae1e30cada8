"""Names in the reading column: what a text names becomes quiet links to who and where it is."""

from markupsafe import escape

from regesta.documents import Document
from regesta.edition import Edition
from regesta.edition.naming import NameInText
from regesta.serving.pages_facts import Index
from regesta.serving.pages_inline import Span
from regesta.serving.pages_links import search_url

#: Names are looked for so far into a text: a page must come at once.
LONGEST = 40_000
#: Least confidence of a name that becomes a link.
SURE = 0.6


def name_spans(edition: Edition, document: Document, index: Index) -> list[Span]:
    """Links over the names that a text mentions; names that the source marks are not among them."""
    found = edition.names_in(document, longest=LONGEST)
    return [span for name in found if (span := _span(name, index)) is not None]


def _span(name: NameInText, index: Index) -> Span | None:
    if name.origin == "given" or name.note or name.confidence < SURE:
        return None
    url = _url(name, index)
    if not url:
        return None
    title = name.label or name.name
    said = f' class="name found {escape(name.kind)}" href="{escape(url)}" title="{escape(title)}"'
    return Span(*name.span, "a", said, rank=4)


def _url(name: NameInText, index: Index) -> str:
    """The page of an index entry; else a search for the words; powers have neither."""
    if name.kind == "person":
        known = index.url("author", name.id, name.label) if name.id else ""
        return known or search_url(q=_phrase(name.label.split(",")[0] or name.name))
    if name.kind == "place":
        return index.url("place", name.id) if name.id else search_url(q=_phrase(name.name))
    return ""


def _phrase(words: str) -> str:
    """Words as the query language takes them literally."""
    plain = " ".join(words.replace('"', " ").split())
    return f'"{plain}"' if plain else ""
