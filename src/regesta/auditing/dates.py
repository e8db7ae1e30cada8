"""Each document's dates: mark-up against print, sent against received, weekday, calendars.

In come documents, out go findings; a date that no calendar has is reported as it is printed, and
nothing is mended.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from regesta.auditing.base import Auditor, Finding, Printed
from regesta.auditing.compare_dates import Slip, calendar_gap, compare, marked_date, shown
from regesta.auditing.words import brackets, one_line, said_openly, weekdays
from regesta.documents import Document, Fact, HistoricalDate, Layer, Mark, parse_edtf

#: Days by which a telegram may arrive "before" it was sent, by the clocks of two places.
CLOCKS = 1
#: A weekday stands this close to its date, in characters.
NEAR_WEEKDAY = 24
#: Two days of one date this far apart are meant for two calendars; others are a stretch of time.
LEAST_GAP, MOST_GAP = 7, 24
#: A date element holds a date and what belongs to it, in characters.
LONGEST = 90
#: Until when a printed day may be Old Style without saying so; Greece changed last, in 1923.
LAST_OLD_STYLE = 1923
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DIGITS = re.compile(r"\d+")
#: Words that run on into a date element: the day may be among them.
_RUNS_ON = re.compile(r"(?:[a-zà-ÿа-я]+|\d{1,2}\.?) $")


@cache
def _weekday(language: str) -> re.Pattern[str]:
    """Weekdays of a document's language; of all where it is not known."""
    names = "|".join(sorted(weekdays(language), key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\b", re.I)


#: A name goes before: "Santo Domingo" is no Sunday.
_NAME_BEFORE = re.compile(r"[A-ZÀ-ÞА-Я][^\W\d_]*\.? $")


class DateAuditor(Auditor):
    """Looks at the datelines of documents and of the papers in them."""

    looks_at = "dates: mark-up against print, sent against received, weekdays, two calendars"

    def document(self, document: Document) -> Iterable[Finding]:
        """Give what is wrong with the dates of one document."""
        found: list[Finding] = []
        marks = [mark for mark in document.marks if mark.kind == "date" and mark.value]
        lines = [layer for layer in document.layers if layer.kind == "dateline"]
        for line in lines:
            printed = self.desk.dates(document.text, line.start, line.end)
            found += self._line(document, line, printed, marks)
        found += self._elsewhere(document, lines, marks)
        covered = {finding.enclosure for finding in found}
        if not covered & {""}:
            found += self._given(document, marks)
        if not any(finding.enclosure == "" for finding in found):
            found += received_before_sent(document)
        return found

    def _line(
        self, document: Document, line: Layer, printed: Sequence[Printed], marks: list[Mark]
    ) -> Iterator[Finding]:
        inside = [m for m in marks if line.start <= m.start and m.end <= line.end]
        for mark in inside:
            yield from self._mark(document, mark, printed)
        yield from _impossible(document, line, printed, inside)
        yield from _wrong_gap(document, printed)
        yield from _weekdays(document, line, printed)

    def _mark(
        self, document: Document, mark: Mark, printed: Sequence[Printed]
    ) -> Iterator[Finding]:
        """One date element of a dateline against its words."""
        words = document.text[mark.start : mark.end]
        own = [p for p in printed if p.start < mark.end and p.end > mark.start]
        if not own and (mark.value.startswith("--") or marked_date(mark.value) is None):
            own = [Printed(mark.start, mark.end, "")]
        sent = [p for p in own if not p.received] or own
        if not sent:
            return
        first = _consecutive(sent)
        before = document.text[max(0, mark.start - 12) : mark.start]
        if _RUNS_ON.search(before):
            words = f"{before} {words}"
        slip = compare(mark.value, first, words, [p for p in printed if p is not first])
        if slip is None or not _not_said(document, mark, first, slip):
            return
        if any(_agrees(mark.value, p) for p in sent):
            return
        span = (first.start, first.end)
        values = {"printed": one_line(document.text[slice(*span)]), "marked up as": mark.value}
        if slip.suggested:
            values["suggested"] = slip.suggested
        yield _finding(document, slip, span, values)

    def _elsewhere(
        self, document: Document, lines: list[Layer], marks: list[Mark]
    ) -> Iterator[Finding]:
        """Date elements outside datelines: in headings, in closings, in the running text."""
        for mark in marks:
            if mark.end - mark.start > LONGEST or any(
                line.start <= mark.start and mark.end <= line.end for line in lines
            ):
                continue
            printed = self.desk.dates(document.text, mark.start, mark.end)
            if not any(date.year is not None and date.month for date in printed):
                continue
            for finding in self._mark(document, mark, printed):
                sure = round(finding.confidence - 0.04, 2)
                yield msgspec.structs.replace(finding, confidence=sure)

    def _given(self, document: Document, marks: list[Mark]) -> Iterator[Finding]:
        """A date that a header gives, without words of its own, against the dateline's."""
        facts = [f for f in document.facts if f.field == "date"]
        given = next((f for f in facts if f.origin == "given" and f.span is None), None)
        derived = next((f for f in facts if f.origin == "derived" and f.span), None)
        if given is None or derived is None or derived.span is None:
            return
        date, read = given.value, derived.value
        if not isinstance(date, HistoricalDate) or not isinstance(read, HistoricalDate):
            return
        if date.calendar not in ("gregorian", read.calendar) or len(date.edtf) not in (4, 7, 10):
            return
        printed = next(iter(self.desk.dates(document.text, *derived.span)), None)
        if printed is None or said_openly(document, *derived.span):
            return
        words = document.text[slice(*derived.span)]
        slip = compare(date.edtf, printed, words)
        if slip is not None:
            values = {"printed": one_line(words), "marked up as": date.edtf}
            if slip.suggested:
                values["suggested"] = slip.suggested
            # The header may know better than the print: a little less sure than a date element.
            sharp = derived.rule.endswith("dateline") and date.day
            less = 0.08 if sharp else 0.4
            sure = round(slip.confidence * derived.confidence - less, 2)
            yield _finding(document, Slip(slip.kind, slip.why, "", sure), derived.span, values)


def _consecutive(printed: Sequence[Printed]) -> Printed:
    """Two days side by side ("20 November, 3 December 1900") are a pair of calendars.

    Only where the distance proves it; else the first date counts.
    """
    first = next((p for p in printed if p.year is not None or p.edtf), printed[0])
    at = list(printed).index(first)
    if at == 0 or not first.edtf or len(first.edtf) != 10 or first.pair:
        return first
    before = printed[at - 1]
    if before.year is not None or not before.day or first.start - before.end > 3:
        return first
    new = dt.date.fromisoformat(first.edtf)
    try:
        old = dt.date(new.year - (before.month > new.month), before.month, before.day)
    except ValueError:
        return first
    if (new - old).days != calendar_gap(new.year):
        return first
    return Printed(
        before.start, first.end, first.edtf, first.year, first.month, first.day, "dual", pair=True
    )


def _agrees(value: str, printed: Printed) -> bool:
    date = marked_date(value)
    return bool(date and date.day and printed.edtf == date.day)


def _not_said(document: Document, mark: Mark, printed: Printed, slip: Slip) -> bool:
    """Whether the source leaves the disagreement without a word.

    Brackets are an editor's: what stands in them may be what the mark-up follows. A year that is
    printed nowhere stays a finding.
    """
    start, end = min(mark.start, printed.start), max(mark.end, printed.end)
    words = document.text[start:end]
    added = [b for b in brackets(words) if _DIGITS.search(b) and printed.end - mark.start < 200]
    if added and not any(p in words[words.find("[") :] for p in ("eceived", "Recd")):
        date = marked_date(mark.value)
        years = _YEAR.findall(words)
        return bool(date and slip.kind == "date.year" and years and mark.value[:4] not in years)
    return not said_openly(document, printed.start, min(end, printed.end + 2))


def _finding(
    document: Document, slip: Slip, span: tuple[int, int], values: dict[str, str]
) -> Finding:
    return Finding(
        document=document.id,
        collection=document.collection,
        kind=slip.kind,
        why=slip.why,
        words=document.text[span[0] : span[1]],
        span=span,
        values=values,
        confidence=slip.confidence,
        enclosure=enclosure_at(document, span[0]),
    )


def enclosure_at(document: Document, offset: int) -> str:
    """Id of the innermost enclosed paper around an offset, or ""."""
    around = [e for e in document.enclosures if e.start <= offset < e.end]
    return min(around, key=lambda e: e.end - e.start).id if around else ""


def _impossible(
    document: Document, line: Layer, printed: Sequence[Printed], inside: list[Mark]
) -> Iterator[Finding]:
    """Days that no calendar has, where no mark-up has been held against them already."""
    for date in printed:
        if date.edtf or date.year is None or not date.day or date.received or date.pair:
            continue
        held = any(m.start < date.end and m.end > date.start for m in inside)
        if held or said_openly(document, date.start, date.end):
            continue
        words = one_line(document.text[date.start : date.end])
        slip = Slip("date.impossible", "No calendar has this day.", confidence=0.9)
        yield _finding(document, slip, (date.start, date.end), {"printed": words})


def _wrong_gap(document: Document, printed: Sequence[Printed]) -> Iterator[Finding]:
    """Two days of one date that do not differ as the calendars do."""
    for date in printed:
        if not date.pair or date.edtf[:1] != "[" or date.calendar != "dual":
            continue
        days = date.edtf.strip("[]").split(",")
        if len(days) != 2 or any(len(day) != 10 for day in days):
            continue
        first, second = (dt.date.fromisoformat(day) for day in days)
        gap, apart = calendar_gap(second.year), (second - first).days
        edge = second.month < 4 and second.year % 100 == 0
        if abs(apart - gap) <= edge or not LEAST_GAP <= apart <= MOST_GAP:
            continue
        corrected = "[" in document.text[date.start : date.end]
        if corrected or said_openly(document, date.start, date.end):
            continue
        why = (
            f"The two days of one date differ by {apart}; between the calendars it is {gap} "
            f"days in {second.year}."
        )
        words = one_line(document.text[date.start : date.end])
        values = {"printed": words, "apart": f"{apart} days", "calendars apart": f"{gap} days"}
        slip = Slip("date.offset", why, confidence=0.93)
        yield _finding(document, slip, (date.start, date.end), values)


def _weekdays(document: Document, line: Layer, printed: Sequence[Printed]) -> Iterator[Finding]:
    """A weekday beside a whole date that fell on another."""
    language = document.word("language")
    for match in _weekday(language).finditer(document.text, line.start, line.end):
        if _NAME_BEFORE.search(document.text, max(line.start, match.start() - 20), match.start()):
            continue
        near = [
            p for p in printed
            if p.start - match.end() in range(NEAR_WEEKDAY)
            or match.start() - p.end in range(NEAR_WEEKDAY)
        ]  # fmt: skip
        date = next((p for p in near if len(p.edtf) == 10 and not p.received), None)
        if date is None or (day := parse_edtf(date.edtf)) is None or not day.day:
            continue
        told, real = weekdays()[match[0].lower()], dt.date.fromisoformat(day.day)
        if real.weekday() == told or said_openly(document, match.start(), date.end):
            continue
        if date.calendar == "gregorian" and real.year <= LAST_OLD_STYLE:
            other = real + dt.timedelta(days=calendar_gap(real.year))
            if other.weekday() == told:
                continue
        start, end = min(match.start(), date.start), max(match.end(), date.end)
        name = _english(real.weekday())
        why = f"{shown(day.day)} was a {name}, not a {match[0].capitalize()}."
        values = {"printed": one_line(document.text[start:end]), "weekday of that date": name}
        yield _finding(document, Slip("date.weekday", why, "", 0.85), (start, end), values)


def _english(weekday: int) -> str:
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]


def received_before_sent(document: Document) -> Iterator[Finding]:
    """A document that arrived before it was written, by more than two places' clocks allow."""
    sent, arrival = _day(document, "date"), _day(document, "received")
    if sent is None or arrival is None:
        return
    fact, written = sent
    other, arrived = arrival
    days = (written - arrived).days
    if days <= CLOCKS or fact.span is None or other.span is None:
        return
    if other.rule.startswith("received-"):  # its year or day was taken from the sending
        return
    start, end = min(fact.span[0], other.span[0]), max(fact.span[1], other.span[1])
    if end - start > 400 or said_openly(document, start, end):
        return
    why = f"It would have arrived {days} days before it was written."
    values = {"written": shown(written.isoformat()), "received": shown(arrived.isoformat())}
    slip = Slip("date.received-before-sent", why, "", 0.9)
    yield _finding(document, slip, (start, end), values)


def _day(document: Document, field: str) -> tuple[Fact, dt.date] | None:
    """The day of a field as it is printed: what was read from the words, else what is given."""
    facts = [f for f in document.facts if f.field == field and isinstance(f.value, HistoricalDate)]
    facts.sort(key=lambda f: f.origin != "derived")
    for fact in facts:
        assert isinstance(fact.value, HistoricalDate)
        if fact.value.day:
            return fact, dt.date.fromisoformat(fact.value.day)
    return None
