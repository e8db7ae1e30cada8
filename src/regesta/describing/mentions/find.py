"""Names of persons, places and powers in running text: a text and a lexicon in, mentions out.

No model: a name is announced by a title, a forename or initials, or known from the edition's own
lists, headings and texts. What could be something else is left alone.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from regesta.describing.mentions.lands import find_lands, first_words
from regesta.describing.mentions.lexicon import Lexicon, is_town
from regesta.describing.mentions.runs import Run, find_runs
from regesta.describing.persons.names import fold
from regesta.describing.words import pattern, vocabulary, word_set
from regesta.documents.base import Value

MentionKind = Literal["person", "place", "power"]
_WORDS = "mention_words"
#: A bare name must be so sure; after a known name and "and" an unknown one is.
SURE = 0.6
_JOINED = 0.6
#: Longest word that a full stop shortens.
_SHORTENED = 5


class Mention(Value, frozen=True):
    """A name in a text.

    Attributes:
        start, end: Its words with their titles, ``[start, end)`` in code points.
        name_start: Where the name begins after its titles.
        kind: What it names.
        name: The name on one line, without titles.
        rule: What announced it: "title", "office", "full name", "known name", "series"…
        confidence: 0 to 1.
    """

    start: int
    end: int
    name_start: int
    kind: MentionKind
    name: str
    rule: str
    confidence: float


#: The forms of a person's name in a run; see :class:`Run` for the letters. N a known name, n one
#: that has another meaning, L a known place, w a word that also stands in lower case.
_FORMS = re.compile(
    r"(?P<courtesy>[CKO]*C(?:[FI]+[WNLnBHPw]?[WNn]*|[WNLnBHPw][WNn]*)S?)"
    r"|(?P<title>[KO]*K(?:[FI]+[WNLnw]?[WNn]*|[WNLn](?:I*[WNn])*)S?)"
    r"|(?P<office>O+(?:[FI]+[WNLnw]?[WNn]*|[WNn](?:I*[WNn])*)S?)"
    r"|(?P<full>F[FI]*[WNn]+S?|FF+|[WN]I+[WNn]S?|I+[WNLn]+S?|W+N+S?)"
    r"|(?P<known>[Nn]+S?)"
)
_TITLES = frozenset("CKO")
_FIRM = pattern(_WORDS, "firm", r",? {}", flags=re.I)


def find_mentions(
    text: str,
    lexicon: Lexicon,
    start: int = 0,
    end: int | None = None,
    *,
    year: int | None = None,
    runs: Iterable[Run] | None = None,
) -> list[Mention]:
    """Find the persons, places and powers named in ``text[start:end]``.

    Args:
        text: The text; offsets are those of the whole.
        lexicon: What the edition is known to name.
        start, end: The stretch to look at.
        year: Of the document, for houses that stood for a power in some years only.
        runs: The stretch's runs of capitalised words, where they are known.

    Returns:
        Mentions in order, none overlapping another.
    """
    found: list[Mention] = []
    person: Mention | None = None
    plural = False
    powers = first_words()
    for run in find_runs(text, start, end) if runs is None else runs:
        classes = _refine(run, lexicon)
        if run.before.rstrip(".,") in _lower_titles() and classes[0] in "WFILN":
            announced = _announced(text, run, classes)
            if announced is not None:
                person, plural = announced, run.before in word_set(_WORDS, "plural")
                found.append(person)
                continue
        named = _NAMES_ONE.search(classes) is not None
        if not named and len(classes) == 1 and run.words[0].lower() not in powers:
            continue
        joined = person is not None and text[person.end : run.starts[0]] in _conjunctions()
        taken: set[int] = set()
        for match in _FORMS.finditer(classes) if named else ():
            mention = _mention(text, run, classes, match, lexicon)
            if mention is not None:
                plural = _is_plural(run, match) or (plural and joined)
                found.append(mention)
                person = mention
                taken.update(range(match.start(), match.end()))
        series = classes in _IN_SERIES or (plural and classes == "L")
        if not taken and joined and series and (plural or not lexicon.nouns):
            if not _is_whole(text, run):
                continue
            person = _make(text, run, 0, 0, len(classes) - 1, "series", _JOINED)
            found.append(person)
            continue
        for land in find_lands(run, classes, taken, lexicon, year):
            at, stop = run.starts[land.first], run.ends[land.last]
            if _is_tongue(text, stop):
                continue
            kind: MentionKind = "power" if land.kind == "power" else "place"
            found.append(Mention(at, stop, at, kind, land.name, land.rule, land.confidence))
    return sorted(found, key=_start)


@lru_cache(maxsize=1)
def _of_language() -> re.Pattern[str]:
    return pattern("mention_words", "of_language", r"\s+(?:and \w+ )?{}(?!\w)")


def _is_tongue(text: str, stop: int) -> bool:
    """ "English text", "the French translation": a language, and no power."""
    return _of_language().match(text, stop) is not None


def _is_whole(text: str, run: Run) -> bool:
    """ "Engrs." in a list of names is a shortened word, "Co-" the beginning of one."""
    after = text[run.ends[-1] : run.ends[-1] + 1]
    return after != "-" and (after != "." or len(run.words[-1]) > _SHORTENED)


def _start(mention: Mention) -> int:
    return mention.start


_NAMES_ONE = re.compile(r"[CKOFINnWLH]")
#: After a person and "and": words that can only be another's name.
_IN_SERIES = frozenset(("W", "WW", "FW"))


@lru_cache(maxsize=1)
def _conjunctions() -> frozenset[str]:
    words = vocabulary("heading_words")["and"]
    return frozenset({", ", *(f" {w} " for w in words), *(f", {w} " for w in words)})


def _refine(run: Run, lexicon: Lexicon) -> str:
    """The classes of a run, as the lexicon knows its words."""
    names, common = lexicon.names, lexicon.common
    letters = []
    last = len(run.words) - 1
    for at, (word, letter) in enumerate(zip(run.words, run.classes, strict=True)):
        if letter in "WF":
            key = word.capitalize() if word.isupper() else word
            if names.get(key, 0.0) >= SURE and (letter == "W" or at == last):
                letter = "N"
            elif letter == "W" and key in common:
                letter = "w"
            elif letter == "W" and is_place(key, lexicon):
                letter = "L"
        elif letter in "BPMHKO" and word in names and (at == last or letter in "BP"):
            letter = "n" if names[word] >= SURE else letter
        letters.append(letter)
    return "".join(letters)


def _mention(
    text: str, run: Run, classes: str, match: re.Match[str], lexicon: Lexicon
) -> Mention | None:
    """A mention of a form found in a run, or None where something speaks against it."""
    first, last = match.start(), match.end() - 1
    rule = match.lastgroup or ""
    name = first
    while name < last and classes[name] in _TITLES:
        name += 1
    before = run.before.rstrip(".,") if first == 0 else ""
    last = _whole_name(run, classes, name, last)
    if rule in ("courtesy", "title", "office"):
        gap = run.gaps[name].strip()
        if gap and (gap in word_set(_WORDS, "article") or _is_of_land(run.words[name - 1], rule)):
            return None
        return _make(text, run, first, name, last, rule, 0.97 if rule != "office" else 0.93)
    follower = classes[last + 1 : last + 2]
    if follower and (follower in "BH" or (follower == "w" and rule == "known")):
        return None
    led = rule == "full" and classes[name] == "W" and "I" not in match[0]
    if led and (lexicon.nouns or (run.opens and not first)):
        # "Maler Schmid", "Seeing Kell": what stands before the name is another word.
        name = first = classes.index("N", first)
        rule = "known"
    if rule == "full":
        if match[0] == "IW" and run.opens and not first:
            return None  # "A. Wheat, B. Rye" are items of a list
        if before in word_set(_WORDS, "ship") or _FIRM.match(text, run.ends[last]):
            return None
        return _make(text, run, first, name, last, "full name", 0.95)
    return _bare(text, run, classes, first, last, before, lexicon)


_ANNOUNCED = re.compile(r"[FI]*[WFLN][WNn]*S?")


def _announced(text: str, run: Run, classes: str) -> Mention | None:
    """A name after a title in lower case: "le général Kell", "граф Келль"."""
    before = run.before.rstrip(".,")
    rule = "title" if before not in word_set(_WORDS, "office") else "office"
    match = _ANNOUNCED.match(classes)
    if match is None or (rule == "office" and (run.led or classes[match.end() - 1] == "L")):
        return None
    if run.led and _is_of_land(before, rule):
        return None
    return _make(text, run, 0, 0, match.end() - 1, rule, 0.93)


def _is_of_land(title: str, rule: str) -> bool:
    """ "König von …" and "Gesandter von …" say of which land, "Graf von …" of which family."""
    return rule == "office" or fold(title) in word_set(_WORDS, "sovereign")


def _bare(
    text: str, run: Run, classes: str, first: int, last: int, before: str, lexicon: Lexicon
) -> Mention | None:
    word = run.words[first]
    key = word.capitalize() if word.isupper() else word
    sure = lexicon.names.get(key, 0.0) or lexicon.names.get(word, 0.0)
    if first and classes[first - 1] in "HPLX":
        return None
    if first and is_town(f"{run.words[first - 1]} {word}"):
        return None  # "La Paz"
    if before in word_set(_WORDS, "ship") or _FIRM.match(text, run.ends[last]):
        return None
    if before in word_set(_WORDS, "denied") and not _gives_name(text, run, classes, key, lexicon):
        return None
    if run.opens and first == 0 and key not in lexicon.openers:
        return None
    if before in word_set(_WORDS, "whereabouts") and (
        key not in lexicon.listed or is_place(key, lexicon)
    ):
        return None
    if classes[first] == "n" and (
        classes.strip("M") != "n" or (run.opens and not first) or run.classes[first] == "M"
    ):
        return None
    return _make(text, run, first, first, last, "known name", round(0.95 * sure, 2))


def _whole_name(run: Run, classes: str, name: int, last: int) -> int:
    """The last word of a name: "vom" and what follows it say where somebody serves."""
    for at in range(name + 1, last + 1):
        ended = classes[at - 1] in "WNLn"
        if ended and run.gaps[at].strip() in word_set(_WORDS, "contracted"):
            return at - 1
    return last


def _gives_name(text: str, run: Run, classes: str, key: str, lexicon: Lexicon) -> bool:
    """Tell whether a body is called after a person: "the Kell mission", never "the House"."""
    after = text[run.ends[-1] : run.ends[-1] + 2]
    return classes == "N" and key in lexicon.listed and after[:1] == " " and after[1:].islower()


@lru_cache(maxsize=1)
def _lower_titles() -> frozenset[str]:
    """Titles that some languages print in lower case."""
    return word_set(_WORDS, "courtesy") | word_set(_WORDS, "rank") | word_set(_WORDS, "office")


def _is_plural(run: Run, match: re.Match[str]) -> bool:
    first = run.words[match.start()].lower()
    return first in word_set(_WORDS, "plural") or (
        match.start() == 0 and run.before.rstrip(".") in word_set(_WORDS, "plural")
    )


def _make(
    text: str, run: Run, first: int, name: int, last: int, rule: str, confidence: float
) -> Mention:
    start, name_start, end = run.starts[first], run.starts[name], run.ends[last]
    gap = run.gaps[name].lstrip() if name > first else ""
    if gap == "of ":
        name_start = run.starts[name - 1]  # "Duke of …" is the name
    else:
        name_start -= len(gap)  # the particle belongs to the name
    label = " ".join(text[name_start:end].split())
    return Mention(start, end, name_start, "person", label, rule, confidence)


def is_place(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word is a place's name by the edition's datelines or the gazetteer."""
    return word in lexicon.places or is_town(word)
