"""The lines before a body: numbers, heading, [Telegram], dateline, received, salutation.

What comes in is a text; what goes out are the lines of its head, each with what it is, and where
the body begins.
"""

import re
from functools import lru_cache

from regesta.describing.dates.found import Found
from regesta.describing.dates.grammar import find_dates
from regesta.describing.forms import form_end
from regesta.describing.frame.columns import column_kind, second_column
from regesta.describing.frame.labels import Labelled, may_be_label
from regesta.describing.frame.lines import (
    ENDS_SENTENCE,
    LONGEST_DATELINE,
    LONGEST_FORM,
    LONGEST_HEADING,
    WORD,
    Line,
    LineKind,
    connection,
    has_worded_year,
    is_dateline,
    phrase,
    receipt_within,
    small_words,
)
from regesta.describing.frame.shapes import (
    CLOCKED,
    NUMBERED,
    is_heading_like,
    is_of_heading,
    is_titled,
    joins_parties,
    office_below,
    salutation,
)
from regesta.describing.frame.short import (
    Look,
    Standing,
    look_beyond,
    look_of,
    salutes,
    without_figures,
)
from regesta.describing.places.gazetteer import locate
from regesta.describing.words import DIGIT

#: Heads of editions have at most so many lines.
HEAD_LINES = 16
#: An address above the salutation has at most so many lines.
ADDRESS_LINES = 4
#: A shorter line that greets somebody may be a heading, or below it.
SHORTEST_OPENING = 40
#: The town below an addressee has less characters.
LONGEST_TOWN = 30
#: A heading that names no parties is a title, not a sentence.
LONGEST_TITLE = 260
#: Before and behind the date of a line that goes on with the parties: "XII. Wien, 3. Mai 1815. ".
_BEFORE_FIRST = re.compile(
    r"(?P<number>(?:(?:\d{1,4}|[IVXLC]+)\.\s+)?)"
    r"(?:[A-ZÀ-Þ][\w’'-]+(?: [\w’'-]+){0,2},? (?:le |den |am )?)?"
)
_BEHIND_FIRST = re.compile(
    r"(?P<place>(?:, [A-ZÀ-Þ][\w’'-]+(?: [\w’'-]+){0,2})?)\.\s*(?:[—–-]\s*)?(?=[A-ZÀ-Þ])"
)


#: The kinds of lines by what they look like, which of them have dates, and which are sure before
#: it is asked whether the line names the town of an addressee.
_KINDS: dict[Look, LineKind] = {
    "page": "other",
    "received": "received",
    "number": "number",
    "form": "bracket",
    "addressee": "addressee",
    "file number": "file number",
    "file with figures": "file number",
    "registry": "file number",
    "about": "other",
    "greeting": "salutation",
    "greeting with more": "salutation",
}
_DATED: frozenset[Look] = frozenset(("received", "form"))
_SURE: frozenset[Look] = frozenset(
    ("page", "received", "handed in", "bracket", "number", "form", "addressee")
)


class Head:
    """Reads the head line by line; ``start``, ``end``, ``words`` and ``dates`` are of its line."""

    def __init__(self, text: str, given: dict[int, LineKind]) -> None:
        self.text = text
        self.given = given
        self.labelled = Labelled(text)
        self.lines: list[Line] = []
        self.dated = False
        self.headed = False
        self.start = self.end = 0
        self.words = ""
        self.figures = False
        self._dates: list[Found] | None = []
        self._asked = ""
        self._answer = False

    def read(self) -> int:
        """Read the lines of the head; give where the body begins."""
        text, start, size = self.text, 0, len(self.text)
        room = HEAD_LINES
        while start < size and room:
            end = text.find("\n", start)
            end = size if end < 0 else end
            a, b = start, end
            while a < b and text[a] in " \t\r\ufeff":
                a += 1
            while b > a and text[b - 1] in " \t\r":
                b -= 1
            labelled: list[Line] = []
            if a < b and (self.labelled.role is not None or may_be_label(text, a, b)):
                labelled = self._labelled_lines(a, b)
                self.lines += labelled
            room -= not labelled
            if a < b and not labelled:
                line = self._line(a, b) or self._address()
                if line is None:
                    return a
                self.lines += (line.dates and self._parted(line)) or (line,)
                if line.kind == "salutation":
                    return a
            start = end + 1
        return min(start, size)

    def _labelled_lines(self, a: int, b: int) -> list[Line]:
        """What the labels of a line say: "Date: …", "Betreff: …"; those of a heading are words."""
        if b - a > LONGEST_HEADING or (self.given and self.given.get(a) == "heading"):
            return []
        found = self.labelled.read(a, b, self.lines[-1] if self.lines else None)
        self.dated |= any(line.dates for line in found)
        self.headed |= any(line.kind == "subject" for line in found)
        return found

    def _parted(self, line: Line) -> list[Line] | None:
        """A dateline and a heading on one line: "Wien, 12. Juni 1815. Kell an Holm"."""
        if line.kind not in ("heading", "dateline"):
            return None
        first = next((d for d in line.dates if d.day and d.month), None)
        if first is None:
            return None
        before = _BEFORE_FIRST.match(self.text, line.start, first.start)
        if not before or before.end() != first.start:
            return None
        behind = _BEHIND_FIRST.match(self.text, first.end, line.end)
        if not behind or any(x.kind == "dateline" for x in self.lines):
            return None
        if not connection().search(self.text, behind.end(), line.end):
            return None
        self.dated = self.headed = True
        rest = [d for d in line.dates if d.start >= behind.end()]
        return [
            Line("dateline", before.end("number"), behind.end("place"), [first]),
            Line("heading", behind.end(), line.end, rest),
        ]

    def _line(self, a: int, b: int) -> Line | None:
        """What a line is, or None where the body begins."""
        self.start, self.end, self._dates = a, b, []
        text, length = self.text, b - a
        if length > LONGEST_HEADING:
            self.words = ""
            return Line("salutation", a, b) if salutation().match(text, a, b) else None
        self.words = words = text[a:b]
        kind = self.given.get(a) if self.given else None
        if kind is None and length > LONGEST_DATELINE and words[0] not in "[(":
            return self._as("salutation") if salutes(self.words) else self._long()
        self.figures = DIGIT.search(words) is not None
        printed = self.figures or has_worded_year(words)
        if kind is None and not printed and not self.dated and length <= LONGEST_DATELINE:
            return self._plain()
        if kind is None and length > SHORTEST_OPENING and salutes(self.words):
            return Line("salutation", a, b)
        if printed:
            self._dates = None
        if kind is not None:
            return self._given(kind)
        return self._small() or self._dateline() or self._title()

    @property
    def dates(self) -> list[Found]:
        """The dates of the line; nobody asks for those of a number or of a body."""
        if self._dates is None:
            text, a, b = self.text, self.start, self.end
            self._dates = find_dates(text, a, b)
            if len(self._dates) > 1 and self._dates[0].shape == "Y":
                # "T. 1245/234. Roma, 2 ottobre 1935": the number is no year.
                self._dates = find_dates(text, form_end(text, a, b), b)
        return self._dates

    def _plain(self) -> Line | None:
        """A line above the dateline in which no date can be: its words alone say what it is."""
        kind = _kind_of_plain(self.words, headed=self.headed, first=not self.lines)
        self.headed |= kind == "heading"
        return self._bare(kind) if kind is not None else None

    def judge_plain(self) -> LineKind | None:
        """What such a line is, without regard to where it stands."""
        self.end, self.words = len(self.text), self.text
        if self.end > SHORTEST_OPENING and salutes(self.words):
            return "salutation"
        found = self._small() or self._title()
        return found.kind if found is not None else None

    def _given(self, kind: LineKind) -> Line:
        """A line that mark-up calls heading or dateline, and which may be something smaller."""
        small = self._small()
        if small is not None and small.kind != "salutation":
            return small
        self.dated |= kind == "dateline" and bool(self.dates)
        self.headed |= kind == "heading"
        return self._as(kind)

    def _as(self, kind: LineKind) -> Line:
        return Line(kind, self.start, self.end, self.dates)

    def _bare(self, kind: LineKind) -> Line:
        """The line without its dates, which nobody asks for."""
        return Line(kind, self.start, self.end)

    def _long(self) -> Line | None:
        """A line too long for anything but a heading: its dates are looked for only there."""
        found = self._title()
        if found is not None and DIGIT.search(self.words):
            found.dates = find_dates(self.text, self.start, self.end)
        return found

    def _small(self) -> Line | None:
        """Numbers, file numbers, brackets, receipt, salutation."""
        standing: Standing = "below" if self.dated else "above" if self.lines else "first"
        words = without_figures(self.words) if self.figures else self.words
        look = look_of(words, standing)
        if self.lines and self.lines[-1].kind == "addressee" and self._names_town(look):
            return self._bare("other")  # "An das Auswärtige Amt", and below it "Berlin"
        if look == "file with figures" and any(d.shape != "Y" for d in self.dates):
            look = look_beyond(words, standing)
        if look == "handed in":
            return self._handed_in()
        if look == "bracket":
            return self._bracket()
        if look == "clocked":
            return self._clocked()
        if look == "columns":
            return self._columns(second_column(words))
        if look == "greeting with more" and self.dates:
            return None
        kind = _KINDS.get(look)
        if kind is None:
            return None
        return self._as(kind) if look in _DATED else self._bare(kind)

    def _names_town(self, look: Look) -> bool:
        """Whether a line below an addressee says in which town it is to be read."""
        short = self.end - self.start < LONGEST_TOWN
        return short and look not in _SURE and locate(self.words) is not None

    def _handed_in(self) -> Line:
        """ "Aufg. 8 Uhr 30 p.m. Eingetr. 4./11. 7 Uhr a.m.": what follows is the receipt."""
        arrived = receipt_within().search(self.words)
        if arrived is None:
            return self._as("other")
        at = self.start + arrived.end()
        before = [d for d in self.dates if d.start < at]
        self.lines.append(Line("other", self.start, at - 1, before))
        return Line("received", at, self.end, find_dates(self.text, at, self.end))

    def _bracket(self) -> Line:
        """A line in brackets: a dateline, or anything else."""
        dates = self.dates
        if dates and dates[0].shape != "Y" and is_dateline(self.text, self.start, self.end, dates):
            words = WORD.findall(self.text[self.start : dates[0].start])
            lower = sum(w[0].islower() and w not in small_words() for w in words)
            if lower <= 1 and not is_titled(self.text[self.start : dates[0].start]):
                self.dated = True
                return self._as("dateline")
        return self._as("bracket")

    def _columns(self, at: int) -> Line | None:
        """ "No. 12.] Department of State": the number, and what stands beside it."""
        a, b, words = self.start, self.end, self.words
        first = column_kind(words[:at].rstrip())
        beside = self._line(a + at, b) if first else None
        if first and beside:
            self.lines.append(Line(first, a, a + len(words[:at].rstrip())))
        self.start, self.end, self.words = a, b, words
        return beside

    def _clocked(self) -> Line:
        """The time of a British telegram: "R. 6 P.M." is its receipt."""
        found = CLOCKED.match(self.words)
        at = found.start("what") if found else 0
        kind: LineKind = "received" if self.words[at] == "R" else "other"
        return Line(kind, self.start + at, self.end, self.dates)

    def _address(self) -> Line | None:
        """A line between dateline and salutation names the addressee."""
        text, a, b = self.text, self.start, self.end
        if not self.dated or b - a > LONGEST_FORM or ENDS_SENTENCE.search(text, a, b):
            return None
        if self.figures or text[b - 1] in ":;?!":
            return None
        start = b + 1
        for _ in range(ADDRESS_LINES):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if salutation().match(text, start, end):
                return Line("addressee", a, b)
            if end - start > LONGEST_FORM:
                return None
            start = end + 1
        return None

    def _dateline(self) -> Line | None:
        """Place and date."""
        if self.dated:
            return None
        a, dates = self.start, self.dates
        if not dates or not is_dateline(self.text, a, self.end, dates):
            return None
        if is_of_heading(self.words[: dates[0].start - a]):
            return None
        # "Nr. 77 vom 6. April" dates the document, and its dateline may follow.
        self.dated = NUMBERED.match(self.words) is None
        self._join_building(a)
        return self._as("dateline")

    def _join_building(self, a: int) -> None:
        """The line above a dateline belongs to it where it names a building or ends in a comma."""
        last = self.lines[-1] if self.lines else None
        if last is None or last.kind != "heading" or last.end - last.start > 120:
            return
        words = self.text[last.start : last.end]
        if (words.endswith(",") or phrase("building").match(words)) and not self._connected(words):
            last.kind = "dateline"
            if len(self.lines) > 1 and self.lines[-2].kind == "heading" and words[0].islower():
                self._join_building(a)

    def _title(self) -> Line | None:
        """A heading: two parties, or a title that is no sentence."""
        words, length = self.words, self.end - self.start
        if self.dated:
            below = self._goes_below() or (self.labelled.any and self._is_title_below())
            return self._as("heading") if below else None
        if length > LONGEST_FORM and phrase("note").match(words):
            return None
        parties = words[0] not in '“"' and self._connected(words) and is_heading_like(words)
        if not parties and (
            length > LONGEST_TITLE
            or (self.headed and length > 100 and words[-1] in ".;:!?")
            or ENDS_SENTENCE.search(words)
        ):
            return None
        self.headed = True
        return self._as("heading")

    def _is_title_below(self) -> bool:
        """ "Date: May 3" above "MEMORANDUM OF CONVERSATION"."""
        words = self.words
        short = len(words) <= LONGEST_FORM and words[-1] not in ".:;?!"
        return short and is_titled(words) and is_heading_like(words)

    def _goes_below(self) -> bool:
        """ "Le Ministre de France en Perse" and "à M. Kell, Ministre …" below the dateline."""
        text, a, b = self.text, self.start, self.end
        above = self.lines[-1]
        if above.kind != "heading" and self._connects_below():
            return True
        if b - a > LONGEST_FORM:
            return False
        recipient = phrase("recipient_below")
        if above.kind == "heading" and above.end == a - 1:
            return recipient.match(text, a, b) is not None
        begins = office_below().match(text, a, b) is not None
        return begins and recipient.match(text, b + 1) is not None

    def _connects_below(self) -> bool:
        """ "Le ministre des Affaires étrangères au citoyen Kell, à Londres", below a dateline."""
        words = self.words
        if len(words) > LONGEST_DATELINE or words[-1] in ":;?!" or not self._connected(words):
            return False
        headings = [x for x in self.lines if x.kind == "heading"]
        joined = any(connection().search(self.text, x.start, x.end) for x in headings)
        return not joined and is_heading_like(words) and joins_parties(words)

    def _connected(self, words: str) -> bool:
        """Whether a line connects two parties; a line is asked up to three times in a row."""
        if words is not self._asked:
            self._asked, self._answer = words, connection().search(words) is not None
        return self._answer


@lru_cache(maxsize=16_384)
def _kind_of_plain(words: str, *, headed: bool, first: bool) -> LineKind | None:
    """What a line without figures is above a dateline: two of three stand in other heads too."""
    head = Head(words, {})
    head.headed = headed
    head.lines = [] if first else [Line("other", 0, 0)]
    return head.judge_plain()
