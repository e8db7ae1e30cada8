"""Labelled lines of a head: "Date: October 18, 1962", "Place: The White House", "Betreff: …".

What comes in is a line; what goes out are its labels, each with what it says and where its value
stands. A label alone on its line has its value on the next.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from regesta.describing.dates.grammar import find_dates
from regesta.describing.frame.lines import (
    ENDS_SENTENCE,
    WORD,
    Line,
    LineKind,
    connection,
    small_words,
)
from regesta.describing.parties.names import has_name, has_office, is_titled
from regesta.describing.words import caseless, small, vocabulary, word_set

Role = Literal[
    "date", "time", "place", "dateline", "participants", "subject", "from", "to", "author",
    "copies", "other",
]  # fmt: skip

_ROLES: dict[str, Role] = {
    "date": "date",
    "time": "time",
    "place": "place",
    "dateline": "dateline",
    "participants": "participants",
    "subject": "subject",
    "from": "from",
    "to": "to",
    "paired_from": "from",
    "paired_to": "to",
    "author": "author",
    "copies": "copies",
    "other": "other",
}
#: Labels have at most so many characters.
LONGEST_LABEL = 28

#: Values that go on over several lines: names, one a line.
_LISTED = frozenset(("participants", "copies", "author"))
#: The same below a label that stands alone: "TO", and below it an office a line.
_LISTED_BELOW = frozenset(("from", "to"))
#: A name in such a list has at most so many characters; longer ones with a stop are sentences.
LONGEST_NAME, LONGEST_STOPPED = 140, 40
_KINDS: dict[Role, LineKind] = {
    "time": "time",
    "participants": "participants",
    "subject": "subject",
    "from": "from",
    "to": "to",
    "author": "author",
    "copies": "other",
    "other": "other",
}


class Label(NamedTuple):
    """A label of a line and where its value stands, empty where the label stands alone.

    Attributes:
        role: What the value is.
        start, end: Where the value stands in the text.
        paired: It counts only beside its other half ("Von: …" with "An: …").
    """

    role: Role
    start: int
    end: int
    paired: bool


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    """Any label with its colon, at the beginning of a line or behind another's value."""
    words = vocabulary("label_words")
    groups = "|".join(f"(?P<{key}>{'|'.join(words[key])})" for key in _ROLES)
    bare = "|".join(words["uncoloned"])
    return re.compile(caseless(rf"(?<!\S)(?:(?:{groups})\s?:|(?P<uncoloned>{bare}))(?=\s|$)\s*"))


@lru_cache(maxsize=1)
def _alone() -> re.Pattern[str]:
    words = vocabulary("label_words")
    keys = [key for key in _ROLES if not key.startswith("paired")]
    groups = "|".join(f"(?P<{key}>{'|'.join(words[key])})" for key in keys)
    return re.compile(caseless(rf"(?:{groups})$"))


def labels_of(text: str, start: int, end: int) -> list[Label]:
    """The labels of a line, in order; none where it does not begin with one."""
    if not may_be_label(text, start, end):
        return []
    words = text[start:end]
    lower = small(words)
    if _labels().match(lower) is None:
        return _label_alone(words, lower, end)
    found = [m for m in _labels().finditer(lower) if not m.start() or _is_printed_large(words, m)]
    ends = [*(m.start() for m in found[1:]), len(words)]
    return [
        Label(
            _ROLES.get(m.lastgroup or "", "subject"),
            start + m.end(),
            start + max(m.end(), len(words[:stop].rstrip(" .;,|" if stop < len(words) else " "))),
            (m.lastgroup or "").startswith("paired"),
        )
        for m, stop in zip(found, ends, strict=True)
    ]


def may_be_label(text: str, start: int, end: int) -> bool:
    """Whether a line has a colon early on, or can be a label without: most lines have neither."""
    if text.find(":", start, min(end, start + LONGEST_LABEL + 2)) >= 0:
        return True
    if end - start <= LONGEST_LABEL and text[start:end].isupper():
        return True
    return start < end and text[start] in "Bb" and text[start : start + 5].lower() in _heads()


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return word_set("label_words", "label_heads")


def _is_printed_large(words: str, match: re.Match[str]) -> bool:
    """Behind another's value a label begins with a capital: "…; the subject: …" does not."""
    return words[match.start()].isupper() and not (match.lastgroup or "").startswith("paired")


def _label_alone(words: str, lower: str, end: int) -> list[Label]:
    found = _alone().match(lower) if words.isupper() else None
    return [Label(_ROLES[found.lastgroup], end, end, False)] if found and found.lastgroup else []


class Labelled:
    """Reads the labelled lines of a head; ``role`` is of the label whose value may go on below."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.role: Role | None = None
        self.any = False

    def read(self, start: int, end: int, above: Line | None) -> list[Line]:
        """The lines that a line gives, one a label; none where it has none and goes on with none.

        Args:
            start, end: The line, without white space at its ends.
            above: The line of the head above it.
        """
        labels = labels_of(self.text, start, end)
        if labels and not all(self._counts(label, labels, end, above) for label in labels):
            labels = []
        if not labels:
            return self._goes_on(start, end)
        self.any = True
        last = labels[-1]
        self.role = last.role if last.role in _LISTED or last.start == last.end else None
        return [self._line(label, start) for label in labels]

    def _counts(self, label: Label, labels: list[Label], end: int, above: Line | None) -> bool:
        """Whether "Von" or "A" has its other half on the line, above it or below.

        "From: The Minister to the Consul" has none, and is a heading.
        """
        if label.role == "copies" and label.start == label.end and above is None:
            return False  # "COPY" at the top says what the paper is, not who had one
        if label.role not in ("from", "to"):
            return True
        other = "to" if label.role == "from" else "from"
        below = end + 1
        stop = self.text.find("\n", below)
        following = labels_of(self.text, below, len(self.text) if stop < 0 else stop)
        beside = [x.role for x in (*labels, *following)]
        if other in beside or (above is not None and above.kind == other):
            return True
        return not label.paired and not connection().search(self.text[label.start : label.end])

    def _line(self, label: Label, start: int) -> Line:
        a, b = label.start, label.end
        if label.role in ("date", "dateline", "place"):
            dates = [] if label.role == "place" or a == b else find_dates(self.text, a, b)
            return Line("dateline" if a < b else "other", a if a < b else start, b, dates)
        kind = _KINDS[label.role] if a < b else "other"
        return Line(kind, a if a < b else start, b)

    def _goes_on(self, start: int, end: int) -> list[Line]:
        """The value below a label, or further names of a list."""
        role, words = self.role, self.text[start:end]
        if role is None:
            return []
        if role in _LISTED_BELOW and len(words) <= LONGEST_NAME and _is_party(words):
            return [Line(_KINDS[role], start, end)]
        if role not in _LISTED:
            self.role = None
            below = role not in _LISTED_BELOW
            return [self._line(Label(role, start, end, False), start)] if below else []
        if len(words) <= LONGEST_NAME and is_listed(words):
            return [Line("participants" if role == "participants" else "other", start, end)]
        self.role = None
        return []


def _is_party(words: str) -> bool:
    """Whether a line of a list names a party: by office, by title, or written as names are."""
    first = words.partition(",")[0]
    return is_listed(words) and (has_office(first) or is_titled(words) or has_name(first))


@lru_cache(maxsize=4096)
def is_listed(words: str) -> bool:
    """Tell whether a line of a list names somebody, and is no sentence of the body."""
    found = WORD.findall(words)
    if not found or words[0].islower() or ENDS_SENTENCE.search(words) or words[-1] in ":;?!":
        return False
    lower = sum(w[0].islower() and w not in small_words() for w in found)
    stopped = words[-1] == "." and len(words) > LONGEST_STOPPED
    return not stopped and lower <= 1 + len(found) // 4
