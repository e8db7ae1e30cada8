"""A title that names no two parties into who made the document: "Memorandum by Mr. Kell".

What comes in is the title on one line; what goes out is the party after the kind of document, with
its span. Whoever writes a note or a telegram is its sender; minutes, treaties, memoranda and lists
have authors at most, and no parties.
"""

import re
from functools import lru_cache

from regesta.describing.frame import kind_nouns
from regesta.describing.headings import Named, parse_parties, party_end
from regesta.describing.kinds import kind_of_title
from regesta.describing.names import bears_office, has_office, is_compound, is_titled, lower_words
from regesta.describing.powers import power_of
from regesta.describing.words import pattern, word_set
from regesta.documents import Party

#: Kinds that are sent: what follows them is who sent them.
SENT = frozenset(
    ("telegram", "letter", "note", "note verbale", "despatch", "instruction", "circular")
)
#: The kind of document stands in the first words of a title.
_KIND_WITHIN = 4
_WORDS = "heading_words"
_CYRILLIC = re.compile(r"[а-яё]")


@lru_cache(maxsize=1)
def _by() -> re.Pattern[str]:
    """What joins a kind of document to its maker: "by", "of the", "des", "de la", "de l’"."""
    joined = pattern(_WORDS, "by_joined").pattern
    return pattern(_WORDS, "by_author", rf"\s(?:{{}}\s+|{joined})(?:(?:the|la|le|der)\s+)?")


def made_by(title: str) -> tuple[Named, ...]:
    """Who made the document that a title names: none, one or several.

    Args:
        title: The heading on one line, without the number before it.

    Returns:
        The parties after "by", "of", "des", "de la"… right behind the kind of document; empty where
        the title goes on with anything else ("Treaty of Peace", "Report on the Trade").
    """
    start, joint = _maker(title)
    if start < 0:
        return ()
    end = party_end(title, start, len(title.rstrip(" .,;:")))
    end = next((m.start() for m in _relative().finditer(title, start, end)), end)
    words = title[start:end]
    if not words or (words[:1].islower() and not bears_office(words.split()[0].lower())):
        return ()
    if not (has_office(words) or is_titled(words) or re.match(r"(?:\w\. ?)+\w+", words)):
        return ()
    found = parse_parties(title, start, end)
    return tuple(_in_first_case(named, joint) for named in found)


def _maker(title: str) -> tuple[int, str]:
    """Where the maker's words begin, and what joins them; -1 where nobody is named."""
    match = _by().search(title)
    if match is None:
        return _russian_maker(title), ""
    before = lower_words(title[: match.start()])
    if not before or len(before) > _KIND_WITHIN:
        return -1, ""
    if not any(w in kind_nouns() for w in before):
        return -1, ""
    if not word_set(_WORDS, "about").isdisjoint(before):
        return -1, ""
    return match.end(), match[0].split()[0].lower()


def _russian_maker(title: str) -> int:
    """In Russian the maker follows the kind in the genitive: no word joins them."""
    first, _, rest = title.partition(" ")
    if not rest or not _CYRILLIC.search(first) or first.lower() not in kind_nouns():
        return -1
    return len(first) + 1 if bears_office(rest.split()[0].lower()) else -1


@lru_cache(maxsize=1)
def _relative() -> re.Pattern[str]:
    """Where the maker's words end: "on the Trade", "für den Minister", "vom 3. Mai"."""
    return pattern(_WORDS, "ends_author", r",?\s+{}(?=\s)")


def _in_first_case(named: Named, joint: str) -> Named:
    """ "des Russischen Botschafters in X" is the "Russischer Botschafter in X"."""
    office = named.party.office
    if joint not in ("des", "der") or not office:
        return named
    words = office.split()
    held = word_set(_WORDS, "held")
    head = next((i for i, w in enumerate(words) if w.lower() in held), len(words))
    if head == 0 or (
        not is_compound(words[head - 1].lower()) and not words[head - 1].endswith("s")
    ):
        return named
    noun = words[head - 1]
    neuter = pattern("party_words", "neuter", r"{}e?s?$", flags=re.I).search(noun) is not None
    ending = ("es" if neuter else "er") if joint == "des" else "e"
    words[: head - 1] = [_strong(w, ending) for w in words[: head - 1]]
    if joint == "des":
        words[head - 1] = _without_case(noun)
    party = named.party
    office = " ".join(words)
    return Named(
        Party(party.name, office, party.power or power_of(office), party.person),
        named.start,
        named.end,
    )


def _strong(adjective: str, ending: str) -> str:
    return adjective[:-2] + ending if adjective.endswith("en") and len(adjective) > 4 else adjective


def _without_case(noun: str) -> str:
    """A noun without the ending of the genitive: "Amtes", "Rats", "Gesandten"."""
    for ending in ("es", "s"):
        if noun.endswith(ending) and bears_office(noun[: -len(ending)].lower(), born=False):
            return noun[: -len(ending)]
    return noun[:-1] + "r" if noun.lower().endswith(("gesandten", "bevollmächtigten")) else noun


@lru_cache(maxsize=4096)
def has_no_parties(title: str) -> bool:
    """Tell whether a title is of a document that nobody sends to anybody.

    Minutes, treaties, memoranda, conversations, laws, statements and lists are; a title of no known
    kind is not judged.
    """
    kind = kind_of_title(title)
    return bool(kind) and kind not in SENT
