"""References on the document page: linked in the text, with a preview; listed beside it by kind.

What comes in are the links of a document; out go spans for its text, marks for its notes, groups
for the rail, and its thread. Before the edition is linked there are none of these.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from regesta.documents import Document, Mark
from regesta.edition import Edition
from regesta.edition.links.compare import ranked
from regesta.edition.links.store import StoredLink
from regesta.edition.results import Regest
from regesta.errors import UnknownDocument
from regesta.serving.answers.links import STANDINGS, evidence_words
from regesta.serving.pages.escaping import escaped
from regesta.serving.pages.inline import Span
from regesta.serving.pages.links import compare_url, document_url
from regesta.serving.pages.regests import regest_line, short_name
from regesta.serving.pages.words import shorten

#: Documents whose words are shown in a preview; more are linked without.
_PREVIEWS = 30
#: Words of a document in a preview, in characters.
_EXTRACT = 170
#: Rows of a group before the rest are folded.
_SHOWN = 6
#: The same of counterparts that may be none.
_PERHAPS = 3
#: Steps of a thread on either side of the document.
_AROUND = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A link as the rail lists it."""

    label: str
    url: str
    words: str
    why: str
    compare: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Links of one sort: those shown, and the rest."""

    name: str
    rows: tuple[Row, ...]
    more: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ThreadStep:
    """A document of a thread: what it does, where it leads ("" is this document)."""

    relation: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class References:
    """All that the page of a document shows of links.

    Attributes:
        document: The document, its notes marked.
        spans: For its text.
        groups: For the rail.
        thread: Steps around the document; empty where there is no thread.
        thread_id: Id of the thread, or "".
        thread_size: How many documents it has.
    """

    document: Document
    spans: tuple[Span, ...] = ()
    groups: tuple[Group, ...] = ()
    thread: tuple[ThreadStep, ...] = ()
    thread_id: str = ""
    thread_size: int = 0


def references_of(edition: Edition, document: Document) -> References:
    """Give what the page of a document shows of links."""
    if edition.links.progress() is not None:
        return References(document)
    links = edition.links(document.id)
    own = [x for x in links if x.document == document.id]
    coming = [x for x in links if x.document != document.id]
    ids = {x.link.target for x in own if x.link.target} | {x.document for x in coming}
    regests = {regest.id: regest for regest in edition.regests(sorted(ids))}
    asserted = [x for x in own if x.standing == "asserted" and x.link.target in regests]
    steps, thread, size = _thread(edition, document.id)
    return References(
        document=_noted(document, asserted, regests),
        spans=tuple(_spans(edition, asserted, regests)),
        groups=(*_other_side(document.id, links, regests), *_groups(own, coming, regests)),
        thread=steps,
        thread_id=thread,
        thread_size=size,
    )


def _spans(
    edition: Edition, links: Iterable[StoredLink], regests: dict[str, Regest]
) -> Iterable[Span]:
    """A link with its preview for every reference in the text, each place once."""
    cards: dict[str, str] = {}
    seen = set[tuple[int, int]]()
    for stored in links:
        link = stored.link
        if link.note is not None or link.span is None or link.span in seen:
            continue
        if link.kind != "reference":
            continue
        seen.add(link.span)
        start, end = link.span
        if link.target not in cards and len(cards) < _PREVIEWS:
            cards[link.target] = _extract(edition, link.target)
        card = _card(regests[link.target], cards.get(link.target, ""), link.evidence)
        yield Span(start, end, "span", ' class="ref"', rank=3, tail=card)
        url = escaped(document_url(link.target))
        yield Span(start, end, "a", f' class="xref" href="{url}"', rank=4)


def _card(regest: Regest, extract: str, evidence: dict[str, str]) -> str:
    told = f'<span class="ex">“{escaped(extract)}”</span>' if extract else ""
    return (
        f'<span class="card" role="note"><span class="rg regest">{_plain_line(regest)}</span>{told}'
        f'<span class="ev">{escaped(evidence_words(evidence))}</span></span>'
    )


def _plain_line(regest: Regest) -> str:
    """The regest without links: a preview stands inside one."""
    line = str(regest_line(regest))
    start, end = line.index(">") + 1, line.index("</a>")
    return line[start:end] + line[end + 4 :]


def _extract(edition: Edition, id: str) -> str:
    """The first words of a document's body."""
    try:
        document = edition.document(id)
    except UnknownDocument:
        return ""
    body = next((layer for layer in document.layers if layer.kind == "body"), None)
    start = body.start if body else 0
    return shorten(" ".join(document.text[start : start + 4 * _EXTRACT].split()), _EXTRACT)


def _noted(document: Document, links: Sequence[StoredLink], regests: dict[str, Regest]) -> Document:
    """Mark the references in a document's notes."""
    marks: dict[int, list[Mark]] = {}
    for stored in links:
        link = stored.link
        if link.note is not None and link.span and link.kind == "reference":
            title = short_name(regests[link.target], year=True)
            mark = Mark("ref", *link.span, value=title, target=link.target)
            marks.setdefault(link.note, []).append(mark)
    if not marks:
        return document
    notes = tuple(
        replace(note, marks=(*marks[i], *note.marks)) if i in marks else note
        for i, note in enumerate(document.notes)
    )
    return replace(document, notes=notes)


def _groups(
    own: Sequence[StoredLink], coming: Sequence[StoredLink], regests: dict[str, Regest]
) -> Iterable[Group]:
    plain = [x for x in own if x.link.kind == "reference"]
    sure = {x.link.target for x in plain if x.standing == "asserted"}
    sorts = (
        ("Mentions", [x for x in plain if x.standing == "asserted"], False),
        (
            "Encloses or forwards",
            [x for x in own if x.link.kind in _SENT and not _reused(x)],
            False,
        ),
        (
            "Mentioned in",
            [x for x in coming if x.standing == "asserted" and x.link.kind == "reference"],
            True,
        ),
        (
            "Perhaps means",
            [x for x in plain if x.standing == "candidate" and x.link.target not in sure],
            False,
        ),
        ("Mentions, and not here", [x for x in plain if x.standing in ("absent", "not printed")],
         False),
    )  # fmt: skip
    sided = [(name, [(x, back) for x in links]) for name, links, back in sorts]
    for name, links in (*sided, *_same_words(own, coming)):
        rows: dict[str, Row] = {}
        for stored, back in links:
            row = _row(stored, regests, back=back)
            if row is not None:
                rows.setdefault(row.url or row.words, row)
        if rows:
            listed = tuple(rows.values())
            yield Group(name, listed[:_SHOWN], listed[_SHOWN:])


def _same_words(
    own: Iterable[StoredLink], coming: Iterable[StoredLink]
) -> Iterable[tuple[str, list[tuple[StoredLink, bool]]]]:
    """Links by the same words, by what they are; with each whether it comes in."""
    both = [(x, False) for x in own if _reused(x)] + [(x, True) for x in coming if _reused(x)]
    both.sort(key=lambda item: -item[0].link.confidence)
    for name, kind, way in _REUSED:
        yield name, [item for item in both if _kind_of(item[0]) == kind and way in ("", item[1])]


def _kind_of(stored: StoredLink) -> str:
    """A link's kind; clauses, and words that nobody is known to have written first, apart."""
    evidence = stored.link.evidence
    if evidence.get("class") == "treaty clause":
        return "clause"
    if stored.link.kind == "quotation" and evidence.get("direction") == "undecided":
        return "common"
    return stored.link.kind


def _other_side(
    id: str, links: Iterable[StoredLink], regests: dict[str, Regest]
) -> Iterable[Group]:
    """Counterparts: those that are sure, and those that may be."""
    found = ranked(id, [x for x in links if x.link.kind == "counterpart"])
    for name, standing in _OTHER_SIDE:
        rows = tuple(
            Row(
                label=short_name(regests[one.document], year=True),
                url=document_url(one.document),
                words="",
                why=one.reason,
                compare=compare_url(id, one.document),
            )
            for one in found
            if one.standing == standing and one.document in regests
        )
        if rows:
            shown = _SHOWN if standing == "asserted" else _PERHAPS
            yield Group(name, rows[:shown], rows[shown:])


_OTHER_SIDE = (("On the other side", "asserted"), ("Perhaps on the other side", "candidate"))
_SENT = ("enclosure", "forwarding")
#: Groups of the same words in another document: their name, what they are, and whether the link
#: comes in; "": either way.
_REUSED: tuple[tuple[str, str, bool | str], ...] = (
    ("Quotes", "quotation", False), ("Quoted in", "quotation", True),
    ("Has words in common with", "common", ""), ("Shares clauses with", "clause", ""),
    ("Prints in full", "enclosure", False), ("Printed in full in", "enclosure", True),
    ("Printed again", "duplicate", False), ("Printed again as", "duplicate", True),
)  # fmt: skip


def _reused(stored: StoredLink) -> bool:
    """Whether the same words make the link."""
    return "there" in stored.link.evidence


def _row(stored: StoredLink, regests: dict[str, Regest], *, back: bool) -> Row | None:
    link = stored.link
    other = stored.document if back else link.target
    if other and other not in regests:
        return None
    label = short_name(regests[other], year=True) if other else _said(link.evidence, link.printed)
    if not label:
        return None
    why = evidence_words(link.evidence) if other else STANDINGS[stored.standing]
    if link.kind in _SENT and not _reused(stored):
        why = f"“{link.evidence.get('words', '')}”"
    return Row(label, document_url(other) if other else "", link.printed, why)


def _said(evidence: dict[str, str], printed: str) -> str:
    """What a reference that leads nowhere says of its document."""
    number = evidence.get("number", "")
    parts = [evidence.get("sender", ""), f"no.\N{NO-BREAK SPACE}{number}" if number else ""]
    parts.append(evidence.get("date", "").removeprefix("XXXX-"))
    return ", ".join(part for part in parts if part) or shorten(printed, 60)


def _thread(edition: Edition, id: str) -> tuple[tuple[ThreadStep, ...], str, int]:
    """The steps around a document, with the thread's id and size."""
    found = edition.thread(id)
    if found is None:
        return (), "", 0
    ids = [step.document for step in found.steps]
    regests = {regest.id: regest for regest in edition.regests(ids)}
    at = ids.index(id)
    first, last = max(0, at - _AROUND), at + _AROUND + 1
    steps = []
    for i, step in enumerate(found.steps[first:last], first):
        regest = regests.get(step.document)
        if regest is None:
            continue
        before = ids[i - 1] if i > first else ""
        relation = relation_words(step.answers, step.continues, before, regests)
        url = "" if step.document == id else document_url(step.document)
        steps.append(ThreadStep(relation, short_name(regest, year=i == first), url))
    return tuple(steps), found.id, len(ids)


def relation_words(
    answers: Sequence[tuple[str, int | None]],
    continues: Sequence[str],
    before: str,
    regests: dict[str, Regest],
) -> str:
    """What a document of a thread does: "answers no. 513, after 2 days"."""
    told = [
        f"answers{_which(answered, before, regests)}{_after(days)}"
        for answered, days in answers[:2]
    ]
    told += [f"continues{_which(id, before, regests)}" for id in continues[:2]]
    return "; ".join(told[:2])


def _which(id: str, before: str, regests: dict[str, Regest]) -> str:
    """Which document is meant, unless it is the one just before."""
    if id == before or id not in regests:
        return ""
    regest = regests[id]
    return f" no.\N{NO-BREAK SPACE}{regest.number}" if regest.number else f" {short_name(regest)}"


def _after(days: int | None) -> str:
    if days is None or days < 0:
        return ""
    return " the same day" if days == 0 else f" after {days} day{'s' if days > 1 else ''}"
