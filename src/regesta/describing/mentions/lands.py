"""Places and powers in running text: what is left of a run of capitals when its persons are taken.

Powers by their names, adjectives and the houses that stand for them in their years; places by the
tables of the gazetteer, towns of today only where a preposition or a dateline speaks for them.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.mentions.lexicon import Lexicon, is_historical, is_town
from regesta.describing.mentions.runs import Run
from regesta.describing.powers.states import in_year, states
from regesta.describing.words import rows, word_set

_WORDS = "mention_words"
#: Longest name of a place or power, in words.
LONGEST = 4


class Land(NamedTuple):
    """A place or power found in a run: its first and last word, its name, how it was known."""

    first: int
    last: int
    kind: str
    name: str
    rule: str
    confidence: float


class _Form(NamedTuple):
    words: tuple[str, ...]
    power: str
    first: int
    last: int
    rule: str


#: A particle joined to its word, which a run leaves out.
_JOINED = re.compile("^[dl][’']")


@lru_cache(maxsize=1)
def _forms() -> dict[str, list[_Form]]:
    """First word of a power's name, in lower case → its forms, the longest first."""
    table = [
        _Form(tuple(form.lower().split()), power, 0, 9999, "power's name")
        for power, forms, *_ in rows("powers")
        for form in forms.split("|")
    ]
    for state in states():
        if " " in state.name:
            words = tuple(state.name.lower().split())
            table.append(_Form(words, state.name, state.first, state.last, "power's name"))
        for metonym in state.metonyms:
            plain = (_JOINED.sub("", w).rstrip(".") for w in metonym.words.lower().split())
            words = tuple(word for word in plain if word not in ("the", "la"))
            # A house of one word stands for a power in its years; without them it may be anything.
            if len(words) > 1 or metonym.first or metonym.last < 9999:
                form_ = _Form(words, state.name, metonym.first, metonym.last, "metonym")
                table.append(form_)
    found: dict[str, list[_Form]] = {}
    for form_ in table:
        found.setdefault(form_.words[0], []).append(form_)
    for forms_ in found.values():
        forms_.sort(key=lambda form: -len(form.words))
    return found


def first_words() -> dict[str, list[_Form]]:
    """The words with which a power's name begins, in lower case."""
    return _forms()


def find_lands(
    run: Run, classes: str, taken: set[int], lexicon: Lexicon, year: int | None
) -> list[Land]:
    """Find the places and powers of a run.

    Args:
        run: The run.
        classes: Its classes, with L for known places.
        taken: Numbers of the words that belong to persons.
        lexicon: What the edition is known to name.
        year: Of the document, for houses that stood for a power in some years only; None: those
            without limit only.
    """
    found: list[Land] = []
    at = 0
    while at < len(classes):
        land = None
        if at not in taken:
            land = _power(run, at, taken, year) or _place(run, classes, at, taken, lexicon)
        if land:
            found.append(land)
        at = land.last + 1 if land else at + 1
    return found


def _power(run: Run, at: int, taken: set[int], year: int | None) -> Land | None:
    for form in _forms().get(run.words[at].lower(), ()):
        end = at + len(form.words)
        if tuple(word.lower() for word in run.words[at:end]) != form.words:
            continue
        if not taken.isdisjoint(range(at, end)):
            continue
        bounded = form.rule == "metonym" and (form.first > 0 or form.last < 9999)
        if bounded and (year is None or not form.first <= year <= form.last):
            continue
        before = run.words[at - 1].lower() if at else run.before
        if bounded and len(form.words) == 1 and before not in word_set(_WORDS, "denied"):
            continue  # "the Porte", "die Pforte"; "La Porte" is a town
        name = form.power if form.rule == "metonym" else in_year(form.power, year or 0)
        return Land(at, end - 1, "power", name, form.rule, 0.9 if bounded else 0.95)
    return None


def _place(run: Run, classes: str, at: int, taken: set[int], lexicon: Lexicon) -> Land | None:
    if classes[at] == "H" or run.words[at].lower() in word_set(_WORDS, "denied"):
        return _headed(run, at, taken, lexicon)
    if classes[at] != "L":
        return None
    word, after = run.words[at], classes[at + 1 : at + 2]
    if after == "W" or (at and classes[at - 1] in "WHBX"):
        return None  # a part of a longer name that no table knows
    before = run.before if not at else ""
    if word in lexicon.places or is_historical(word):
        return Land(at, at, "place", word, "gazetteer", 0.93)
    led = before in word_set(_WORDS, "whereabouts") or before in word_set(_WORDS, "towards")
    return Land(at, at, "place", word, "town", 0.85) if led else None


def _headed(run: Run, at: int, taken: set[int], lexicon: Lexicon) -> Land | None:
    """A place of several words: "San Bravo", "St. Anselm", "New Harrow"."""
    for end in range(min(len(run.words), at + LONGEST), at + 1, -1):
        if not taken.isdisjoint(range(at, end)):
            continue
        name = run.words[at]
        for gap, word in zip(run.gaps[at + 1 : end], run.words[at + 1 : end], strict=True):
            name += gap + word
        dotted = name.replace(" ", ". ", 1)
        if name in lexicon.places or is_historical(name) or is_historical(dotted):
            return Land(at, end - 1, "place", name, "gazetteer", 0.93)
        if end == len(run.words) and is_town(name):
            return Land(at, end - 1, "place", name, "town", 0.88)
    return None
