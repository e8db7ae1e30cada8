"""A phrase of a heading or signature into a party: name, office and power apart.

What comes in are a few words; what goes out are the parties that they name, or none: a party needs
positive evidence, a title, an office, a power, or words that are written as names are.
"""

import itertools
import re
from functools import lru_cache

from regesta.describing.frame import kind_nouns
from regesta.describing.gazetteer import locate
from regesta.describing.powers import is_power, power_of
from regesta.describing.words import pattern, vocabulary, word_set
from regesta.documents import Party

#: Names of persons and firms have at most so many capitalised words; with a title before them they
#: may have more ("Prince … of … and …").
LONGEST_NAME, LONGEST_TITLED = 5, 12

_HEADINGS = "heading_words"
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_FIRST_WORD = re.compile(r"([^\W\d_][\w’'-]*\.?)\s+(?=\S)")
_INITIAL = re.compile(r"(?<!\w)[A-ZÀ-ÞА-Я]\. ")
_BEGINS_INITIAL = re.compile(r"[A-ZÀ-ÞА-Я]\.")
_PAREN = re.compile(r"\s*[\[(]([^()\[\]]+)[\])]")
_GLOSS = re.compile(r"\s*[\[(][^()\[\]]+[\])](?=,?\s+(?:and|und|et)\s[^()]*$)")
_CAPITAL = r"[A-ZÀ-ÞŠŽČĐĆŁŚŹŻĞİŞА-ЯЁ]"
_NUMERAL = re.compile(r"(?:[IVX]+\.?|\d+(?:st|d|nd|rd|th)?|(?:\w\.)+)$")


@lru_cache(maxsize=1)
def article() -> re.Pattern[str]:
    """An article at the beginning of a phrase."""
    joined = "|".join(vocabulary(_HEADINGS)["article_joined"])
    return pattern(_HEADINGS, "article", rf"^(?:{{}}\s+|(?:{joined}))", flags=re.I)


@lru_cache(maxsize=1)
def name_like() -> re.Pattern[str]:
    """Particles and a capital, as names begin."""
    joined = "|".join(vocabulary(_HEADINGS)["particle_joined"])
    return pattern(_HEADINGS, "particle", rf"(?:{{}}\s+|(?:{joined}))*(?:{_CAPITAL}|[“\"])")


@lru_cache(maxsize=1)
def title_sets() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Words of courtesy, rank, birth and office, in lower case."""
    courtesy, rank, noble, office = (
        word_set("party_words", k) for k in ("courtesy", "rank", "noble", "office")
    )
    return courtesy, rank, noble, office


@lru_cache(maxsize=2)
def _bearers(*, born: bool) -> frozenset[str]:
    """Every word that makes a phrase an office, a body or a title."""
    _, rank, noble, office = title_sets()
    held = office | word_set("party_words", "body")
    return held | rank | noble if born else held - noble


@lru_cache(maxsize=8192)
def bears_office(word: str, *, born: bool = True) -> bool:
    """Tell whether a word is one of office, rank, birth or a body; its plural is one too.

    Args:
        word: In lower case.
        born: Titles of birth and rank count; in "Port au Prince" they make no office.
    """
    known = _bearers(born=born)
    if word in known:
        return True
    if "-" in word:
        return any(bears_office(part, born=born) for part in word.split("-"))
    stems = [word[: -len(e)] for e in ("s", "es", "n", "en", "’s", "'s") if word.endswith(e)]
    if word.endswith("ies"):
        stems.append(word[:-3] + "y")
    return any(stem in known for stem in stems)


def lower_words(phrase: str) -> list[str]:
    """The words of a phrase in lower case."""
    return [w.lower() for w in _WORD.findall(phrase)]


@lru_cache(maxsize=8192)
def strip_title(phrase: str) -> tuple[str, str]:
    """Take courtesy and rank off the front of a name: the name, and the rank as an office.

    "General Tasker Bliss", "United States Marshal Evans", "Assistant Secretary Carr": what stands
    before the last title is the office, what follows it the name.
    """
    courtesy, rank, noble, office = title_sets()
    held = (rank | office) - noble
    rest = phrase.strip()
    while (match := _FIRST_WORD.match(rest)) and match[1].rstrip(".").lower() in courtesy:
        if len(match[1]) == 2 and _BEGINS_INITIAL.match(rest, match.end()):
            break  # "M. F. Long" has two initials
        rest = rest[match.end() :]
    words = rest.split()
    titles = [w.strip(".,").lower() in held for w in words]
    last = max((i for i, title in enumerate(titles[:-1]) if title), default=-1)
    if last < 0 or words[last + 1][:1].islower() or titles[-1]:
        return rest, ""
    before = words[: last + 1]
    if not all(t or w[0].isupper() for w, t in zip(before, titles, strict=False)):
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
    if article().match(phrase) and not (words[0] == "the" and words[1:2] and words[1] in noble):
        return True
    if _INITIAL.search(phrase) or strip_title(phrase)[1]:
        return False
    if words[0] in office or words[0] in rank:
        held = word_set(_HEADINGS, "held")
        return len(words) == 1 or words[1] in held or words[0] not in noble
    return words[0] not in noble and any(w in office for w in words[1:])


def head_words(phrase: str) -> list[str]:
    """The words of a phrase before "of", "in", "from"…: what it is about."""
    held, by = word_set(_HEADINGS, "held"), word_set(_HEADINGS, "by")
    bare = article().sub("", phrase, count=1)
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
    return is_power(article().sub("", phrase, count=1).strip())


def _is_kind(head: list[str]) -> bool:
    """ "Note from the Office" begins with a kind of document, "Press Officer" does not."""
    return _is_no_party(head[-1]) and not bears_office(head[-1])


def _is_no_party(word: str) -> bool:
    return word in kind_nouns() or word in word_set(_HEADINGS, "event")


def is_titled(phrase: str) -> bool:
    """Tell whether a name has a title before it: "Mr.", "Count", "General"."""
    courtesy, rank, noble, _ = title_sets()
    words = lower_words(article().sub("", phrase, count=1))
    return words[:1] != [] and (words[0] in courtesy or words[0] in rank or words[0] in noble)


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
    if not words or not name_like().match(name):
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
        if not titled and _is_no_party(bare.lower()):
            return False
        capitals += 1
    initials = any(_BEGINS_INITIAL.match(w) for w in words)
    if not titled and (words[-1].lower() in particles or "of" in words):
        return False
    return (capitals > 0 or initials) and capitals <= (LONGEST_TITLED if titled else LONGEST_NAME)


def parse_party(phrase: str) -> Party | None:
    """One phrase into a party: name, office, power apart; None where it names nobody."""
    named = parse_holders(phrase)
    return named[0] if named else None


@lru_cache(maxsize=8192)
def parse_holders(phrase: str, *, titled: bool = False, lenient: bool = False) -> tuple[Party, ...]:
    """One phrase into parties: an office with several holders, "(Scott, Miller)", is several.

    Args:
        phrase: The words of one party.
        titled: A title stood before them ("Messrs.").
        lenient: Something else shows that they name a party: an article and capitals are enough.
    """
    inside: list[str] = []
    outside = _without_others(phrase)
    if "(" in outside or "[" in outside:
        inside = [m[1].strip() for m in _PAREN.finditer(outside)]
        outside = _PAREN.sub("", outside)
    suffix = pattern(_HEADINGS, "suffix", r",?\s+{}\.?$", flags=re.I)
    outside = suffix.sub("", outside.strip(" .,;:"))
    if not outside:
        outside, inside = (inside[0], inside[1:]) if inside else ("", [])
    if not outside:
        return ()
    outside, inside = _without_apposition(outside, inside)
    if is_office(outside):
        return _office_holders(article().sub("", outside, count=1), inside, lenient=lenient)
    titled = titled or is_titled(outside) or not title_sets()[2].isdisjoint(lower_words(outside))
    name, rank = strip_title(outside)
    office = article().sub("", inside[0] if inside else rank, count=1)
    name = article().sub("", name, count=1) if name.lower().startswith("the ") else name
    if rank and (of := re.match(rf"(?P<name>[^,]+?) of (?P<where>{_CAPITAL}.*)$", name)):
        name, office = of["name"], f"{office} of {of['where']}"
    if not has_name(name, titled=titled or bool(rank)):
        return ()
    return (Party(name=name, office=office, power=power_of(office)),)


def _without_apposition(outside: str, inside: list[str]) -> tuple[str, list[str]]:
    """ "Count Kell, minister of war": the apposition is the office; "Mr. Hay, Rome" has none."""
    first, _, apposition = outside.partition(", ")
    if not apposition or inside or not _is_person(first):
        return outside, inside
    if is_office(apposition) or apposition[0].islower():
        return first, [] if apposition.startswith(("of ", "von ")) else [apposition]
    return (first if locate(apposition) is not None else outside), inside


def _without_others(phrase: str) -> str:
    """The first of "Kell & Co. and other merchants"; no bracket before "and others"."""
    others = pattern(_HEADINGS, "others", ",?\\s+{}\\b").search(phrase)
    if others and (firm := phrase[: others.start()]).count("&"):
        return firm
    return _GLOSS.sub("", phrase) if "(" in phrase or "[" in phrase else phrase


def _office_holders(office: str, inside: list[str], *, lenient: bool) -> tuple[Party, ...]:
    gloss = bool(inside) and _is_gloss(office, inside[0])
    held = bool(inside) and not gloss and has_name(inside[0], titled=True)
    if not (has_office(office) or held or (lenient and _is_capital(office))):
        return ()
    holders = [""]
    if held:
        holders = [strip_title(h)[0] for h in re.split(r",\s+|\s+and\s+", inside[0])]
    power = power_of(office)
    return tuple(Party(name=h, office=office, power=power) for h in holders)


def _is_capital(office: str) -> bool:
    """ "the Bakufu", "the Northern Neutrals": a body that no list knows."""
    head = head_words(office)
    known = any(map(_is_no_party, head))
    return bool(head) and not known and all(w[0].isupper() for w in office.split()[: len(head)])


def _is_gloss(office: str, inside: str) -> bool:
    """ "Consul at Lemberg (Lwów)": the bracket has the place's other name."""
    other = locate(inside)
    return other is not None and other == locate(office.rpartition(" ")[2])


def _is_person(phrase: str) -> bool:
    """Tell whether a phrase is a name and no office."""
    return bool(name_like().match(strip_title(phrase)[0])) and not is_office(phrase)


def proper(name: str) -> str:
    """Words in capitals as names are written: "JOHN McMILLAN-SMITH" keeps its parts."""
    return " ".join(_proper(w) if w.isupper() else w for w in name.split())


def _proper(word: str) -> str:
    return "-".join(
        p[:1] + p[1:].lower() if len(p.strip(".")) > 1 and not _NUMERAL.match(p) else p
        for p in word.split("-")
    )
