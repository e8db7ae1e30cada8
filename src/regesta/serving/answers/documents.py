"""From what an edition answers to the shapes that leave the house: one place for both doors."""

from collections.abc import Iterable, Sequence
from typing import Literal, cast

from regesta.documents import HistoricalDate, Party, Place
from regesta.edition.citing.finding import Finding, Match
from regesta.edition.citing.quotations import Verification
from regesta.edition.results import (
    CollectionSummary,
    ContentsEntry,
    Day,
    FacetCount,
    IndexEntry,
    Regest,
    SearchResult,
)
from regesta.serving.api.models import (
    CitationLine,
    CollectionAnswer,
    CollectionLine,
    ContentsLine,
    DateLine,
    DayAnswer,
    DifferenceLine,
    FacetLine,
    IndexLine,
    MatchLine,
    NearestLine,
    OriginWord,
    PartyLine,
    PlaceLine,
    RegestLine,
    ResultLine,
    SearchAnswer,
    SectionLine,
    Side,
    SnippetLine,
    VerifyAnswer,
)


def _origin(word: str) -> OriginWord | None:
    return cast(OriginWord, word) if word else None


def _date(date: HistoricalDate | None, origin: str) -> DateLine | None:
    if date is None:
        return None
    return DateLine(
        date.edtf,
        date.earliest,
        date.latest,
        date.time,
        date.calendar,
        date.printed or None,
        _origin(origin),
    )


def _parties(parties: Iterable[Party], origin: str) -> list[PartyLine]:
    return [
        PartyLine(
            p.name or None, p.office or None, p.power or None, p.person or None, _origin(origin)
        )
        for p in parties
    ]


def _place(place: Place | None, origin: str) -> PlaceLine | None:
    if place is None:
        return None
    return PlaceLine(
        place.name, place.latitude, place.longitude, place.ref or None, _origin(origin)
    )


def regest_line(regest: Regest) -> RegestLine:
    """A document of a list."""
    return RegestLine(
        id=regest.id,
        collection=regest.collection,
        heading=regest.heading or None,
        date=_date(regest.date, regest.date_origin),
        senders=_parties(regest.senders, regest.sender_origin),
        recipients=_parties(regest.recipients, regest.recipient_origin),
        place=_place(regest.place, regest.place_origin),
        kind=regest.kind or None,
        number=regest.number or None,
    )


def _facets(rows: Iterable[FacetCount]) -> list[FacetLine]:
    # A row without a value counts the documents with none; "-" is what the filter takes for it.
    return [FacetLine(row.value or "-", row.count, row.label or row.value) for row in rows]


def search_answer(result: SearchResult) -> SearchAnswer:
    """The object of `/api/search` and of `search --json`."""
    results = []
    for hit in result.hits:
        r = hit.regest
        results.append(
            ResultLine(
                id=r.id,
                collection=r.collection,
                heading=r.heading or None,
                date=_date(r.date, r.date_origin),
                senders=_parties(r.senders, r.sender_origin),
                recipients=_parties(r.recipients, r.recipient_origin),
                place=_place(r.place, r.place_origin),
                kind=r.kind or None,
                number=r.number or None,
                score=round(hit.score, 4),
                snippets=[
                    SnippetLine(s.layer, s.text, [[a, b] for a, b in s.marks]) for s in hit.snippets
                ],
            )
        )
    return SearchAnswer(
        query=result.query,
        total=result.total,
        undated=result.undated,
        took_ms=round(result.took_ms, 3),
        facets={name: _facets(rows) for name, rows in result.facets.items()},
        results=results,
        undated_excluded=result.undated_excluded,
        killed_by=[FacetLine(k.value, k.count, k.label or k.value) for k in result.killed_by],
        expansions={word: list(forms) for word, forms in result.expansions.items()},
    )


def index_lines(entries: Iterable[IndexEntry]) -> list[IndexLine]:
    """The list of `/api/index/…` and of `index --json`."""
    return [IndexLine(e.label, e.id, e.count, list(e.documents)) for e in entries]


def day_answer(day: Day, *, limit: int, offset: int) -> DayAnswer:
    """The object of `/api/on/…`; limit and offset count along the sides in their order."""
    sides, seen = [], 0
    for label, regests in day.sides:
        page = regests[max(0, offset - seen) : max(0, offset + limit - seen)]
        seen += len(regests)
        if page:
            sides.append(Side(label, [regest_line(r) for r in page]))
    return DayAnswer(
        date=day.date,
        total=seen,
        sides=sides,
        received=[regest_line(r) for r in day.received],
        may_belong=[regest_line(r) for r in day.may_belong],
        may_belong_total=day.may_belong_total,
        before=day.before,
        after=day.after,
    )


def collection_line(summary: CollectionSummary) -> CollectionLine:
    """A collection of `/api/collections`."""
    c = summary.collection
    return CollectionLine(
        id=c.id,
        title=c.title,
        short_title=c.short_title or None,
        series=c.series or None,
        publisher=c.publisher or None,
        published=c.published or None,
        licence=c.licence or None,
        url=c.url or None,
        side=c.side or None,
        languages=list(c.languages),
        documents=summary.documents,
        undated=summary.undated,
        first=summary.first,
        last=summary.last,
    )


def collection_answer(
    summary: CollectionSummary, contents: Sequence[ContentsEntry], *, limit: int, offset: int
) -> CollectionAnswer:
    """The object of `/api/collections/{id}` with a page of the table of contents."""
    line = collection_line(summary)
    return CollectionAnswer(
        **{name: getattr(line, name) for name in line.__struct_fields__},
        contents_total=len(contents),
        contents=[_contents_line(e) for e in contents[offset : offset + limit]],
    )


def _contents_line(entry: ContentsEntry) -> ContentsLine:
    section = entry.section
    return ContentsLine(
        depth=entry.depth,
        section=SectionLine(section.id, section.kind, section.heading or None) if section else None,
        document=regest_line(entry.regest) if entry.regest else None,
        count=entry.count,
    )


def citation_lines(findings: Iterable[Finding]) -> list[CitationLine]:
    """The list of `/api/find` and of `find --json`."""
    return [
        CitationLine(
            citation=found.citation,
            match=_match_line(found.match) if found.match else None,
            candidates=[_match_line(match) for match in found.candidates],
            understood=found.understood,
        )
        for found in findings
    ]


def _match_line(match: Match) -> MatchLine:
    return MatchLine(
        match.id, match.heading or None, match.confidence, list(match.agrees), list(match.differs)
    )


def verify_answer(found: Verification) -> VerifyAnswer:
    """The object of `/api/verify` and of `verify --json`."""
    near = found.nearest
    return VerifyAnswer(
        id=found.id,
        quotation=found.quotation,
        verbatim=found.verbatim,
        spans=[list(span) for span in found.spans],
        note=found.note,
        voice=found.voice or None,
        nearest=NearestLine(near.text, [list(s) for s in near.spans], near.similarity)
        if near
        else None,
        differences=[
            DifferenceLine(
                cast(Literal["changed", "omitted", "added"], d.kind),
                d.quoted,
                d.printed,
                list(d.span),
                list(d.quoted_span),
            )
            for d in found.differences
        ],
        elsewhere=list(found.elsewhere),
    )
