"""A document into its numbers: its own ("No. 17.]", "D. n° 513", "328. …") and that of the file.

The archive's shelfmark, printed above or below the text, is its source note.
"""

import re

from regesta.describing.base import Context
from regesta.describing.citations import find_citation
from regesta.describing.dates.tokens import month_numbers
from regesta.describing.forms import form_end, is_form
from regesta.describing.frame.document import frame_of
from regesta.describing.frame.lines import Frame, Line, kind_nouns
from regesta.describing.kinds import SENT, kind_of_title
from regesta.describing.running import ABOVE
from regesta.describing.words import DIGIT
from regesta.documents import Document, Fact

_NUMBER = re.compile(
    r"\d{1,6}(?:[/–-]\d+)*"
    r"(?:(?:/[A-Z]{1,4}(?:\.\d+)?)+(?!\w)|[ ]?(?:bis|ter)|[A-Za-z](?!\w)|[ ][A-Za-z](?![\w.]))?"
)
_MONTH_AND_YEAR = re.compile(r"([^\W\d_]+)\.?,? \d{4}(?!\d)")
_OPENING = re.compile(r"[“\"\[]?(\d{1,6})[.\])]\]?\s+(?=[“\"\[(]?[A-ZÀ-ÞА-Я])")
_LABEL = re.compile(r"^(?:File (?:copy )?No(?:s)?\.?\s*|Lot File:?\s*)", re.I)
_LABELLED = re.compile(r"[\[(“\"]?\s*(?:N|№)", re.I)
#: "No.", "Nr.", "n°", "№" before a number, or the two numbers of an Italian telegram.
_SIGN = re.compile(
    r"(?<!\w)(?:n(?:os?|rs?|ros?)?\.º?|n[°º]s?|nos|№)\s?(?=\d)|(?<=\s)(?=\d+/\d)", re.I
)
#: The registry's number beside the form: "[C 4512/54/18]".
_REGISTERED = re.compile(r"\[([A-Z] ?\d+(?:/\d+){1,3})\]")
#: The same behind other words: "Confidential [WSG 2/304/1]".
_IN_BRACKETS = re.compile(r"^[^\[\]]+ \[([^\[\]]*\d)\]$")
#: The number of "Telegramm 134", "T. 456", "T. n° 87".
_KIND_NUMBERED = re.compile(r"(?P<kind>[^\W\d_]+) (?:N[or]\.|n[°º]|№) ?(?P<number>\d)")
_ENDS_NUMBERED = re.compile(r"\s(?:N[or]\.|n[°º]|№) ?(?P<number>\d+)\.?$")
_BEHIND_DATE = re.compile(r",? (?:N[or]\.|n[°º]|№) ?(?=\d+[.,]?$)")
_NUMBERED = re.compile(r"(?<=[\w.°º№] )\d|(?<=[°º№])\d|(?<=[^\W\d_]\.)\d")


def describe_numbers(document: Document, context: Context) -> list[Fact]:
    """Give the document's number, file number and source note, each at most once."""
    given = {f.field for f in document.facts}
    frame = frame_of(document)
    facts = []
    if "number" not in given:
        fact = _number(frame)
        facts += [fact] if fact else []
    if "file_number" not in given:
        fact = _file_number(frame)
        facts += [fact] if fact else []
    lines = [(line.start, line.end) for line in frame.head]
    if "source_note" not in given and (span := find_citation(frame.text, lines)):
        note = frame.text[slice(*span)]
        facts.append(Fact("source_note", note, "derived", "shelfmark", span, 0.9))
    return facts


def _number(frame: Frame) -> Fact | None:
    """The number after the heading is the writer's; one above it is often the edition's."""
    if not frame.head:
        return None
    heading, labelled, beside = -1, [], None
    for line in frame.head:
        if line.kind == "heading" and heading < 0:
            heading = line.start
        elif line.kind == "number" and _LABELLED.match(frame.text, line.start, line.end):
            labelled.append(line)
        elif line.kind in ("bracket", "dateline"):
            beside = beside or _beside(frame, line)
        if line.kind == "heading" and (found := _number_at_end(frame.words(line))):
            sent = kind_of_title(frame.words(line)) in SENT
            at = line.start + found.start("number")
            beside = beside or (_fact(frame, at, line, "heading", 0.9) if sent else None)
    below = next((line for line in labelled if line.start > heading), None)
    if below is not None:
        return _fact(frame, below.start, below, "number line", 0.95)
    above = next((line for line in labelled if "]" in frame.words(line)), None)
    above = above or (labelled[0] if labelled and beside is None else None)
    if above is not None:
        return _fact(frame, above.start, above, ABOVE, 0.7)
    if beside is not None:
        return beside
    opening = _OPENING.match(frame.text, frame.body_start)
    if opening is not None and _begins_date(frame.text, opening.end()):
        return None  # "4. September 1939": an entry of a journal
    if opening is not None and opening[1] == "1" and ("\n2. " in frame.text or frame.of("subject")):
        return None  # the first of the paragraphs
    if opening is not None and (heading >= 0 or frame.of("dateline")):
        return Fact("number", opening[1], "derived", "opening", opening.span(1), 0.95)
    return None


def _begins_date(text: str, at: int) -> bool:
    """Whether a month and a year follow a number: "May I ask" is no month."""
    found = _MONTH_AND_YEAR.match(text, at)
    return found is not None and found[1].lower() in month_numbers()


def _number_at_end(words: str) -> re.Match[str] | None:
    return _ENDS_NUMBERED.search(words) if words.rstrip(".\n")[-1:].isdecimal() else None


def _beside(frame: Frame, line: Line) -> Fact | None:
    """A number beside words for the form, or before the place of a dateline."""
    if line.kind == "bracket":
        words = frame.words(line)
        if not DIGIT.search(words) or _REGISTERED.fullmatch(words) or not is_form(words):
            return None
        sign = _SIGN.search(frame.text, line.start, line.end)
        sign = sign or _NUMBERED.search(frame.text, line.start, line.end)
        return _fact(frame, sign.start(), line, "form line", 0.95) if sign else None
    sign = _in_dateline(frame, line)
    return _fact(frame, sign.start(), line, "dateline", 0.95) if sign else None


def _in_dateline(frame: Frame, line: Line) -> re.Match[str] | None:
    """ "T. n° 87. Rome", "Wien, Bericht Nr. 14 vom 3. Mai 1831", "ddo. 2. Juli 1914, Nr. 311"."""
    before = line.dates[0].start if line.dates else line.end
    named = None
    if DIGIT.search(frame.text, line.start, before):
        end = form_end(frame.text, line.start, line.end)
        if sign := _NUMBERED.search(frame.text, line.start, end):
            return sign
        named = _KIND_NUMBERED.search(frame.text, line.start, before)
    if not line.dates:
        return None
    if named is not None:
        known = named["kind"].lower() in kind_nouns()
        return DIGIT.search(frame.text, named.start("number")) if known else None
    return _BEHIND_DATE.match(frame.text, line.dates[-1].end, line.end)


def _fact(frame: Frame, start: int, line: Line, rule: str, confidence: float) -> Fact | None:
    match = _NUMBER.search(frame.text, start, line.end)
    if match is None:
        return None
    return Fact("number", match[0], "derived", rule, match.span(), confidence)


def _file_number(frame: Frame) -> Fact | None:
    for line in frame.of("bracket"):
        match = _REGISTERED.search(frame.text, line.start, line.end)
        if match:
            return Fact("file_number", match[1], "derived", "form line", match.span(1), 0.9)
    for line in frame.of("file number"):
        words = frame.words(line)
        label = _LABEL.match(words)
        start = label.end() if label else 0
        end = words.find(": ", start)
        inside = _IN_BRACKETS.search(words)
        value = inside[1] if inside else words[start : end if end > 0 else len(words)].strip(" .[]")
        if value and any(c.isdecimal() for c in value):
            at = words.index(value, start) + line.start
            span = (at, at + len(value))
            return Fact("file_number", value, "derived", "file number line", span, 0.95)
    return None
