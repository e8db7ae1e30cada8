"""A newspaper's report into the speaker it reports: "the Foreign Minister, Smith, said that …".

What comes in is a text and where its body begins; what goes out is the office and name of who
speaks in its first lines, with their span, or nothing.
"""

import re
from functools import lru_cache

from regesta.describing.frame.lines import small_words
from regesta.describing.openings import choice
from regesta.describing.parties.holders import parse_party, split_held
from regesta.describing.parties.names import (
    article,
    bears_office,
    has_name,
    has_office,
    strip_title,
)
from regesta.describing.parties.phrases import Named
from regesta.describing.powers.words import power_of
from regesta.describing.words import pattern, vocabulary, word_set
from regesta.documents import Party

#: Reported speech stands at the beginning of a newspaper's text, within so many characters.
SPEAKER_WITHIN = 600
#: An office and a name may have so many characters before the verb.
_LONGEST_OFFICE = 110

_CAPITAL = "[A-ZÀ-ÞŠŽČĐĆŁŚŹŻĞİŞА-ЯЁ]"
_NAME = rf"{_CAPITAL}[\w.’'-]*(?:\s+(?:[a-zà-ÿ’']{{1,4}}\s+)?{_CAPITAL}[\w.’'-]*){{0,4}}"
#: Where an office may begin: at a sentence, after a comma, after a bracket.
_FROM = r"(?:^|(?<=[,.;:)\]–—]\s)|(?<=\n))\s*"


@lru_cache(maxsize=1)
def _reported() -> tuple[re.Pattern[str], ...]:
    """ "the Minister, Smith, said", "Smith, the Minister, said", "Minister Smith said"."""
    words = vocabulary("party_words")["speech"]
    simple, that = choice(words["simple_verbs"]), choice(words["that"])
    verbs = "|".join((rf"(?:{words['perfect']})?(?:{simple})", *words["verbs"]))
    said = rf"\s+(?:{verbs})(?:[:,]|(?:\s+[^:.,;\n]{{1,60}}?)?(?:[:,]|,?\s+(?:{that})(?!\w)))"
    phrase = rf"[^\W\d_][^,.;:\n]{{2,{_LONGEST_OFFICE}}}"
    return (
        re.compile(rf"{_FROM}(?P<office>{phrase}),\s+(?P<name>{_NAME}),?{said}"),
        re.compile(rf"{_FROM}(?P<name>{_NAME}),\s+(?P<office>{phrase}),{said}"),
        re.compile(rf"{_FROM}(?P<both>[^\W\d_][^,.;:\n]{{2,{_LONGEST_OFFICE}}}?){said}"),
    )


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    """Any verb that reports speech: most texts have none, and need no closer look."""
    words = vocabulary("party_words")["speech"]
    return re.compile(choice((*words["simple_verbs"], *words["verbs"])))


def speaker(text: str, start: int) -> Named | None:
    """The speaker that the first lines of a report name.

    Args:
        text: The document's text.
        start: Where its body begins.

    Returns:
        Office and name with the span of both, or None where either is not named, or where an "I"
        reports it: then somebody else writes.
    """
    size = min(len(text), start + SPEAKER_WITHIN)
    first_person = pattern("party_words", "first_person", r"(?<!\w){}(?!\w)")
    begins = text[start:size].replace("\n", " ")
    if not _verbs().search(begins):
        return None
    for shape in _reported():
        for match in shape.finditer(begins):
            named = _named(match)
            if named is not None:
                line = text.rfind("\n", start, start + match.start() + 1) + 1
                if first_person.search(text, max(line, start), start + match.end()):
                    return None
                party, first, last = named
                return Named(party, start + first, start + last)
    return None


def _named(match: re.Match[str]) -> tuple[Party, int, int] | None:
    found = match.groupdict()
    if both := found.get("both"):
        return _together(both, match.start("both"))
    office, name = " ".join(found["office"].split()), " ".join(found["name"].split())
    party = _party(name, article().sub("", office, count=1))
    if party is None:
        return None
    starts = (match.start("office"), match.start("name"))
    ends = (match.end("office"), match.end("name"))
    return party, min(starts), max(ends)


def _together(words: str, start: int) -> tuple[Party, int, int] | None:
    """Office and name without a comma: "the Chairman of the Council Orlov"."""
    bare = article().sub("", words, count=1)
    held = split_held(bare)
    if held is not None:
        return Party(*held, power_of(held[1])), start, start + len(words)
    tokens = bare.split()
    last = max((i for i, w in enumerate(tokens) if _is_of_office(w)), default=-1)
    office, name = " ".join(tokens[: last + 1]), " ".join(tokens[last + 1 :])
    party = _party(name, office) if office and name else None
    return (party, start, start + len(words)) if party else None


def _is_of_office(word: str) -> bool:
    """The words before a name: small ones, offices, what offices are of ("State", "War")."""
    lower = word.lower()
    return word[0].islower() or bears_office(lower) or lower in word_set("party_words", "portfolio")


def _party(name: str, office: str) -> Party | None:
    plain, rank = strip_title(name)
    if rank or not has_office(office) or has_office(name) or not has_name(plain):
        return None
    if parse_party(plain) is None or office.split()[-1].lower() in small_words():
        return None
    return Party(name=plain, office=office, power=power_of(office))
