"""What mark-up gives of a paper against what its bare words say: verdicts and their reasons.

In come a unit (a document or an enclosed paper, with its facts and its bare text) and the same
text described; out go judgements, each with how probably the mark-up is the one that errs.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from regesta.auditing.compare_dates import calendar_gap, shown
from regesta.auditing.comparing import (
    Locate,
    Verdict,
    coarser,
    exactly_party,
    exactly_place,
    labels_of,
    plain,
    same_date,
    same_party,
    same_place,
)
from regesta.auditing.words import edit_distance
from regesta.documents import Document, Fact, HistoricalDate, Party, Place, Value, resolve

#: What is compared, in the order in which it is told.
FIELDS = ("date", "received", "sender", "recipient", "place", "number", "file_number", "kind")
#: Words kept on each side of the words in question, in characters.
AROUND = 70
_NUMBER = re.compile(r"\d+")
_PARTIES = ("sender", "recipient")


class Unit(Value, frozen=True):
    """A paper without its mark-up.

    Attributes:
        id: Of the document, or ``document/enclosure``.
        collection: Id of its collection.
        kind: "document" or "enclosure".
        text: Its bare text, headings included, footnotes and enclosed papers left out.
        given: The facts that mark-up or a header gives.
    """

    id: str
    collection: str
    kind: str
    text: str
    given: tuple[Fact, ...]


class Judgement(Value, frozen=True):
    """A field of a unit: what is given, what is read, and whether they agree.

    Attributes:
        verdict: See :data:`regesta.auditing.comparing.Verdict`.
        exact: Whether they agree strictly too.
        given, read: Both readings in words; "" where there is none.
        words: What is read, with the words around it, on one line.
        mark: Where the read words stand in ``words``, or None.
        rule: By which rule it is read.
        confidence: Of what is read.
        unprinted: Whether what is given is printed nowhere in the paper, where both disagree.
        likely: 0 to 1: how probably the mark-up is the one that errs.
        why: What speaks for that.
    """

    unit: str
    collection: str
    kind: str
    field: str
    verdict: Verdict
    exact: bool
    given: str = ""
    read: str = ""
    words: str = ""
    mark: tuple[int, int] | None = None
    rule: str = ""
    confidence: float = 0.0
    unprinted: bool = False
    likely: float = 0.0
    why: str = ""


def judge(unit: Unit, read: Document, locate: Locate) -> list[Judgement]:
    """Compare every field of a unit with what its bare text says.

    Args:
        unit: The paper with what its mark-up gives.
        read: Its bare text, described.
        locate: Where a place lies.
    """
    given = {field: resolve(unit.given, field) for field in FIELDS}
    found = {field: read.resolved(field) for field in FIELDS}
    return [
        _judge(unit, read, field, given, found, locate)
        for field in FIELDS
        if given[field] or found[field] or field in ("date", *_PARTIES, "place")
    ]


_Facts = dict[str, list[Fact]]


def _judge(
    unit: Unit, read: Document, field: str, given: _Facts, found: _Facts, locate: Locate
) -> Judgement:
    verdict, exact = _verdict(field, given[field], found[field], locate)
    likely, why = 0.0, ""
    unprinted = verdict in ("wrong", "abstained") and not _printed(unit.text, given[field])
    if verdict in ("wrong", "abstained", "extra"):
        likely, why = _reasons(unit, read, field, verdict, given, found)
    fact = found[field][0] if found[field] else None
    words, mark = _context(read.text, fact, given[field])
    return Judgement(
        unit=unit.id,
        collection=unit.collection,
        kind=unit.kind,
        field=field,
        verdict=verdict,
        exact=exact,
        given=_told(given[field]),
        read=_told(found[field]),
        words=words if verdict not in ("right", "none") else "",
        mark=mark,
        rule=fact.rule if fact else "",
        confidence=fact.confidence if fact else 0.0,
        unprinted=unprinted,
        likely=round(likely, 2),
        why=why,
    )


def _verdict(
    field: str, given: Sequence[Fact], found: Sequence[Fact], locate: Locate
) -> tuple[Verdict, bool]:
    if not given:
        return ("extra" if found else "none"), False
    if not found:
        return "abstained", False
    one, two = given[0].value, found[0].value
    if isinstance(one, HistoricalDate) and isinstance(two, HistoricalDate):
        if coarser(one, two):
            return "abstained", False
        return ("right" if same_date(one, two) else "wrong"), one.edtf == two.edtf
    if isinstance(one, Place) and isinstance(two, Place):
        same = same_place(one.name, two.name, locate)
        return ("right" if same else "wrong"), same and exactly_place(one.name, two.name)
    if isinstance(one, Party) and isinstance(two, Party):
        names, labels = _labels(given), [labels_of(p) for p in _parties(found)]
        same = same_party(names, labels)
        return ("right" if same else "wrong"), same and exactly_party(names, labels)
    same = plain(str(one)) == plain(str(two))
    return ("right" if same else "wrong"), str(one) == str(two)


def _parties(facts: Iterable[Fact]) -> list[Party]:
    return [fact.value for fact in facts if isinstance(fact.value, Party)]


def _labels(facts: Iterable[Fact]) -> list[str]:
    return [party.label for party in _parties(facts)]


def _told(facts: Sequence[Fact]) -> str:
    """Facts in words."""
    told = []
    for fact in facts:
        value = fact.value
        if isinstance(value, HistoricalDate):
            told.append(value.edtf)
        elif isinstance(value, Party):
            told.append(", ".join(part for part in (value.name, value.office) if part))
        elif isinstance(value, Place):
            told.append(value.name)
        else:
            told.append(str(value))
    return "; ".join(told)


def _context(
    text: str, fact: Fact | None, given: Sequence[Fact]
) -> tuple[str, tuple[int, int] | None]:
    """The words read with those around them; else those of the mark-up, else the opening."""
    span = fact.span if fact else None
    if span is None:
        words = _told(given[:1])
        printed = next((f.value.printed for f in given if isinstance(f.value, HistoricalDate)), "")
        for wanted in (printed, words):
            at = text.find(wanted) if wanted else -1
            if at >= 0:
                span = (at, at + len(wanted))
                break
    if span is None:
        return " ".join(text[: 2 * AROUND].split()), None
    start, end = max(0, span[0] - AROUND), min(len(text), span[1] + AROUND)
    before, words, after = (
        text[start : span[0]].replace("\n", " "),
        text[span[0] : span[1]].replace("\n", " "),
        text[span[1] : end].replace("\n", " "),
    )
    return before + words + after, (len(before), len(before) + len(words))


# Which of the two probably errs.


def _reasons(
    unit: Unit, read: Document, field: str, verdict: Verdict, given: _Facts, found: _Facts
) -> tuple[float, str]:
    if verdict == "abstained":
        return _not_read(unit, given[field])
    sure = found[field][0].confidence
    if verdict == "extra":
        sharp = "dateline" in found[field][0].rule or field in _PARTIES
        return (0.6 if sharp else 0.4) * sure, "the mark-up gives none; the words do"
    if field in ("date", "received"):
        return _dates(given[field][0], found[field][0])
    if field in _PARTIES:
        return _people(unit, read, field, given, found)
    if not _printed(unit.text, given[field]):
        likely = 0.6 * sure if given[field][0].span else 0.2
        return likely, "what the mark-up gives is printed nowhere in this paper"
    return 0.3, "both are printed; the mark-up chose other words"


def _printed(text: str, given: Sequence[Fact]) -> bool:
    """Whether what is given stands in the paper's own words; of a date, its day and its year."""
    value = given[0].value
    if isinstance(value, HistoricalDate) and not value.printed:
        numbers = set(_NUMBER.findall(text))
        day = value.day
        wanted = {str(int(day[:4])), str(int(day[8:]))} if day else {str(value.year)}
        return wanted <= numbers
    if isinstance(value, HistoricalDate):
        return plain(value.printed) in plain(text)
    return any(plain(words) in plain(text) for words in _told(given).split("; "))


def _not_read(unit: Unit, given: Sequence[Fact]) -> tuple[float, str]:
    if _printed(unit.text, given):
        return 0.05, "printed, and not read"
    return 0.3 if given[0].span else 0.15, "what the mark-up gives is printed nowhere in this paper"


def _dates(given: Fact, found: Fact) -> tuple[float, str]:
    one, two = given.value, found.value
    assert isinstance(one, HistoricalDate)
    assert isinstance(two, HistoricalDate)
    same_words = bool(one.printed and two.printed) and plain(two.printed) in plain(one.printed)
    base = 0.95 if same_words else 0.55 if not one.printed else 0.3
    if one.day and two.day:
        apart = (dt.date.fromisoformat(two.day) - dt.date.fromisoformat(one.day)).days
        if two.calendar == "dual" and apart == calendar_gap(int(two.day[:4])):
            return max(base, 0.9), "the mark-up has the Old Style half of a date in two calendars"
        if one.day[8:] == two.day[8:]:
            part = "year" if one.day[:4] != two.day[:4] else "month"
            return max(base, 0.75), f"day for day the same, but for the {part}"
    if same_words:
        return base, f"the very words marked up say {shown(two.edtf)}"
    return base, "the mark-up dates it by other words" if one.printed else "the header differs"


def _people(
    unit: Unit, read: Document, field: str, given: _Facts, found: _Facts
) -> tuple[float, str]:
    names, sure = _labels(given[field]), found[field][0].confidence
    other = "recipient" if field == "sender" else "sender"
    across = [labels_of(p) for p in _parties(found[other])]
    if across and same_party(names, across):
        return 0.85 * sure, f"the mark-up's {field} is read as the {other}"
    own = _labels(found[field])
    if any(_nearly(a, b) for a in names for b in own):
        return 0.7, "one name in two spellings"
    if not _printed(unit.text, given[field]):
        likely = 0.55 * sure if given[field][0].span else 0.2
        return likely, "whom the mark-up names is printed nowhere in this paper"
    signed = next((x for x in read.layers if x.kind == "signature"), None)
    if field == "sender" and signed is not None:
        last = plain(read.text[signed.start : signed.end])
        if any(plain(n).split()[-1:] and plain(n).split()[-1] in last for n in own):
            return 0.75, "the signature agrees with what is read"
    joint = len(names) != len(own)
    return (0.35 if joint else 0.25), "one of several parties" if joint else "other words"


def _nearly(one: str, two: str) -> bool:
    a, b = plain(one).replace(" ", ""), plain(two).replace(" ", "")
    return a != b and min(len(a), len(b)) > 4 and edit_distance(a, b, 2) <= 2


# Units of documents.


def units_of(document: Document) -> Iterator[Unit]:
    """A document and the papers enclosed in it, each without its mark-up.

    Nothing but words is left: no attribute, no id, no normalised value, no layer. A heading that
    stands outside the text, such as the title in a header, is put before it, since it is words.
    """
    outer = [(e.start, e.end) for e in document.enclosures]
    own = _without(document.text, 0, len(document.text), outer)
    heading = " ".join(document.heading.split())
    if heading and heading[:60] not in " ".join(own[:4000].split()):
        own = f"{heading}\n{own}"
    given = tuple(f for f in document.facts if f.origin != "derived")
    yield Unit(document.id, document.collection, "document", own, given)
    for enclosure in document.enclosures:
        inner = [s for s in outer if enclosure.start <= s[0] and s[1] <= enclosure.end]
        inner = [s for s in inner if s != (enclosure.start, enclosure.end)]
        text = _without(document.text, enclosure.start, enclosure.end, inner)
        facts = tuple(f for f in enclosure.facts if f.origin != "derived")
        id = f"{document.id}/{enclosure.id}"
        yield Unit(id, document.collection, "enclosure", text, facts)


def _without(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    pieces, at = [], start
    for first, last in sorted(spans):
        if first >= at:
            pieces.append(text[at:first].strip("\n "))
            at = max(at, last)
    pieces.append(text[at:end].strip("\n "))
    return "\n".join(piece for piece in pieces if piece)
