"""Second step, footnotes: "Ante, p. 77", "Foreign Relations, 1917, Supp. 2, vol. I, p. 93", "Not
printed". A note explains the mention at which it is anchored: that mention takes over what it says.

In come the mentions that :mod:`regesta.linking.find` found; out go the same, explained, and those
that only editors make.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec.structs import replace

from regesta.documents import Document, Mark, Note
from regesta.linking.base import Cited, Mention, Passage
from regesta.linking.days import possible_days, read_day, read_times
from regesta.linking.find import bare_item
from regesta.linking.grammar import grammar
from regesta.linking.volumes import find_series, read_volume
from regesta.linking.words import alternatives, vocabulary

#: How far before its note's mark a mention may end, in code points.
NEAR = 40
#: How far before a note's mark its clue may stand, where no mention does.
CLUE = 110
#: Most pages that one clause lists.
MOST_PAGES = 8
_CLAUSE = re.compile(r";\s|(?<=[\d)\]])\.\s+(?=[A-Z])|(?<=[a-z]{5})\.\s+(?=[A-Z])")
#: A word that may belong to the title of another publication.
_TITLE = re.compile(r"\b[A-ZÀ-Þ][\w’']{2,}|\d")
_LAST_NUMBER = re.compile(r"(?<![\d.,])(\d{1,5})\W{0,2}$")


@dataclass(frozen=True, slots=True)
class _Words:
    page: re.Pattern[str]
    here: re.Pattern[str]
    plain: re.Pattern[str]
    document: re.Pattern[str]
    unprinted: re.Pattern[str]
    same: re.Pattern[str]
    volume: re.Pattern[str]
    pointer: re.Pattern[str]
    step: tuple[re.Pattern[str], re.Pattern[str]]


@dataclass(slots=True)
class _Clause:
    """What one clause of a note says."""

    start: int
    end: int
    mentions: list[int] = field(default_factory=list)
    pages: list[tuple[int, int, str]] = field(default_factory=list)
    targets: list[Mark] = field(default_factory=list)
    document: tuple[int, int, str] | None = None
    cited: Cited | None = None
    unprinted: bool = False
    pointer: bool = False
    step: int = 0


@lru_cache(maxsize=4)
def _words(language: str) -> _Words:
    table = vocabulary("reference_words")[language]["notes"]
    number = r"\d{1,4}"
    more = rf"(?:\s*(?:,?\s*(?:and|&|und|et)|,|–|—|-)\s*{number}(?!\d|\s*[ap]\.|,?\s*vol))"
    steps = tuple(
        re.compile(rf"\W*(?:{alternatives(table[key])})\W*$") for key in ("previous", "next")
    )
    return _Words(
        page=re.compile(rf"(?<!\w)(?:{alternatives(table['page'])})\s*(?P<list>{number}{more}*)"),
        here=re.compile(rf"(?<!\w)(?:{alternatives(table['back'] + table['forth'])})\W*$"),
        plain=re.compile(rf"(?<!\w)(?:{alternatives(table['plain'])})(?!\w)"),
        document=re.compile(
            rf"(?<!\w)(?:{alternatives(table['document'])})\s*(?P<n>{number})(?![\d/]|\s*,?\s*of)"
        ),
        unprinted=re.compile(rf"(?<!\w)(?:{alternatives(table['unprinted'])})(?!\w)"),
        same=re.compile(rf"(?<!\w)(?:{alternatives(table['same'])})"),
        volume=re.compile(
            rf"(?<!\w)(?:{alternatives(table['volume'])})\s*(?:[ivxlc]+|\d+)\b", re.I
        ),
        pointer=re.compile(rf"(?<!\w)(?:{alternatives(table['pointer'])})"),
        step=(steps[0], steps[1]),
    )


def find_notes(
    document: Document, passages: Sequence[Passage], mentions: Sequence[Mention]
) -> list[Mention]:
    """Read the notes of a document.

    Args:
        document: The document.
        passages: Those of :func:`regesta.linking.clean.clean`.
        mentions: Found in them, in their order.

    Returns:
        All mentions, those of the text explained by their notes.
    """
    body = [m for m in mentions if m.passage.note is None]
    body = _given(document.marks, body, passages)
    by_note: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.passage.note is not None:
            by_note.setdefault(mention.passage.note, []).append(mention)
    found: list[Mention] = []
    last: Cited | None = None
    for passage in passages:
        if passage.note is None or not passage.languages:
            continue
        note = document.notes[passage.note]
        own = [m for m in by_note.get(passage.note, []) if passage.start <= m.start < passage.end]
        anchored = _anchored(body, note)
        made, last = _read_note(document, note, passage, own, body, anchored, last)
        found += made
    return [*body, *found]


def _given(
    marks: Sequence[Mark], body: list[Mention], passages: Sequence[Passage]
) -> list[Mention]:
    """Add what the editors' mark-up in the text points to."""
    for mark in marks:
        if mark.kind != "ref" or not _is_target(mark.target):
            continue
        near = [
            i for i, m in enumerate(body) if m.start - 4 <= mark.end and mark.start <= m.end + 60
        ]
        holding = [i for i in near if body[i].start <= mark.start < body[i].end]
        chosen = (holding or near)[-1:]
        if chosen:
            body[chosen[0]] = replace(body[chosen[0]], target=mark.target)
            continue
        passage = next(
            (p for p in passages if p.note is None and p.start <= mark.start < p.end), None
        )
        if passage is not None and mark.end > mark.start:
            body.append(Mention(mark.start, mark.end, passage, target=mark.target, forward=True))
    return sorted(body, key=lambda m: m.start)


def _is_target(target: str) -> bool:
    return bool(target) and "://" not in target and not target.startswith(("mailto:", "/"))


def _anchored(body: list[Mention], note: Note) -> list[int]:
    """The mentions of the text that a note explains: the last row that ends before its mark."""
    if note.anchor is None:
        return []
    at = bisect_left(body, note.anchor, key=lambda m: m.start)
    found = [
        i
        for i in range(max(0, at - 4), at)
        if body[i].start < note.anchor <= body[i].end + NEAR + 20
    ]
    if not found:
        return []
    nearest = found[-1]
    if note.anchor < body[nearest].end:
        return [nearest]
    return [i for i in found if body[nearest].start - body[i].end < 12] or [nearest]


def _read_note(
    document: Document,
    note: Note,
    passage: Passage,
    own: list[Mention],
    body: list[Mention],
    anchored: list[int],
    last: Cited | None,
) -> tuple[list[Mention], Cited | None]:
    words = _words(passage.languages[0])
    refs = [m for m in note.marks if m.kind == "ref" and _is_target(m.target)]
    found: list[Mention] = []
    for start, end in _clauses(note.text, passage):
        clause = _clause(note.text, start, end, words, own, refs, last)
        last = clause.cited or last
        if not clause.mentions:
            item = bare_item(note.text, start, end, passage, grammar(passage.languages[0]))
            if item is not None and (clause.pages or clause.targets):
                own.append(item)
                clause.mentions.append(len(own) - 1)
        found += _of_clause(document, note, passage, clause, own, body, anchored)
    return found, last


def _clauses(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    start = passage.start
    for match in _CLAUSE.finditer(text, passage.start, passage.end):
        yield start, match.start() + 1
        start = match.end()
    yield start, passage.end


def _clause(
    text: str,
    start: int,
    end: int,
    words: _Words,
    own: list[Mention],
    refs: list[Mark],
    last: Cited | None,
) -> _Clause:
    clause = _Clause(start, end)
    clause.mentions = [i for i, m in enumerate(own) if start <= m.start < end]
    clause.targets = [m for m in refs if start <= m.start < end]
    clause.unprinted = words.unprinted.search(text, start, end) is not None
    clause.pointer = words.pointer.search(text, start, end) is not None
    series = find_series(text, start, end)
    volume = words.volume.search(text, start, end)
    if series is not None:
        clause.cited = read_volume(text[series.end() : end])
        clause.cited = replace(
            clause.cited, series=_series_name(text[series.start() : series.end()])
        )
    elif words.same.search(text, start, end):
        clause.cited = last
        if volume and last:
            clause.cited = replace(last, volume=read_volume(volume.group()).volume)
    elif volume is not None:
        clause.cited = read_volume(text[volume.start() : end])
    for match in words.page.finditer(text, start, end):
        numbers = re.finditer(r"\d+", match["list"])
        at = match.start("list")
        found = [(at + n.start(), at + n.end(), n.group()) for n in numbers][:MOST_PAGES]
        if clause.cited or _is_ours(text, match.start(), clause, words, own, found):
            clause.pages += found
    if match := words.document.search(text, start, end):
        clause.document = (match.start(), match.end(), match["n"])
    if end - start < 16:
        clause.step = -1 if words.step[0].match(text[start:end]) else 0
        clause.step = clause.step or (1 if words.step[1].match(text[start:end]) else 0)
    return clause


def _is_ours(
    text: str,
    at: int,
    clause: _Clause,
    words: _Words,
    own: list[Mention],
    found: list[tuple[int, int, str]],
) -> bool:
    """Whether a page is one of this collection: the mark-up, "ante", or no other title says so."""
    if any(
        mark.start < end and start < mark.end for start, end, _ in found for mark in clause.targets
    ):
        return True
    start = max([clause.start, *(own[i].end for i in clause.mentions if own[i].end <= at)])
    between = text[start:at]
    if clause.pages and not between.strip(" ,and&"):
        return True
    if words.here.search(between[-40:]):
        return True
    return (
        start > clause.start
        and len(between) < CLUE
        or not _TITLE.search(words.plain.sub("", between))
    )


def _series_name(printed: str) -> str:
    from regesta.linking.volumes import volume_of

    read = volume_of(printed)
    return read.series if read else ""


def _of_clause(
    document: Document,
    note: Note,
    passage: Passage,
    clause: _Clause,
    own: list[Mention],
    body: list[Mention],
    anchored: list[int],
) -> list[Mention]:
    """Give the mentions of a clause; explain those of the text at the note's mark."""
    pages = tuple(page for _, _, page in clause.pages)
    if clause.mentions:
        found = [m for i in clause.mentions for m in _with_place(own[i], clause, own)]
        if clause.unprinted and len(clause.mentions) == 1:
            found = [replace(m, unprinted=True) for m in found]
        _agree_on(body, anchored, found)
        return found
    if clause.unprinted and not (pages or clause.document or clause.targets):
        for i in anchored:
            body[i] = replace(body[i], unprinted=True)
        return [_pure(note, passage, clause, unprinted=True)] if not anchored else []
    if not (pages or clause.document or clause.targets or clause.step):
        return []
    if clause.pointer:
        anchored = []
    elif len(anchored) > 1 and (kind := _leading_kind(note, clause, passage)):
        anchored = [i for i in anchored if body[i].kind == kind] or anchored
    if clause.pointer:
        pass
    elif len(pages) == 1:
        anchored = anchored[-1:]
    for i in anchored:
        body[i] = _explained(body[i], clause, pages)
    return _by_place(document, note, passage, clause, body, anchored)


def _leading_kind(note: Note, clause: _Clause, passage: Passage) -> str:
    """The kind of the noun with which a clause opens: "Telegram, ante, p. 5; despatch, p. 9"."""
    words = grammar(passage.languages[0])
    match = words.trigger.match(note.text, clause.start, clause.end)
    return (words.kind(match) or "") if match else ""


def _with_place(mention: Mention, clause: _Clause, own: list[Mention]) -> list[Mention]:
    """Give a note's mention the page, document number or target that follows it.

    "Memoranda of May 3, pp. 5 and 7" are as many mentions as pages.
    """
    following = [own[i].start for i in clause.mentions if own[i].start > mention.start]
    stop = min(following, default=clause.end)
    pages = tuple(page for start, _, page in clause.pages if mention.end <= start < stop)
    targets = [m.target for m in clause.targets if mention.start <= m.start < stop]
    document = clause.document
    number = document[2] if document and mention.start <= document[0] < stop else ""
    placed = replace(
        mention,
        pages=pages,
        cited=clause.cited,
        target=targets[0] if len(targets) == 1 and len(pages) < 2 else "",
        document=number if number not in mention.numbers else "",
    )
    return [replace(placed, pages=(page,)) for page in pages] if len(pages) > 1 else [placed]


def _agree_on(body: list[Mention], anchored: list[int], found: list[Mention]) -> None:
    """A note's own mention explains that of the text when both say the same number or day."""
    for i in anchored:
        for mention in found:
            same_number = set(mention.numbers) & set(body[i].numbers)
            same_day = set(mention.days) & set(body[i].days)
            if (same_number or same_day) and (mention.pages or mention.target):
                body[i] = replace(
                    body[i], pages=mention.pages, cited=mention.cited, target=mention.target
                )
            elif same_number and same_day and mention.unprinted:
                body[i] = replace(body[i], unprinted=True)


def _explained(mention: Mention, clause: _Clause, pages: tuple[str, ...]) -> Mention:
    target = clause.targets[0].target if len(clause.targets) == 1 else ""
    return replace(
        mention,
        pages=mention.pages + pages,
        cited=clause.cited,
        target=mention.target or target,
        document=clause.document[2] if clause.document else "",
        step=clause.step,
        unprinted=mention.unprinted or clause.unprinted,
        forward=True,
    )


def _by_place(
    document: Document,
    note: Note,
    passage: Passage,
    clause: _Clause,
    body: list[Mention],
    anchored: list[int],
) -> list[Mention]:
    """Give one mention for each page or target of a clause that has no words of its own."""
    clue = _clue(document, note, passage, body, anchored)
    if clause.pointer:
        clue = replace(clue, numbers=(), days=(), times=())
    common = replace(clue, cited=clause.cited, step=clause.step, forward=True)
    found: list[Mention] = []
    if clause.document:
        start, end, number = clause.document
        target = clause.targets[0].target if len(clause.targets) == 1 else ""
        pages = tuple(page for _, _, page in clause.pages)
        found.append(_at(common, note, start, end, document=number, pages=pages, target=target))
        return found
    for i, (start, end, page) in enumerate(clause.pages):
        target = clause.targets[i].target if len(clause.targets) == len(clause.pages) else ""
        found.append(_at(common, note, start, end, pages=(page,), target=target))
    if not clause.pages:
        for mark in clause.targets:
            found.append(_at(common, note, mark.start, mark.end, target=mark.target))
    if not found and clause.step:
        found.append(_at(common, note, clause.start, clause.end))
    return found


def _at(common: Mention, note: Note, start: int, end: int, **values: object) -> Mention:
    printed = " ".join(note.text[start:end].split())
    return replace(common, start=start, end=end, printed=printed, **values)


def _clue(
    document: Document, note: Note, passage: Passage, body: list[Mention], anchored: list[int]
) -> Mention:
    """What the text says at the note's mark: its mention, else any number or day just before."""
    at = Mention(passage.start, passage.end, passage)
    if anchored:
        told = [body[i] for i in anchored]
        own = told[-1].passage.card == passage.card
        return replace(
            at,
            owner=told[-1].owner if own else "",
            sender=told[-1].sender if own else "",
            recipient=told[-1].recipient if own else "",
            kind=told[-1].kind,
            numbers=tuple(n for m in told for n in m.numbers),
            days=tuple(d for m in told for d in m.days),
            times=tuple(t for m in told for t in m.times),
        )
    if note.anchor is None or not passage.languages:
        return at
    words = grammar(passage.languages[0])
    low = max(0, note.anchor - CLUE)
    days: list[str] = []
    times: list[str] = []
    for match in words.day.finditer(document.text, low, note.anchor):
        printed = read_day(match, words.language)
        if printed is None or not (printed.month or printed.months is not None):
            continue
        days += possible_days(printed, passage.card.day, forward=True)
        time = words.time.match(document.text, match.end(), note.anchor)
        times += read_times(time) if time else ()
    number = _LAST_NUMBER.search(document.text, low, note.anchor) if not days else None
    return replace(
        at,
        numbers=(number[1],) if number else (),
        days=tuple(dict.fromkeys(days[::-1])),
        times=tuple(times),
    )


def _pure(note: Note, passage: Passage, clause: _Clause, *, unprinted: bool) -> Mention:
    printed = " ".join(note.text[clause.start : clause.end].split())
    return Mention(
        clause.start, clause.end, passage, printed=printed[:200], unprinted=unprinted, forward=True
    )
