"""What an edition answers: plain values that the command line, the API and the pages share."""

from typing import TYPE_CHECKING, Any

from regesta.documents import Collection, HistoricalDate, Party, Place, Value
from regesta.documents.collection import Section

if TYPE_CHECKING:
    from regesta.edition.frames import Found


class Regest(Value, frozen=True):
    """A document in one line, as lists, results and cards show it.

    Attributes:
        date_origin: Origin of the date, or "" where there is none; likewise the others.
        number: As printed, without "No.".
    """

    id: str
    collection: str
    heading: str
    date: HistoricalDate | None = None
    senders: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Place | None = None
    kind: str = ""
    number: str = ""
    date_origin: str = ""
    sender_origin: str = ""
    recipient_origin: str = ""
    place_origin: str = ""
    publication: str = ""
    parent: str = ""
    section: str = ""
    order: int = 0


class Snippet(Value, frozen=True):
    """A piece of a layer with found words; ``marks`` are ``(start, end)`` in ``text``."""

    layer: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


class Hit(Value, frozen=True):
    """A found document."""

    regest: Regest
    score: float
    snippets: tuple[Snippet, ...] = ()


class FacetCount(Value, frozen=True):
    """A facet's value with its count; ``value`` is what the filter takes, ``label`` is shown.

    ``value`` is "" in the last row where documents have none ("no author named").
    """

    value: str
    count: int
    label: str = ""


class SearchResult(Value, frozen=True):
    """What a search gives.

    Attributes:
        query: The query as understood, normalised.
        total: All matching documents.
        undated: How many of them have no date (they pass a date range only when asked for).
        undated_excluded: How many undated matches a date range left out.
        took_ms: Wall time in milliseconds.
        hits: The page asked for.
        facets: By facet name (year, decade, collection, author, recipient, place, subject, kind,
            language), most frequent first (years in order), over the whole match.
        killed_by: When nothing is found: the terms or filters without which something would be,
            each with the number of documents found without it.
        near: When nothing is found: word that no document has → words spelt almost so.
        expansions: Word as asked → other forms that were found with it; where any word will do, of
            a word that no document has the words spelt almost so that were sought instead.
        relaxed: A sentence that says so where the search was widened, else "": a long query
            without operators, of which no document has every word, ranks by any of its words.
    """

    query: str
    total: int
    undated: int
    took_ms: float
    hits: tuple[Hit, ...] = ()
    undated_excluded: int = 0
    facets: dict[str, tuple[FacetCount, ...]] = {}
    killed_by: tuple[FacetCount, ...] = ()
    near: dict[str, tuple[str, ...]] = {}
    expansions: dict[str, tuple[str, ...]] = {}
    relaxed: str = ""

    def to_pandas(self) -> Any:
        """The hits as a ``pandas.DataFrame``. Raises MissingExtra where it is not installed."""
        return _found(self).to_pandas()

    def to_polars(self) -> Any:
        """The hits as a ``polars.DataFrame``. Raises MissingExtra where it is not installed."""
        return _found(self).to_polars()

    def to_arrow(self) -> Any:
        """The hits as a ``pyarrow.Table``. Raises MissingExtra where it is not installed."""
        return _found(self).to_arrow()

    def _repr_html_(self) -> str:
        return _found(self)._repr_html_()


def _found(result: SearchResult) -> "Found":
    from regesta.edition.frames import Found

    return Found(result)


class IndexEntry(Value, frozen=True):
    """A row of an index. ``id`` is what the filter takes; ``sort`` puts it in order.

    For dates the label is a day, month or year in EDTF.
    """

    label: str
    id: str
    count: int
    documents: tuple[str, ...] = ()
    note: str = ""


class Step(Value, frozen=True):
    """A document's place in one of the series it stands in (collection, subject, author, date).

    Attributes:
        way: "collection", "subject", "author" or "date".
        label, id: The index entry (or the section) that makes the series.
        position, total: It is the ``position``-th (from 1) of ``total``; by date, of its own day.
        previous, following: Its neighbours, or None at an end.
    """

    way: str
    label: str
    id: str
    position: int
    total: int
    previous: Regest | None = None
    following: Regest | None = None


class Counts(Value, frozen=True):
    """What is in an edition, and what is missing.

    Attributes:
        without_subject: -1 where the record does not say.
        years: Documents by year of a date that lies in one year.
        by_origin: Field → origin ("given", "derived", "decided", "missing") → documents.
    """

    documents: int
    collections: int
    undated: int
    without_sender: int
    without_recipient: int
    without_place: int
    without_subject: int = -1
    years: dict[int, int] = {}
    by_origin: dict[str, dict[str, int]] = {}
    kinds: dict[str, int] = {}
    languages: dict[str, int] = {}
    first: str | None = None
    last: str | None = None


class CollectionSummary(Value, frozen=True):
    """A collection with its counts, for lists.

    Attributes:
        first, last: First and last possible day of its papers, or None where none is dated.
    """

    collection: Collection
    documents: int
    undated: int
    first: str | None = None
    last: str | None = None


class ContentsEntry(Value, frozen=True):
    """A line of a collection's table of contents: a section or a document, with its depth."""

    depth: int
    section: Section | None = None
    regest: Regest | None = None
    count: int = 0


class Day(Value, frozen=True):
    """Everything of one day.

    Attributes:
        sides: Column heading (the collection's side or title) → documents written that day.
        received: Documents that arrived that day.
        may_belong: Documents whose date only overlaps the day.
        before, after: Nearest days before and after that have documents.
        month: Day of that month → documents.
    """

    date: str
    sides: tuple[tuple[str, tuple[Regest, ...]], ...]
    received: tuple[Regest, ...] = ()
    may_belong: tuple[Regest, ...] = ()
    may_belong_total: int = 0
    before: str | None = None
    after: str | None = None
    month: dict[int, int] = {}


class BuildReport(Value, frozen=True):
    """What a build did; the JSON of `build --json`.

    Attributes:
        unread: ``{"path", "reason"}`` of every file that no reader could read.
        unaccounted_characters: Visible characters of the sources that stand nowhere in the
            edition.
        warnings: One line each.
    """

    documents: int
    added: int
    changed: int
    removed: int
    unchanged: int
    undated: int
    without_sender: int
    unread: tuple[dict[str, str], ...]
    unaccounted_characters: int
    seconds: float
    edition: str
    without_recipient: int = 0
    sources: int = 0
    warnings: tuple[str, ...] = ()


class EditionInfo(Value, frozen=True):
    """What an edition says of itself; ``address`` is where it stands on the web, or ""."""

    title: str
    path: str
    version: str
    built: str
    documents: int
    description: str = ""
    address: str = ""
