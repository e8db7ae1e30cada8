"""The lines before a body: numbers, heading, [Telegram], dateline, received, salutation.

What comes in is a text; what goes out are the lines of its head, each with what it is, and where
the body begins.
"""

import re
from functools import lru_cache

from regesta.describing.dates.found import Found
from regesta.describing.dates.grammar import find_dates
from regesta.describing.forms import LONGEST_REGISTRY, form_end, is_form, is_registry
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
    kind_nouns,
    lower_count,
    phrase,
    receipt,
    small_words,
)
from regesta.describing.openings import Openings
from regesta.describing.places.gazetteer import locate
from regesta.describing.words import DIGIT, pattern, vocabulary, word_set

#: Heads of editions have at most so many lines.
HEAD_LINES = 16
#: An address above the salutation has at most so many lines.
ADDRESS_LINES = 4
#: A longer line that greets somebody has more than the greeting.
LONGEST_GREETING = 120
#: A heading that names no parties is a title, not a sentence.
LONGEST_TITLE = 260
_NUMBER = re.compile(
    r"[\[(“\"]?\s*(?:(?:No|N[°ºo]|Nr|Num|№|Numero|Nro)s?\.?\s?\d{1,5}[\w/—–-]{0,8}|\d{1,4}[.\])])"
    r"(?:\s*,?\s*(?:bis|ter|[A-Za-z]))?[.:\]),]*(?=$|\s*$)"
)
_FILE = re.compile(
    r"(?:(?:Enclosure to )?File (?:copy )?No(?:s)?\.|Lot File|[A-Z]{1,4}-?\d* Files|"
    r"(?:[A-Z][\w.]+ ){0,6}[Ff]iles?\b|(?:[A-Z][\w.]+ ){1,5}\d+[\w./½¼¾–-]*\d|"
    r"\d{2,4}[A-Za-z]?\d*\.(?! [A-Z][a-z])[\w./½¼¾ –—-]*\d|\d{3,6}/\d+|\d{3}\.[A-Z]|"
    r"[A-Z](?:\. ?[A-Z]\.)? \d{3,6}(?:/\d+)?$|"
    r"(?:Pol|Zl|Ref|J\. ?Nr|Tgb\. ?-?Nr|Az)\. ?(?:[IVX]+ ?[a-g]? ?)?\d+)"
)
_FILE_WHOLE = re.compile(r"[^,;!?()]{3,110}$")
_BRACKET = re.compile(r"[\[(][^\[\]]{1,300}[\])][.:]?$")
#: British telegrams print registry and times below the dateline: "F.O. 123/4. R. 6 P.M.".
_CLOCKED = re.compile(
    r"^(?:(?:F\.O\.|\[)[^A-Za-z]*\s)?(?P<what>[DR])\. (?=\d|[A-Z][a-z]{2,8}\.? \d)[^;?!]{4,40}$"
)
_NUMBERED = re.compile(r"(?:N[ro]s?\.|n[°º]|№)\s?\d+ (?:vom|du|of|dated|от|del)\b")
_NUMBERED_KIND = re.compile(r"[^\W\d_]+ (?:N[or]\.|n[°º]|№) ?\d+ (?:vom|du|of|dated|от|del)\s*$")
_BARE_NUMBER = re.compile(r"\d{1,5}[a-z]?$")
#: The same where a place may follow the date: "Fort au Prince" addresses nobody.
_ADDRESSED = re.compile(
    r"\w[\w.)\]]* (?:to|an|к) (?:(?:the|den|dem|der|die|das|all|his|her|seine[nr]?) |[A-ZÀ-ÞА-Я])"
)
#: "[Untitled]" and a page's number are short lines.
LONGEST_PAGE = 14
#: Shorter nouns ("act", "note") end other words by chance.
SHORTEST_KIND = 6
_UNTITLED = re.compile(r"\[?untitled\]?\.?$", re.I)
#: Before and behind the date of a line that goes on with the parties: "XII. Wien, 3. Mai 1815. ".
_BEFORE_FIRST = re.compile(
    r"(?P<number>(?:(?:\d{1,4}|[IVXLC]+)\.\s+)?)"
    r"(?:[A-ZÀ-Þ][\w’'-]+(?: [\w’'-]+){0,2},? (?:le |den |am )?)?"
)
_BEHIND_FIRST = re.compile(
    r"(?P<place>(?:, [A-ZÀ-Þ][\w’'-]+(?: [\w’'-]+){0,2})?)\.\s*(?:[—–-]\s*)?(?=[A-ZÀ-Þ])"
)


@lru_cache(maxsize=1)
def _salutation() -> Openings:
    opened = '“"‘(['
    form = rf"[{re.escape(opened)}]?{{}}(?:, [a-zA-Z][\w ]{{1,30}})?\s*(?:[:,;.!—–-]|$)"
    return Openings(vocabulary("letter_words")["salutation"], form, before=opened)


@lru_cache(maxsize=1)
def _page() -> re.Pattern[str]:
    """A page's number on a line of its own: "Page 12", "— 413 —", "[p. 4]"."""
    form = r"\W*(?:{}\s?\d{1,4}|[—–-]\s?\d{1,4}\s?[—–-])\W*$"
    return pattern("letter_words", "page", form, flags=re.I)


@lru_cache(maxsize=1)
def _office_below() -> Openings:
    """The sender's office in a line below a dateline."""
    return Openings(vocabulary("letter_words")["office_below"], r"{}[^:;!?]+$")


def _titled(text: str, start: int, dates: list[Found]) -> bool:
    """Tell whether the words before a line's date are a title ("Executive Order No. 26, May…")."""
    stop = dates[0].start
    if not _tells_kind(text[start:stop]):
        return False
    place, _, kind = text[start:stop].partition(", ")
    if _NUMBERED_KIND.match(kind) and locate(place) is not None:
        return False  # "München, Bericht Nr. 14 vom 23. März 1831"
    return _tells_kind(text[min(form_end(text, start, stop), stop) : stop])


def _tells_kind(before: str) -> bool:
    words = WORD.findall(before.lower())
    return any(map(_is_kind, words)) or words[:1] == ["from"]


@lru_cache(maxsize=4096)
def _is_kind(word: str) -> bool:
    """A kind of document, or a German noun that ends in one: "ministerratsprotokoll"."""
    known = kind_nouns()
    return word in known or any(
        word[at:] in known for at in range(1, len(word) - SHORTEST_KIND + 1)
    )


class Head:
    """Reads the head line by line; ``start``, ``end``, ``words`` and ``dates`` are of its line."""

    def __init__(self, text: str, given: dict[int, LineKind]) -> None:
        self.text = text
        self.given = given
        self.lines: list[Line] = []
        self.dated = False
        self.headed = False
        self.start = self.end = 0
        self.words = ""
        self.figures = False
        self.dates: list[Found] = []
        self._asked = ""
        self._answer = False

    def read(self) -> int:
        """Read the lines of the head; give where the body begins."""
        text, start, size = self.text, 0, len(self.text)
        for _ in range(HEAD_LINES):
            if start >= size:
                break
            end = text.find("\n", start)
            end = size if end < 0 else end
            a, b = start, end
            while a < b and text[a] in " \t\r\ufeff":
                a += 1
            while b > a and text[b - 1] in " \t\r":
                b -= 1
            if a < b:
                line = self._line(a, b) or self._address()
                if line is None:
                    return a
                self._add(line)
                if line.kind == "salutation":
                    return a
            start = end + 1
        return min(start, size)

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
        self.start, self.end, self.dates = a, b, []
        text, length = self.text, b - a
        if length > LONGEST_HEADING:
            self.words = ""
            return Line("salutation", a, b) if _salutation().match(text, a, b) else None
        self.words = words = text[a:b]
        kind = self.given.get(a) if self.given else None
        if kind is None and length > 40 and self._salutes():
            return Line("salutation", a, b)
        if length > LONGEST_DATELINE and kind is None and words[0] not in "[(":
            return self._long()
        self.figures = DIGIT.search(words) is not None
        if self.figures or has_worded_year(words):
            self.dates = find_dates(text, a, b)
            if len(self.dates) > 1 and self.dates[0].shape == "Y":
                # "T. 1245/234. Roma, 2 ottobre 1935": the number is no year.
                self.dates = find_dates(text, form_end(text, a, b), b)
        if kind is not None:
            return self._given(kind)
        return self._small() or self._dateline() or self._title()

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
        found = _salutation().match(self.words)
        if found is None:
            return False
        said = WORD.search(self.words, found.end())
        if said is not None and said[0] in word_set("party_words", "first_person"):
            return True  # "Monsieur, j’ai l’honneur …"
        return found[0].rstrip()[-1:] in (":", "—", "–", ";") or not self._connected(self.words)

    def _small(self) -> Line | None:
        """Numbers, file numbers, brackets, receipt, salutation."""
        words, length = self.words, self.end - self.start
        if length <= LONGEST_PAGE and self._is_untitled_or_page():
            return self._as("other", dated=False)
        short = length < LONGEST_DATELINE
        if short and words[-1] in "]).mM0123456789" and receipt().match(words):
            return self._as("received")
        if short and self.figures and handed_in().match(words):
            return self._as("other")
        if words[0] in "[(" and _BRACKET.match(words):
            return self._bracket()
        if self.figures and self._is_number():
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

    def _is_untitled_or_page(self) -> bool:
        page = self.figures and _page().match(self.words) is not None
        return page or _UNTITLED.match(self.words) is not None

    def _is_number(self) -> bool:
        bare = not self.lines and _BARE_NUMBER.match(self.words) is not None
        return bare or _NUMBER.match(self.words) is not None

    def _bracket(self) -> Line:
        """A line in brackets: a dateline, or anything else."""
        dates = self.dates
        if dates and dates[0].shape != "Y" and is_dateline(self.text, self.start, self.end, dates):
            words = WORD.findall(self.text[self.start : dates[0].start])
            lower = sum(w[0].islower() and w not in small_words() for w in words)
            if lower <= 1 and not _titled(self.text, self.start, dates):
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
            shaped = _FILE.match(words) and _FILE_WHOLE.match(words)
            if shaped and all(d.shape == "Y" for d in self.dates) and not self._connected(words):
                return True
        registry = self.figures and self.lines and len(words) <= LONGEST_REGISTRY
        return bool(registry) and is_registry(words)

    def _told_below(self) -> Line | None:
        """What a report is about, and times of telegrams, both below a dateline."""
        words = self.words
        if len(words) < LONGEST_DATELINE and phrase("about").match(words):
            return self._as("other", dated=False)
        clocked = words[0] in "FDR[" and len(words) < LONGEST_FORM and _CLOCKED.match(words)
        if not clocked:
            return None
        kind: LineKind = "received" if clocked["what"] == "R" else "other"
        return Line(kind, self.start + clocked.start("what"), self.end, self.dates)

    def _greeting(self) -> Line | None:
        found = _salutation().match(self.words)
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
            if _salutation().match(text, start, end):
                return Line("addressee", a, b)
            if end - start > LONGEST_FORM:
                return None
            start = end + 1
        return None

    def _dateline(self) -> Line | None:
        """Place and date."""
        a, dates = self.start, self.dates
        if self.dated or not dates or not is_dateline(self.text, a, self.end, dates):
            return None
        if _ADDRESSED.search(self.words[: dates[0].start - a]) or _titled(self.text, a, dates):
            return None
        # "Nr. 77 vom 6. April" dates the document, and its dateline may follow.
        self.dated = _NUMBERED.match(self.words) is None
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
            return self._as("heading") if self._goes_below() else None
        if length > LONGEST_FORM and phrase("note").match(words):
            return None
        parties = words[0] not in '“"' and self._connected(words) and self._heading_like(words)
        if not parties and (
            length > LONGEST_TITLE
            or (self.headed and length > 100 and words[-1] in ".;:!?")
            or ENDS_SENTENCE.search(words)
        ):
            return None
        self.headed = True
        return self._as("heading")

    def _goes_below(self) -> bool:
        """ "Le Ministre de France en Perse" and "à M. Kell, Ministre …" below the dateline."""
        text, a, b = self.text, self.start, self.end
        if b - a > LONGEST_FORM:
            return False
        above = self.lines[-1]
        recipient = phrase("recipient_below")
        if above.kind == "heading" and above.end == a - 1:
            return recipient.match(text, a, b) is not None
        begins = _office_below().match(text, a, b) is not None
        return begins and recipient.match(text, b + 1) is not None

    def _connected(self, words: str) -> bool:
        """Whether a line connects two parties; a line is asked up to three times in a row."""
        if words is not self._asked:
            self._asked, self._answer = words, connection().search(words) is not None
        return self._answer

    @staticmethod
    def _heading_like(words: str) -> bool:
        """Headings are names: few of their words are in lower case."""
        if ENDS_SENTENCE.search(words):
            return False
        found = WORD.findall(words)
        return lower_count(found) <= 4 + len(found) * 0.45
