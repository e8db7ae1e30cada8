"""Filters of a search: the request's values in, named tantivy queries out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tantivy

from regesta.documents.dates import from_iso
from regesta.edition.search.query import PEOPLE, Leaf
from regesta.edition.search.query_plan import Planner, any_of, silent
from regesta.edition.search.schema import KEY_FIELDS, LABELLED, label_key
from regesta.edition.search.words import folded_words
from regesta.errors import QueryError

if TYPE_CHECKING:
    from regesta.edition.search.matching import Matcher
    from regesta.edition.search.sets import Bits
    from regesta.edition.search.state import SearchRequest

Labels = Callable[[str, Sequence[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: what it is called in ``killed_by``, what it lets pass, and whether by date.

    ``bits`` is the set of what it lets pass, where that is at hand.
    """

    shown: str
    query: tantivy.Query
    bits: "Bits | None" = None
    by_date: bool = False


def filters_of(
    request: "SearchRequest", planner: Planner, labels: Labels, matcher: "Matcher | None" = None
) -> list[Filter]:
    """Make the filters of a request, with a matcher also as sets.

    Raises:
        QueryError: A date is none, or a range ends before it begins.
    """
    filters = []
    for field in KEY_FIELDS:
        values = as_values(getattr(request, field))
        if values:
            queries = [_value(field, value, planner, labels) for value in values]
            queries += _of_people(field, values, request, planner)
            shown = f"{field}: {' or '.join(values)}"
            bits = matcher.values(field, values) if matcher else None
            filters.append(Filter(shown, any_of(queries), bits))
    first, last = date_range(request.first, request.last)
    if first or last:
        query = planner.dates(first, last, within=request.within)
        if request.undated:
            query = silent(any_of([query, planner.missing("date")]))
        shown = f"date: {request.first or ''}..{request.last or ''}"
        bits = matcher.dates(first, last, within=request.within) if matcher else None
        if matcher and bits is not None and request.undated:
            bits = bits | matcher.sets.undated
        filters.append(Filter(shown, query, bits, by_date=True))
    return filters


def _of_people(
    field: str, values: Sequence[str], request: "SearchRequest", planner: Planner
) -> list[tantivy.Query]:
    """The documents of persons whom a value names, which may print an office alone.

    What is the id of an entry means that entry: so a facet finds what it counts.
    """
    if request.people is None or field not in PEOPLE:
        return []
    count = planner.vocabulary.searcher.doc_freq
    names = [value for value in values if value != "-" and not count(field, value)]
    found = [request.people(field, name) for name in names]
    return [planner.documents(ids) for ids in found if ids]


def as_values(given: Sequence[str] | str) -> list[str]:
    """Give the values of a filter; a single string is one value, blanks are none."""
    values = [given] if isinstance(given, str) else list(given)
    return [value.strip() for value in values if value.strip()]


def date_range(first: str | None, last: str | None) -> tuple[str | None, str | None]:
    """Read a range of dates given as days, months or years.

    Raises:
        QueryError: A bound is no date, or the range ends before it begins.
    """
    bounds = []
    for bound in (first, last):
        date = from_iso(bound) if bound else None
        if bound and (date is None or date.time):
            raise QueryError(
                f"{bound} is no date", "write a day 1918-07-25, a month 1918-07 or a year 1918"
            )
        bounds.append(date)
    start = bounds[0].earliest if bounds[0] else None
    end = bounds[1].latest if bounds[1] else None
    if start and end and start > end:
        raise QueryError(f"the dates {first} to {last} end before they begin", "turn them round")
    return start, end


def _value(field: str, value: str, planner: Planner, labels: Labels) -> tantivy.Query:
    """An id of the index, else a label, else words of a name; "-" is none of them."""
    if value == "-":
        return planner.missing(field)
    if field in ("kind", "language"):
        return planner.value(field, value)
    if planner.vocabulary.searcher.doc_freq(field, value):
        return planner.keys(field, [value])
    if field == "collection":
        return _collection(value, planner, labels)
    label = label_key(value)
    # A label of persons is no more than one way to print them: others are found by its words.
    if field not in PEOPLE and planner.vocabulary.searcher.doc_freq(f"{field}_label", label):
        return planner.keys(f"{field}_label", [label])
    words = tuple(folded_words(value))
    if not words:
        return tantivy.Query.empty_query()
    return planner.query(Leaf("phrase" if len(words) > 1 else "exact", words, field))


def _collection(value: str, planner: Planner, labels: Labels) -> tantivy.Query:
    known = list(planner.vocabulary.values("collection"))
    wanted = label_key(value)
    titles = labels("collection", known) if "collection" in LABELLED else {}
    found = [id for id in known if wanted in (label_key(id), label_key(titles.get(id, "")))]
    return planner.keys("collection", found)
