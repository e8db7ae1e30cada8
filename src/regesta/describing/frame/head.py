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
    CONNECTED,
    DIGIT,
    ENDS_SENTENCE,
    HANDED_IN,
    LONGEST_DATELINE,
    LONGEST_FORM,
    LONGEST_HEADING,
    RECEIVED,
    WORD,
    Line,
    LineKind,
    is_dateline,
    kind_nouns,
    may_be_dated,
    phrase,
    small_words,
)
from regesta.describing.places.gazetteer import locate
from regesta.describing.words import vocabulary, word_set

#: Heads of editions have at most so many lines.
HEAD_LINES = 16
#: An address above the salutation has at most so many lines.
ADDRESS_LINES = 4
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
_HANDED_FIRST = frozenset("AEPSDz")
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
#: What a report is about, between its dateline and its text: "Betreff: …", "A. s. de l’accord".
_ABOUT = re.compile(
    r"(?:(?:Betreff|Betr\.?|Betrifft|Gegenstand|Inhalt|Objet|Oggetto|Asunto|Subject|Referenz)\s?:|"
    r"(?:A|a)\. ?s\. (?:de|du|des)\b)"
)
#: How most lines of a frame begin, and no line of forms: a look is quicker than its pattern.
_NO_FORM = ("The ", "Mr. ", "Sir", "Legation", "Department", "My ", "I ")
#: "[Untitled]" and a page's number are short lines.
LONGEST_PAGE = 14
#: A page's number on a line of its own: "Page 12", "— 413 —", "[p. 4]".
_PAGE = re.compile(
    r"\W*(?:(?:page|seite|pag\.|p\.|стр\.)\s?\d{1,4}|[—–-]\s?\d{1,4}\s?[—–-])\W*$", re.I
)
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
#: Two lines below a dateline, the sender's office and the recipient.
_OFFICE = re.compile(
    r"(?:(?:Le|La|L[’']|Der|Die|Il|El|Monsieur|Herr|M\.)\s?[A-ZÀ-Þ]|[A-ZÀ-Þ]\. )[^:;!?]+$"
)
_RECIPIENT = re.compile(
    r"(?:à (?=M\.|Monsieur|Son|l[’']|la )|au |aux |an (?:den|das|die|Seine|S)\b|al |alla |a S)"
)


@lru_cache(maxsize=1)
def _salutation() -> re.Pattern[str]:
    words = "|".join(vocabulary("letter_words")["salutation"])
    return re.compile(rf"[“\"‘(\[]?(?:{words})(?:, [a-zA-Z][\w ]{{1,30}})?\s*(?:[:,;.!—–-]|$)")


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
    """Reads the head line by line."""

    def __init__(self, text: str, given: dict[int, LineKind]) -> None:
        self.text = text
        self.given = given
        self.lines: list[Line] = []
        self.dated = False
        self.headed = False
        self._asked = ""
        self._answer = False

    def read(self) -> int:
        """Read the lines of the head; give where the body begins."""
        start, size = 0, len(self.text)
        for _ in range(HEAD_LINES):
            if start >= size:
                break
            end = self.text.find("\n", start)
            end = size if end < 0 else end
            a, b = start, end
            while a < b and self.text[a] in " \t\r\ufeff":
                a += 1
            while b > a and self.text[b - 1] in " \t\r":
                b -= 1
            if a < b:
                line = self.line(a, b) or self._address(a, b)
                if line is None:
                    return a
                self.lines += self._parted(line)
                if line.kind == "salutation":
                    return a
            start = end + 1
        return min(start, size)

    def _parted(self, line: Line) -> list[Line]:
        """ "Wien, 12. Juni 1815. Kell an Holm": dateline and heading on one line."""
        first = next((d for d in line.dates if d.day and d.month), None)
        if first is None or line.kind not in ("heading", "dateline"):
            return [line]
        before = _BEFORE_FIRST.match(self.text, line.start, first.start)
        behind = _BEHIND_FIRST.match(self.text, first.end, line.end)
        dated = any(x.kind == "dateline" for x in self.lines)
        if not before or not behind or dated or before.end() != first.start:
            return [line]
        if not CONNECTED.search(self.text, behind.end(), line.end):
            return [line]
        self.dated = self.headed = True
        rest = [d for d in line.dates if d.start >= behind.end()]
        return [
            Line("dateline", before.end("number"), behind.end("place"), [first]),
            Line("heading", behind.end(), line.end, rest),
        ]

    def line(self, a: int, b: int) -> Line | None:
        """What a line is, or None where the body begins."""
        text, length = self.text, b - a
        if length > LONGEST_HEADING:
            return Line("salutation", a, b) if _salutation().match(text, a, b) else None
        sample = text[a:b]
        kind = self.given.get(a)
        if kind is None and length > 40 and self._salutes(sample):
            return Line("salutation", a, b)
        if length > LONGEST_DATELINE and kind is None and sample[0] not in "[(":
            return self._long(a, b, sample)
        dates = find_dates(text, a, b) if may_be_dated(sample) else []
        if len(dates) > 1 and dates[0].shape == "Y":
            # "T. 1245/234. Roma, 2 ottobre 1935": the number is no year.
            dates = find_dates(text, form_end(text, a, b), b)
        if kind is not None:
            small = self.small(a, b, sample, dates)
            if small is not None and small.kind != "salutation":
                return small
            self.dated |= kind == "dateline" and bool(dates)
            self.headed |= kind == "heading"
            return Line(kind, a, b, dates)
        for judge in (self.small, self.dateline, self.title):
            found = judge(a, b, sample, dates)
            if found is not None:
                return found
        return None

    def _long(self, a: int, b: int, sample: str) -> Line | None:
        """A line too long for anything but a heading: its dates are looked for only there."""
        found = self.title(a, b, sample, [])
        if found is not None and DIGIT.search(sample):
            found.dates = find_dates(self.text, a, b)
        return found

    def _salutes(self, sample: str) -> bool:
        """Tell whether a line opens a letter: "Mr. Wm. Smith to Lord Brown" does not."""
        found = _salutation().match(sample)
        said = WORD.search(sample, found.end()) if found else None
        if said is not None and said[0] in word_set("party_words", "first_person"):
            return True  # "Monsieur, j’ai l’honneur …"
        return found is not None and (
            found[0].rstrip()[-1:] in (":", "—", "–", ";") or not self._connected(sample)
        )

    def small(self, a: int, b: int, sample: str, dates: list[Found]) -> Line | None:
        """Numbers, file numbers, brackets, receipt, salutation."""
        if b - a <= LONGEST_PAGE and (_UNTITLED.match(sample) or _PAGE.match(sample)):
            return Line("other", a, b)
        if RECEIVED.match(sample) and b - a < LONGEST_DATELINE and sample[-1] in "]).mM0123456789":
            return Line("received", a, b, dates)
        if sample[0] in _HANDED_FIRST and b - a < LONGEST_DATELINE and HANDED_IN.match(sample):
            return Line("other", a, b, dates)
        if sample[0] in "[(" and _BRACKET.match(sample):
            if dates and dates[0].shape != "Y" and is_dateline(self.text, a, b, dates):
                words = WORD.findall(self.text[a : dates[0].start])
                lower = sum(w[0].islower() and w not in small_words() for w in words)
                if lower <= 1 and not _titled(self.text, a, dates):
                    self.dated = True
                    return Line("dateline", a, b, dates)
            return Line("bracket", a, b, dates)
        if _NUMBER.match(sample) or (not self.lines and _BARE_NUMBER.match(sample)):
            return Line("number", a, b)
        if b - a <= LONGEST_FORM and not sample.startswith(_NO_FORM) and is_form(sample):
            return Line("bracket", a, b, dates)
        if self.dated and self._addresses(sample):
            return Line("addressee", a, b)
        if self.lines and self.lines[-1].kind == "addressee" and b - a < 30 and locate(sample):
            return Line("other", a, b)  # "An das Auswärtige Amt", and below it "Berlin"
        if not self.dated and self._is_file_number(sample, dates):
            return Line("file number", a, b)
        if self.lines and b - a <= LONGEST_REGISTRY and is_registry(sample):
            return Line("file number", a, b)
        if self.dated and b - a < LONGEST_DATELINE and _ABOUT.match(sample):
            return Line("other", a, b)
        if self.dated and b - a < LONGEST_FORM and sample[0] in "FDR[":
            clocked = _CLOCKED.match(sample)
            if clocked is not None:
                kind: LineKind = "received" if clocked["what"] == "R" else "other"
                return Line(kind, a + clocked.start("what"), b, dates)
        if b - a <= 120:
            found = _salutation().match(sample)
            opens = found is not None and found[0].rstrip()[-1:] in (":", "—", "–")
            whole = found is not None and (found.end() >= len(sample) or not dates)
            if whole and (opens or not self._connected(sample)):
                return Line("salutation", a, b)
        return None

    def _address(self, a: int, b: int) -> Line | None:
        """A line between dateline and salutation names the addressee."""
        if not self.dated or b - a > LONGEST_FORM or ENDS_SENTENCE.search(self.text, a, b):
            return None
        if DIGIT.search(self.text, a, b) or self.text[b - 1] in ":;?!":
            return None
        start = b + 1
        for _ in range(ADDRESS_LINES):
            end = self.text.find("\n", start)
            end = len(self.text) if end < 0 else end
            if _salutation().match(self.text, start, end):
                return Line("addressee", a, b)
            if end - start > LONGEST_FORM:
                return None
            start = end + 1
        return None

    @staticmethod
    def _addresses(sample: str) -> bool:
        """Tell whether a line below the dateline says to whom: "To all missions"."""
        if len(sample) > LONGEST_DATELINE or sample[-1] in "?!;" or DIGIT.search(sample):
            return False
        return phrase("addressed").match(sample) is not None and not ENDS_SENTENCE.search(sample)

    def _is_file_number(self, sample: str, dates: list[Found]) -> bool:
        if len(sample) > 120 or not (DIGIT.search(sample) or "iles" in sample):
            return False
        shaped = _FILE.match(sample) and _FILE_WHOLE.match(sample)
        dated = any(d.shape != "Y" for d in dates)
        return bool(shaped) and not dated and not self._connected(sample)

    def dateline(self, a: int, b: int, sample: str, dates: list[Found]) -> Line | None:
        """Place and date."""
        if self.dated or not dates or not is_dateline(self.text, a, b, dates):
            return None
        if _ADDRESSED.search(sample[: dates[0].start - a]) or _titled(self.text, a, dates):
            return None
        # "Nr. 77 vom 6. April" dates the document, and its dateline may follow.
        self.dated = _NUMBERED.match(sample) is None
        self._join_building(a)
        return Line("dateline", a, b, dates)

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

    def title(self, a: int, b: int, sample: str, dates: list[Found]) -> Line | None:
        """A heading: two parties, or a title that is no sentence."""
        if self.dated:
            return Line("heading", a, b, dates) if self._goes_below(a, b) else None
        if phrase("note").match(sample) and b - a > LONGEST_FORM:
            return None
        if self._connected(sample) and sample[0] not in '“"' and self._heading_like(sample):
            self.headed = True
            return Line("heading", a, b, dates)
        if b - a > LONGEST_TITLE or ENDS_SENTENCE.search(sample):
            return None
        if self.headed and sample[-1] in ".;:!?" and len(sample) > 100:
            return None
        self.headed = True
        return Line("heading", a, b, dates)

    def _goes_below(self, a: int, b: int) -> bool:
        """ "Le Ministre de France en Perse" and "à M. Kell, Ministre …" below the dateline."""
        if b - a > LONGEST_FORM:
            return False
        above = self.lines[-1]
        if above.kind == "heading" and above.end == a - 1:
            return _RECIPIENT.match(self.text, a, b) is not None
        begins = _OFFICE.match(self.text, a, b) is not None
        return begins and _RECIPIENT.match(self.text, b + 1) is not None

    def _connected(self, sample: str) -> bool:
        """Whether a line connects two parties; a line is asked up to three times in a row."""
        if sample is not self._asked:
            self._asked, self._answer = sample, CONNECTED.search(sample) is not None
        return self._answer

    @staticmethod
    def _heading_like(sample: str) -> bool:
        """Headings are names: few of their words are in lower case."""
        if ENDS_SENTENCE.search(sample):
            return False
        words = WORD.findall(sample)
        lower: int = sum(w[0].islower() for w in words)
        return lower <= 4 + len(words) * 0.45
