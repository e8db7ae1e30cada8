"""Asking an edition as checked parameters say: one place for the API and the tools for models.

What comes in are structs of parameters, whose fields are named as the arguments of the edition's
own methods; out goes what the edition says.
"""

from typing import Any

import msgspec

from regesta.edition import Edition
from regesta.edition.results import SearchResult
from regesta.errors import UnknownValue
from regesta.serving.api.models import Citation
from regesta.serving.api.parameters import BadParameter
from regesta.serving.choices import FACETS

Span = tuple[int, int]


def asked_search(edition: Edition, asked: msgspec.Struct) -> SearchResult:
    """Search, once, with everything that the parameters say.

    Args:
        edition: The edition.
        asked: Its fields are arguments of :meth:`Edition.search`; an empty date is none, and the
            facet "all" stands for every facet.

    Raises:
        QueryError: As :meth:`Edition.search` does.
    """
    given: dict[str, Any] = msgspec.structs.asdict(asked)
    for end in ("first", "last"):
        given[end] = given[end] or None
    if facets := given.get("facets"):
        given["facets"] = FACETS if "all" in facets else tuple(dict.fromkeys(facets))
    return edition.search(**given)


def asked_citation(
    edition: Edition, id: str, asked: Any, *, span: Span | None
) -> tuple[Citation, Span | None, int | None]:
    """Cite a document, a passage or a note: the citation, and the span and note that it means.

    Args:
        edition: The edition.
        id: The document.
        asked: Parameters with ``style``, ``note``, ``quotation``, ``source`` and ``link``.
        span: The passage in code points, or None.

    Raises:
        UnknownDocument: No document has that id.
        QueryError: The quotation does not stand there to the letter.
        BadParameter: There is no such note, or no such place in the text.
    """
    try:
        passage = edition.passage(id, note=asked.note, span=span, quotation=asked.quotation)
    except UnknownValue as error:
        raise BadParameter(error.what, error.hint) from None
    words = edition.cite(
        id,
        style=asked.style,
        note=asked.note,
        span=span,
        quotation=asked.quotation,
        source=asked.source,
        link=asked.link,
    )
    address = edition.permalink(id, span=passage.span, note=passage.note)
    cited = Citation(id, asked.style, words, address, edition.version(id))
    return cited, passage.span, passage.note
