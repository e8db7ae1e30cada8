"""Two documents side by side: what stands in both word by word, what both tell in other words.

Two documents come in; rows go out, in the order of the first, each with its spans in both texts and
the words that differ (of one passage in two prints) or agree (of one matter in two wordings).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from regesta.documents import Document
from regesta.documents.base import Value
from regesta.linking.counterparts.traits import is_empty, is_month, is_small, key_of
from regesta.linking.words import fold

#: Words in a row that two texts must share to begin a passage, and places of them that are tried.
RUN, PLACES = 4, 4
#: Words that may differ within a passage, and words that a passage must share: fewer would cut a
#: paragraph in two for a turn of phrase.
BETWEEN, SHARED = 12, 15
#: Words of a text that are compared, and runs that are set in order; more are left out.
MOST_WORDS, MOST_RUNS = 40_000, 1_500
#: Words of documents that are kept, in all; some 150 bytes each.
KEPT = 200_000
#: Paragraphs of a stretch that are compared with those of the other.
MOST_PARAGRAPHS = 120
#: How like two paragraphs must be to tell one matter, and what they must share.
LIKE, LIKE_SHARED = 0.1, 3
#: Layers that are not compared.
_LEFT_OUT = frozenset({
    "heading", "dateline", "source note", "signature", "editorial note", "salutation", "closer",
})  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")

Kind = Literal["same", "like", "apart"]
Span = tuple[int, int]


class Row(Value, frozen=True):
    """A stretch of two documents.

    Attributes:
        kind: "same": one passage in both; "like": one matter in other words; "apart": what stands
            in one only, or is told so differently that nothing shows it to be one.
        first, second: Spans in the two texts, or None where one has nothing here.
        marks, others: Spans within them: the words that differ where the kind is "same", those
            that agree where it is "like".
        shared: What they share, as the first prints it; for "like" only.
        words: How many words each side has.
    """

    kind: Kind
    first: Span | None = None
    second: Span | None = None
    marks: tuple[Span, ...] = ()
    others: tuple[Span, ...] = ()
    shared: tuple[str, ...] = ()
    words: tuple[int, int] = (0, 0)


class _Word(Value, frozen=True):
    text: str
    start: int
    end: int
    paragraph: int
    key: str
    telling: bool


class _Run(Value, frozen=True):
    """Words in a row that stand in both: places in each, and how many."""

    first: int
    second: int
    length: int


def align(
    first: Document, second: Document, passages: Sequence[tuple[Span, Span]] = ()
) -> list[Row]:
    """Set two documents side by side; both ways give the same rows, seen from the other side.

    Args:
        first, second: The documents.
        passages: Spans that are known to stand in both; found here where there are none.

    Returns:
        Rows in the order of both. Passages that would cross others are not among them. Where
        nothing shows any two paragraphs to be one, the two texts are one row with the words that
        they share.
    """
    if second.id < first.id:
        rows = _aligned(second, first, [(b, a) for a, b in passages])
        return [_seen_from(first.text, row) for row in rows]
    return _aligned(first, second, passages)


_last: list[tuple[Document, Document, Sequence[tuple[Span, Span]], list[Row]]] = []


def _aligned(first: Document, second: Document, passages: Sequence[tuple[Span, Span]]) -> list[Row]:
    """The rows of two documents, kept until others are compared: both ways are often asked for."""
    asked = (first, second, list(passages))
    for *known, rows in _last:
        if tuple(known) == asked:
            return rows
    rows = _read_rows(first, second, passages)
    _last[:] = [(*asked, rows)]
    return rows


def _seen_from(text: str, row: Row) -> Row:
    """A row with its sides changed; ``text`` is that of the side that comes first now."""
    return Row(
        row.kind, row.second, row.first, row.others, row.marks,
        _shared(text, row.others) if row.kind == "like" else (), row.words[::-1],
    )  # fmt: skip


def _read_rows(
    first: Document, second: Document, passages: Sequence[tuple[Span, Span]]
) -> list[Row]:
    mine, theirs = _words(first), _words(second)
    if passages:
        given = [(_within(mine, a), _within(theirs, b)) for a, b in passages]
        known = _in_order([(a[0], b[0], a[1], b[1]) for a, b in given if a and b])
    else:
        known = list(_passages(mine, theirs))
    rows: list[Row] = []
    at, on = 0, 0
    for start, stop, begin, end in [*known, (len(mine), len(mine), len(theirs), len(theirs))]:
        rows += _between(first.text, mine[at:start], theirs[on:begin])
        if start < stop:
            rows.append(_same(mine[start:stop], theirs[begin:end]))
        at, on = stop, end
    if mine and theirs and all(row.kind == "apart" for row in rows):
        return [_like(first.text, mine, theirs)]
    return rows


_known: dict[str, tuple[Document, list[_Word]]] = {}


def _words(document: Document) -> list[_Word]:
    """The words of a document, kept for a while: it is compared with one after another."""
    kept = _known.get(document.id)
    if kept and kept[0].text == document.text and kept[0].layers == document.layers:
        return kept[1]
    found = _read_words(document)
    if sum(len(words) for _, words in list(_known.values())) > KEPT:
        _known.clear()
    _known[document.id] = (document, found)
    return found


@lru_cache(maxsize=65536)
def _traits(printed: str) -> tuple[str, str, bool]:
    """A word folded, its key, and whether it tells what a paragraph speaks of."""
    word = fold(printed)
    if word.isdecimal():
        return word, word, True
    return word, key_of(word), len(word) > 3 and not is_small(word)


def _read_words(document: Document) -> list[_Word]:
    """The words of a document's own text, each with the number of its paragraph."""
    text = document.text
    left_out = [(x.start, x.end) for x in document.layers if x.kind in _LEFT_OUT]
    found: list[_Word] = []
    paragraph, last, out = 0, 0, iter([*sorted(left_out), (len(text) + 1, len(text) + 1)])
    start, end = next(out)
    for match in _WORD.finditer(text):
        at, after = match.span()
        while at >= end:
            start, end = next(out)
        if start <= at < end:
            continue
        if (at != last + 1 or text[last] != " ") and "\n" in text[last:at]:
            paragraph += 1
        last = after
        word, key, telling = _traits(match[0])
        found.append(_Word(word, at, after, paragraph, key, telling))
        if len(found) == MOST_WORDS:
            break
    return found


def _within(words: Sequence[_Word], span: Span) -> Span | None:
    inside = [i for i, word in enumerate(words) if span[0] <= word.start and word.end <= span[1]]
    return (inside[0], inside[-1] + 1) if inside else None


def _in_order(found: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """(first from, second from, first to, second to) → rows that do not cross, longest kept."""
    runs = [_Run(a, b, min(c - a, d - b)) for a, b, c, d in found]
    ends = {(a, b): (c, d) for a, b, c, d in found}
    kept, at, on = [], 0, 0
    for run in _chain(runs):
        stop, end = ends[run.first, run.second]
        if run.first >= at and run.second >= on:
            kept.append((run.first, stop, run.second, end))
            at, on = stop, end
    return kept


# Passages word by word.


def _passages(
    mine: Sequence[_Word], theirs: Sequence[_Word]
) -> Iterator[tuple[int, int, int, int]]:
    """Passages that stand in both: from and to in the first, from and to in the second."""
    group: list[_Run] = []
    for run in [*_chain(_runs(mine, theirs)), _Run(1 << 40, 1 << 40, 0)]:
        if group:
            last = group[-1]
            apart = max(run.first - last.first, run.second - last.second) - last.length
            if apart > BETWEEN:
                if sum(r.length for r in group) >= SHARED:
                    yield (group[0].first, last.first + last.length,
                           group[0].second, last.second + last.length)  # fmt: skip
                group = []
        group.append(run)


def _runs(mine: Sequence[_Word], theirs: Sequence[_Word]) -> list[_Run]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    words = [word.text for word in theirs]
    for at, some in enumerate(_in_a_row(words)):
        places[some].append(at)
    own, runs = [word.text for word in mine], list[_Run]()
    reached: dict[int, int] = {}  # diagonal -> where its last run ends
    for at, some in enumerate(_in_a_row(own)):
        if some not in places:
            continue
        for on in places[some][:PLACES]:
            if reached.get(at - on, 0) > at:
                continue
            length = RUN
            while (
                at + length < len(own)
                and on + length < len(words)
                and own[at + length] == words[on + length]
            ):
                length += 1
            reached[at - on] = at + length
            runs.append(_Run(at, on, length))
    if len(runs) > MOST_RUNS:
        runs = sorted(runs, key=lambda run: -run.length)[:MOST_RUNS]
    return runs


def _in_a_row(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every so many words in a row."""
    return zip(*(words[at:] for at in range(RUN)), strict=False)


def _chain(runs: Sequence[_Run]) -> list[_Run]:
    """The runs that stand in one order in both texts, with the most words together."""
    ordered = sorted(runs, key=lambda run: (run.first, run.second))
    best: list[tuple[int, int]] = []  # words so far, the run before
    for i, run in enumerate(ordered):
        words, before = 0, -1
        for j in range(max(0, i - 300), i):
            other = ordered[j]
            if (
                other.first + other.length <= run.first
                and other.second + other.length <= run.second
                and best[j][0] > words
            ):
                words, before = best[j][0], j
        best.append((words + run.length, before))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    chain = []
    while at >= 0:
        chain.append(ordered[at])
        at = best[at][1]
    return chain[::-1]


def _same(mine: Sequence[_Word], theirs: Sequence[_Word]) -> Row:
    """A passage with the words that differ."""
    matcher = SequenceMatcher(
        None, [w.text for w in mine], [w.text for w in theirs], autojunk=False
    )
    marks, others = list[Span](), list[Span]()
    for step, a, b, c, d in matcher.get_opcodes():
        if step != "equal":
            if a < b:
                marks.append((mine[a].start, mine[b - 1].end))
            if c < d:
                others.append((theirs[c].start, theirs[d - 1].end))
    return Row(
        "same", _span(mine), _span(theirs), tuple(marks), tuple(others),
        words=(len(mine), len(theirs)),
    )  # fmt: skip


def _span(words: Sequence[_Word]) -> Span | None:
    return (words[0].start, words[-1].end) if words else None


# One matter in other words.


def _between(text: str, mine: Sequence[_Word], theirs: Sequence[_Word]) -> Iterator[Row]:
    """What stands between two passages: paragraphs that tell one matter, and the rest."""
    if not mine and not theirs:
        return
    left, right = _paragraphs(mine), _paragraphs(theirs)
    at, on = 0, 0
    for i, j in [*_pairs(left, right), (len(left), len(right))]:
        before = [w for p in left[at:i] for w in p]
        after = [w for p in right[on:j] for w in p]
        if before or after:
            yield Row("apart", _span(before), _span(after), words=(len(before), len(after)))
        if i < len(left):
            yield _like(text, left[i], right[j])
        at, on = i + 1, j + 1


def _paragraphs(words: Sequence[_Word]) -> list[list[_Word]]:
    found: dict[int, list[_Word]] = defaultdict(list)
    for word in words:
        found[word.paragraph].append(word)
    return list(found.values())


def _keys(words: Sequence[_Word]) -> frozenset[str]:
    """What a paragraph speaks of: keys of its telling words."""
    return frozenset(word.key for word in words if word.telling)


def _pairs(
    left: Sequence[Sequence[_Word]], right: Sequence[Sequence[_Word]]
) -> list[tuple[int, int]]:
    """Paragraphs that tell one matter, in one order in both: the best way through all pairs."""
    left, right = left[:MOST_PARAGRAPHS], right[:MOST_PARAGRAPHS]
    ours, others = ([_keys(paragraph) for paragraph in side] for side in (left, right))
    counts = Counter(key for keys in (*ours, *others) for key in keys)
    total = len(ours) + len(others)
    square = {key: math.log(1 + total / n) ** 2 for key, n in counts.items()}.__getitem__
    norm = [[math.sqrt(sum(map(square, keys))) for keys in side] for side in (ours, others)]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    like: dict[tuple[int, int], float] = {}
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            shared = ours[i] & others[j]
            value = max(best[i + 1][j], best[i][j + 1])
            if len(shared) >= LIKE_SHARED:
                closeness = sum(map(square, shared)) / (norm[0][i] * norm[1][j])
                if closeness >= LIKE:
                    like[i, j] = closeness + best[i + 1][j + 1]
                    value = max(value, like[i, j])
            best[i][j] = value
    found, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if like.get((i, j), -1.0) == best[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] == best[i][j]:
            i += 1
        else:
            j += 1
    return found


def _like(text: str, mine: Sequence[_Word], theirs: Sequence[_Word]) -> Row:
    """Two paragraphs with the words that they share."""
    both = _keys(mine) & _keys(theirs)
    both -= {word.key for word in (*mine, *theirs) if is_empty(word.text)}
    marks, other_marks = _marks(mine, both), _marks(theirs, both)
    return Row(
        "like", _span(mine), _span(theirs), marks, other_marks,
        _shared(text, marks), (len(mine), len(theirs)),
    )  # fmt: skip


def _shared(text: str, marks: Sequence[Span]) -> tuple[str, ...]:
    """Words that agree as a side prints them, each once; names and numbers say most."""
    printed: dict[str, str] = {}
    for start, end in marks:
        _, key, telling = _traits(text[start:end])
        if telling:
            printed.setdefault(key, text[start:end])
    words = [word for word in printed.values() if not is_month(word)]
    return tuple(sorted(words, key=lambda word: not (word[0].isupper() or word[0].isdecimal())))


def _marks(words: Sequence[_Word], keys: frozenset[str]) -> tuple[Span, ...]:
    return tuple((word.start, word.end) for word in words if word.key in keys)
