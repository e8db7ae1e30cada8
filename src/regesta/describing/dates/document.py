"""A document into its dates: when it was written, and when it arrived.

A missing year is never filled in, but for the year of receipt, which follows from the sending. A
document that says "undated", or whose date no calendar has, gets no date.
"""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec.structs import replace

from regesta.describing.base import Context
from regesta.describing.dates.clock import find_time
from regesta.describing.dates.found import Found
from regesta.describing.dates.grammar import find_dates
from regesta.describing.dates.signed import signing
from regesta.describing.frame.document import frame_of
from regesta.describing.frame.lines import (
    Frame,
    Line,
    connection,
    handed_in,
    receipt,
    tells_otherwise,
)
from regesta.describing.kinds import kind_of_title
from regesta.describing.words import caseless, pattern, small, vocabulary
from regesta.documents import Document, Fact, HistoricalDate, parse_edtf

#: Confidence by rule, set by judgement. On the volumes it was not written on, "dateline" was right
#: in 2,839 of 2,841 and "heading" in 24 of 25; the others are too rare there to be measured.
CONFIDENCE = {
    "dateline": 0.99,
    "foot dateline": 0.97,
    "closing": 0.95,
    "heading": 0.9,
    "signed": 0.95,
    "handed in": 0.9,
}
#: What is odd about a date (an offset, a weekday, damaged print) makes it as much less certain.
MARKED = 0.8
#: Days by which a telegram can arrive "before" it was sent, by the clocks of two places.
CLOCKS = 1
#: A receipt further off than this in days is no receipt of that sending.
LONGEST_WAY = 300

#: Kinds that are dated by the day of what they tell of; it stands in the first lines.
SESSIONS, HEADINGS = frozenset(("minutes", "memorandum of conversation")), 3

#: The words that say what a heading's day is the day of stand so many characters before it.
LONGEST_CLAUSE = 100

#: What stands in brackets behind the date of a heading: "(Ausfertigung)".
_REMARK = re.compile(r"\s*[(\[][^()\[\]\d]{2,40}[)\]]\s*$")

_WORDS = "date_words"
#: How a dateline ends that has a bracket behind its date.
_CLOSED = frozenset((")", "]", "))", "])", ")]"))
#: What parts an editor's summary from its date.
_PARTS = frozenset(",;:.([—–-")


@lru_cache(maxsize=1)
def _no_date() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says that there is no date, and the same without what must stand around it."""
    bare = caseless(pattern(_WORDS, "no_date").pattern)
    return re.compile(rf"\b{bare}(?=\W|$)"), re.compile(bare)


def _is_undated(words: str) -> bool:
    """Whether words say so; letters are found much quicker without the ends of words."""
    whole, bare = _no_date()
    words = small(words)
    return bare.search(words) is not None and whole.search(words) is not None


@lru_cache(maxsize=1)
def _done() -> re.Pattern[str]:
    return pattern(_WORDS, "done", r"\b{}\b")


@lru_cache(maxsize=1)
def _before_date() -> re.Pattern[str]:
    """What stands before the date of a heading: "year ended June 30, 1869" is not its date."""
    return pattern(_WORDS, "dates_heading", r"(?:[,;:.(\[—–-]|\b{})$", flags=re.I)


def describe_dates(document: Document, context: Context) -> list[Fact]:
    """Give the date of writing and the time of receipt, each at most once.

    A document whose source gives a date still gets its derived one: the two are compared later.
    """
    frame = frame_of(document)
    facts: list[Fact] = []
    sent = written(frame)
    if sent is not None:
        rule, found, text = sent
        span = (found.start, found.end) if text is frame.text else None
        value = found.value(text) or found.as_printed(text)
        if value.day and value.time is None:
            value = replace(value, time=_labelled_time(frame) or _handed_in(frame, found))
        confidence = CONFIDENCE[rule] * (MARKED if found.marks else 1)
        facts.append(Fact("date", value, "derived", rule, span, confidence))
        frame.year = _year(value)
    given = document.first("date")
    day = given.value if given and isinstance(given.value, HistoricalDate) else None
    if day is None and facts and isinstance(facts[0].value, HistoricalDate):
        day = facts[0].value
    frame.year = _year(day) if day else frame.year
    arrival = received(frame, day.day if day else None)
    return [*facts, arrival] if arrival else facts


def _year(date: HistoricalDate) -> int:
    return int(date.earliest[:4]) if date.earliest and date.earliest[0].isdecimal() else 0


@lru_cache(maxsize=1)
def _received_behind() -> re.Pattern[str]:
    """Behind the parties of a heading: ".—(Received July 3.)"."""
    form = r"[(\[—–]\s*[\[(“\"]?\s*{}(?!\w)"
    return pattern("letter_words", "received", form, flags=re.I)


def _labelled_time(frame: Frame) -> str | None:
    """The hour of a line "Time: 5 p.m."."""
    for line in frame.of("time"):
        found = find_time(frame.text, line.start, line.end)
        return found[0] if found else None
    return None


def _handed_in(frame: Frame, sent: Found) -> str | None:
    """The hour of a line "Aufgabe 3. August, 12 Uhr 5" below the dateline of that day."""
    for line in frame.of("other"):
        if handed_in().match(frame.text, line.start, line.end):
            for found in line.dates:
                if (found.month, found.day) == (sent.month, sent.day):
                    return found.time
    return None


def written(frame: Frame) -> tuple[str, Found, str] | None:
    """The rule, the date and the text it stands in, or None where the document has no date."""
    signed = signing(frame)
    if signed is not None:
        return "signed", signed.found, signed.text
    regest = _regest(frame)
    if regest is not None:
        return regest
    for line in frame.of("dateline"):
        found = _first(line.dates) or _by_receipt(line.dates)
        if _is_undated(frame.words(line)) and not _supplied(frame.text, found):
            return None
        if found:
            return ("dateline", found, frame.text) if found.edtf or found.marks else None
    if any(_is_undated(frame.words(x)) for x in frame.head if x.kind in ("bracket", "received")):
        return None
    if _is_list(frame):
        return None
    for line in reversed(frame.of("dateline", foot=True)):
        found = _first(line.dates)
        if found:
            return ("foot dateline", found, frame.text) if found.edtf or found.marks else None
    return _closing(frame) or _heading(frame) or _session(frame) or _dispatched(frame)


def _supplied(text: str, found: Found | None) -> bool:
    """Whether an editor dated an undated paper: "n.d., circa May 3", "[July 1878]"."""
    if found is None:
        return False
    return (
        found.edtf[-1:] in ("~", "%", "]") or text[found.start - 1 : found.start + 1].find("[") >= 0
    )


def _first(dates: Iterable[Found]) -> Found | None:
    """The first date of a line that is not of receipt; a day without year is none."""
    return next((d for d in dates if not d.received and d.year is not None), None)


def _by_receipt(dates: list[Found]) -> Found | None:
    """A day without year beside a receipt with one: the latest such day before the receipt."""
    sent = next((d for d in dates if not d.received and d.day and d.month), None)
    arrival = next((d for d in dates if d.received and d.year and d.day and d.edtf), None)
    if sent is None or arrival is None:
        return None
    end = dt.date.fromisoformat(arrival.edtf[:10])
    for year in (end.year, end.year - 1):
        try:
            day = dt.date(year, sent.month, sent.day)
        except ValueError:
            continue
        if -CLOCKS <= (end - day).days <= LONGEST_WAY:
            return replace(sent, year=year, edtf=day.isoformat())
    return None


def _closing(frame: Frame) -> tuple[str, Found, str] | None:
    """Read "Done at Washington this 12th day of May, 1901"."""
    for line in reversed(frame.foot):
        words = frame.words(line)
        mark = _done().search(words)
        dates = [d for d in line.dates if mark and d.start - line.start > mark.start()]
        if dates and tells_otherwise(words[: dates[0].start - line.start]):
            continue  # "Done …; ratifications exchanged at Kell, May 3, 1881"
        found = _first(dates)
        if found and found.edtf and found.day:
            return "closing", found, frame.text
    return None


def _dispatched(frame: Frame) -> tuple[str, Found, str] | None:
    """The day of a line "Aufgabe: 9. Februar 1965, 20.45 Uhr" where no dateline is printed."""
    for line in frame.of("other"):
        if handed_in().match(frame.text, line.start, line.end):
            found = _first(line.dates)
            if found and found.edtf and found.day:
                return "handed in", found, frame.text
    return None


def _regest(frame: Frame) -> tuple[str, Found, str] | None:
    """A heading of the form "X to Y, Place, Date" is an editor's summary: it dates the letter."""
    found = _heading(frame)
    if found is None:
        return None
    _, date, text = found
    before = text[text.rfind("\n", 0, date.start) + 1 : date.start]
    # "To the Ratification of the Treaty of March 2" is dated by its dateline, not by the treaty.
    parted = before.rstrip()[-1:] in _PARTS
    return found if parted and date.day and connection().search(before) else None


def _is_list(frame: Frame) -> bool:
    """Several headings with parties and a day each are the entries of a list."""
    dated = [x for x in frame.of("heading") if any(d.day for d in x.dates)]
    return len(dated) > 1 and all(connection().search(frame.words(x)) for x in dated)


def _heading(frame: Frame) -> tuple[str, Found, str] | None:
    """The date that ends a heading, or a heading outside the text."""
    if _is_list(frame):
        return None
    for line in frame.of("heading"):
        found = _last_day(line.dates, line.end, frame.text)
        if found:
            return "heading", found, frame.text
    if frame.heading:
        size = len(frame.heading)
        found = _last_day(find_dates(frame.heading, 0, size), size, frame.heading)
        if found:
            return "heading", found, frame.heading
    return None


def _session(frame: Frame) -> tuple[str, Found, str] | None:
    """The one day in the headings of minutes: "Procès-verbal / de l'entretien du 3 mai entre …"."""
    lines = frame.of("heading")[:HEADINGS]
    if not any(kind_of_title(frame.words(line)) in SESSIONS for line in lines):
        return None
    days = [d for line in lines for d in line.dates if d.edtf and d.day]
    if len(days) != 1:
        return None
    before = _weekday().sub("", frame.text[: days[0].start].rstrip()[-24:])
    if not _before_date().search(before[-12:]):
        return None
    return "heading", days[0], frame.text


@lru_cache(maxsize=1)
def _of_another() -> re.Pattern[str]:
    """ "Protocol amending the Convention of May 3, 1890" has another's day."""
    return pattern(_WORDS, "of_another", r"\b{}(?!\w)", flags=re.I)


@lru_cache(maxsize=1)
def _to_another() -> re.Pattern[str]:
    """ "Answer to the note of May 3" has the note's day; "Answer to the note, May 5" its own."""
    return pattern(_WORDS, "to_another", r"\b{}(?!\w)", flags=re.I)


@lru_cache(maxsize=1)
def _weekday() -> re.Pattern[str]:
    """ "Séance du lundi 8 décembre": the day of the week stands between."""
    days = "|".join(day for names in vocabulary(_WORDS)["weekdays"] for day in names)
    return re.compile(rf"\s(?:{days}),?$", re.I)


def _last_day(dates: list[Found], end: int, text: str) -> Found | None:
    found = [d for d in dates if d.edtf and d.shape != "Y"]
    if not found:
        return None
    last, before = found[-1], text[max(0, found[-1].start - 12) : found[-1].start].rstrip()
    begin = max(text.rfind("\n", 0, last.start) + 1, last.start - LONGEST_CLAUSE)
    clause = text[begin : last.start]
    clause = clause[max(map(clause.rfind, (";", ". "))) + 1 :]
    if tells_otherwise(clause) or _of_another().search(clause):
        return None
    if before[-1:] not in _PARTS and _to_another().search(clause):
        return None
    ends = not _REMARK.sub("", text[last.end : end]).strip(" .,;:)]")
    return last if ends and (not before or _before_date().search(before)) else None


def received(frame: Frame, sent: str | None) -> Fact | None:
    """The time of receipt; its year is printed, or follows from the day of sending."""
    for line in (*frame.head, *frame.foot):
        if line.kind == "heading":
            if not line.dates or not _received_behind().search(frame.words(line)):
                continue
        elif line.kind not in ("dateline", "received", "bracket"):
            continue
        for found in line.dates:
            if found.received or line.kind == "received":
                dated = _with_year(found, sent)
                value = dated.value(frame.text) if dated else None
                if value is None:
                    return None
                span = (found.start, found.end)
                rule = "received" if found.year is not None else "received-year-of-sending"
                return Fact("received", value, "derived", rule, span, 0.97)
        if line.kind == "received" and sent:
            return _time_only(frame, line, sent)
        if (
            line.kind == "dateline"
            and sent
            and frame.text[line.end - 2 : line.end].strip(".") in _CLOSED
        ):
            arrived = _behind_dateline(frame, line)
            if arrived is not None:
                return _time_only(frame, arrived, sent)
    return None


def _behind_dateline(frame: Frame, line: Line) -> Line | None:
    """The hour of receipt in brackets behind a dateline: "… ore 20,15 (per. ore 23,40)."."""
    at = max(
        frame.text.rfind("(", line.start, line.end), frame.text.rfind("[", line.start, line.end)
    )
    if at < 0 or not line.dates or at < line.dates[-1].start:
        return None
    arrived = receipt().match(frame.text, at, line.end) is not None
    return Line("received", at, line.end) if arrived else None


def _with_year(found: Found, sent: str | None) -> Found | None:
    """A receipt with its year, or None where it is not known or cannot be."""
    if found.year is not None:
        return found if found.edtf and _plausible(found.edtf, sent) else None
    if sent is None or not found.day:
        return None
    start = dt.date.fromisoformat(sent)
    if not found.month:
        return _day_alone(found, start)
    for year in (start.year, start.year + 1):
        try:
            day = dt.date(year, found.month, found.day)
        except ValueError:
            continue
        if -CLOCKS <= (day - start).days <= LONGEST_WAY:
            return replace(found, year=year, edtf=day.isoformat())
    return None


def _day_alone(found: Found, sent: dt.date) -> Found | None:
    """Read "reçu le 26": the first such day from the sending on."""
    day = sent
    while day.day != found.day:
        day += dt.timedelta(days=1)
    return replace(found, year=day.year, month=day.month, edtf=day.isoformat())


def _plausible(edtf: str, sent: str | None) -> bool:
    date = parse_edtf(edtf)
    return date is not None and (sent is None or (date.latest or "9999") >= sent[:7])


def _time_only(frame: Frame, line: Line, sent: str) -> Fact | None:
    """Read "[Received 2.10 p.m.]": it says no day because it is the day of sending."""
    words = frame.words(line)
    mark = re.search(r"\d", words)
    start = line.start + mark.start() if mark else line.start
    found = find_time(frame.text, start, line.end) if mark else None
    if mark and found is None:  # "ore 23,40": the word for the hour stands before it
        start = line.start + words.rfind(" ", 0, max(0, mark.start() - 1)) + 1
        found = find_time(frame.text, start, line.end)
    if found is None or line.dates:
        return None
    value = HistoricalDate(sent, sent, sent, found[0], printed=frame.text[start : found[1]])
    return Fact("received", value, "derived", "received-day-of-sending", (start, found[1]), 0.9)
