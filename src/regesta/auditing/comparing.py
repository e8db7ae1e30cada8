"""A value that mark-up gives against one that was read from bare words: the same, or not.

Two measures. Leniently, honorifics, a wider or a narrower name, doubt marks and a building beside
the town pass; strictly, nothing more and nothing less is said.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Literal

from regesta.documents import HistoricalDate, Party
from regesta.documents.folding import plain_letters
from regesta.vocabularies import vocabulary

#: right, wrong, abstained; where the mark-up gives nothing: extra (something is read) or none.
Verdict = Literal["right", "wrong", "abstained", "extra", "none"]
#: Where a place lies, or None: any value that is equal for two names of one place.
Locate = Callable[[str], object]


@cache
def _honorifics() -> re.Pattern[str]:
    words = "|".join(vocabulary("audit_words")["honorific"])
    return re.compile(rf"^(?:{words})\.?\s+", re.I)


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Words in lower case without accents and signs."""
    return " ".join(re.findall(r"\w+", plain_letters(text).lower()))


@lru_cache(maxsize=65536)
def name_of(text: str) -> str:
    """A name as it is compared: no honorifics, no signs."""
    while (shorter := _honorifics().sub("", text, count=1)) != text:
        text = shorter
    return plain(text)


def labels_of(party: Party) -> list[str]:
    """What a party may be called: name, office, both."""
    return [party.name, party.office, f"{party.office} {party.name}"]


def same_party(given: Sequence[str], read: Sequence[Sequence[str]]) -> bool:
    """Whether every party given is one of those read, by name or office.

    Args:
        given: Names as the mark-up gives them.
        read: What each party read may be called.
    """
    wanted = [name_of(g.partition(" to ")[0] if g[:3] in ("Mr.", "Bar") else g) for g in given]
    together = plain(" ".join(x for labels in read for x in labels[:1]))
    if len(wanted) == 1 and len(read) > 1 and together == re.sub(r"\band ", "", wanted[0]):
        return True
    have = [{name_of(x) for x in labels if x} for labels in read]
    return len(have) > 0 and all(any(_same_name(w, labels) for labels in have) for w in wanted)


def _same_name(wanted: str, labels: set[str]) -> bool:
    """The same name, or one is the other with more of it ("Kaiser Karl VI.", "Karl VI.")."""
    words = set(wanted.split())
    return wanted in labels or any(
        len(w) > 1 and (w <= words or words <= w) for w in (set(x.split()) for x in labels) if words
    )


def exactly_party(given: Sequence[str], read: Sequence[Sequence[str]]) -> bool:
    """Whether just these parties are read, each by its name or its office."""
    labels = [{name_of(x) for x in party[:2] if x} for party in read]
    return len(labels) == len(given) and all(any(name_of(g) in x for x in labels) for g in given)


def same_place(given: str, read: str, locate: Locate) -> bool:
    """Whether a place read is the one given, or among its words, which may add a building."""
    there, here = locate(given.strip(" ,.")), locate(read)
    same = there is not None and here is not None and there == here
    return same or f" {plain(read)} " in f" {plain(given)} "


def exactly_place(given: str, read: str) -> bool:
    """Whether a place is read by the name that is given, begins or ends it, or stands between.

    House and country may stand beside the town: "Legation of the United States, Lima, Peru".
    """
    wanted, found = plain(given), plain(read)
    pieces = {plain(piece) for piece in re.split(r"[,;—]|\.(?=\s)", given)}
    return bool(found) and (
        found in pieces
        or wanted == found
        or wanted.endswith(f" {found}")
        or wanted.startswith(f"{found} ")
    )


def same_date(given: HistoricalDate, read: HistoricalDate) -> bool:
    """Whether two dates are the same but for doubt, or the one read lies in the one given."""
    if read.edtf.rstrip("?~%") == given.edtf.rstrip("?~%"):
        return True
    if (given.earliest, given.latest) == (read.earliest, read.latest):
        return True
    if given.day is not None or not (given.earliest and given.latest):
        return False
    return read.day is not None and read.within(given.earliest, given.latest)


def coarser(given: HistoricalDate, read: HistoricalDate) -> bool:
    """Whether the date read only says less: the month of the day that is given."""
    return read.day is None and given.day is not None and given.within(read.earliest, read.latest)
