"""A document's frame: the lines before its body and after it, each with what it is.

Editions and transcripts put the same things there: numbers, heading, [Telegram], dateline,
received, salutation at the head; formula, signature, addressee, sometimes the dateline, at the
foot. The describers read these lines and leave the body alone.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from regesta.describing.dates.found import Found
from regesta.describing.dates.grammar import find_dates
from regesta.describing.forms import LONGEST_REGISTRY, form_end, form_line, is_registry
from regesta.describing.places.gazetteer import locate
from regesta.describing.words import vocabulary, word_set
from regesta.documents import Document, Fact

LineKind = Literal[
    "number", "file number", "heading", "bracket", "dateline", "received", "salutation", "closer",
    "signature", "addressee", "other",
]  # fmt: skip

#: How far a frame reaches: heads of editions have at most a dozen lines, feet a few more.
HEAD_LINES, FOOT_LINES = 16, 14
#: An address above the salutation has at most so many lines.
ADDRESS_LINES = 4
#: Lengths in characters: headings may name many recipients, lines of the foot are short.
LONGEST_HEADING, LONGEST_DATELINE, LONGEST_FOOT, LONGEST_FORM = 600, 240, 200, 90
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
#: A time of receipt begins.
RECEIVED = re.compile(
    r"[\[(“\"]?\s*(?:Rec(?:eived|[’']?d|\.)|Eingegangen|Eingang|Eing(?:etr)?\.|Ankunft|Angekommen|Empfangen|Empfang|Reçue?|Réception|"
    r"Arrivée?|Ricevut[oa]|Pervenut[oa]|Recibid[oa]|Recebid[oa]|Ontvangen|Ontv\.|Получен[оа]?|"
    r"Praes(?:entatum|\.)?|Präs(?:entiert|\.)|pr\.)(?!\w)",
    re.I,
)
#: When a telegram was handed in: its hour, and a day that the dateline has already.
HANDED_IN = re.compile(
    r"(?:Aufgabe|Aufgegeben|Aufg\.|Abgang|Abgegangen|Ab(?=:)|Exp\.|Expédiée?|Partie?|Spedit[oa]|Despatched|"
    r"zum Haupttelegraphenamt)(?!\w).{0,60}\d"
)
_HANDED_FIRST = frozenset("AEPSDz")
#: British telegrams print registry and times below the dateline: "F.O. 123/4. R. 6 P.M.".
_CLOCKED = re.compile(
    r"^(?:(?:F\.O\.|\[)[^A-Za-z]*\s)?(?P<what>[DR])\. (?=\d|[A-Z][a-z]{2,8}\.? \d)[^;?!]{4,40}$"
)
#: A line that connects two parties.
CONNECTED = re.compile(
    r"\S\s+(?:(?:to[.:]?|an|aan|à|á|au|aux|al|alla|allo|agli|ai|ao|aos|till?|ad|к|от)\s+|all[’']|"
    r"(?-i:a\s+(?=[A-ZÀ-Þ]\w+ [A-ZÀ-Þ])))\S",
    re.I,
)
_NUMBERED = re.compile(r"(?:N[ro]s?\.|n[°º]|№)\s?\d+ (?:vom|du|of|dated|от|del)\b")
_NUMBERED_KIND = re.compile(r"[^\W\d_]+ (?:N[or]\.|n[°º]|№) ?\d+ (?:vom|du|of|dated|от|del)\s*$")
_BARE_NUMBER = re.compile(r"\d{1,5}[a-z]?$")
#: The same where a place may follow the date: "Fort au Prince" addresses nobody.
_ADDRESSED = re.compile(
    r"\w[\w.)\]]* (?:to|an|к) (?:(?:the|den|dem|der|die|das|all|his|her|seine[nr]?) |[A-ZÀ-ÞА-Я])"
)
_DIGIT = re.compile(r"\d")
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
_UNTITLED = re.compile(r"\[?untitled\]?\.?$", re.I)
_TRAIL = re.compile(r"[\s.,;:)\]’'”\"—–-]*")
_WORD = re.compile(r"[^\W\d_]+")
#: A lower-case word, a stop and a capital: "Fred. F. Low" and "Legation. Berlin" are no sentences.
_ENDS_SENTENCE = re.compile(r"\b[a-zà-ÿа-я]{3,}[.!?]\s+[A-ZÀ-ÞА-Я“\"]")


@dataclass(slots=True)
class Line:
    """One line of the frame: ``text[start:end]``."""

    kind: LineKind
    start: int
    end: int
    dates: list[Found] = field(default_factory=list)


@dataclass(slots=True)
class Frame:
    """The lines before and after a body.

    Attributes:
        text: The document's text.
        head: Lines before the body, in order.
        foot: Lines after it, in order.
        body_start: Where the body begins.
        body_end: Where it ends.
        heading: The heading where it stands outside the text, else "".
        parties: What was found of senders and recipients, for the describers that follow.
    """

    text: str
    head: list[Line]
    foot: list[Line]
    body_start: int
    body_end: int
    heading: str = ""
    parties: list[Fact] = field(default_factory=list)

    def of(self, kind: LineKind, *, foot: bool = False) -> list[Line]:
        """Lines of a kind in the head, or the foot."""
        return [line for line in (self.foot if foot else self.head) if line.kind == kind]

    def words(self, line: Line) -> str:
        """The text of a line."""
        return self.text[line.start : line.end]


def _may_be_dated(sample: str) -> bool:
    """Whether a line has figures, or what a year in words or in Roman numerals has.

    Looking for fixed strings is many times quicker than one pattern for all of them.
    """
    return (
        _DIGIT.search(sample) is not None
        or " mil" in sample
        or " an " in sample
        or "thousand" in sample
        or "MDC" in sample
        or "MCM" in sample
        or "тысяч" in sample
    )


@lru_cache(maxsize=16)
def phrase(key: str) -> re.Pattern[str]:
    """A pattern of ``letter_words.toml``, matched where it begins."""
    return re.compile("|".join(vocabulary("letter_words")[key]))


@lru_cache(maxsize=1)
def _salutation() -> re.Pattern[str]:
    words = "|".join(vocabulary("letter_words")["salutation"])
    return re.compile(rf"[“\"‘(\[]?(?:{words})(?:, [a-zA-Z][\w ]{{1,30}})?\s*(?:[:,;.!—–-]|$)")


@lru_cache(maxsize=1)
def kind_nouns() -> frozenset[str]:
    """Nouns that make a heading a kind of document and never a party."""
    return frozenset(vocabulary("kinds")["nouns"])


@lru_cache(maxsize=1)
def small_words() -> frozenset[str]:
    """Small words that stand between the names of a dateline."""
    return frozenset(vocabulary("letter_words")["small"])


def _placelike(words: str) -> bool:
    """Tell whether these are the words before a date in a dateline, and no sentence."""
    if len(words) > 160 or _ENDS_SENTENCE.search(words):
        return False
    found = _WORD.findall(words)
    lower = [w for w in found if w[0].islower() and w not in small_words()]
    return len(found) <= 20 and len(lower) <= 3


def _is_dateline(text: str, start: int, end: int, dates: list[Found]) -> bool:
    """Tell whether a line with dates is a dateline: place, date, perhaps "(Received …)"."""
    if end - start > LONGEST_DATELINE:
        return False
    first, last = dates[0], dates[-1]
    before = text[start : first.start]
    if before and _dates_otherwise(before):
        return False
    if before and (first.shape in ("Y", "MY") or not _placelike(before)):
        before = text[min(form_end(text, start, end), first.start) : first.start]
    if first.received or not _placelike(before):
        return False
    if first.shape == "Y":
        # A bare year dates a document only right after its place, or alone.
        place = before.rstrip(" [(")
        if place and (len(place) > 40 or place[-1] != "," or _DIGIT.search(place)):
            return False
    rest = text[last.end : end]
    if first.shape == "Y" and rest.strip(" .,;:)]"):
        # "1870 tons" is no date.
        return False
    if first.shape == "MY" and _DIGIT.search(before):
        return False
    tail = rest[_TRAIL.match(rest).end() :]  # type: ignore[union-attr]
    bracketed = rest.lstrip(" .,")[:1] in ("(", "[") and len(tail) <= 100
    return len(tail) <= 40 or bracketed or RECEIVED.match(tail) is not None


def _dates_otherwise(before: str) -> bool:
    """ "Born May 3, 1880", "Published": the day of something else than writing."""
    words = before.lower().split(maxsplit=3)
    if not 0 < len(words) <= 3:
        return False
    return words[0].strip(".,:") in word_set("date_words", "dates_otherwise")


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
    words = _WORD.findall(before.lower())
    return any(w in kind_nouns() for w in words) or words[:1] == ["from"]


class _Head:
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
                self.lines.append(line)
                if line.kind == "salutation":
                    return a
            start = end + 1
        return min(start, size)

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
        dates = find_dates(text, a, b) if _may_be_dated(sample) else []
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
        if found is not None and _DIGIT.search(sample):
            found.dates = find_dates(self.text, a, b)
        return found

    def _salutes(self, sample: str) -> bool:
        """Tell whether a line opens a letter: "Mr. Wm. Smith to Lord Brown" does not."""
        found = _salutation().match(sample)
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
            if dates and dates[0].shape != "Y" and _is_dateline(self.text, a, b, dates):
                words = _WORD.findall(self.text[a : dates[0].start])
                lower = sum(w[0].islower() and w not in small_words() for w in words)
                if lower <= 1 and not _titled(self.text, a, dates):
                    self.dated = True
                    return Line("dateline", a, b, dates)
            return Line("bracket", a, b, dates)
        if _NUMBER.match(sample) or (not self.lines and _BARE_NUMBER.match(sample)):
            return Line("number", a, b)
        if b - a <= LONGEST_FORM and not sample.startswith(_NO_FORM) and form_line().match(sample):
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
        if not self.dated or b - a > LONGEST_FORM or _ENDS_SENTENCE.search(self.text, a, b):
            return None
        if _DIGIT.search(self.text, a, b) or self.text[b - 1] in ":;?!":
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
        if len(sample) > LONGEST_DATELINE or sample[-1] in "?!;" or _DIGIT.search(sample):
            return False
        return phrase("addressed").match(sample) is not None and not _ENDS_SENTENCE.search(sample)

    def _is_file_number(self, sample: str, dates: list[Found]) -> bool:
        if len(sample) > 120 or not (_DIGIT.search(sample) or "iles" in sample):
            return False
        shaped = _FILE.match(sample) and _FILE_WHOLE.match(sample)
        dated = any(d.shape != "Y" for d in dates)
        return bool(shaped) and not dated and not self._connected(sample)

    def dateline(self, a: int, b: int, sample: str, dates: list[Found]) -> Line | None:
        """Place and date."""
        if self.dated or not dates or not _is_dateline(self.text, a, b, dates):
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
        if b - a > LONGEST_TITLE or _ENDS_SENTENCE.search(sample):
            return None
        if self.headed and sample[-1] in ".;:!?" and len(sample) > 100:
            return None
        self.headed = True
        return Line("heading", a, b, dates)

    def _goes_below(self, a: int, b: int) -> bool:
        """ "Le Ministre de France en Perse" and "à Monsieur Kell, Ministre …" below the dateline."""
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
        words = _WORD.findall(sample)
        lower = sum(w[0].islower() for w in words)
        return lower <= 4 + len(words) * 0.45 and not _ENDS_SENTENCE.search(sample)


#: Two lines below a dateline, the sender's office and the recipient.
_OFFICE = re.compile(r"(?:Le|La|L[’']|Der|Die|Il|El)\s?[A-ZÀ-Þ][^.:;!?]+$")
_RECIPIENT = re.compile(
    r"(?:à (?=M\.|Monsieur|Son|l[’']|la )|au |aux |an (?:den|das|die|Seine|S)\b|al |alla |a S)"
)
_INITIALS = re.compile(r"[^\W\d_]\.")


#: "(Signed) Kell."
_SIGNED = re.compile(r"^\((?:[Ss]igned|[Ss]igné|[Gg]ez\.?|[Ff]irmato)\)\s*(?=\S)")


def _is_name(sample: str) -> bool:
    """Tell whether a line of the foot is a name, perhaps with an office after it."""
    sample = _SIGNED.sub("", sample, count=1)
    if len(sample) > 110 or sample[-1] in ":;?!" or sample[0] in "([*":
        return len(sample) < 60 and sample[:1] == "[" and sample[-1] == "]" and sample[1].isupper()
    words = _WORD.findall(sample)
    if not words or len(words) > 14 or not (words[0][0].isupper() or words[0][0].islower()):
        return False
    lower = sum(w[0].islower() and w not in small_words() for w in words)
    return lower <= 1 + len(words) // 4 and not _DIGIT.search(sample)


def _foot(text: str, start: int) -> tuple[list[Line], int]:
    """The lines after the body, and where the body ends."""
    spans: list[tuple[int, int]] = []
    end = len(text)
    for _ in range(FOOT_LINES):
        if end <= start:
            break
        begin = text.rfind("\n", start, end) + 1
        begin = begin or start
        a, b = begin, end
        while b > a and text[b - 1].isspace():
            b -= 1
        while a < b and text[a].isspace():
            a += 1
        if a < b:
            if b - a > LONGEST_FOOT:
                break
            spans.append((a, b))
        end = begin - 1
    lines = [_foot_line(text, a, b) for a, b in reversed(spans)]
    _join_town(text, lines)
    keep = 0
    for i, line in enumerate(lines):
        if line.kind == "other" and line.end - line.start > 90 and not _is_done(text, line):
            keep = i + 1
    lines = lines[keep:]
    return lines, (lines[0].start if lines else len(text))


@lru_cache(maxsize=1)
def _filed() -> re.Pattern[str]:
    """A chancery's note below a letter: "Exped. Wien den 13. Decembris 1719" is not its date."""
    return re.compile("|".join(vocabulary("letter_words")["filed"]), re.I)


def _join_town(text: str, lines: list[Line]) -> None:
    """A town on a line of its own, above a date without place, signs nothing."""
    for i, line in enumerate(lines[1:-1], 1):
        below = lines[i + 1]
        if line.kind == "signature" and below.kind == "dateline" and below.dates:
            before = text[below.start : below.dates[0].start].strip(" ,.").lower()
            signed = any(x.kind in ("closer", "signature") for x in lines[:i])
            town = text[line.start : line.end].strip(" ,.")
            if signed and (not before or before in small_words()) and locate(town) is not None:
                line.kind = "dateline"


def _is_done(text: str, line: Line) -> bool:
    """ "Datum Romae apud …", "Done at …": it dates the document, however long it is."""
    return bool(line.dates) and phrase("done").match(text, line.start) is not None


def _foot_line(text: str, a: int, b: int) -> Line:
    sample = text[a:b]
    dates = find_dates(text, a, b) if _may_be_dated(sample) else []
    if RECEIVED.match(sample):
        return Line("received", a, b, dates)
    if _filed().match(sample):
        return Line("other", a, b, [])
    if dates and dates[0].shape not in ("Y", "MD", "DM") and _is_dateline(text, a, b, dates):
        return Line("dateline", a, b, dates)
    inner = sample.lstrip('“"‘[(')
    if phrase("closer").match(inner):
        return Line("closer", a, b, dates)
    if phrase("addressee").match(inner) and not _is_sentence(sample):
        return Line("addressee", a, b, dates)
    if _is_name(sample):
        return Line("signature", a, b)
    return Line("other", a, b, dates)


def _is_sentence(sample: str) -> bool:
    """ "Monsieur Kell, faites connaître au duc que j'ai reçu sa lettre.": no address."""
    words = _WORD.findall(sample)
    lower = sum(w[0].islower() for w in words)
    return sample[-1] == "." and len(words) > 10 and lower > 0.7 * len(words)


def _given_lines(document: Document) -> dict[int, LineKind]:
    """What the source's mark-up says of lines, by where they start."""
    given: dict[int, LineKind] = {}
    limit = min((e.start for e in document.enclosures), default=len(document.text))
    for layer in document.layers:
        if layer.kind in ("heading", "dateline") and layer.start < min(limit, layer.end):
            start = layer.start
            while 0 <= start < layer.end:
                given.setdefault(start, layer.kind)
                start = document.text.find("\n", start, layer.end) + 1 or -1
    return given


def make_frame(text: str, *, heading: str = "", given: dict[int, LineKind] | None = None) -> Frame:
    """Find the frame of a text.

    Args:
        text: The document's text, lines separated by line breaks.
        heading: Its heading where the source has one apart from the text.
        given: What mark-up says of lines, by their offsets.
    """
    head = _Head(text, given or {})
    body = head.read()
    last = head.lines[-1] if head.lines else None
    opened = last is not None and last.kind == "salutation" and last.end - last.start < 120
    foot, body_end = _foot(text, last.end if last is not None and opened else body)
    short = " ".join(heading[:LONGEST_HEADING].split())
    outside = short if short and short[:60] not in text[:2000].replace("\n", " ") else ""
    return Frame(text, head.lines, foot, body, max(body, body_end), outside)


_last: tuple[Document | None, Frame | None] = (None, None)


def frame_of(document: Document) -> Frame:
    """The frame of a document; the last one is kept, since every describer asks for it."""
    kept, known = _last
    if kept is document and known is not None:
        return known
    end = min((e.start for e in document.enclosures if e.start > 0), default=None)
    text = document.text if end is None else document.text[:end]
    frame = make_frame(text, heading=document.heading, given=_given_lines(document))
    remember(document, frame)
    return frame


def remember(document: Document, frame: Frame) -> None:
    """Keep the frame of a document that is about to be described."""
    global _last
    _last = (document, frame)
