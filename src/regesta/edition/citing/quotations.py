"""Whether a quotation stands in a document to the letter; if not, the nearest passage and why.

A quotation may leave words out (…), change or add words in brackets, and be broken over lines;
everything else must be there, in its order, as it is printed.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

from regesta.documents import Document, Value
from regesta.edition.citing.quotation_words import (
    REPLACED,
    Segment,
    Stream,
    Token,
    segments,
    streams,
)
from regesta.errors import QueryError

#: A quotation of more characters is refused.
LONGEST = 20_000
#: A quotation with more gaps is refused.
MOST_GAPS = 40
#: What is less like a passage than this is no form of it.
LIKE = 0.5
_MOST_PLACES = 2_000
#: A step of difflib: what is done, from and to in the quotation, from and to in the print.
_Way = tuple[str, int, int, int, int]


class Difference(Value, frozen=True):
    """Where the quotation departs from the print.

    Attributes:
        kind: "changed", "omitted" (printed, not quoted) or "added" (quoted, not printed).
        quoted, printed: The words, as they stand.
        span: Where in the printed text; empty where words are added.
        quoted_span: Where in the quotation; empty where words are omitted.
    """

    kind: str
    quoted: str
    printed: str
    span: tuple[int, int]
    quoted_span: tuple[int, int]


class Passage(Value, frozen=True):
    """A passage like the quotation; ``similarity`` is the share of words in common, 0 to 1."""

    text: str
    spans: tuple[tuple[int, int], ...]
    similarity: float


class Verification(Value, frozen=True):
    """What comes of checking a quotation against a document.

    Attributes:
        verbatim: Whether all of it stands there to the letter.
        spans: Its parts in the text (or in the note's text), one for each stretch without a gap.
        note: Printed mark of the footnote whose text ``spans`` means, or None for the document's.
        voice: Whose words they are: the innermost layer there ("enclosure", "heading"…), or "".
        nearest: Where it is not verbatim, the passage that is most like it, if any is.
        differences: How the two differ.
        elsewhere: Ids of other documents in which it stands to the letter.
    """

    id: str
    quotation: str
    verbatim: bool
    spans: tuple[tuple[int, int], ...] = ()
    note: str | None = None
    voice: str = ""
    nearest: Passage | None = None
    differences: tuple[Difference, ...] = ()
    elsewhere: tuple[str, ...] = ()


class _Chain(NamedTuple):
    """Segments found one after the other, as numbers of tokens; ``at`` is where the last begins.

    ``whole`` says that nothing is left out between it and the one before.
    """

    start: int
    at: int
    end: int
    before: "_Chain | None" = None
    whole: bool = False


def verify(document: Document, quotation: str) -> Verification:
    """Check a quotation against a document's text and its notes.

    Raises:
        QueryError: It holds no word, more than :data:`LONGEST` characters or :data:`MOST_GAPS`.
    """
    if len(quotation) > LONGEST:
        raise QueryError(
            f"the quotation has {len(quotation):,} characters, more than {LONGEST:,}",
            "check it in parts",
        )
    parts = segments(quotation)
    if not parts:
        raise QueryError("the quotation holds no words", "paste the words that are quoted")
    if len(parts) > MOST_GAPS:
        raise QueryError(
            f"the quotation has more than {MOST_GAPS} ellipses and brackets", "check it in parts"
        )
    texts: list[tuple[str, str | None]] = [(document.text, None)]
    texts += [(note.text, note.n) for note in document.notes]
    read = [(text, note, streams(text)) for text, note in texts if text.strip()]
    for _, note, found in read:
        for stream in found:
            if spans := _find(parts, stream):
                voice = _voice(document, spans[0]) if note is None else "note"
                return Verification(document.id, quotation, True, spans, note, voice)
    near = [(_nearest(parts, quotation, found[0], text), note) for text, note, found in read]
    best = max(near, key=lambda row: row[0][0].similarity, default=None)
    if best is None or best[0][0].similarity < LIKE:
        return Verification(document.id, quotation, False)
    (passage, differences), note = best
    voice = _voice(document, passage.spans[0]) if note is None else "note"
    return Verification(document.id, quotation, False, (), note, voice, passage, tuple(differences))


def phrase(quotation: str) -> str:
    """Give the query that finds the documents in which a quotation may stand: its longest run.

    Up to a dozen words of the middle of its longest stretch without a gap, as a phrase; "" where
    no stretch has two words.
    """
    longest = max(segments(quotation), key=lambda part: len(part.tokens), default=Segment())
    words = [t.form for t in longest.tokens if t.is_word and not t.parts]
    first = max(0, (len(words) - 12) // 2)
    return f'"{" ".join(words[first : first + 12])}"' if len(words) > 1 else ""


def _voice(document: Document, span: tuple[int, int]) -> str:
    around = [x for x in document.layers if x.start <= span[0] and span[1] <= x.end]
    return min(around, key=lambda layer: layer.end - layer.start).kind if around else ""


def _find(parts: list[Segment], stream: Stream) -> tuple[tuple[int, int], ...]:
    """Find segments in their order; the tightest, then the first way. Spans, or ()."""
    chains = [_Chain(at, at, end) for at, end in _places(parts[0], stream)]
    for part in parts[1:]:
        chains = _joined(chains, part, stream)
    if not chains:
        return ()
    link: _Chain | None = min(chains, key=lambda chain: (chain.end - chain.start, chain.start))
    spans: list[tuple[int, int]] = []
    while link is not None:
        end = spans.pop()[1] if spans and spans[-1][0] < 0 else link.end
        spans.append((-1 if link.whole else link.at, end))
        link = link.before
    return tuple((stream.tokens[a].start, stream.tokens[b - 1].end) for a, b in reversed(spans))


def _joined(chains: list[_Chain], part: Segment, stream: Stream) -> list[_Chain]:
    """Continue each way of finding the segments so far by the places of the next."""
    chains = sorted(chains, key=lambda chain: chain.end)
    ends = [chain.end for chain in chains]
    best: list[_Chain] = []  # of the chains up to here, the one that begins last
    for one in chains:
        best.append(one if not best or one.start >= best[-1].start else best[-1])
    found: list[_Chain] = []
    chain: _Chain | None
    for at, end in _places(part, stream):
        last = bisect_right(ends, at)
        if not last:
            continue
        if part.room is not None:
            # Signs stand between words: as many again, and some.
            first = bisect_left(ends, at - 2 * (part.room + len(part.between)) - 4)
            chain = max(chains[first:last], key=lambda c: (c.start, c.end), default=None)
        else:
            chain = best[last - 1]
        if chain is None:
            continue
        whole = False
        if at - chain.end <= 2 * (REPLACED + len(part.between)) + 4:
            between = stream.tokens[chain.end : at]
            skipped = tuple(token.form for token in between if token.is_word)
            # Nothing is left out: the print has the bracket or the ellipsis too.
            whole = skipped in ((), part.between)
            own = len(skipped) > (part.room or 0) or _holds(skipped, part.between)
            if not whole and part.room is not None and own:
                continue  # the bracket is the print's own, and more is left out than it
        found.append(_Chain(chain.start, at, end, chain, whole))
    return found


def _holds(words: tuple[str, ...], some: tuple[str, ...]) -> bool:
    """Whether some words stand among others, in a row."""
    return any(words[n : n + len(some)] == some for n in range(len(words) - len(some) + 1))


def _places(part: Segment, stream: Stream) -> list[tuple[int, int]]:
    """Where a segment stands, as numbers of its first token and of the one after its last."""
    found: list[tuple[int, int]] = []
    pattern, at = part.pattern(), 0
    while len(found) < _MOST_PLACES and (match := pattern.search(stream.joined, at)):
        found.append((stream.number(match.start()), stream.number(match.end() - 1) + 1))
        at = match.start() + 1
    return found


def _nearest(
    parts: list[Segment], quotation: str, stream: Stream, text: str
) -> tuple[Passage, list[Difference]]:
    """The passages most like each segment, and what differs."""
    spans: list[tuple[int, int]] = []
    differences: list[Difference] = []
    alike = total = 0.0
    for part in parts:
        size = len(part.tokens)
        window = _window(part, stream)
        asked = [token.form for token in part.tokens]
        here = stream.tokens[window[0] : window[1]]
        ways: list[_Way] = list(
            SequenceMatcher(None, asked, [t.form for t in here], autojunk=False).get_opcodes()
        )
        same = [way for way in ways if way[0] == "equal"]
        total += size
        if not same:
            continue
        # What the window has before and after is no part of the passage.
        if ways[0][0] == "insert":
            ways = ways[1:]
        if ways[-1][0] == "insert":
            ways = ways[:-1]
        ways[0], ways[-1] = _clipped(ways[0], first=True), _clipped(ways[-1], first=False)
        first, last = ways[0][3], ways[-1][4]
        matched = sum(way[2] - way[1] for way in same)
        alike += matched * 2 * size / (size + last - first)
        spans.append((here[first].start, here[last - 1].end))
        differences += [
            _difference(way, part.tokens, here, quotation, text)
            for way in ways
            if way[0] != "equal"
        ]
    passage = " … ".join(text[a:b] for a, b in spans)
    return Passage(passage, tuple(spans), round(alike / total, 4)), differences


def _window(part: Segment, stream: Stream) -> tuple[int, int]:
    """The stretch of the print with most of the segment's words, rare ones first."""
    size = len(part.tokens)
    width = size + size // 4 + 4
    asked = Counter(token.form.casefold() for token in part.tokens if token.is_word)
    words = [token.form.casefold() for token in stream.tokens]
    often = Counter(word for word in words if word in asked)
    left = dict(asked)
    score, best, at = 0.0, -1.0, 0
    for n, word in enumerate(words):
        if word in asked:
            if left[word] > 0:
                score += 1 / often[word]
            left[word] -= 1
        if n >= width:
            gone = words[n - width]
            if gone in asked:
                left[gone] += 1
                if left[gone] > 0:
                    score -= 1 / often[gone]
        if score > best + 1e-9:
            best, at = score, n
    return max(0, at - width - size // 8), min(len(words), at + 1 + width // 2)


def _clipped(way: _Way, *, first: bool) -> _Way:
    """At an end of the passage, as many words are changed as the quotation has."""
    name, i, j, k, m = way
    if name != "replace" or m - k <= j - i:
        return way
    return (name, i, j, m - (j - i), m) if first else (name, i, j, k, k + (j - i))


def _difference(
    way: _Way,
    asked: list[Token],
    here: list[Token],
    quotation: str,
    text: str,
) -> Difference:
    _, i, j, k, m = way
    quoted = (asked[i].start, asked[j - 1].end) if j > i else (asked[max(0, i - 1)].end,) * 2
    printed = (here[k].start, here[m - 1].end) if m > k else (here[max(0, k - 1)].end,) * 2
    kind = {"replace": "changed", "delete": "added", "insert": "omitted"}[way[0]]
    return Difference(
        kind, quotation[quoted[0] : quoted[1]], text[printed[0] : printed[1]], printed, quoted
    )
