"""A document into its kind: telegram, despatch, note, treaty, minutes…"""

import re
from functools import lru_cache

from regesta.describing.base import Context
from regesta.describing.forms import form_end
from regesta.describing.frame.document import frame_of
from regesta.describing.frame.lines import Frame, Line
from regesta.describing.openings import Openings, choice, initials
from regesta.describing.service import kind_in_service
from regesta.describing.words import caseless, pattern, small, vocabulary
from regesta.documents import Document, Fact, Party

#: Kinds that somebody sends to somebody.
SENT = frozenset(
    ("telegram", "letter", "note", "note verbale", "despatch", "instruction", "circular")
)
#: A number and an article before who writes have at most so many characters.
LONGEST_ARTICLE = 8
#: What stands before the kind in a title: the edition's number, an article, "draft of a".
_BEFORE = re.compile(
    r"(?:\d{1,5}[a-z]?\.\s+)?(?:(?:the|a|an|draft of(?: an?| the)?|draft|copy of an?|"
    r"translation of an?|extract from an?)\s+)?",
    re.I,
)


@lru_cache(maxsize=2)
def _patterns(where: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = vocabulary("kinds")[where]
    return tuple(
        (entry["kind"], re.compile(rf"(?<!\w)(?:{choice(map(caseless, entry['words']))})"))
        for entry in table
    )


@lru_cache(maxsize=1)
def _titles() -> tuple[tuple[Openings, ...], tuple[str, ...]]:
    """All words for kinds in titles, a group each, and the kind of each group.

    Those that begin with any letter are apart: they need not be compiled for every letter anew.
    """
    words = [
        (entry["kind"], word) for entry in vocabulary("kinds")["heading"] for word in entry["words"]
    ]
    groups = [f"(?P<k{i}>{caseless(word)})" for i, (_, word) in enumerate(words)]
    anyhow = [group for group in groups if "" in initials(group)]
    by_letter = [group for group in groups if group not in anyhow]
    return (Openings(by_letter), Openings(anyhow)), tuple(kind for kind, _ in words)


@lru_cache(maxsize=20_000)
def kind_of_title(title: str) -> str:
    """The kind that a title says in its first words; "" where it says none."""
    return kind_of(title[_BEFORE.match(title).end() :], "heading")  # type: ignore[union-attr]


@lru_cache(maxsize=20_000)
def kind_of(words: str, where: str) -> str:
    """The kind that the words of a heading, or of a bracket, say; "" where they say none."""
    words = small(words)
    if where == "heading":
        openings, kinds = _titles()
        best = len(kinds)
        for some in openings:
            match = some.match(words)
            if match is not None and match.lastgroup:
                best = min(best, int(match.lastgroup[1:]))
        return kinds[best] if best < len(kinds) else ""
    return next((kind for kind, pattern in _patterns(where) if pattern.search(words)), "")


def describe_kind(document: Document, context: Context) -> list[Fact]:
    """Give the kind, from bracket or file number, from the heading, from the form of a letter."""
    if any(f.field == "kind" for f in document.facts):
        return []
    frame = frame_of(document)
    fact = _bracket(frame) or _title(frame) or _correspondence(document, frame) or _letter(frame)
    return [fact] if fact else []


def _correspondence(document: Document, frame: Frame) -> Fact | None:
    """A post abroad writes despatches to its ministry, and gets instructions from it."""
    if not frame.of("salutation") and not _is_fair_copy(frame):
        return None
    parties = [f for f in (*document.facts, *frame.parties) if isinstance(f.value, Party)]
    offices = {f.field: f.value.office for f in reversed(parties) if isinstance(f.value, Party)}
    kind, rule = _between(offices.get("sender", ""), offices.get("recipient", ""))
    span = next((f.span for f in parties if f.field == "sender"), None)
    if not kind and not offices.get("recipient"):
        kind, rule = kind_in_service(frame), "numbered in the service"
        span = next(((line.start, line.end) for line in frame.of("dateline")), None)  # the house
    if not kind:
        return None
    return Fact("kind", kind, "derived", rule, span, 0.85)


@lru_cache(maxsize=4096)
def _between(sender: str, recipient: str) -> tuple[str, str]:
    """What an office writes to another, and by which rule."""
    post, ministry = _post_and_ministry()
    if post.match(sender) and ministry.match(recipient):
        return "despatch", "post to ministry"
    if ministry.match(sender) and post.match(recipient):
        return "instruction", "ministry to post"
    return "", ""


def _is_fair_copy(frame: Frame) -> bool:
    """ "Ausfertigung", "Reinschrift", "Konzept": a written document, although nobody is greeted."""
    return any(_fair_copy().search(frame.words(line)) for line in frame.of("bracket"))


@lru_cache(maxsize=1)
def _fair_copy() -> re.Pattern[str]:
    return re.compile(choice(vocabulary("kinds")["offices"]["fair_copy"], caseless=True), re.I)


@lru_cache(maxsize=1)
def _post_and_ministry() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = vocabulary("kinds")["offices"]
    return re.compile("|".join(words["post"]), re.I), re.compile("|".join(words["ministry"]), re.I)


def _bracket(frame: Frame) -> Fact | None:
    for line in frame.head:
        if line.kind not in ("bracket", "file number", "dateline"):
            continue
        words = frame.words(line)
        if line.kind == "dateline":
            words = words[: form_end(words, 0, len(words))]
        if line.kind == "file number":
            words = words.rpartition(":")[2] if ":" in words else ""
        if line.kind == "bracket" and _cited_page().search(words):
            continue  # "(The Evening Dispatch, 3 October 1922, p. 7)" says where it was printed
        kind = kind_of(words, "bracket") if words and len(words) < 100 else ""
        if kind:
            return Fact("kind", kind, "derived", "bracket", (line.start, line.end), 0.99)
    return None


def _cited_page() -> re.Pattern[str]:
    return pattern("letter_words", "page", r"(?<!\w){}\s?\d", flags=re.I)


def _title(frame: Frame) -> Fact | None:
    parties = [f.span[0] for f in frame.parties if f.rule == "heading" and f.span]
    lines = frame.of("heading")
    for i, line in enumerate(lines):
        words = frame.words(line)
        begins = any(0 <= start - line.start <= LONGEST_ARTICLE for start in parties)
        if begins and not words.isupper():
            continue  # "Delegates of the Treaty Powers to Mr. Kell" begins with who writes
        kind = kind_of_title(words)
        if kind and len(lines) > i + 1 and (below := _goes_on(frame, line, lines[i + 1])):
            kind = kind_of_title(f"{words} {below}")
        if kind == "address" and any(f.field == "recipient" for f in frame.parties):
            continue  # "Message From President Kell to Chairman Holm"
        if kind:
            return Fact("kind", kind, "derived", "heading", (line.start, line.end), 0.9)
    for line in frame.of("dateline")[:1]:
        begin = form_end(frame.text, line.start, line.end)  # "per corriere" is no newspaper
        before = frame.text[begin : line.dates[0].start] if line.dates else ""
        if before and pattern("place_words", "newspaper", r"\b{}\b", flags=re.I).search(before):
            return Fact(
                "kind", "press article", "derived", "newspaper", (line.start, line.end), 0.8
            )
    if frame.heading:
        kind = kind_of_title(frame.heading)
        if kind:
            return Fact("kind", kind, "derived", "heading", None, 0.9)
    return None


def _goes_on(frame: Frame, above: Line, line: Line) -> str:
    """The words of a line that goes on with the title above it, or "".

    "COMPTE RENDU" and "d'une conversation avec …" are of a conversation.
    """
    if line.start != above.end + 1:
        return ""
    words = frame.words(line)
    whole = pattern("kinds", "title_goes_on_below", r"{}[ .]*$", flags=re.I)
    if whole.match(frame.words(above)) is None:
        return ""
    begins = pattern("kinds", "title_goes_on", flags=re.I).match(words)
    return words if begins else ""


def _letter(frame: Frame) -> Fact | None:
    """A salutation makes a letter; what kind of letter its words alone do not say."""
    lines = frame.of("salutation")
    if not lines:
        return None
    line = lines[0]
    end = min(line.end, line.start + 60)
    stop = re.search(r"[:,;—–-]", frame.text[line.start : end])
    span = (line.start, line.start + stop.start() if stop else end)
    return Fact("kind", "letter", "derived", "salutation", span, 0.8)
