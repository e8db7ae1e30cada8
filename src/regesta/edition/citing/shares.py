"""How far a document is what a citation says, part by part: both in, shares out.

A share is 1 where a part fits, 0 where it tells nothing and below 0 where it differs; None where
one of the two does not speak of it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from regesta.documents import Document, Party, parse_edtf
from regesta.edition.citing.citation_parts import CitationParts, telling_words
from regesta.edition.citing.page_table import first_and_last
from regesta.exporting.citations.cite import document_number, page_range

#: The share of a date that is a day off, the commonest slip; and what a heading is worth more
#: that stands there word for word.
ONE_DAY, TO_THE_LETTER = 0.2, 1.2


def told_share(own: str, said: Iterable[str]) -> float | None:
    """Whether a number, as the document has it, is one of those said."""
    said = tuple(said)
    if not own or not said:
        return None
    return 1.0 if own in said else -1.0


def number_share(document: Document, parts: CitationParts) -> float | None:
    """Whether the document's number in its volume is one of those said."""
    own = document_number(document)
    if not own:
        return None
    if own in parts.documents:
        return 1.0
    if parts.documents:
        return -1.0
    # "No. 17" may be the document's number in the volume; where it is not, it is another number.
    return 0.6 if own in parts.numbers else None


def page_share(document: Document, parts: CitationParts) -> float | None:
    """How far the document stands on the pages said."""
    pages = first_and_last(document.pages)
    # Leaves ("124r–127v") are no numbers, but a citation has them as the edition has.
    printed = page_range(document.pages)
    leaves = len(printed) > 3 and not printed.replace("–", "").isdecimal()
    if leaves and printed in parts.text.replace("-", "–"):
        return 1.0
    if pages is None:
        return None
    shares = []
    for sure, ranges in ((1.0, parts.pages), (0.7, parts.bare)):
        for first, last in ranges:
            if first <= pages[1] and last >= pages[0]:
                whole, begins = (first, last) == pages, first == pages[0]
                # Two numbers joined by a dash that are just its pages are no chance.
                sure = 1.0 if whole and first < last else sure
                shares.append(sure * (1.0 if whole else 0.7 if begins else 0.45))
            elif first <= pages[1] + 1 and last >= pages[0] - 1:
                shares.append(sure * 0.2)
    if shares:
        return max(shares)
    return -1.0 if parts.pages else None


def on_page(document: Document, parts: CitationParts, *, whole: bool = False) -> bool:
    """Whether a document stands on a page of a citation; ``whole``: on just its pages."""
    pages = first_and_last(document.pages)
    if pages is None:
        return False
    ranges = (*parts.pages, *parts.bare)
    if whole:
        return pages[0] < pages[1] and pages in ranges
    return any(first <= pages[1] and last >= pages[0] for first, last in ranges)


def date_share(document: Document, parts: CitationParts) -> float | None:
    """How far the document was written on the days said."""
    date = document.date
    days = [edtf for edtf in parts.dates if len(edtf) == 10]
    if date is None or not date.earliest or not date.latest:
        return None
    if any(bounds(edtf) == (date.earliest, date.latest) for edtf in parts.dates):
        return 1.0
    if any(date.earliest <= day <= date.latest for day in days):
        return 0.6
    if days:
        own = date.earliest
        if date.day and any(own in beside(day) for day in days):
            return ONE_DAY
        # A slip of the pen: the same month, or the same day of another year or month.
        near = any(
            day[:7] == own[:7] or (day[8:] == own[8:] and day[:4] == own[:4]) for day in days
        )
        return -0.2 if near else -1.0
    months = [edtf for edtf in parts.dates if len(edtf) == 7]
    if months:
        return 0.5 if any(date.earliest.startswith(month) for month in months) else -0.5
    return None


@lru_cache(maxsize=4096)
def beside(day: str) -> tuple[str, ...]:
    """The days before and after a day."""
    try:
        at = dt.date.fromisoformat(day)
        return tuple((at + dt.timedelta(days=by)).isoformat() for by in (-1, 1))
    except (ValueError, OverflowError):
        return ()


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[str, str] | None:
    """First and last day of a date in EDTF."""
    date = parse_edtf(edtf)
    return (date.earliest, date.latest) if date and date.earliest and date.latest else None


def time_share(document: Document, parts: CitationParts) -> float | None:
    """Whether the document was written at the time said."""
    if not parts.time or document.date is None or not document.date.time:
        return None
    return 1.0 if parts.time == document.date.time else -1.0


def place_share(document: Document, parts: CitationParts) -> float | None:
    """How far the place of writing is named."""
    if document.place is None:
        return None
    return max(0.0, _words_share(telling_words(document.place.name), parts.words) or 0.0)


def heading_share(document: Document, parts: CitationParts) -> float | None:
    """A long heading that stands there whole says more than a short one that many share."""
    own = telling_words(document.heading)
    share = _words_share(own, parts.words)
    if not share or share <= 0.85:
        return share
    share *= min(3.0, max(1.0, len(own) / 5))
    return share * TO_THE_LETTER if len(own) > 5 and _runs_in(own, parts.words) else share


def _runs_in(own: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether words stand in others one after the other."""
    return f" {' '.join(own)} " in f" {' '.join(said)} "


def writers(document: Document) -> list[Party]:
    """The senders, or else the author: what a citation names before the rest."""
    author = document.word("author")
    return document.senders or ([Party(name=author)] if author else [])


def party_share(parties: Sequence[Party], said: tuple[str, ...]) -> float | None:
    """How far one of the parties is named: by name, else by office; below 0 where not at all."""
    shares = []
    for party in parties:
        name = telling_words(party.name)
        if name and _has(said, name[-1]):
            shares.append(1.0)
            continue
        office = telling_words(f"{party.office} {party.power}")
        if share := _words_share(office, said):
            shares.append(share * 0.9)
        elif name or office:
            shares.append(-0.5 if said else 0.0)
    return max(shares, default=None)


def swapped(document: Document, parts: CitationParts) -> bool:
    """Whether a citation has the document's sender for its recipient, or the other way round."""
    before, after = parts.before, parts.after
    if not before or not after:
        return False
    writer = _is_only_in(writers(document), after, before)
    reader = _is_only_in(document.recipients, before, after)
    return writer or reader


def _is_only_in(parties: Sequence[Party], there: tuple[str, ...], here: tuple[str, ...]) -> bool:
    """Whether a party is named in some words and in others not."""
    if not parties or (party_share(parties, here) or 0) >= 0.5:
        return False
    for party in parties:
        name, office = telling_words(party.name), telling_words(party.office)
        named = name and _has(there, name[-1]) and not any(_has(here, word) for word in name)
        # Words of an office stand in many: "to the Acting Secretary of State".
        if named or (not name and len(office) > 1 and set(office) <= set(there)):
            return True
    return False


def _words_share(own: tuple[str, ...], said: tuple[str, ...]) -> float | None:
    if not own:
        return None
    distinct = set(own)
    return sum(_has(said, word) for word in distinct) / len(distinct)


def _has(said: tuple[str, ...], word: str) -> bool:
    """Whether a word stands there, a slip of one letter in five allowed."""
    if word in said:
        return True
    if len(word) < 5 or word.isdecimal():
        return False
    return any(
        abs(len(other) - len(word)) <= 1 and other[0] == word[0] and _alike(word, other)
        for other in said
        if len(other) > 3
    )


@lru_cache(maxsize=65536)
def _alike(a: str, b: str) -> bool:
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.8
