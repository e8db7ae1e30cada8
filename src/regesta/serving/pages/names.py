"""Names in the reading column: what a text names becomes quiet links to who and where it is.

Also the page of the documents whose texts name a person.
"""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from regesta.documents import Document
from regesta.edition import Edition
from regesta.edition.naming import NameInText
from regesta.serving.pages.escaping import escaped
from regesta.serving.pages.facts import Index
from regesta.serving.pages.frame import render
from regesta.serving.pages.inline import Span
from regesta.serving.pages.links import person_url, power_url, search_url
from regesta.serving.pages.memory import kept

#: Names are looked for so far into a text: a page must come at once.
LONGEST = 40_000
#: Least confidence of a name that becomes a link.
SURE = 0.6
#: Documents on the page of those that name a person.
_SHOWN = 60


def name_spans(edition: Edition, document: Document, index: Index) -> list[Span]:
    """Links over the names that a text mentions; names that the source marks are not among them.

    A power is linked where it is named first: a text names it on every line.
    """
    powers = _powers(edition)
    spans: list[Span] = []
    named: set[str] = set()
    for name in edition.names.of(document, longest=LONGEST, notes=False, given=False):
        if name.confidence < SURE:
            continue
        if name.kind == "power":
            if name.name in named:
                continue
            named.add(name.name)
        if url := _url(name, index, powers):
            spans.append(_span(name, url))
    return spans


def mentions_page(request: Request, edition: Edition) -> Response:
    """The documents whose text names a person, each with the words."""
    person = edition.authorities.person(request.path_params["id"]).summary
    found = edition.mentioning(person.id, limit=_SHOWN)
    return render(
        request,
        "mentions.html",
        label=person.label,
        person_url=person_url(person.id),
        full=len(found) == _SHOWN,
        rows=[(r, list(dict.fromkeys(n.words for n in names))) for r, names in found],
    )


def _span(name: NameInText, url: str) -> Span:
    title = escaped(name.label or name.name)
    said = f' class="name found {escaped(name.kind)}" href="{escaped(url)}" title="{title}"'
    return Span(*name.span, "a", said, rank=4)


def _url(name: NameInText, index: Index, powers: Mapping[str, str]) -> str:
    """The page of a person, place or power; else a search for the words of the name."""
    if name.kind == "power":
        return powers.get(name.name, "")
    if name.kind == "person":
        return person_url(name.id) if name.id else search_url(q=_phrase(name.name))
    return (index.url("place", name.id) if name.id else "") or search_url(q=_phrase(name.name))


def _powers(edition: Edition) -> Mapping[str, str]:
    """Power → its page, where somebody speaks for it in this edition."""

    def make() -> dict[str, str]:
        return {power.label: power_url(power.id) for power in edition.authorities.powers()}

    found: dict[str, str] = kept(edition, "power pages", make)
    return found


def _phrase(words: str) -> str:
    """Words as the query language takes them literally."""
    plain = " ".join(words.replace('"', " ").split())
    return f'"{plain}"' if plain else ""
