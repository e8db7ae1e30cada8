"""Facts that a letter's own mark-up gives: dates, places, parties and file numbers of one unit."""

import datetime as dt
import re
from collections.abc import Callable, Iterable

from regesta.documents import Fact, HistoricalDate, Party, Place
from regesta.documents.dates import Calendar, from_bounds, from_iso
from regesta.reading.tei.marks import Unit, date_value, within
from regesta.reading.tei.text import Span
from regesta.reading.tei.words import (
    archive_number,
    body,
    joints,
    office_link,
    party_joint,
    received,
    words,
)

Qualify = Callable[[str], str]

_CALENDARS: dict[str, Calendar] = {
    "julian": "julian",
    "gregorian": "gregorian",
    "hijri": "hijri",
    "islamic": "hijri",
    "republican": "republican",
}
_YEAR = re.compile(r"(?<!\d)1\d{3}(?!\d)|(?<!\d)20\d\d(?!\d)")
_PUNCTUATION = " \n\t.,;:"


def read_date(attrs: dict[str, str], printed: str = "") -> HistoricalDate | None:
    """Make a date of an element's attributes; None where they give no possible date.

    A value with a time zone or a stray time is read by its day.
    """
    named = (attrs.get("calendar") or attrs.get("datingMethod") or "").strip("# ").casefold()
    calendar: Calendar = next((k for word, k in _CALENDARS.items() if word in named), "gregorian")
    when = attrs.get("when", "")
    if when:
        return from_iso(when, printed=printed, calendar=calendar) or from_iso(
            when[:10], printed=printed, calendar=calendar
        )
    if attrs.get("from") or attrs.get("to"):
        return from_bounds(attrs.get("from"), attrs.get("to"), printed=printed)
    return from_bounds(attrs.get("notBefore"), attrs.get("notAfter"), printed=printed, between=True)


def old_style_gap(year: int) -> int:
    """Days between the Julian and the Gregorian calendar (from 1 March of a century's year)."""
    return year // 100 - year // 400 - 2


def unit_facts(
    unit: Unit, text: str, qualify: Qualify, *, warn: Callable[[str], None]
) -> list[Fact]:
    """Give all facts of one unit.

    Args:
        unit: What its mark-up says.
        text: The text that the spans point into.
        qualify: Makes an id of a pointer.
        warn: Takes what an editor should know.
    """
    facts = _dates(unit, text, warn)
    facts += _places(unit, text, qualify)
    facts += _parties(unit, text, qualify)
    facts += _sources(unit, text)
    return facts


# Dates.


def _dates(unit: Unit, text: str, warn: Callable[[str], None]) -> list[Fact]:
    sent: list[tuple[Span, HistoricalDate]] = []
    facts: list[Fact] = []
    in_dateline = [span for span in unit.dates if within(span, "dateline")]
    for span in in_dateline or unit.dates[:1]:
        printed = text[span[1] : span[2]].replace("\n", " ")
        date = read_date(span[3], printed)
        if date is None:
            warn(f"date '{date_value(span[3])}' of '{printed}' is no possible date")
            continue
        _check_year(date, warn)
        before = max(_begin(span), span[1] - 40)
        if span[1] - before > 6 and received().search(text[before : span[1]]):
            facts.append(_fact("received", date, span))
        else:
            sent.append((span, date))
    if sent:
        facts.insert(0, _dual(sent, text) or _fact("date", sent[0][1], sent[0][0]))
    return facts


def _begin(span: Span) -> int:
    """Where the block begins in which an element stands."""
    around = span[4]
    while around is not None and around[5] is None and not around[0].level:
        around = around[4]
    return around[1] if around is not None and around[5] is None else 0


def _fact(field: str, date: HistoricalDate, span: Span) -> Fact:
    where = (span[1], span[2]) if span[1] < span[2] else None
    return Fact(field, date, "given", "tei:date", where)


def _check_year(date: HistoricalDate, warn: Callable[[str], None]) -> None:
    years = _YEAR.findall(date.printed)
    first, last = date.earliest, date.latest
    if years and not any((first or "")[:4] <= year <= (last or "9999")[:4] for year in years):
        warn(f"date {date.edtf} in the mark-up does not agree with '{date.printed}' in print")


def _dual(sent: list[tuple[Span, HistoricalDate]], text: str) -> Fact | None:
    """Read two dates side by side as Old and New Style where their distance proves it."""
    if len(sent) < 2:
        return None
    (one, old), (two, new) = sent[0], sent[1]
    if old.day is None or new.day is None or two[1] - one[2] > 6 or old.year is None:
        return None
    apart = dt.date.fromisoformat(new.day) - dt.date.fromisoformat(old.day)
    if apart.days != old_style_gap(old.year):
        return None
    printed = text[one[1] : two[2]].replace("\n", " ")
    date = HistoricalDate(
        edtf=new.edtf,
        earliest=new.earliest,
        latest=new.latest,
        time=new.time or old.time,
        calendar="dual",
        printed=printed,
    )
    return Fact("date", date, "given", "tei:date/dual", (one[1], two[2]))


# Places.


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink a span to its words, without punctuation around them."""
    while start < end and text[start] in _PUNCTUATION:
        start += 1
    while start < end and text[end - 1] in _PUNCTUATION:
        end -= 1
    last = text[start:end].rpartition(" ")[2]
    if ("." in last or len(last) == 1) and text[end : end + 1] == ".":
        end += 1  # "Washington, D. C." keeps its last full stop.
    return start, end


def _places(unit: Unit, text: str, qualify: Qualify) -> list[Fact]:
    for span in unit.places:
        first, last = _town(text, span[1], span[2])
        if first < last:
            name = " ".join(text[first:last].split())
            place = Place(name, ref=qualify(span[3].get("ref", "")))
            return [Fact("place", place, "given", "tei:placeName", (first, last))]
    return []


def _town(text: str, start: int, end: int) -> tuple[int, int]:
    """Find the town in a tagged place that begins with the house or body that wrote.

    A house stands on the lines above the town, or before a comma: "Legation of the United States,
    Peking". Where nothing but a house is named, its whole name is the place.
    """
    if text.find(",", start, end - 1) < 0 and text.find("\n", start, end) < 0:
        return trim(text, start, end)
    lines, at = [], end
    while at > start:
        begin = max(text.rfind("\n", start, at) + 1, start)
        lines.append((begin, at))
        at = begin - 1
    for begin, stop in lines:
        first = begin
        for house in body().finditer(text, begin, stop):
            comma = text.find(",", house.end(), stop)
            first = comma + 1 if comma >= 0 else stop
        first, last = trim(text, first, stop)
        if any(c.isalpha() for c in text[first:last]):
            return first, last
    return trim(text, start, end)


# Parties.


def _parties(unit: Unit, text: str, qualify: Qualify) -> list[Fact]:
    heads = [span for span in unit.parties if within(span, "head")]
    facts: list[Fact] = []
    for kind, field in (("from", "sender"), ("to", "recipient")):
        tagged = [span for span in heads if span[3]["type"] == kind]
        if not tagged:
            tagged = [s for s in unit.parties if s[3]["type"] == kind and s not in heads]
        for span in tagged:
            start, end = span[1], span[2]
            while start < end and text[start] in _PUNCTUATION + "([":
                start += 1
            while start < end and text[end - 1] in " \n\t,;:)]":
                end -= 1
            if start < end:
                party = _party(span, text, start, end, unit, qualify)
                facts.append(Fact(field, party, "given", f"tei:{span[0].name}", (start, end)))
    return facts


def _party(span: Span, text: str, start: int, end: int, unit: Unit, qualify: Qualify) -> Party:
    printed = " ".join(text[start:end].split())
    if span[0].name == "gloss":
        return Party(office=printed)
    attrs = span[3]
    person = qualify(attrs.get("corresp") or attrs.get("ref") or attrs.get("key") or "")
    return Party(name=printed, office=_office(span, text, unit), person=person)


def _office(span: Span, text: str, unit: Unit) -> str:
    """Give the office printed around a name of the heading: before "(Francis)", or after it."""
    head = next((h for h in unit.heads if h[1] <= span[1] and span[2] <= h[2]), None)
    if head is None:
        return ""
    before = text[head[1] : span[1]].rstrip()
    if before.endswith("("):
        ends = [p[2] - head[1] for p in unit.parties if head[1] <= p[1] and p[2] <= span[1]]
        office = before[max(ends, default=0) : -1].lstrip(" )].")
        office = joints().sub("", office, count=1)
        later = list(party_joint().finditer(office))
        if later and span[3].get("type") == "to":
            office = office[later[-1].end() :]
            office = joints().sub("", office, count=1)
        return " ".join(office.split()).strip(" ,;:")
    after = text[span[2] : head[2]]
    match = re.match(r"[\s,]*\((?P<office>[^()\d]{4,90})\)", after)
    if match and office_link().search(match["office"]):
        return " ".join(match["office"].split())
    return ""


# Source notes.


def _sources(unit: Unit, text: str) -> list[Fact]:
    facts: list[Fact] = []
    for span in unit.sources:
        printed = text[span[1] : span[2]]
        number = archive_number(printed)
        note = " ".join(printed.split())
        if number is None:
            # An inline note ("[Telegram]") may say anything; one between blocks what its type says.
            if "rend" not in span[3] and span[3].get("type", "").casefold() in _source_types():
                facts.append(
                    Fact("source_note", note, "given", "tei:note/source", (span[1], span[2]))
                )
                break
            continue
        value, first, last = number
        where = (span[1] + first, span[1] + last)
        facts.append(Fact("file_number", value, "given", "tei:note/source", where))
        facts.append(Fact("source_note", note, "given", "tei:note/source", (span[1], span[2])))
        break
    return facts


def _source_types() -> tuple[str, ...]:
    return words("notes", "source")


def first_of(facts: Iterable[Fact], field: str) -> Fact | None:
    """Give the first fact of a field, or None."""
    return next((fact for fact in facts if fact.field == field), None)
