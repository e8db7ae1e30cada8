"""The tools that a language model is given: one a question that an edition answers.

What comes in are checked arguments; out go the objects of mcp.answers. Every tool is a row of
TOOLS; the names are those of the command line and the API. Nothing here needs the MCP library.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from regesta.edition import Edition
from regesta.edition.citing.permalinks import version_of
from regesta.serving.answers.asking import asked_citation, asked_search
from regesta.serving.answers.documents import (
    citation_lines,
    collection_line,
    day_answer,
    index_lines,
    search_answer,
    verify_answer,
)
from regesta.serving.answers.links import link_answer, silence_lines, thread_answer
from regesta.serving.answers.unknown import FILTERS, unknown_filters
from regesta.serving.mcp import parameters as asks
from regesta.serving.mcp.answers import (
    Addresses,
    Answer,
    Asked,
    document_row,
    holdings,
    known,
    listed,
    notes,
    passages,
    plain,
    searched,
    with_permalinks,
)
from regesta.serving.mcp.events import acts, counterparts, linked
from regesta.serving.pages.links import collection_url, day_url, index_url


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing that a model can ask.

    Attributes:
        name: As on the command line.
        title: For people.
        about: When to use it and how to use its answer, for the model.
        parameters: The struct of its arguments.
        handle: Edition, arguments, addresses → the answer.
    """

    name: str
    title: str
    about: str
    parameters: type[msgspec.Struct]
    handle: Asked

    def call(self, edition: Edition, given: Mapping[str, Any], at: Addresses) -> Answer:
        """Check the arguments and answer. Raises RegestaError for what cannot be answered."""
        return self.handle(edition, asks.read_arguments(self.parameters, given), at)


def about(edition: Edition, asked: asks.AboutParameters, at: Addresses) -> Answer:
    """What the edition holds."""
    info, counts, collections = edition.info(), edition.counts(), edition.collections()
    rows = [
        {**plain(collection_line(c)), "permalink": at.path(collection_url(c.collection.id))}
        for c in collections[asked.offset : asked.offset + asked.limit]
    ]
    return listed(
        rows,
        offset=asked.offset,
        total=len(collections),
        says=f"What is not in {searched(edition)} cannot be answered from it.",
        title=info.title,
        built=info.built,
        permalink=at.path("/about"),
        documents=counts.documents,
        undated=counts.undated,
        without_sender=counts.without_sender,
        kinds=dict(list(counts.kinds.items())[:20]),
        languages=counts.languages,
    )


def search(edition: Edition, asked: asks.SearchParameters, at: Addresses) -> Answer:
    """Search; nothing found is said with what was searched and what stood in the way."""
    result = asked_search(edition, asked)
    found = search_answer(result)
    rows = [{**plain(row), "permalink": at.document(row.id)} for row in found.results]
    says = result.relaxed
    if not result.total:
        stood = ", ".join(f"{row.label} ({row.count} without it)" for row in found.killed_by)
        says = f"No document matches in {searched(edition)}; searched: {_where(asked.layer)}."
        says += f" What stands in the way: {stood}." if stood else ""
        for one in unknown_filters(edition, {name: getattr(asked, name, "") for name in FILTERS}):
            says += f" {one.sentence[0].upper()}{one.sentence[1:]}."
        for word, near in result.near.items():
            says += f" No document has {word}; near it: {', '.join(near)}."
    if result.undated_excluded:
        says += f" {result.undated_excluded} undated documents match and are left out by the dates."
    return listed(
        rows, offset=asked.offset, total=result.total, says=says.strip(), query=found.query,
        expansions=found.expansions,
    )  # fmt: skip


def _where(layer: str) -> str:
    return {
        "": "texts, notes, source notes and headings",
        "document": "texts",
        "sources": "source notes",
    }.get(layer, layer)


def read(edition: Edition, asked: asks.ReadParameters, at: Addresses) -> Answer:
    """A document's text with its voices, or one of its notes."""
    document = edition.document(asked.id)
    head = known(edition, [asked.id], at).get(asked.id, {"id": asked.id})
    if asked.note:
        return {**head, **_note(document.notes, asked)}
    size = len(document.text)
    start, end = min(asked.offset, size), min(asked.offset + asked.length, size)
    given, left = notes(document, start, end)
    links = [
        {
            "kind": link.kind,
            "target": link.target or None,
            "span": list(link.span),
            "printed": link.printed or None,
            "confidence": link.confidence,
        }
        for link in edition.links.of(asked.id)
        if link.note is None and link.span and start <= link.span[0] < end
    ]
    says = "Spans are [start, end) in characters of the text. Check with verify what you quote."
    if start == size and size:
        says = f"The text ends before that: it has {size} characters."
    return {
        **head,
        "permalink": at.document(asked.id, version=version_of(document)),
        "citation": edition.cite(asked.id),
        "subjects": [subject.label for subject in document.subjects],
        "source": {"path": document.source.path, "sha256": document.source.sha256},
        "characters": size,
        "span": [start, end],
        "next_offset": end if end < size else None,
        "says": says,
        "passages": passages(document, start, end),
        "notes": given,
        "notes_left_out": left,
        "links": with_permalinks(links[:50], at, ["target"]),
        "enclosed": [document_row(child, at) for child in edition.enclosed(asked.id)[:20]],
    }


def _note(notes: tuple[Any, ...], asked: asks.ReadParameters) -> Answer:
    found = [note for note in notes if note.n == asked.note]
    if not found:
        marks = ", ".join(note.n for note in notes[:40]) or "none"
        return {"passages": [], "says": f"It has no note {asked.note!r}; its notes are: {marks}."}
    text = found[0].text
    start, end = min(asked.offset, len(text)), min(asked.offset + asked.length, len(text))
    return {
        "note": asked.note,
        "anchor": found[0].anchor,
        "characters": len(text),
        "span": [start, end],
        "next_offset": end if end < len(text) else None,
        "says": "Spans are characters of the note.",
        "passages": [{"layer": "note", "span": [start, end], "text": text[start:end]}],
    }


def day(edition: Edition, asked: asks.DayParameters, at: Addresses) -> Answer:
    """Everything of a day."""
    found = edition.on(asked.date)
    answer = plain(day_answer(found, limit=asked.limit, offset=asked.offset))
    rows = [
        {"side": side["label"], **with_permalinks(row, at, ["id"])}
        for side in answer["sides"]
        for row in side["documents"]
    ]
    near = " and ".join(d for d in (found.before, found.after) if d)
    says = f"Nothing of {asked.date} in {searched(edition)}." if not answer["total"] else ""
    says += f" The nearest days with documents: {near}." if near and not answer["total"] else ""
    return listed(
        rows,
        offset=asked.offset,
        total=answer["total"],
        says=says,
        date=asked.date,
        permalink=at.path(day_url(asked.date)),
        before=found.before,
        after=found.after,
        received=with_permalinks(answer["received"][:10], at, ["id"]),
        received_total=len(found.received),
        may_belong_total=found.may_belong_total,
    )


def index(edition: Edition, asked: asks.IndexParameters, at: Addresses) -> Answer:
    """A page of an index."""
    entries = edition.index(
        asked.name,
        prefix=asked.prefix,
        level=asked.level,
        limit=asked.limit + 1,
        offset=asked.offset,
        documents=False,
    )
    whole = not asked.prefix and not asked.level
    rows = [
        {"label": line.label, "id": line.id, "count": line.count,
         "permalink": at.path(index_url(asked.name, line.id))}
        for line in index_lines(entries)
    ]  # fmt: skip
    total = edition.index_size(asked.name) if whole else None
    says = "The ids are what the search argument of the same name takes."
    if not rows:
        begins = f" that begins with {asked.prefix!r}" if asked.prefix else ""
        says = f"No {asked.name} entry{begins} in {searched(edition)}."
    answer = listed(rows[: asked.limit], offset=asked.offset, total=total, says=says)
    if len(rows) > asked.limit and answer["next_offset"] is None:
        answer["next_offset"] = asked.offset + asked.limit
    return answer


def thread(edition: Edition, asked: asks.DocumentParameters, at: Addresses) -> Answer:
    """The thread of a document, and its own links."""
    edition.document(asked.id)
    linked(edition)
    links = [plain(link_answer(link)) for link in edition.links(asked.id)[:50]]
    beside = {"id": asked.id, "links": with_permalinks(links, at, ["target", "document"])}
    found = edition.thread(asked.id)
    if found is None:
        says = "No document of this edition answers it or continues it, as far as they say."
        return listed([], offset=0, total=0, says=says, **beside)
    regests = {r.id: r for r in edition.regests([step.document for step in found.steps])}
    steps = plain(thread_answer(found, regests))["documents"]
    page = steps[asked.offset : asked.offset + asked.limit]
    rows = with_permalinks(page, at, ["document"])
    return listed(rows, offset=asked.offset, total=len(steps), **beside)


def silences(edition: Edition, asked: asks.SilenceParameters, at: Addresses) -> Answer:
    """A page of what is not here."""
    linked(edition)
    found = edition.silences(
        kind=asked.kind,
        sender=asked.sender,
        month=asked.month,
        limit=asked.limit,
        offset=asked.offset,
    )
    rows = plain(silence_lines(found))
    for row in rows:
        row["permalinks"] = [at.document(id) for id in row["witnesses"][:10]]
        row["witnesses"] = row["witnesses"][:10]
    says = "" if found.total else f"Nothing is seen to be missing in {searched(edition)}."
    return listed(rows, offset=asked.offset, total=found.total, says=says)


def verify(edition: Edition, asked: asks.VerifyParameters, at: Addresses) -> Answer:
    """Whether a quotation stands in a document."""
    found = plain(verify_answer(edition.verify(asked.id, asked.quotation)))
    found["elsewhere"] = [{"id": i, "permalink": at.document(i)} for i in found["elsewhere"][:20]]
    where = f"note {found['note']}" if found["note"] else "the text"
    if found["verbatim"]:
        says = f"Verbatim, in {where} of {asked.id}."
    elif found["elsewhere"]:
        says = f"Not in {asked.id}; verbatim in the documents under elsewhere. Quote those."
    elif found["nearest"]:
        says = f"Not verbatim. What is printed in {where} is under nearest: quote that, or nothing."
    else:
        says = f"Not in {asked.id}, nor anything like it. Do not give it as a quotation."
    span = None
    if found["verbatim"] and not found["note"]:
        span = (found["spans"][0][0], found["spans"][-1][1])
    address = at.document(asked.id, version=version_of(edition.document(asked.id)), span=span)
    return {"says": says, "permalink": address, **found}


def find(edition: Edition, asked: asks.FindParameters, at: Addresses) -> Answer:
    """Which documents citations mean."""
    lines = plain(citation_lines(edition.find(asked.citation)))
    rows = with_permalinks(lines, at, ["id"])
    sure = sum(row["match"] is not None for row in rows)
    says = f"{sure} of {len(rows)} found"
    if sure < len(rows):
        says += f"; for the rest none is sure in {searched(edition)}: candidates are not matches"
    return listed(rows, offset=0, total=len(rows), says=f"{says}.")


def cite(edition: Edition, asked: asks.CiteParameters, at: Addresses) -> Answer:
    """A citation of a document, a passage or a note."""
    cited, span, note = asked_citation(edition, asked.id, asked, span=asked.span)
    row = known(edition, [asked.id], at).get(asked.id, {"id": asked.id})
    address = at.document(asked.id, version=cited.version, span=span, note=note)
    return {
        **row,
        "permalink": address,
        "style": asked.style,
        "span": span,
        "note": asked.note or None,
        "citation": cited.citation,
    }


TOOLS = (
    Tool(
        "about",
        "What this edition holds",
        "Begin here: the edition's collections, dates, languages and kinds of documents, and what "
        "it lacks. What is not in the edition cannot be answered from it.",
        asks.AboutParameters,
        about,
    ),
    Tool(
        "search",
        "Search the documents",
        "Find documents by words and by author, recipient, place, subject, kind, collection and "
        "date. Each result has an id, a permalink and snippets; a snippet is a piece, so read the "
        "document before you say what it says. Search with several wordings before you conclude "
        "that something is not here; the answer says what was searched.",
        asks.SearchParameters,
        search,
    ),
    Tool(
        "read",
        "Read a document",
        "The text of a document, cut where the voice changes: dateline, body, quotation, "
        "enclosure, editorial note… Only 'body' is its author's own voice; a 'quotation' or "
        "'enclosure' is somebody else's, an 'editorial note' the editors'. Long texts go on at "
        "next_offset. Copy quotations from here character by character, then verify them.",
        asks.ReadParameters,
        read,
    ),
    Tool(
        "day",
        "Everything of one day",
        "All documents written on a day, each side's apart, what arrived that day, and the "
        "nearest days that have documents.",
        asks.DayParameters,
        day,
    ),
    Tool(
        "index",
        "An index of the edition",
        "The subject, author, recipient, place or date index with counts. Use it to learn how the "
        "edition spells a name or heading before you filter a search by it.",
        asks.IndexParameters,
        index,
    ),
    Tool(
        "thread",
        "What answers what",
        "The documents that answer and continue one another around a document, by date, and the "
        "document's links with the evidence for each. 'candidate' links are not established.",
        asks.DocumentParameters,
        thread,
    ),
    Tool(
        "counterparts",
        "The other side's papers",
        "Documents of another side about the same exchange or event, each with its evidence. "
        "An empty answer means that none was found, not that none exists.",
        asks.DocumentParameters,
        counterparts,
    ),
    Tool(
        "acts",
        "Who did what toward whom",
        "Acts that documents report (protest, propose, refuse, promise, warn…): actor, addressee, "
        "the sentence's span, polarity (negated?) and modality (actual, intended, conditional?), "
        "and who reports it. An act is what a document says, not an established fact.",
        asks.ActsParameters,
        acts,
    ),
    Tool(
        "silences",
        "What is not here",
        "Documents that should exist and are not in the edition: mentioned by others, or left out "
        "of a numbered series or file. Use it before you argue from absence.",
        asks.SilenceParameters,
        silences,
    ),
    Tool(
        "verify",
        "Check a quotation",
        "Whether words stand in a document to the letter, with their span; if not, what is printed "
        "there, the differences, and other documents that have them. Call it for every quotation "
        "before you give it. Verbatim in a 'quotation' or 'enclosure' voice is not the author's.",
        asks.VerifyParameters,
        verify,
    ),
    Tool(
        "find",
        "Find what a citation means",
        "From a citation as printed (number, date, parties, page, volume) to the document. Where "
        "no match is sure, match is null and candidates are only candidates.",
        asks.FindParameters,
        find,
    ),
    Tool(
        "cite",
        "Cite a document",
        "A citation ready to paste, with the permalink to give beside it: of a document, of a note "
        "by its mark, or of a passage by its span or its words, with the pages on which it is "
        "printed. Use it instead of writing one from memory.",
        asks.CiteParameters,
        cite,
    ),
)


def instructions(edition: Edition) -> str:
    """What a model is told of the edition before it asks anything."""
    title = edition.info().title or "An edition of diplomatic documents"
    return (
        f"{title}: {holdings(edition)}. "
        "Answer from the documents alone, and give ids and permalinks for what you say. Search, "
        "then read, then verify every quotation before you give it. Say so when the edition does "
        "not answer; do not fill in from memory. What is null is not known, and is never a guess. "
        "Origins: 'given' by the source's mark-up, 'derived' by a rule, 'decided' by an editor."
    )
