"""Words as names and offices: whether a phrase is written as a name is, or names an office.

What comes in are a few words of a heading or signature; what goes out is what they bear: a title,
a word of office, a power, the capitals and particles of a name.
"""

import itertools
import re
from functools import lru_cache

from regesta.describing.frame.lines import kind_nouns
from regesta.describing.powers.words import is_power, power_of
from regesta.describing.words import pattern, vocabulary, word_set

#: Names of persons and firms have at most so many capitalised words; with a title before them they
#: may have more ("Prince … of … and …").
LONGEST_NAME, LONGEST_TITLED = 5, 12

_HEADINGS = "heading_words"
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_FIRST_WORD = re.compile(r"([^\W\d_][\w’'-]*\.?)\s+(?=\S)")
_INITIAL = re.compile(r"(?<!\w)[A-ZÀ-ÞА-Я]\. ")
_BEGINS_INITIAL = re.compile(r"[A-ZÀ-ÞА-Я]\.")
CAPITAL = r"[A-ZÀ-ÞŠŽČĐĆŁŚŹŻĞİŞА-ЯЁ]"
_NUMERAL = re.compile(r"(?:[IVX]+\.?|\d+(?:st|d|nd|rd|th)?|(?:\w\.)+)$")


@lru_cache(maxsize=1)
def article() -> re.Pattern[str]:
    """An article at the beginning of a phrase."""
    joined = "|".join(vocabulary(_HEADINGS)["article_joined"])
    return pattern(_HEADINGS, "article", rf"^(?:{{}}\s+|(?:{joined}))", flags=re.I)


@lru_cache(maxsize=8192)
def without_article(phrase: str) -> str:
    """A phrase without the article at its beginning."""
    return article().sub("", phrase, count=1)


@lru_cache(maxsize=1)
def name_like() -> re.Pattern[str]:
    """Particles and a capital, as names begin."""
    joined = "|".join(vocabulary(_HEADINGS)["particle_joined"])
    return pattern(_HEADINGS, "particle", rf"(?:{{}}\s+|(?:{joined}))*(?:{CAPITAL}|[“\"])")


@lru_cache(maxsize=1)
def title_sets() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Words of courtesy, rank, birth and office, in lower case."""
    courtesy, rank, noble, office = (
        word_set("party_words", k) for k in ("courtesy", "rank", "noble", "office")
    )
    return courtesy, rank, noble, office


@lru_cache(maxsize=1)
def _held_titles() -> frozenset[str]:
    """Words of rank and office that can stand before a name, none of birth."""
    _, rank, noble, office = title_sets()
    return (rank | office) - noble


@lru_cache(maxsize=2)
def _bearers(*, born: bool) -> frozenset[str]:
    """Every word that makes a phrase an office, a body or a title."""
    _, rank, noble, office = title_sets()
    held = office | word_set("party_words", "body")
    return held | rank | noble if born else held - noble


@lru_cache(maxsize=1)
def _compound() -> re.Pattern[str]:
    """German nouns of office, joined to others and in any case."""
    cases = "|".join(vocabulary("party_words")["compound_case"])
    return pattern("party_words", "compound", rf"{{}}(?:{cases})?$")


@lru_cache(maxsize=8192)
def bears_office(word: str, *, born: bool = True) -> bool:
    """Tell whether a word is one of office, rank, birth or a body; its plural is one too.

    Args:
        word: In lower case.
        born: Titles of birth and rank count; in "Port au Prince" they make no office.
    """
    known = _bearers(born=born)
    word = word.replace("ſ", "s")
    if word in known:
        return True
    if "-" in word:
        return any(bears_office(part, born=born) for part in word.split("-"))
    if is_compound(word):
        return True
    stems = [word[: -len(e)] for e in ("s", "es", "n", "en", "’s", "'s") if word.endswith(e)]
    if word.endswith("ies"):
        stems.append(word[:-3] + "y")
    return any(stem in known for stem in stems)


@lru_cache(maxsize=8192)
def lower_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase in lower case; one phrase is asked for by several rules."""
    return tuple([w.lower() for w in _WORD.findall(phrase)])


@lru_cache(maxsize=8192)
def strip_title(phrase: str) -> tuple[str, str]:
    """Take courtesy and rank off the front of a name: the name, and the rank as an office.

    "General Tasker Bliss", "United States Marshal Evans", "Assistant Secretary Carr": what stands
    before the last title is the office, what follows it the name.
    """
    courtesy, held = title_sets()[0], _held_titles()
    rest = phrase.strip()
    while (match := _FIRST_WORD.match(rest)) and match[1].rstrip(".").lower() in courtesy:
        if len(match[1]) == 2 and _BEGINS_INITIAL.match(rest, match.end()):
            break  # "M. F. Long" has two initials
        rest = rest[match.end() :]
    if rest is not phrase and (found := article().match(rest)) and is_titled(rest):
        rest = rest[found.end() :]  # "M. le cardinal Kell"
    words = rest.split()
    titles = [w.strip(".,").lower() in held for w in words]
    if len(words) > 1 and words[-1].lower() in word_set("party_words", "after_name"):
        titles[-1] = False
    last = max((i for i, title in enumerate(titles[:-1]) if title), default=-1)
    if last >= 0 and len(words) > last + 2 and is_power(words[last + 1]):
        last += 1  # "Gesandter Persiens Kell"
    if last < 0 or words[last + 1][:1].islower() or titles[-1]:
        return rest, ""
    if not word_set("party_words", "at_place").isdisjoint(words[last + 2 :]):
        return rest, ""
    if is_power(" ".join(words[last + 1 :])):
        return rest, ""
    if words[last + 1].lower() in word_set("party_words", "of_crown") and len(words) > last + 2:
        return rest, ""
    before = words[: last + 1]
    if not all(t or w[0].isupper() or is_power(w) for w, t in zip(before, titles, strict=False)):
        return rest, ""
    if not titles[0] and not power_of(" ".join(before)):
        return rest, ""
    return " ".join(words[last + 1 :]), " ".join(before)


@lru_cache(maxsize=8192)
def is_office(phrase: str) -> bool:
    """Tell whether a phrase names an office or body rather than a person."""
    courtesy, rank, noble, office = title_sets()
    words = lower_words(phrase)
    if not words or words[0] in courtesy:
        return False
    if found := article().match(phrase):
        if words[0] != "the":
            return not _is_peer(phrase[found.end() :])
        if not (words[1:2] and words[1] in noble):
            return True
    if _INITIAL.search(phrase) or strip_title(phrase)[1]:
        return False
    if words[0] in office or words[0] in rank or is_compound(words[0]):
        held = word_set(_HEADINGS, "held")
        return len(words) == 1 or words[1] in held or words[0] not in noble
    return words[0] not in noble and any(w in office or is_compound(w) for w in words[1:])


def _is_peer(phrase: str) -> bool:
    """ "Baron de Kell", "cardinal Kell": named by a title; "roi de Danemark" is by his realm."""
    words = phrase.split()
    first = words[0].lower()
    if len(words) < 2 or first in word_set("party_words", "ruler"):
        return False
    if first in title_sets()[0]:
        return True
    if first in title_sets()[1] and first not in title_sets()[2]:
        surnamed = words[-1].lower() in word_set("party_words", "after_name")
        name = words[1:-1] if surnamed else words[1:]
        return len(name) == 1 and name[0][:1].isupper() and power_of(name[0]) == ""
    return first in title_sets()[2] and (
        words[-1][:1].isupper() or words[-1].startswith(("d’", "d'"))
    )


def is_compound(word: str) -> bool:
    """Tell whether a word, in lower case, ends in a German noun of office or of a body."""
    return len(word) > 3 and _compound().search(word) is not None


def head_words(phrase: str) -> list[str]:
    """The words of a phrase before "of", "in", "from"…: what it is about."""
    held, by = word_set(_HEADINGS, "held"), word_set(_HEADINGS, "by")
    bare = without_article(phrase)
    content = [w for w in lower_words(bare) if w not in ("the", "a", "an")]
    return list(
        itertools.takewhile(lambda w: (w not in held or w == "general") and w not in by, content)
    )


@lru_cache(maxsize=8192)
def has_office(phrase: str) -> bool:
    """Tell whether a phrase says whose office it is: by a word of office, or a power's name."""
    head = head_words(phrase)
    if not head or head[0] in word_set(_HEADINGS, "about"):
        return False
    if any(map(bears_office, head)):
        return not _is_kind(head)
    return is_power(without_article(phrase).strip())


def _is_kind(head: list[str]) -> bool:
    """ "Note from the Office" begins with a kind of document, "Press Officer" does not."""
    return is_no_party(head[-1]) and not bears_office(head[-1])


def is_no_party(word: str) -> bool:
    """Tell whether a word, in lower case, is a kind of document or something that happened."""
    return word in kind_nouns() or word in word_set(_HEADINGS, "event")


@lru_cache(maxsize=8192)
def is_titled(phrase: str) -> bool:
    """Tell whether a name has a title before it: "Mr.", "Count", "General"."""
    courtesy, rank, noble, _ = title_sets()
    words = lower_words(without_article(phrase))
    return bool(words) and (words[0] in courtesy or words[0] in rank or words[0] in noble)


def is_courteous(phrase: str) -> bool:
    """Tell whether a name has "Mr." or the like before it: then any word can be a surname."""
    match = _WORD.match(phrase)
    return match is not None and match[0].lower() in title_sets()[0]


def has_name(name: str, *, titled: bool = False) -> bool:
    """Tell whether words are written as names are: capitals, initials, particles, and few.

    Args:
        name: The words, without title.
        titled: A title stood before them: then "of …" may follow and nouns are surnames.
    """
    words = name.replace(",", " ").split()
    _, rank, noble, _ = title_sets()
    while titled and len(words) > 1 and words[0] in rank | noble:
        words = words[1:]  # "comte d’Kell", "abbé Kell": a title in lower case
    if not words or not name_like().match(" ".join(words)):
        return False
    particles, joined = word_set(_HEADINGS, "particle"), vocabulary(_HEADINGS)["particle_joined"]
    capitals = 0
    for word in words:
        bare = word.strip("“”\"'’.()[]")
        if len(bare) < 2 or bare.lower() in particles or _NUMERAL.match(bare):
            continue
        if not (bare[0].isupper() or word.startswith(tuple(joined))):
            if titled and bears_office(bare):
                continue
            return bare.lower() in word_set(_HEADINGS, "follower") and capitals > 0
        if not titled and is_no_party(bare.lower()):
            return False
        capitals += 1
    initials = any(_BEGINS_INITIAL.match(w) for w in words)
    if not titled and (words[-1].lower() in particles or "of" in words):
        return False
    return (capitals > 0 or initials) and capitals <= (LONGEST_TITLED if titled else LONGEST_NAME)


def proper(name: str) -> str:
    """Words in capitals as names are written: "JOHN McMILLAN-SMITH" keeps its parts."""
    return " ".join(_proper(w) if w.isupper() else w for w in name.split())


def _proper(word: str) -> str:
    return "-".join(
        p[:1] + p[1:].lower() if len(p.strip(".")) > 1 and not _NUMERAL.match(p) else p
        for p in word.split("-")
    )
