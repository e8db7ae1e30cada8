"""What a judge of reuse must see of each side of a passage, taken from the document once.

In come a document and the spans that stand elsewhere too, out goes a value for each, small enough
to be kept for a whole edition.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from regesta.documents import Document
from regesta.documents.base import Value
from regesta.linking.cards import card_of
from regesta.linking.reuse.text import LEFT_OUT, small
from regesta.linking.words import by_initial, fold, vocabulary

#: Words before a passage that are looked at, in code points; and signs beside it.
BEFORE, BESIDE = 70, 4
#: Code points before a passage in which its article is counted ("Article 6.").
NUMBER = 14


class Paper(Value, frozen=True):
    """A document, or a paper enclosed in one.

    Attributes:
        id: Of the document, with ``#`` and the enclosure's number where it is one.
        length: Code points of its own words.
        day: When it was written, or "".
        kind: The document's kind.
        draft, treaty: Its heading says so.
        names: What its heading names, and that of the document which encloses it.
        number: Of the treaty, where its heading counts it ("Agreement Number 2").
    """

    id: str
    length: int
    day: str = ""
    kind: str = ""
    draft: bool = False
    treaty: bool = False
    names: frozenset[str] = frozenset()
    number: str = ""


class Side(Value, frozen=True):
    """A passage as it stands in one document.

    Attributes:
        start, end: In the document's text.
        paper: The paper whose words it is; see :class:`Paper`.
        host: Whether the paper is enclosed in the document, or the document is in another.
        quoted: It lies within a quotation that the mark-up tells, or within quotation marks.
        introduced: The words right before it say that somebody else's follow.
        worded: The words before it say that a text is to have these.
        clauses: It speaks as treaties and laws do, or is numbered as they are.
        ritual: Words of courtesy and of chancery among a hundred characters of it.
        titled: It is a name: most of its longer words have capitals.
        places: In how many other documents the middle of it stands too.
        day: When the document was written, or "".
        senders, recipients: Keys of the document's parties.
    """

    start: int
    end: int
    paper: Paper
    host: bool = False
    quoted: bool = False
    introduced: bool = False
    worded: bool = False
    clauses: bool = False
    ritual: float = 0.0
    titled: bool = False
    places: int = 1
    day: str = ""
    senders: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    words = vocabulary("reuse_words")
    found = {
        name: re.compile(rf"(?<!\w)(?:{'|'.join(words[name])})(?!\w)", re.IGNORECASE)
        for name in ("draft", "treaty")
    }
    for name in ("ritual", "binding"):
        found[name] = re.compile(rf"(?<!\w)(?:{by_initial(words[name])})(?!\w)")
    # A word or a sign says that a number follows: "Number 2", "No. 2", "№ 2".
    count = r"(?:\w{5,8}|\w{1,2}[.°º]|№)\s*(\d{1,2})(?!\d)"
    counted = rf"(?<!\w)(?:{'|'.join(words['treaty'])})\s+{count}"
    found["counted"] = re.compile(counted, re.IGNORECASE)
    # "to read as follows: “The": a colon or a quotation mark, and at most a word, before it.
    marks = re.escape("".join(words["opening"]))
    worded = rf"(?<!\w)(?:{by_initial(words['worded'])})(?:,? (?:is|are))?(?: as follows)?[\s,]*"
    found["worded"] = re.compile(rf"{worded}[:{marks}—–][{marks}\s\W]*(?:\w+\s)?$")
    introduced = by_initial(words["introduced"])
    signs = "[" + re.escape("".join(words["opening"])) + r"\s:;,.—–\-(\[]*"
    found["introduced"] = re.compile(rf"(?<!\w)(?:{introduced}){signs}$")
    found["opening"] = re.compile("[" + "".join(words["opening"]) + "]")
    found["closing"] = re.compile("[" + "".join(words["closing"]) + "]")
    return found


#: A name in a heading, and letters by which two are held to be akin.
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]{3,}")
STEM = 3
#: Longer words, and the share of them that have capitals in a name.
_LONGER = re.compile(r"[^\W\d_]{4,}")
TITLED = 0.75
#: Numbers of clauses: "2. The neutral flag", "(c) The".
_NUMBERED = re.compile(r"(?:^|[\s“(])(?:\d{1,2}(?:st|n?d|rd|th)?|[a-h])[.)]\s+[^\W\d]")
#: Words that bind, or numbers, of which a clause has so many in a passage.
_CLAUSES = 2


def sides(document: Document, spans: Sequence[tuple[int, int, str]]) -> list[Side]:
    """Give the sides that a document has in its passages, in the order of ``spans``.

    Args:
        document: The document.
        spans: From and to in its text, and the id of the other document, of *all* passages.
    """
    card = card_of(document)
    inner = [(e.start, e.end, f"{card.id}#{n}") for n, e in enumerate(document.enclosures)]
    inner += [
        (x.start, x.end, f"{card.id}#l{n}")
        for n, x in enumerate(document.layers)
        if x.kind == "enclosure"
    ]
    silent = [(x.start, x.end) for x in document.layers if x.kind in LEFT_OUT]
    quotations = [(x.start, x.end) for x in document.layers if x.kind == "quotation"]
    papers: dict[str, Paper] = {}
    # A third of all spans are shared with several documents, and are the same side of each.
    made: dict[tuple[int, int], Side] = {}
    lower = small(document.text)
    patterns = _patterns()
    found = []
    for (start, end, _), places in zip(spans, spread(spans), strict=True):
        if (start, end) in made:
            found.append(made[start, end])
            continue
        around = [p for p in inner if p[0] <= start + 20 and end - 20 <= p[1]]
        a, b, id = min(around, key=lambda p: p[1] - p[0], default=(0, len(document.text), card.id))
        if id not in papers:
            papers[id] = _paper(document, id, a, b, silent, inner)
        made[start, end] = Side(
            start=start,
            end=end,
            paper=papers[id],
            host=id != card.id or bool(document.parent),
            quoted=any(p <= start + 20 and end - 20 <= q for p, q in quotations)
            or _marked(document.text, start, end),
            introduced=_introduced(lower, start),
            worded=bool(patterns["worded"].search(lower[max(0, start - BEFORE) : start])),
            clauses=_clauses(
                document.text[max(0, start - NUMBER) : end], lower[max(0, start - NUMBER) : end]
            ),
            ritual=100 * len(patterns["ritual"].findall(lower, start, end)) / max(1, end - start),
            titled=_titled(document.text[start:end]),
            places=places,
            day=card.day,
            senders=card.senders,
            recipients=card.recipients,
        )
        found.append(made[start, end])
    return found


def _paper(
    document: Document,
    id: str,
    start: int,
    end: int,
    silent: Sequence[tuple[int, int]],
    inner: Sequence[tuple[int, int, str]],
) -> Paper:
    enclosed = "#" in id
    others = [] if enclosed else [(a, b) for a, b, _ in inner]
    own = end - start - _covered([*silent, *others], start, end)
    card = card_of(document)
    heading = document.heading
    if enclosed:
        heading = next((e.heading for n, e in enumerate(document.enclosures)
                        if id == f"{document.id}#{n}"), "")  # fmt: skip
    return Paper(
        id=id,
        length=max(1, own),
        day="" if enclosed else card.day,
        kind="" if enclosed else card.kind,
        draft=bool(_patterns()["draft"].search(heading)),
        treaty=(not enclosed and card.kind in _treaties())
        or bool(_patterns()["treaty"].search(heading)),
        names=_names(f"{heading} {document.heading}"),
        number=found[1] if (found := _patterns()["counted"].search(heading)) else "",
    )


@lru_cache(maxsize=4096)
def _names(heading: str) -> frozenset[str]:
    """Words of a heading that name somebody or some power, without endings ("Liberian")."""
    generic = frozenset(vocabulary("party_keys")["generic"])
    patterns = _patterns()
    return frozenset(
        folded[:STEM]
        for word in _NAME.findall(heading)
        if (folded := fold(word)) not in generic
        and not patterns["treaty"].fullmatch(word)
        and not patterns["draft"].fullmatch(word)
    )


@cache
def _treaties() -> frozenset[str]:
    """Kinds of documents that bind parties or subjects."""
    return frozenset(vocabulary("reuse_words")["binding_kinds"])


def _covered(spans: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """Code points of ``[start, end)`` that some spans cover; what two cover counts once."""
    covered, at = 0, start
    for a, b in sorted(spans):
        a, b = max(a, at), min(b, end)
        if b > a:
            covered, at = covered + b - a, b
    return covered


def _marked(text: str, start: int, end: int) -> bool:
    """Whether quotation marks stand around a passage, or an opening one right before it."""
    patterns = _patterns()
    before = patterns["opening"].search(text, max(0, start - BESIDE), start + 2)
    after = patterns["closing"].search(text, max(0, end - 2), end + BESIDE)
    return bool(before and (after or text[before.start()] in "“„«"))


def _titled(words: str) -> bool:
    """Whether most words of four letters and more have capitals, in whatever language."""
    longer = _LONGER.findall(words)
    return len(longer) >= 3 and sum(word[0].isupper() for word in longer) >= TITLED * len(longer)


def _clauses(words: str, lower: str) -> bool:
    enough = _CLAUSES + len(words) // 1000
    return (
        len(_patterns()["binding"].findall(lower)) >= enough
        or len(_NUMBERED.findall(words)) >= _CLAUSES
    )


def spread(spans: Sequence[tuple[int, int, str]]) -> list[int]:
    """In how many other documents the middle of each passage stands, in one sweep over the text."""
    events: list[tuple[int, int, int]] = []
    for n, (start, end, _) in enumerate(spans):
        events += [(start, 0, n), ((start + end) // 2, 1, n), (end, 2, n)]
    here: Counter[str] = Counter()
    found = [1] * len(spans)
    for _, what, n in sorted(events):
        other = spans[n][2]
        if what == 0:
            here[other] += 1
        elif what == 1:
            found[n] = len(here)
        else:
            here[other] -= 1
            if not here[other]:
                del here[other]
    return found


def _introduced(text: str, start: int) -> bool:
    before = text[max(0, start - BEFORE) : start]
    return bool(_patterns()["introduced"].search(before))
