"""Learns the names of an edition from its own words: texts in, a lexicon of names out.

A surname that stands once after "Mr." or "Colonel" is known where it stands bare; a word that the
same texts also print in lower case, or after "the", is not. No list of surnames is needed.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from regesta.describing.mentions.runs import Run, classes, find_runs
from regesta.describing.persons.names import fold as fold_word
from regesta.describing.places.gazetteer import city_rows, fold
from regesta.describing.words import rows, word_set

_WORDS = "mention_words"
#: Words in lower case, as they stand in running text; shorter ones are never surnames.
_LOWER = re.compile(r"(?<![\w’'-])[^\W\d_A-ZÀ-ÖØ-ÞА-ЯЁ][^\W\d_]{2,}(?![\w-])")
_AFTER = re.compile(r"[ ,]{1,2}(?:(?:a|ha|has|had|hat|m’a|avait) )?([^\W\d_]+)")
#: One use in lower case for so many as a name makes a word no name, where it opens a sentence.
COMMON_OPENING = 0.34
#: A word printed so much more often in lower case than as a name is never a bare name: of a list,
#: and learned from titles.
COMMON_LISTED, COMMON = 25.0, 2.0
#: Bare uses after an article, as a part of all, that make a word no person's name.
ARTICLED = 0.25


#: A town that no historical table names must have so many people today.
TOWN = 50_000


#: So large a part of the words in lower case are small words of German in German texts.
NOUN_CAPITALS = 0.06
#: Where nouns have capitals, a name must be announced in so large a part of its uses.
ANNOUNCED = 0.2


@dataclass(slots=True)
class Seen:
    """How a capitalised word is used.

    Attributes:
        titled: After a courtesy or rank. office: after an office.
        full: After a forename or initials.
        bare: On its own inside a sentence; opening: at its beginning.
        denied: On its own after an article. placed: after a preposition of place.
        agent: On its own beside words that go with persons.
    """

    titled: int = 0
    office: int = 0
    full: int = 0
    bare: int = 0
    opening: int = 0
    denied: int = 0
    placed: int = 0
    agent: int = 0


@dataclass(slots=True)
class Counts:
    """What was counted in the texts: uses of words, and words in lower case."""

    words: dict[str, Seen] = field(default_factory=dict)
    lower: Counter[str] = field(default_factory=Counter)

    @property
    def noun_capitals(self) -> bool:
        """Whether the texts are of a language that writes nouns with a capital."""
        small = sum(self.lower[word] for word in word_set(_WORDS, "noun_capitals"))
        return small > NOUN_CAPITALS * self.lower.total()

    def of(self, word: str) -> Seen:
        """The uses of a word, made where there are none yet."""
        seen = self.words.get(word)
        if seen is None:
            seen = self.words[word] = Seen()
        return seen


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names that an edition is known to hold.

    Attributes:
        names: Surnames → how sure a bare use of it is a person's, 0 (it never is) to 1.
        common: Words that stand in lower case as well, and how often.
        nouns: Whether the texts write nouns with a capital.
        places: Words and phrases of places that the edition's datelines name.
        listed: Surnames of lists of persons and of parties.
        openers: Surnames that may be told apart from other words at the beginning of a sentence.
    """

    names: dict[str, float] = field(default_factory=dict)
    common: dict[str, int] = field(default_factory=dict)
    listed: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    nouns: bool = False


def observe(counts: Counts, text: str, runs: Iterable[Run] | None = None) -> None:
    """Count the uses of the capitalised words of a text; ``runs`` are its runs, where known."""
    counts.lower.update(_LOWER.findall(text))
    for run in find_runs(text) if runs is None else runs:
        _count(counts, run, text)


def _count(counts: Counts, run: Run, text: str) -> None:
    classes = run.classes
    if len(classes) == 1:
        if classes not in "WBFMPH":
            return
        seen = counts.of(run.words[0])
        title = run.before.rstrip(".")
        if run.led and fold_word(title) in word_set(_WORDS, "sovereign"):
            return
        if title in word_set(_WORDS, "courtesy") or title in word_set(_WORDS, "rank"):
            seen.titled += 1
            return
        if title in word_set(_WORDS, "office"):
            seen.office += 1
            return
        if run.opens:
            seen.opening += 1
        else:
            seen.bare += 1
            if run.before in word_set(_WORDS, "denied") or title in word_set(_WORDS, "ship"):
                seen.denied += 1
            elif run.before in word_set(_WORDS, "whereabouts"):
                seen.placed += 1
            elif run.before in word_set(_WORDS, "agent"):
                seen.agent += 1
                return
            if run.before in word_set(_WORDS, "whose"):
                return
        after = _AFTER.match(text, run.ends[0])
        if after and after[1] in word_set(_WORDS, "does"):
            seen.agent += 1
        return
    if classes[0] == "X":
        counts.of(run.words[-1]).denied += 3
        return
    for match in _NAMED.finditer(classes):
        last = match.end() - 1
        seen = counts.of(run.words[last])
        first = classes[match.start()]
        if match[0] == "IW" and run.opens and not match.start():
            continue  # an item of a list
        if first in "FI" or (first == "W" and "I" in match[0]):
            seen.full += 1
        elif first == "O" and not ("C" in match[0] or "K" in match[0]):
            seen.office += 1
        else:
            seen.titled += 1
    if classes[-1] == "W" and not _NAMED.search(classes):
        counts.of(run.words[-1])


#: A title with its name; forenames or initials with a surname.
_NAMED = re.compile(r"[CKO]*C[FI]*[FWBPMH]|[CKO]*[KO][FI]*[FW]|F[FI]*W|I+W|WI+W")


def learn(
    counts: Counts,
    *,
    persons: Iterable[str] = (),
    parties: Iterable[str] = (),
    places: Iterable[str] = (),
    base: Lexicon | None = None,
) -> Lexicon:
    """Make a lexicon of what was counted.

    Args:
        counts: The uses of words; empty for a text on its own.
        persons: Names of lists of persons, in any order of their parts.
        parties: Names of senders and recipients, as headings and signatures print them.
        places: Names of places of writing.
        base: What is known already, by the same lists; then only what the counts change is
            looked at again.

    Returns:
        The lexicon; a name that its own texts contradict is not in it.
    """
    base = Lexicon() if base is None else base
    known = classes()
    called = {s for name in parties if (s := surname(name)) and known[s] in "WF"}
    fresh = (called | {s for name in persons if (s := surname(name))}) - base.listed
    listed = base.listed | fresh if fresh else base.listed
    sites = base.places.union(places)
    names, openers = base.names.copy(), set(base.openers)
    common = {word.capitalize(): n for word, n in counts.lower.items()}
    for word in (*fresh, *(listed & (counts.words.keys() | common.keys()))):
        seen = counts.words.get(word, _UNSEEN)
        names[word] = _sure(seen, counts.lower[word.lower()], listed=True)
    nouns = counts.noun_capitals
    for word, seen in counts.words.items():
        if word in listed or len(word) < 3 or not (seen.titled or seen.full or seen.agent):
            continue
        if nouns and seen.titled + seen.full < max(1, ANNOUNCED * (seen.bare + seen.opening)):
            continue
        if (known[word] in "WF" and not (word in sites or is_town(word))) or seen.titled > 1:
            names[word] = _sure(seen, counts.lower[word.lower()], listed=False)
    for word in (*fresh, *(names.keys() & (counts.words.keys() | common.keys()))):
        if names[word] > 0 and _may_open(word, counts, word in listed):
            openers.add(word)
        else:
            openers.discard(word)
    return Lexicon(names, common, listed, frozenset(openers), sites, nouns)


_UNSEEN = Seen()


def _may_open(word: str, counts: Counts, listed: bool) -> bool:
    seen = counts.words.get(word, Seen())
    if not (listed or seen.bare > seen.denied or seen.agent or seen.titled > 1):
        return False
    named = seen.titled + seen.full + seen.office + seen.bare - seen.denied + 3 * listed
    return counts.lower[word.lower()] <= COMMON_OPENING * named


def _sure(seen: Seen, lower: int, *, listed: bool) -> float:
    """How sure a bare use of a word inside a sentence is a person's name, 0 to 1."""
    named = seen.titled + seen.full + 0.5 * seen.office + seen.agent + 3 * listed
    against = seen.denied + seen.placed
    bare = seen.bare
    if lower > (COMMON_LISTED if listed else COMMON) * named or against > named:
        return 0.0
    if not listed and bare and seen.denied > max(1, ARTICLED * bare):
        return 0.0
    if not listed and not seen.titled and not seen.full:
        alone = seen.agent > 0 and seen.bare > 0 and not (lower or against or seen.office)
        return 0.7 if alone else 0.0
    return named / (named + against + 0.2)


@lru_cache(maxsize=1)
def _historical() -> frozenset[str]:
    return frozenset(name for names, *_ in rows("places") for name in names.split("|"))


def is_historical(name: str) -> bool:
    """Tell whether words are a place of diplomacy by a historical name."""
    return name in _historical()


@lru_cache(maxsize=65_536)
def is_town(word: str) -> bool:
    """Tell whether a word is a place of diplomacy or a town of some size."""
    if word in _historical():
        return True
    return any(int(row.rsplit(b"\t", 1)[1]) >= TOWN for row in city_rows(fold(word)))


_INVERTED = re.compile(r"^([^,(\[]+?),")
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|Esq|II|III|IV)\.?$", re.I)
_CAPITAL = re.compile(r"[^\W\d_]{2,}(?:[’'-][^\W\d_]+)*")


def surname(name: str) -> str:
    """The surname of a name, printed either way round ("Francis, David R.", "Cecil Rhodes")."""
    name = _SUFFIX.sub("", name.strip())
    inverted = _INVERTED.match(name)
    words = _CAPITAL.findall(inverted[1] if inverted else name)
    words = [word for word in words if word[0].isupper()]
    if not words:
        return ""
    word = words[-1]
    return word.capitalize() if word.isupper() and len(word) > 3 else str(word)
