"""The shapes of every answer, as the command line's `--json` and the API give them.

These structs are encoded as they stand, and the OpenAPI description is made from them: the two
cannot drift apart. A value that is not there is null or [], never absent.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

OriginWord = Literal["given", "derived", "decided"]
Span = Annotated[list[int], Meta(min_length=2, max_length=2, description="[start, end)")]
Count = Annotated[int, Meta(ge=0)]


class Shape(Struct, frozen=True, gc=False):
    """Base of the shapes: every key is always there."""


class DateLine(Shape, frozen=True):
    """A date in a list: EDTF with its first and last possible day."""

    edtf: str
    earliest: str | None
    latest: str | None
    time: str | None
    calendar: str
    printed: str | None
    origin: OriginWord | None


class PartyLine(Shape, frozen=True):
    """A sender or recipient in a list."""

    name: str | None
    office: str | None
    power: str | None
    person: str | None
    origin: OriginWord | None


class PlaceLine(Shape, frozen=True):
    """A place of writing in a list; degrees north and east where it is located."""

    name: str
    latitude: float | None
    longitude: float | None
    ref: str | None
    origin: OriginWord | None


class RegestLine(Shape, frozen=True):
    """A document in one line."""

    id: str
    collection: str
    heading: str | None
    date: DateLine | None
    senders: list[PartyLine]
    recipients: list[PartyLine]
    place: PlaceLine | None
    kind: str | None
    number: str | None


class SnippetLine(Shape, frozen=True):
    """A piece of a layer; marks are [start, end) in code points of its text."""

    layer: str
    text: str
    marks: list[Span]


class ResultLine(RegestLine, frozen=True):
    """A found document."""

    score: float
    snippets: list[SnippetLine]


class FacetLine(Shape, frozen=True):
    """A value of a facet: `value` is what the filter takes ("-" for documents with none)."""

    value: str
    count: Count
    label: str


class SearchAnswer(Shape, frozen=True):
    """What a search found.

    `undated` counts the matches without a date, `undated_excluded` those that a range of dates
    left out. Where nothing is found, `killed_by` names each term or filter without which
    something would be. `expansions` gives other forms that a word was found in.
    """

    query: str
    total: Count
    undated: Count
    took_ms: float
    facets: dict[str, list[FacetLine]]
    results: list[ResultLine]
    undated_excluded: Count
    killed_by: list[FacetLine]
    expansions: dict[str, list[str]]


class IndexLine(Shape, frozen=True):
    """An entry of an index; for dates the label is a day, month or year in EDTF."""

    label: str
    id: str
    count: Count
    documents: list[str]


class Side(Shape, frozen=True):
    """The documents that one side wrote on a day."""

    label: str
    documents: list[RegestLine]


class DayAnswer(Shape, frozen=True):
    """Everything of one day; `before` and `after` are the nearest days that have documents."""

    date: str
    total: Count
    sides: list[Side]
    received: list[RegestLine]
    may_belong: list[RegestLine]
    may_belong_total: Count
    before: str | None
    after: str | None


class MatchLine(Shape, frozen=True):
    """A document that a citation means or may mean, with the parts of it that fit or do not."""

    id: str
    heading: str | None
    confidence: float
    agrees: list[str]
    differs: list[str]


class CitationLine(Shape, frozen=True):
    """What a citation leads to.

    `match` is the one document that it means, null where too little agrees or several fit as
    well; `candidates` are the others that it may mean. `understood` is how its parts were read.
    """

    citation: str
    match: MatchLine | None
    candidates: list[MatchLine]
    understood: dict[str, str]


class DifferenceLine(Shape, frozen=True):
    """Where a quotation departs from the print.

    `changed`, `omitted` (printed, not quoted) or `added` (quoted, not printed); the spans are
    those of the print and of the quotation.
    """

    kind: Literal["changed", "omitted", "added"]
    quoted: str
    printed: str
    span: Span
    quoted_span: Span


class NearestLine(Shape, frozen=True):
    """The passage most like a quotation; `similarity` is the share of words in common."""

    text: str
    spans: list[Span]
    similarity: float


class VerifyAnswer(Shape, frozen=True):
    """What came of checking a quotation.

    `spans` are its stretches in the document's text, or in that of the footnote named by `note`.
    `voice` is whose words they are: the layer there, such as body, enclosure, heading or note.
    Where it is not verbatim, `nearest` and `differences` say what is printed instead, and
    `elsewhere` names the other documents in which it stands to the letter.
    """

    id: str
    quotation: str
    verbatim: bool
    spans: list[Span]
    note: str | None
    voice: str | None
    nearest: NearestLine | None
    differences: list[DifferenceLine]
    elsewhere: list[str]


class CollectionLine(Shape, frozen=True):
    """A collection with its counts and its first and last day."""

    id: str
    title: str
    short_title: str | None
    series: str | None
    publisher: str | None
    published: str | None
    licence: str | None
    url: str | None
    side: str | None
    languages: list[str]
    documents: Count
    undated: Count
    first: str | None
    last: str | None


class SectionLine(Shape, frozen=True):
    """A part of a collection."""

    id: str
    kind: str
    heading: str | None


class ContentsLine(Shape, frozen=True):
    """A line of a table of contents: a section with its count, or a document."""

    depth: Count
    section: SectionLine | None
    document: RegestLine | None
    count: Count


class CollectionAnswer(CollectionLine, frozen=True):
    """A collection with a page of its table of contents."""

    contents_total: Count
    contents: list[ContentsLine]


class Citation(Shape, frozen=True):
    """A citation of a document, a note or a passage, ready to paste.

    ``permalink`` never moves; its ``version`` is a hash of the text and notes as they are now.
    """

    id: str
    style: str
    citation: str
    permalink: str
    version: str


class Health(Shape, frozen=True):
    """That the server answers, and from what."""

    status: Literal["ok"]
    edition: str
    documents: Count
    version: str


class ErrorDetail(Shape, frozen=True):
    """What went wrong, and how to mend it."""

    status: Annotated[int, Meta(ge=400, le=599)]
    message: str
    hint: str


class ErrorAnswer(Shape, frozen=True):
    """Every failure looks like this."""

    error: ErrorDetail


# The described line is made by `regesta.documents.to_line`; these shapes describe it.


class DescribedDate(Shape, frozen=True):
    """A date with its rule, its words in the text and its confidence.

    An impossible day has no `edtf`; `marks` say what is odd about a date.
    """

    edtf: str | None
    earliest: str | None
    latest: str | None
    time: str | None
    calendar: str
    printed: str | None
    marks: list[str]
    origin: OriginWord
    rule: str | None
    span: Span | None
    confidence: float


class DescribedParty(PartyLine, frozen=True):
    """A sender or recipient with its rule, its words in the text and its confidence."""

    origin: OriginWord
    rule: str | None
    span: Span | None
    confidence: float


class DescribedPlace(PlaceLine, frozen=True):
    """A place with its rule, its words in the text and its confidence."""

    origin: OriginWord
    rule: str | None
    span: Span | None
    confidence: float


class DescribedSubject(Shape, frozen=True):
    """A subject; `path` holds its broader headings, broadest first."""

    label: str
    path: list[str]
    origin: OriginWord
    rule: str | None
    span: Span | None
    confidence: float


class SourceLine(Shape, frozen=True):
    """The file a document comes from."""

    path: str
    sha256: str
    position: str | None


class NoteLine(Shape, frozen=True):
    """A footnote; `anchor` is its offset in the text."""

    n: str
    text: str
    anchor: int | None


class LinkLine(Shape, frozen=True):
    """A link to another document."""

    kind: str
    target: str | None
    span: Span | None
    printed: str | None
    confidence: float
    evidence: dict[str, str]
    note: int | None


class ActLine(Shape, frozen=True):
    """An act stated in the document."""

    actor: str
    act: str
    addressee: str | None
    about: str | None
    polarity: str
    modality: str
    reported_by: str | None
    span: Span | None
    plover: str | None
    cameo: str | None
    confidence: float
    tier: str
    group: str | None
    language: str | None
    rule: str | None


class DescribedLine(Shape, frozen=True):
    """A document with everything that is known of it; spans are code points of `text`."""

    id: str
    collection: str | None
    source: SourceLine
    heading: str | None
    kind: str | None
    language: str | None
    number: str | None
    file_number: str | None
    date: DescribedDate | None
    received: DescribedDate | None
    senders: list[DescribedParty]
    recipients: list[DescribedParty]
    parties: Literal["none"] | None
    author: str | None
    place: DescribedPlace | None
    subjects: list[DescribedSubject]
    publication: str | None
    source_note: str | None
    parent: str | None
    text: str
    layers: list[list[Any]]
    pages: list[str]
    notes: list[NoteLine]
    links: list[LinkLine]
    acts: list[ActLine]
