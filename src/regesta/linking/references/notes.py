"""Second step, footnotes: "Ante, p. 77", "Foreign Relations, 1917, Supp. 2, vol. I, p. 93", "Not
printed". A note explains the mention at which it is anchored: that mention takes over what it says.

In come the mentions that :mod:`regesta.linking.references.find` found; out go the same, explained,
and those that only editors make.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from regesta.documents import Document, Note
from regesta.linking.base import Cited, Mention, Passage
from regesta.linking.references.clauses import Clause, clauses, note_words, read_clause
from regesta.linking.references.days import possible_days, read_day, read_times
from regesta.linking.references.find import bare_item
from regesta.linking.references.grammar import grammar

#: How far before its note's mark a mention may end, in code points.
NEAR = 40
#: How far after a mention the editors' reference to it may stand ("…, ante, p. 77").
AFTER = 60
#: Most mentions of one row that a note or a reference explains.
ROW = 4
#: A note longer than this is a text: its mentions are kept, its clauses not read.
LONGEST_NOTE = 20_000
#: How far before a note's mark its clue may stand, where no mention does.
CLUE = 110
_LAST_NUMBER = re.compile(r"(?<![\d.,])(?!1[5-9]\d\d\b|20\d\d\b)(\d{1,5})\W{0,2}$")


def find_notes(
    document: Document, passages: Sequence[Passage], mentions: Sequence[Mention]
) -> list[Mention]:
    """Read the notes of a document.

    Args:
        document: The document.
        passages: Those of :func:`regesta.linking.references.clean.clean`.
        mentions: Found in them, in their order.

    Returns:
        All mentions, those of the text explained by their notes.
    """
    body = [m for m in mentions if m.passage.note is None]
    body = _given(document, body, passages)
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
        if len(note.text) > LONGEST_NOTE:
            found += own
            continue
        anchored = _anchored(body, note)
        made, last = _read_note(document, note, passage, own, body, anchored, last)
        found += made
    return [*body, *found]


def _given(document: Document, body: list[Mention], passages: Sequence[Passage]) -> list[Mention]:
    """Add what the editors' mark-up in the text points to."""
    starts = [mention.start for mention in body]
    texts = [passage for passage in passages if passage.note is None]
    begins = [passage.start for passage in texts]
    added: list[Mention] = []
    for mark in document.marks:
        if mark.kind != "ref" or not _is_target(mark.target):
            continue
        at = bisect_right(starts, mark.end + 4)
        near = [i for i in range(max(0, at - ROW), at) if mark.start <= body[i].end + AFTER]
        holding = [i for i in near if body[i].start <= mark.start < body[i].end]
        if chosen := (holding or near)[-1:]:
            body[chosen[0]] = replace(body[chosen[0]], target=mark.target)
            continue
        place = bisect_right(begins, mark.start) - 1
        if mark.end > mark.start and place >= 0 and mark.start < texts[place].end:
            printed = " ".join(document.text[mark.start : mark.end].split())
            given = Mention(mark.start, mark.end, texts[place], printed, target=mark.target)
            added.append(replace(given, forward=True))
    return sorted([*body, *added], key=lambda m: m.start)


def _is_target(target: str) -> bool:
    return bool(target) and "://" not in target and not target.startswith(("mailto:", "/"))


def _anchored(body: list[Mention], note: Note) -> list[int]:
    """The mentions of the text that a note explains: the last row that ends before its mark."""
    if note.anchor is None:
        return []
    at = bisect_left(body, note.anchor, key=lambda m: m.start)
    found = [
        i
        for i in range(max(0, at - ROW), at)
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
    words = note_words(passage.languages[0])
    refs = [m for m in note.marks if m.kind == "ref" and _is_target(m.target)]
    found: list[Mention] = []
    for start, end in clauses(note.text, passage):
        item = None
        if not any(start <= m.start < end for m in own):
            item = bare_item(note.text, start, end, passage, grammar(passage.languages[0]))
        told = [*own, item] if item is not None else own
        clause = read_clause(note.text, start, end, words, told, refs, last)
        last = clause.cited or last
        if item is not None and not (clause.pages or clause.targets):
            clause.mentions, told = [], own
        elif item is not None and not item.numbers and anchored and not body[anchored[-1]].days:
            # "Your 136" in the text, "June 5, 3 p.m., p. 255" in its note: one mention.
            told = [*own, replace(item, numbers=body[anchored[-1]].numbers)]
        found += _of_clause(document, note, passage, clause, told, body, anchored)
    return found, last


def _of_clause(
    document: Document,
    note: Note,
    passage: Passage,
    clause: Clause,
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


def _leading_kind(note: Note, clause: Clause, passage: Passage) -> str:
    """The kind of the noun with which a clause opens: "Telegram, ante, p. 5; despatch, p. 9"."""
    words = grammar(passage.languages[0])
    match = words.trigger.match(note.text, clause.start, clause.end)
    return (words.kind(match) or "") if match else ""


def _with_place(mention: Mention, clause: Clause, own: list[Mention]) -> list[Mention]:
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
    if stop == clause.end and not pages:
        placed = replace(placed, step=clause.step)
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


def _explained(mention: Mention, clause: Clause, pages: tuple[str, ...]) -> Mention:
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
    clause: Clause,
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


def _pure(note: Note, passage: Passage, clause: Clause, *, unprinted: bool) -> Mention:
    printed = " ".join(note.text[clause.start : clause.end].split())
    return Mention(
        clause.start, clause.end, passage, printed=printed[:200], unprinted=unprinted, forward=True
    )
