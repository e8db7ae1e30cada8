"""Feet of letters into parties: who signed, and to whom the line below is addressed.

What comes in is the frame of a letter, or the words of a line; what goes out is a party with its
span: an office above or below the name is the signer's, one that signs for another is not.
"""

import re
from functools import lru_cache

from regesta.describing.frame.lines import Frame, Line
from regesta.describing.parties.holders import parse_party
from regesta.describing.parties.names import article, bears_office, has_office, proper
from regesta.describing.parties.phrases import Named, party_end
from regesta.describing.powers.words import power_of
from regesta.describing.words import pattern, word_set
from regesta.documents import Party

_WORDS = "heading_words"
#: An editor's completion of an initial: "J[ohn] K[ell]".
_COMPLETED = re.compile(r"(?<=[^\W\d_])\[([^\W\d_]+\.?)\]")
#: A stop after a word that is no initial.
_NAME_ENDS = re.compile(r"(?<=[^\W\d_]{4})\.\s+")
_INITIALS = re.compile(r"(?:^|[ .])[^\W\d_]$")
#: An office that signs alone has at most so many words; short small words are no verbs ("a. i."),
#: and few words no sentence ("Le Directeur politique").
LONGEST_SIGNED_OFFICE, SHORTEST_VERB, FEW_WORDS = 10, 3, 5

#: An office before a colon and the name of who holds it has at most so many letters.
LONGEST_OFFICE = 80


def addressee(words: str) -> Party | None:
    """The party that a line at the foot, or above the salutation, is addressed to."""
    words = pattern(_WORDS, "and_so_on", r",?\s*{}\.?.*$").sub("", words).strip('“"’”')
    words = pattern(_WORDS, "addressed_to", r"^{}\s+(?=\S)").sub("", words)
    words = pattern(_WORDS, "honours", "^{}", flags=re.I).sub("", words)
    words = pattern(_WORDS, "honours", "^{}", flags=re.I).sub("", words)
    name, office = _name_and_office(words)
    party = parse_party(name)
    if party is None or party_end(name, 0, len(name)) < len(name):
        return None
    party = Party(proper(party.name), party.office, party.power)
    printed = _printed_office(office)
    if not printed or (not party.name and party.office):
        return party
    return Party(party.name, printed, power_of(printed))


def _name_and_office(words: str) -> tuple[str, str]:
    """A signature or an address at its first comma, or at a stop that ends a name."""
    above, colon, below = words.partition(":")
    if colon and below.strip() and len(above) <= LONGEST_OFFICE and _printed_office(above):
        return below.strip(), above  # "Le Ministre de Suisse: G. Kell"
    firm = words.rfind("&")
    comma = words.find(",", max(firm, 0))
    name, office = (words[:comma], words[comma + 1 :]) if comma >= 0 else (words, "")
    stop = _NAME_ENDS.search(name)
    if stop and _printed_office(name[stop.end() :]):
        return words[: stop.start()], words[stop.end() :]
    return name, office.strip()


def _printed_office(words: str) -> str:
    """The office after a name, as printed; "" where it is an address or another name."""
    words = pattern(_WORDS, "suffix", r"^{}\.?,?\s*", flags=re.I).sub("", words.strip(" ,."))
    first = words.partition(",")[0].strip(" .")
    office = article().sub("", first, count=1)
    return office if office and has_office(office) else ""


def signature(frame: Frame) -> Named | None:
    """The signature at the foot: the line after the closing formula, else the last name.

    An office in a line above the name is the signer's; "For the Secretary of State:" is not.
    """
    lines = frame.foot
    after = next((i for i, x in enumerate(lines) if x.kind == "closer"), -1)
    if after >= 0 and (named := _behind_formula(frame, lines[after])) is not None:
        return named
    office: Named | None = None
    for line in lines[after + 1 :]:
        if line.kind == "addressee":
            break
        if line.kind != "signature":
            continue
        named = _signed(frame, line)
        if office is not None and named is not None and named.party.name and not named.party.office:
            party = Party(named.party.name, office.party.office, office.party.power)
            return Named(party, office.start, named.end)
        if named is None and _for_another().match(frame.words(line)):
            continue
        if named is not None and named.party.name and not named.party.office and office is None:
            return _with_office(frame, line, named)
        if office is not None or named is None or named.party.name:
            return office or named
        office = named
    return office


def signatures(frame: Frame) -> list[Named]:
    """Everybody who signed: several where the closing formula says so, "We have the honor".

    The others are the names in the lines below the first, up to one that is none.
    """
    first = signature(frame)
    if first is None:
        return []
    several = pattern("letter_words", "several_sign")
    closers = [frame.words(x) for x in frame.of("closer", foot=True)]
    if not any(several.search(words) for words in closers):
        return [first]
    found = [first]
    for line in frame.foot:
        if line.start < found[-1].end:
            continue
        named = _signed(frame, line) if line.kind == "signature" else None
        if named is None or not named.party.name:
            break
        found.append(named)
    return found


def _behind_formula(frame: Frame, line: Line) -> Named | None:
    """ "… most obedient servant, John Kell" on one line."""
    servant = pattern("letter_words", "servant", r"(?<!\w){},?\s*(?=[A-ZÀ-Þ])")
    found = [match.end() for match in servant.finditer(frame.text, line.start, line.end)]
    if not found:
        return None
    named = _signed(frame, Line("signature", found[-1], line.end))
    return named if named is not None and " " in named.party.name else None


def _with_office(frame: Frame, line: Line, named: Named) -> Named:
    """The office in the line below a name that ends in a comma."""
    at = frame.foot.index(line) + 1
    below = frame.foot[at] if at < len(frame.foot) else None
    if below is None or below.kind != "signature" or not frame.words(line).endswith(","):
        return named
    office = _printed_office(frame.words(below))
    if not office:
        return named
    return Named(Party(named.party.name, office, power_of(office)), named.start, below.end)


def _is_signed_office(words: str) -> bool:
    """ "Chargé d’Affaires ad interim": few words, and the last no verb, as sentences have."""
    found = words.split()
    last = found[-1].strip(".,").lower()
    few = len(found) <= FEW_WORDS
    known = (
        few
        or bears_office(last)
        or len(last) <= SHORTEST_VERB
        or last in word_set(_WORDS, "follower")
    )
    return len(found) <= LONGEST_SIGNED_OFFICE and (found[-1][:1].isupper() or known)


@lru_cache(maxsize=1)
def _for_another() -> re.Pattern[str]:
    return pattern(_WORDS, "for_another", r"^[(„“]?{}(?!\w)", flags=re.I)


def _signed(frame: Frame, line: Line) -> Named | None:
    words = _COMPLETED.sub(r"\1", frame.words(line)).strip('“”"’‘[]() ')
    words = pattern(_WORDS, "in_stead", r"^{}\s*(?=\S)").sub("", words)
    if _for_another().match(words):
        return None
    name, office = _name_and_office(words)
    party = parse_party(proper(name))
    if party is None or len(name) < 3 or (not party.name and not _is_signed_office(name)):
        return None
    named = proper(party.name)
    if words.startswith(f"{party.name}.") and _INITIALS.search(party.name):
        named += "."
    printed = "" if party.office else _printed_office(office)
    power = power_of(printed) if printed else party.power
    return Named(Party(named, party.office or printed, power), line.start, line.end)
