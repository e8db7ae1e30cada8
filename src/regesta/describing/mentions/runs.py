"""Runs of capitalised words: a text in, its runs out, each word with the class of what it can be.

A run is what a name can be made of: capitalised words, initials and the particles between them,
on one line and in one sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from regesta.describing.words import rows, vocabulary, word_set

_WORDS = "mention_words"
#: A capital letter of the alphabets of diplomacy, and what may follow it in a word.
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈČĎĐĒĘĚĞĢĪİĶŁŃŇŐŒŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁІЇЄҐ"
_TOKEN = re.compile(
    rf"(?<![\w-])(?:(?<![’'])|(?<=\W[dDlL][’']))[{_UPPER}](?:[^\W\d_]|[’'-](?=[^\W\d_]))*"
)
#: Endings of doctrines: no surname has them.
_ENDINGS = ("ism", "isms", "ismus", "isme", "изм", "изма")
_POSSESSIVE = re.compile(r"[’'](?:s|S)?$")
_INITIALS = re.compile(r"I{1,5}")
#: Longest distance between two words of one run: the longest particle and two spaces.
_LONGEST_GAP = 14
#: More capitalised words in a row than this are a heading, not a name.
LONGEST_RUN = 16
#: The mark after a sentence, a line or an opening quotation: a capital there says nothing.
_ENDS = '.!?:;\n“”„»«"(['


@dataclass(slots=True)
class Run:
    """Capitalised words that stand together.

    Attributes:
        words: The words, without full stop and without "’s".
        classes: A letter a word: C courtesy, K rank or birth, O office, F forename, I initial,
            B body or thing, P place or power, M never a name, S suffix, H head of a place's name,
            X initials of no person, W any other word.
        starts, ends: Offsets of the words.
        gaps: What stands before each word inside the run: " ", " von "…
        before: The word before the run, in lower case, or ""; of "comte de" the first.
        led: Whether a particle stands between that word and the run.
        opens: Whether the run stands at the beginning of a sentence or line.
    """

    words: list[str]
    classes: str
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    before: str
    opens: bool
    led: bool = False


class _Classes(dict[str, str]):
    """Class letters of words as printed; a word seen for the first time is judged and kept."""

    def __missing__(self, word: str) -> str:
        letter = _judge(word)
        if len(self) < 300_000:
            self[word] = letter
        return letter


@lru_cache(maxsize=1)
def classes() -> dict[str, str]:
    """The class of every word, by the vocabularies alone."""
    return _Classes()


@lru_cache(maxsize=1)
def _listed() -> dict[str, str]:
    known: dict[str, str] = {}
    for key, letter in (
        ("courtesy", "C"), ("suffix", "S"), ("rank", "K"), ("office", "O"), ("plural", "K"),
        ("place_head", "H"), ("never", "M"), ("body", "B"), ("forename", "F"), ("land", "P"),
    ):  # fmt: skip
        for word in vocabulary(_WORDS)[key]:
            known.setdefault(word, letter)
    for _, forms, *_ in rows("powers"):
        for form in forms.split("|"):
            known.setdefault(form.lower(), "P")
    return known


def _judge(word: str) -> str:
    if len(word) == 1:
        return "I"
    if len(word) == 2 and word[1] in "чюяжшё":
        return "I"
    listed = _listed()
    lower = word.lower()
    if lower in listed:
        letter = listed[lower]
        return "S" if letter == "S" and (not word.isupper() or len(word) > 3) else letter
    if lower.endswith("s") and (single := listed.get(lower[:-1], "")) in ("B", "P", "O"):
        return "O" if single == "O" else "B"
    if lower.endswith(_ENDINGS):
        return "B"
    if "-" in lower:
        parts = lower.split("-")
        if all(part in listed for part in parts):
            letters = {listed[part] for part in parts}
            if letters <= {"K", "O"}:
                return "O" if "O" in letters else "K"
            if letters == {"F"}:
                return "F"
            if letters & {"B", "M", "P"}:
                return "B"
        elif {listed.get(part) for part in parts} & {"B", "M", "P"} or parts[0] == "non":
            return "B"
    if any(c.isupper() for c in word[2:]) and word.isupper() and len(word) < 4:
        return "B"
    return "W"


@lru_cache(maxsize=1)
def _gaps() -> frozenset[str]:
    """What may stand between two words of a run."""
    table = vocabulary(_WORDS)
    between = {f" {p} " for p in table["particle"]} | {f" {p}. " for p in ("v", "d")}
    joined = {f" {p}" for p in table["particle_joined"]}
    return frozenset(between | joined | {" "})


@lru_cache(maxsize=1)
def _abbreviated() -> frozenset[str]:
    """Words after which a full stop does not end the sentence."""
    titles = (*vocabulary(_WORDS)["courtesy"], *vocabulary(_WORDS)["rank"])
    return frozenset((*(t for t in titles if len(t) < 7), "st", "ste", "jr", "sr", "gr", "frhr"))


def find_runs(text: str, start: int = 0, end: int | None = None) -> Iterator[Run]:
    """Find the runs of capitalised words in ``text[start:end]``, in order."""
    known, gaps, short = classes(), _gaps(), _abbreviated()
    run: Run | None = None
    stop = start
    dotted = False
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word, at, after = match[0], match.start(), match.end()
        owned = False
        if "’" in word or "'" in word:
            if word[0] == "L" and word[1] in "’'" and word[2:3].isupper():
                word, at = word[2:], at + 2  # "L’Allemagne" has an article
            bare = _POSSESSIVE.sub("", word)
            owned = bare != word
            word = bare
            after = at + len(word)
        near = run is not None and at - stop <= _LONGEST_GAP and len(run.words) < LONGEST_RUN
        gap = text[stop:at] if near else ""
        if dotted and gap[:1] == ".":
            gap = gap[1:]
        if run is not None and (
            gap in gaps
            or (near and not gap and dotted and at == stop + 1)
            or (gap == " of " and run.words[-1].lower() in word_set(_WORDS, "landed"))
        ):
            run.words.append(word)
            run.classes += "X" if _is_joined(text, at, after) else known[word]
            run.starts.append(at)
            run.ends.append(after)
            run.gaps.append(gap or " ")
        else:
            if run is not None:
                yield _without_initials(run)
            before, opens, led = _before(text, at)
            letter = "X" if _is_joined(text, at, after) else known[word]
            run = Run([word], letter, [at], [after], [""], before, opens, led)
        dotted = text.startswith(".", after) and (len(word) == 1 or word.lower() in short)
        # "Francis’ letter": what follows is no part of the name.
        stop = match.end() if not owned else -_LONGEST_GAP * 2
        if owned:
            yield _without_initials(run)
            run = None
    if run is not None:
        yield _without_initials(run)


def _is_joined(text: str, start: int, end: int) -> bool:
    """Tell whether a word is part of a compound as old prints write it ("General=Feld")."""
    return text.startswith("=", end) or (start > 0 and text[start - 1] == "=")


def _without_initials(run: Run) -> Run:
    """Tell the initials of a ship ("S. S. …"), a land, a plural from a person's: letter X."""
    if run.words[0] == "M" and run.classes[1:2] not in ("", "I"):
        run.classes = "C" + run.classes[1:]  # "M. Kell" is "Monsieur Kell"
    elif "I" in run.classes and (match := _INITIALS.search(run.classes)):
        first, last = match.span()
        letters = "".join(run.words[first:last])
        if letters in word_set(_WORDS, "no_initials") or letters[:1] == letters[1:2]:
            run.classes = run.classes[:first] + "X" * (last - first) + run.classes[last:]
    elif run.words[0] in word_set(_WORDS, "no_initials"):
        run.classes = "X" + run.classes[1:]
    return run


def _before(text: str, at: int) -> tuple[str, bool, bool]:
    """The word before an offset, whether a sentence begins there, whether a particle is between."""
    word, start = _word_before(text, at)
    if not word:
        return "", True, False
    if word in _particles():
        title, _ = _word_before(text, start)
        if title.rstrip(".") in _lower_titles():
            return title, False, True
    return word, False, False


def _word_before(text: str, at: int) -> tuple[str, int]:
    """The word before an offset and its start; "" where a sentence or line begins there."""
    stop = at
    while stop and text[stop - 1] in " \t’'":
        stop -= 1
    if not stop:
        return "", 0
    low = max(0, stop - 24)
    start = max(text.rfind(" ", low, stop), text.rfind("\n", low, stop)) + 1 or low
    word = text[start:stop].strip("([“„\"’'").lower()
    if text[stop - 1] in _ENDS and not (text[stop - 1] == "." and word[:-1] in _stopped()):
        return "", stop
    return word, start


@lru_cache(maxsize=1)
def _stopped() -> frozenset[str]:
    """Words with a full stop that does not end a sentence, in lower case."""
    return _abbreviated() | word_set(_WORDS, "ship")


@lru_cache(maxsize=1)
def _particles() -> frozenset[str]:
    table = vocabulary(_WORDS)
    joined = (particle.strip("’'").lower() for particle in table["particle_joined"])
    return frozenset((*table["particle"], *joined))


@lru_cache(maxsize=1)
def _lower_titles() -> frozenset[str]:
    return word_set(_WORDS, "courtesy") | word_set(_WORDS, "rank")
