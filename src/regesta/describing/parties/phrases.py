"""A phrase that names parties into them, and where it ends: "the Secretary of State and Mr. Kell".

What comes in is a phrase of a heading; what goes out are its parties with their spans in it.
"""

import re
from functools import lru_cache

from regesta.describing.parties.holders import nominative, parse_holders
from regesta.describing.parties.names import (
    article,
    bears_office,
    has_office,
    head_words,
    is_courteous,
    is_office,
    is_titled,
)
from regesta.describing.places.gazetteer import locate
from regesta.describing.powers.words import power_of
from regesta.describing.words import pattern, vocabulary, word_set
from regesta.documents import Party
from regesta.documents.base import Value

#: Longer phrases than this many words name no party.
LONGEST_PARTY = 45
_WORDS = "heading_words"
_IN_PAREN = re.compile(r"[\[(][^()\[\]]*[\])]")
_INFINITIVE = re.compile(r",?\s+(?:not\s+)?to\s+(?P<verb>[a-z]+)\b")
#: "à Londres et à Rome": where an office is held.
_AT_TOWN = re.compile(r"(?:à|in|at|zu|en|a)\s+(?=[A-ZÀ-Þ])")


class Named(Value, frozen=True):
    """A party and where its words stand in the heading."""

    party: Party
    start: int
    end: int


@lru_cache(maxsize=1)
def _and() -> re.Pattern[str]:
    return pattern(_WORDS, "and", r"[,;]?\s+{}\s+|[,;]\s+(?=[^\W\d_])")


@lru_cache(maxsize=1)
def restarts() -> re.Pattern[str]:
    """What begins a party of its own: an article, a title."""
    return pattern(_WORDS, "restart", r"{}(?=\s|$)")


@lru_cache(maxsize=1)
def _ends() -> re.Pattern[str]:
    """What ends a party: "about …", ", on …", a semicolon."""
    after_comma = "|".join(vocabulary(_WORDS)["ends_after_comma"])
    after_bracket = "|".join(vocabulary(_WORDS)["ends_after_bracket"])
    return pattern(
        _WORDS,
        "ends",
        rf"[,;]?\s+{{}}(?=\s|$)|,\s+(?:{after_comma})(?!\w)|(?<=·)\s+(?:{after_bracket})(?!\w)|;\s|(?<=\w):\s",
    )


def _split_joint(phrase: str) -> list[tuple[int, int]]:
    """Cut a phrase that names several parties; offsets into the phrase.

    "the Secretary of State and the Secretary of War" are two, "Boulton, Bliss & Dallett" are one
    firm, "the ministers in France, Russia and Spain" and "the Minister of War and the Navy" one
    office.
    """
    cuts: list[tuple[int, int]] = []
    plural = pattern(_WORDS, "plural", r"\s*{}\s+").match(phrase)
    for match in _and().finditer(mask_parens(phrase)):
        after = phrase[match.end() :]
        if _AT_TOWN.match(after) and is_placed(after.split(None, 1)[1]):
            continue
        persons = plural and "&" not in phrase and "Co" not in after[:3]
        if persons or (restarts().match(after) and _is_another(after)):
            cuts.append(match.span())
    if len(cuts) == 1 and _is_apposition(phrase, cuts[0]):
        cuts = []
    pieces, start = [], plural.end() if plural else 0
    for a, b in sorted(set(cuts)):
        if a >= start:
            pieces.append((start, a))
            start = b
    return [*pieces, (start, len(phrase))]


def _is_apposition(phrase: str, cut: tuple[int, int]) -> bool:
    """ "The Danish Minister, Mr. Kell": the name of who holds the office, not a second party."""
    if phrase[slice(*cut)].strip() != "," or "(" in phrase:
        return False
    name = phrase[cut[1] :]
    titled = is_titled(name) and not is_office(name) and article().match(name) is None
    return is_office(phrase[: cut[0]]) and (is_courteous(name) or titled)


def _is_another(after: str) -> bool:
    """Tell whether what follows "and" is a party of its own, not the rest of an office."""
    if not after.startswith("the "):
        return True
    following = _and().split(mask_parens(after[4:]), maxsplit=1)[0]
    country = power_of(following) and not is_office(following)
    return not country and (is_titled(following) or any(map(bears_office, head_words(following))))


def mask_parens(phrase: str) -> str:
    """A phrase, as long as it was, in whose brackets nothing is found."""
    if "(" not in phrase and "[" not in phrase:
        return phrase
    return _IN_PAREN.sub(lambda m: "·" * len(m[0]), phrase)


def parse_parties(text: str, start: int, end: int, *, lenient: bool = False) -> tuple[Named, ...]:
    """Every party that ``text[start:end]`` names, in order."""
    found = _parties_of(text[start:end], lenient=lenient)
    return tuple([Named(n.party, start + n.start, start + n.end) for n in found])


@lru_cache(maxsize=8192)
def _parties_of(phrase: str, *, lenient: bool) -> tuple[Named, ...]:
    """The same of a whole phrase; offices recur in the headings of an edition."""
    if len(phrase.split()) > LONGEST_PARTY:
        return ()
    titled = pattern(_WORDS, "plural", r"\s*{}\s+").match(phrase) is not None
    again = pattern(_WORDS, "connector", r"\s*{}\s+")
    named: list[Named] = []
    for a, b in _split_joint(phrase):
        piece = phrase[a:b]
        left = len(piece) - len(piece.lstrip(" ,;"))
        repeated = again.match(piece, left) if named else None
        left = repeated.end() if repeated else left
        right = max(left, len(piece.rstrip(" .,;:")))
        found = parse_holders(piece[left:], titled=titled, lenient=lenient)
        named += [Named(p, a + left, a + right) for p in found]
    return tuple(named)


def in_first_case(named: Named, joint: str) -> Named:
    """A party after "des" or "der" with its office in the first case."""
    party = named.party
    office = nominative(party.office, joint)
    if office == party.office:
        return named
    return Named(Party(party.name, office, party.power, party.person), named.start, named.end)


def party_end(text: str, start: int, end: int) -> int:
    """Where the words of a party end: before "about …", "to allow …", ", on …"."""
    return start + _end_of_party(text[start:end])


@lru_cache(maxsize=8192)
def _end_of_party(phrase: str) -> int:
    phrase = mask_parens(phrase)
    stop = len(phrase)
    found = _ends().search(phrase)
    if found:
        stop = found.start()
    for match in _INFINITIVE.finditer(phrase, 0, stop) if "to" in phrase else ():
        if match["verb"] not in word_set(_WORDS, "no_verb") and not bears_office(match["verb"]):
            stop = match.start()
            break
    named = pattern(_WORDS, "ends_name", r"\s+{}\s+(?=[a-z])").search(phrase, 0, stop)
    if named and not has_office(phrase[: named.start()]):
        stop = named.start()
    return stop


def is_placed(right: str) -> bool:
    """ "Ministre de Suisse à Londres, C. Kell, au …": a place, where its office is held."""
    if article().match(right) or is_titled(right):
        return False
    words = right.replace(",", " ,").split()
    return any(locate(" ".join(words[:n])) is not None for n in (1, 2))
