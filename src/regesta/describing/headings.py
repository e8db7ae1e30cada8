"""A heading into its parties: "The Ambassador in Russia (Francis) to the Secretary of State".

What comes in is a heading on one line; what goes out are the senders and recipients with their
spans in it, or nothing where the heading is a title, a treaty, minutes.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from regesta.describing.frame import kind_nouns
from regesta.describing.powers import power_of
from regesta.describing.words import vocabulary
from regesta.documents import Party

#: Longer phrases than this many words name no party.
LONGEST_PARTY = 45

_CONNECTOR = re.compile(r"\s+(to|an|à|au|aux|к|al|alla|all’)\s*(?=[\s\w“\"(\[])", re.UNICODE)
_FROM = re.compile(r"^(?P<kind>[^,]{0,60}?)\b(?:from|von|by)\s+", re.I)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_PAREN = re.compile(r"\s*[\[(]([^()\[\]]+)[\])]")
_BRACKETED = re.compile(
    r"\s*\[(?:Of |Extract|Translation|Telegram|Confidential|Private|Copy)[^\]]*\]", re.I
)
_ARTICLE = re.compile(
    r"^(?:the|all the|all|der|die|das|den|dem|le|la|les|l[’']|el|los|il|lo)\s+", re.I
)
_AND = re.compile(
    r"\s*(?:,|;)?\s+(?:and|und|et|y|e|и|&)\s+|\s*[,;]\s+(?=(?:the|Mr|Messrs|Sir|Lord|General|Baron|Count)\b)"
)
_RESTARTS = re.compile(
    r"(?:the|to the|Mr\.?|Mrs\.?|Messrs\.?|Sir|Lord|General|Admiral|Colonel|Count|Baron|Prince|M\.|"
    r"Señor|Dr\.|den|die|dem|Herrn|le|la|l’)(?=\s|$)"
)
_NAME_LIKE = re.compile(r"[A-ZÀ-ÞА-Я“\"]")
_SUFFIX = re.compile(r",?\s+(?:jr|sr|esq|[A-Z]\.[A-Z]\.(?:[A-Z]\.)?)\.?$", re.I)


@dataclass(frozen=True, slots=True)
class Named:
    """A party and where its words stand in the heading."""

    party: Party
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """The parties of a heading; ``rest`` is what follows them: a place, a date."""

    senders: tuple[Named, ...]
    recipients: tuple[Named, ...]
    rule: str
    rest: int


@lru_cache(maxsize=1)
def _sets() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    words = vocabulary("party_words")
    courtesy, rank, noble, office = (
        frozenset(words[k]) for k in ("courtesy", "rank", "noble", "office")
    )
    return courtesy, rank, noble, office


def _lower_words(phrase: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(phrase)]


def strip_title(phrase: str) -> tuple[str, str]:
    """Take courtesy and rank off the front of a name: the name, and the rank as an office."""
    courtesy, rank, _, _ = _sets()
    ranks: list[str] = []
    rest = phrase.strip()
    while True:
        match = re.match(r"([^\W\d_][\w’'-]*\.?)\s+(?=\S)", rest)
        if match is None:
            break
        word = match[1].rstrip(".").lower()
        if word in courtesy:
            rest = rest[match.end() :]
        elif word in rank:
            ranks.append(match[1])
            rest = rest[match.end() :]
        else:
            break
    return rest, " ".join(ranks)


def is_office(phrase: str) -> bool:
    """Tell whether a phrase names an office or body rather than a person."""
    _, rank, noble, office = _sets()
    words = _lower_words(phrase)
    if not words:
        return False
    if _ARTICLE.match(phrase) and not (words[0] == "the" and len(words) > 1 and words[1] in noble):
        return True
    first = words[0]
    if first in office and first not in rank:
        return True
    if first in rank and len(words) > 1:
        return words[1] in ("of", "in", "at", "for", "to", "general") or words[-1] in office
    return any(w in office for w in words[1:]) and first not in noble


def parse_party(phrase: str) -> Party | None:
    """One phrase into a party: name, office, power apart; None where it names nobody."""
    inside = [m[1].strip() for m in _PAREN.finditer(phrase)]
    outside = _SUFFIX.sub("", _PAREN.sub("", phrase).strip(" .,;:"))
    if not outside:
        outside, inside = (inside[0], inside[1:]) if inside else ("", [])
    if not outside:
        return None
    if is_office(outside):
        office = _ARTICLE.sub("", outside, count=1)
        name, rank = strip_title(inside[0]) if inside else ("", "")
        if name and is_office(name) and not rank:
            name = ""
        return Party(name=name, office=office, power=power_of(office))
    name, rank = strip_title(outside)
    office = inside[0] if inside else rank
    name = _ARTICLE.sub("", name, count=1) if name.lower().startswith("the ") else name
    if not name or not _NAME_LIKE.match(name):
        return None
    return Party(name=name, office=_ARTICLE.sub("", office, count=1), power=power_of(office))


def _split_joint(phrase: str) -> list[tuple[int, int]]:
    """Cut a phrase that names several parties; offsets into the phrase.

    "the Secretary of State and the Secretary of War" are two, "Boulton, Bliss & Dallett" are one
    firm, "the ministers in France, Russia and Spain" one office.
    """
    cuts: list[tuple[int, int]] = []
    plural = re.match(r"\s*(?:Messrs\.?|MM\.|Señores|Herren)\s+", phrase)
    depth_free = _mask_parens(phrase)
    for match in _AND.finditer(depth_free):
        after = phrase[match.end() :]
        persons = plural and "&" not in match[0] and "Co" not in after[:3]
        if _RESTARTS.match(after) or persons:
            cuts.append(match.span())
    if plural:
        commas = re.finditer(r",\s+(?=[A-Z])", depth_free)
        cuts += [m.span() for m in commas if "&" not in phrase]
    pieces, start = [], plural.end() if plural else 0
    for a, b in sorted(set(cuts)):
        if a >= start:
            pieces.append((start, a))
            start = b
    return [*pieces, (start, len(phrase))]


def _mask_parens(phrase: str) -> str:
    return re.sub(r"[\[(][^()\[\]]*[\])]", lambda m: "·" * len(m[0]), phrase)


def parse_parties(text: str, start: int, end: int) -> tuple[Named, ...]:
    """Every party that ``text[start:end]`` names, in order."""
    phrase = text[start:end]
    if len(phrase.split()) > LONGEST_PARTY:
        return ()
    named = []
    for a, b in _split_joint(phrase):
        party = parse_party(phrase[a:b])
        if party is not None:
            piece = phrase[a:b]
            left = len(piece) - len(piece.lstrip(" ,;"))
            right = len(piece.rstrip(" .,;:"))
            named.append(Named(party, start + a + left, start + a + max(right, left)))
    return tuple(named)


def _names_party(phrase: str) -> bool:
    """Tell whether the words left of a connector can be a sender."""
    words = _lower_words(_mask_parens(phrase))
    if not words or len(words) > LONGEST_PARTY:
        return False
    content = [w for w in words if w not in ("the", "a", "an", "of")]
    if not content or any(w in kind_nouns() for w in words[:3]) or content[-1] in kind_nouns():
        return False
    return bool(_NAME_LIKE.match(phrase.strip(' “"')) or _ARTICLE.match(phrase))


#: Offices that are themselves held "to" something: their "to" does not part sender and recipient.
_TAKES_TO = re.compile(
    r"\b(?:Assistant|Adviser|Advisor|Delegates?|Representatives?|Commissioners?|Minister|Ambassador|"
    r"Delegation|Mission|Commission|Secretary|Counsel|Envoy|Attaché|Liaison Officer|Aide|Observer)"
    r"(?: \([^)]*\))?$"
)


def _connectors(heading: str, stop: int) -> list[re.Match[str]]:
    masked = _mask_parens(heading[:stop])
    found = list(_CONNECTOR.finditer(masked))
    return [m for m in found if m.start() > 0 and not heading[m.end() :].startswith("be ")]


def _choose(heading: str, connectors: list[re.Match[str]]) -> re.Match[str] | None:
    """The connector between sender and recipient."""
    usable = [m for m in connectors if _names_recipient(heading[m.end() :])]
    if not usable:
        return None
    if len(usable) == 1:
        return usable[0]
    plain = [m for m in usable if not _TAKES_TO.search(heading[: m.start()])]
    restarting = [m for m in plain or usable if _RESTARTS.match(heading, m.end())]
    return (restarting or plain or usable)[0]


def _names_recipient(phrase: str) -> bool:
    phrase = phrase.strip()
    words = _lower_words(phrase)
    if not words or words[0] in kind_nouns():
        return False
    return bool(
        _NAME_LIKE.match(phrase)
        or _ARTICLE.match(phrase)
        or _RESTARTS.match(phrase)
        or words[0] in _sets()[3]
        or words[0] in ("certain", "diplomatic", "american", "his", "her")
    )


def parse_heading(heading: str, stop: int | None = None) -> Heading | None:
    """Read the parties of a heading.

    Args:
        heading: On one line.
        stop: Where a date begins that belongs to the heading; place and date are left out.

    Returns:
        Its parties, or None where it names none or is not of a form known here.
    """
    end = len(heading.rstrip(" .;:")) if stop is None else stop
    extra = _BRACKETED.search(heading)
    if extra and extra.start() > 0:
        end = min(end, extra.start())
    chosen = _choose(heading, _connectors(heading, end))
    if chosen is None:
        return None
    begin, rule = 0, "heading"
    left = heading[: chosen.start()]
    if not _names_party(left):
        kind = _FROM.match(left)
        if kind is None or not _names_party(left[kind.end() :]):
            return None
        if _lower_words(kind["kind"]) and not any(
            w in kind_nouns() for w in _lower_words(kind["kind"])
        ):
            return None
        begin, rule = kind.end(), "heading-from"
    right_end = _end_of_recipient(heading, chosen.end(), end, dated=stop is not None)
    senders = parse_parties(heading, begin, chosen.start())
    recipients = parse_parties(heading, chosen.end(), right_end)
    if not senders and not recipients:
        return None
    return Heading(senders, recipients, rule, right_end)


def _end_of_recipient(heading: str, start: int, end: int, *, dated: bool) -> int:
    """Where the recipient ends: before ", Place" of a heading that ends with place and date."""
    end = start + len(heading[start:end].rstrip(" .,;:("))
    if not dated:
        return end
    cut = _mask_parens(heading[start:end]).rfind(",")
    return start + cut if cut > 0 else end
