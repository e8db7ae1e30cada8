"""The lines before a body: numbers, heading, [Telegram], dateline, received, salutation.

What comes in is a text; what goes out are the lines of its head, each with what it is, and where
the body begins.
"""

import re
from functools import lru_cache

from regesta.describing.dates.found import Found
from regesta.describing.dates.grammar import find_dates
from regesta.describing.forms import LONGEST_REGISTRY, form_end, is_form, is_registry
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
    handed_in,
    has_worded_year,
    is_dateline,
    phrase,
    receipt,
    receipt_within,
    small_words,
)
from regesta.describing.frame.shapes import (
    BRACKET,
    CLOCKED,
    LONGEST_PAGE,
    NUMBERED,
    is_file_number,
    is_heading_like,
    is_number,
    is_of_heading,
    is_page,
    is_titled,
    is_undated_file_number,
    joins_parties,
    office_below,
    salutation,
)
from regesta.describing.places.gazetteer import locate
from regesta.describing.words import DIGIT, word_set

#: Heads of editions have at most so many lines.
HEAD_LINES = 16
#: An address above the salutation has at most so many lines.
ADDRESS_LINES = 4
#: A shorter line that greets somebody may be a heading, or below it.
SHORTEST_OPENING = 40
#: A longer line that greets somebody has more than the greeting.
LONGEST_GREETING = 120
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
                self._add(line)
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

    def _add(self, line: Line) -> None:
        """Add a line; "Wien, 12. Juni 1815. Kell an Holm" is a dateline and a heading."""
        dated = line.dates and line.kind in ("heading", "dateline")
        self.lines += (dated and self._parted(line)) or [line]

    def _parted(self, line: Line) -> list[Line] | None:
        """The dateline and the heading that stand on one line, if they do."""
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
            return self._as("salutation") if self._salutes() else self._long()
        self.figures = DIGIT.search(words) is not None
        printed = self.figures or has_worded_year(words)
        if kind is None and not printed and not self.dated and length <= LONGEST_DATELINE:
            return self._plain()
        if kind is None and length > SHORTEST_OPENING and self._salutes():
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
        return self._as(kind) if kind is not None else None

    def judge_plain(self) -> LineKind | None:
        """What such a line is, without regard to where it stands."""
        self.end, self.words = len(self.text), self.text
        if self.end > SHORTEST_OPENING and self._salutes():
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

    def _as(self, kind: LineKind, *, dated: bool = True) -> Line:
        return Line(kind, self.start, self.end, self.dates if dated else [])

    def _long(self) -> Line | None:
        """A line too long for anything but a heading: its dates are looked for only there."""
        found = self._title()
        if found is not None and DIGIT.search(self.words):
            found.dates = find_dates(self.text, self.start, self.end)
        return found

    def _salutes(self) -> bool:
        """Tell whether a line opens a letter: "Mr. Wm. Smith to Lord Brown" does not."""
        found = salutation().match(self.words)
        if found is None:
            return False
        said = WORD.search(self.words, found.end())
        if said is not None and said[0] in word_set("party_words", "first_person"):
            return True  # "Monsieur, j’ai l’honneur …"
        return found[0].rstrip()[-1:] in (":", "—", "–", ";") or not self._connected(self.words)

    def _small(self) -> Line | None:
        """Numbers, file numbers, brackets, receipt, salutation."""
        words, length = self.words, self.end - self.start
        if length <= LONGEST_PAGE and is_page(words):
            return self._as("other", dated=False)
        short = length < LONGEST_DATELINE
        if short and words[-1] in "]).mMrhч0123456789" and receipt().match(words):
            return self._as("received")
        if short and self.figures and handed_in().match(words):
            return self._handed_in()
        if words[0] in "[(" and BRACKET.match(words):
            return self._bracket()
        if self.figures and is_number(words, first=not self.lines):
            return self._as("number", dated=False)
        if length <= LONGEST_FORM and is_form(words):
            return self._as("bracket")
        if self.dated and self._addresses():
            return self._as("addressee", dated=False)
        if self.lines and self.lines[-1].kind == "addressee" and length < 30 and locate(words):
            return self._as("other", dated=False)  # "An das Auswärtige Amt", and below it "Berlin"
        if self._is_file_number():
            return self._as("file number", dated=False)
        told = self._told_below() if self.dated else None
        return told or (self._greeting() if length <= LONGEST_GREETING else None)

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

    def _addresses(self) -> bool:
        """Tell whether a line below the dateline says to whom: "To all missions"."""
        words = self.words
        if len(words) > LONGEST_DATELINE or words[-1] in "?!;" or self.figures:
            return False
        return phrase("addressed").match(words) is not None and not ENDS_SENTENCE.search(words)

    def _is_file_number(self) -> bool:
        words = self.words
        if not self.dated and len(words) <= 120 and (self.figures or "iles" in words):
            shaped = is_file_number(words) and not self._connected(words)
            if shaped and (
                is_undated_file_number(words) or all(d.shape == "Y" for d in self.dates)
            ):
                return True
        registry = self.figures and self.lines and len(words) <= LONGEST_REGISTRY
        return bool(registry) and is_registry(words)

    def _told_below(self) -> Line | None:
        """What a report is about, and times of telegrams, both below a dateline."""
        words = self.words
        if len(words) < LONGEST_DATELINE and phrase("about").match(words):
            return self._as("other", dated=False)
        clocked = words[0] in "FDR[" and len(words) < LONGEST_FORM and CLOCKED.match(words)
        if not clocked:
            return None
        kind: LineKind = "received" if clocked["what"] == "R" else "other"
        return Line(kind, self.start + clocked.start("what"), self.end, self.dates)

    def _greeting(self) -> Line | None:
        found = salutation().match(self.words)
        if found is None or (found.end() < len(self.words) and self.dates):
            return None
        opens = found[0].rstrip()[-1:] in (":", "—", "–")
        salutes = opens or not self._connected(self.words)
        return self._as("salutation", dated=False) if salutes else None

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
