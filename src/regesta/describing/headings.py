"""A heading into its parties: "The Ambassador in Russia (Francis) to the Secretary of State".

What comes in is a heading on one line; what goes out are the senders and recipients with their
spans in it, or nothing where the heading is a title, a treaty, minutes.
"""

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from regesta.describing.frame import kind_nouns
from regesta.describing.gazetteer import locate
from regesta.describing.powers import power_of
from regesta.describing.words import vocabulary
from regesta.documents import Party

#: Longer phrases than this many words name no party.
LONGEST_PARTY = 45

_CONNECTOR = re.compile(r"\s+(?:(?:to|an|à|au|aux|к|al|alla)\.?\s+|all’)(?=[\w“\"(\[])")
_FROM = re.compile(r"\s(?:addressed by|from|of|von|by)\s+", re.I)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_IN_PAREN = re.compile(r"[\[(][^()\[\]]*[\])]")
_PLURAL = re.compile(r"\s*(?:Messrs\.?|MM\.|Señores|Herren)\s+")
_PAREN = re.compile(r"\s*[\[(]([^()\[\]]+)[\])]")
_BRACKETED = re.compile(
    r"\s*\[(?:Of |Extract|Translation|Telegram|Confidential|Private|Copy)[^\]]*\]", re.I
)
_ARTICLE = re.compile(
    r"^(?:the|all the|all|der|die|das|den|dem|le|la|les|l[’']|el|los|il|lo)\s+", re.I
)
_RESTARTS = re.compile(
    r"(?:the|to the|Mr\.?|Mrs\.?|Messrs\.?|Sir|Lord|General|Gen\.|Admiral|Colonel|Col\.|Major|"
    r"Captain|Commander|Judge|Senator|Rev\.|Prof\.|Count|Baron|Prince|Earl|M\.|MM\.|Señor|Dr\.|den|"
    r"die|dem|Herrn?|Prinz|Graf|Freiherr|Fürst|Herzog|Kaiser|König|Sultan|Emperor|King|Queen|le|la|l’|"
    r"his|her)(?=\s|$)"
)
_AND = re.compile(r"[,;]?\s+(?:and|und|et|y|e|и|&)\s+|[,;]\s+(?=[^\W\d_])")
_FIRST_WORD = re.compile(r"([^\W\d_][\w’'-]*\.?)\s+(?=\S)")
_INITIAL = re.compile(r"(?<!\w)[A-ZÀ-ÞА-Я]\. ")
#: An office is held "of", "in", "at", "for" or "to" something.
_HELD = frozenset(("of", "in", "at", "for", "to", "general", "des", "der", "de"))
#: "Mr. Fay’s parting remarks": the sender of a kind of document.
_SENT_FROM = re.compile(r"(?:From|Von|De la part de|Da|От)(?::\s*|\s+)")
_ENGLISH = re.compile(r"\b(?:the|of|by|for|to|from)\b", re.I)
#: A kind of document about something is by nobody: "Memorandum regarding the Section of …".
_ABOUT = frozenset(("regarding", "respecting", "concerning", "on", "relating", "about", "for"))
_BY = frozenset(("from", "by", "von", "regarding", "respecting", "concerning", "addressed"))
_POSSESSIVE = re.compile(r"^(?P<who>.+?)(?:[’']s|(?<=s)[’'])\s+(?:[\w-]+\s+){0,3}?(?P<kind>\w+)$")
_NAME_LIKE = re.compile(
    r"(?:(?:von|van|vom|zu|zur|de|del|della|di|da|dal|dos|du|la|le|los|las|der|den|dos|af|av|ten|ter|el|bin)\s+|d[’']|l[’'])*"
    r"[A-ZÀ-ÞŠŽČА-Я“\"]"
)
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


@lru_cache(maxsize=1)
def _sentence_words() -> frozenset[str]:
    return frozenset(vocabulary("party_words")["sentence"])


def _lower_words(phrase: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(phrase)]


def strip_title(phrase: str) -> tuple[str, str]:
    """Take courtesy and rank off the front of a name: the name, and the rank as an office.

    "General Tasker Bliss", "United States Marshal Evans", "Assistant Secretary Carr": what stands
    before the last title is the office, what follows it the name.
    """
    courtesy, rank, noble, office = _sets()
    held = (rank | office) - noble
    rest = phrase.strip()
    while (match := _FIRST_WORD.match(rest)) and match[1].rstrip(".").lower() in courtesy:
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


def is_office(phrase: str) -> bool:
    """Tell whether a phrase names an office or body rather than a person."""
    courtesy, rank, noble, office = _sets()
    words = _lower_words(phrase)
    if not words or words[0] in courtesy:
        return False
    if _ARTICLE.match(phrase) and not (words[0] == "the" and len(words) > 1 and words[1] in noble):
        return True
    if _INITIAL.search(phrase) or strip_title(phrase)[1]:
        return False
    if words[0] in office or words[0] in rank:
        return len(words) == 1 or words[1] in _HELD or words[0] not in noble
    return words[0] not in noble and any(w in office for w in words[1:])


def parse_party(phrase: str) -> Party | None:
    """One phrase into a party: name, office, power apart; None where it names nobody."""
    named = parse_holders(phrase)
    return named[0] if named else None


def parse_holders(phrase: str) -> list[Party]:
    """One phrase into parties: an office with several holders, "(Scott, Miller)", is several."""
    inside: list[str] = []
    outside = phrase
    if "(" in phrase or "[" in phrase:
        inside = [m[1].strip() for m in _PAREN.finditer(phrase)]
        outside = _PAREN.sub("", phrase)
    outside = _SUFFIX.sub("", outside.strip(" .,;:"))
    if not outside:
        outside, inside = (inside[0], inside[1:]) if inside else ("", [])
    if not outside:
        return []
    first, _, apposition = outside.partition(", ")
    if apposition and not inside and _is_person(first):
        if is_office(apposition) or apposition[0].islower():
            outside, inside = first, [apposition]
            inside = [] if apposition.startswith(("of ", "von ")) else inside
        elif locate(apposition) is not None:
            outside = first
    if is_office(outside):
        office = _ARTICLE.sub("", outside, count=1)
        holders = (
            [strip_title(h)[0] for h in re.split(r",\s+|\s+and\s+", inside[0])] if inside else []
        )
        power = power_of(office)
        return [Party(name=h, office=office, power=power) for h in holders or [""]]
    name, rank = strip_title(outside)
    office = _ARTICLE.sub("", inside[0] if inside else rank, count=1)
    name = _ARTICLE.sub("", name, count=1) if name.lower().startswith("the ") else name
    if rank and (of := re.match(r"(?P<name>[^,]+?) of (?P<where>[A-Z].*)$", name)):
        name, office = of["name"], f"{office} of {of['where']}"
    if not _NAME_LIKE.match(name):
        return []
    return [Party(name=name, office=office, power=power_of(office))]


def _is_person(phrase: str) -> bool:
    """Tell whether a phrase is a name and no office."""
    return bool(_NAME_LIKE.match(strip_title(phrase)[0])) and not is_office(phrase)


def _split_joint(phrase: str) -> list[tuple[int, int]]:
    """Cut a phrase that names several parties; offsets into the phrase.

    "the Secretary of State and the Secretary of War" are two, "Boulton, Bliss & Dallett" are one
    firm, "the ministers in France, Russia and Spain" one office.
    """
    cuts: list[tuple[int, int]] = []
    plural = _PLURAL.match(phrase)
    depth_free = _mask_parens(phrase)
    for match in _AND.finditer(depth_free):
        after = phrase[match.end() :]
        persons = plural and "&" not in phrase and "Co" not in after[:3]
        country = after.startswith("the ") and power_of(after[4:]) and not is_office(after[4:])
        if persons or (_RESTARTS.match(after) and not country):
            cuts.append(match.span())
    pieces, start = [], plural.end() if plural else 0
    for a, b in sorted(set(cuts)):
        if a >= start:
            pieces.append((start, a))
            start = b
    return [*pieces, (start, len(phrase))]


def _mask_parens(phrase: str) -> str:
    if "(" not in phrase and "[" not in phrase:
        return phrase
    return _IN_PAREN.sub(lambda m: "·" * len(m[0]), phrase)


def parse_parties(text: str, start: int, end: int) -> tuple[Named, ...]:
    """Every party that ``text[start:end]`` names, in order."""
    phrase = text[start:end]
    if len(phrase.split()) > LONGEST_PARTY:
        return ()
    named = []
    for a, b in _split_joint(phrase):
        piece = phrase[a:b]
        left = len(piece) - len(piece.lstrip(" ,;"))
        right = max(left, len(piece.rstrip(" .,;:")))
        named += [Named(p, start + a + left, start + a + right) for p in parse_holders(piece)]
    return tuple(named)


def _names_party(phrase: str) -> bool:
    """Tell whether the words left of a connector can be a sender."""
    words = _lower_words(_ARTICLE.sub("", _mask_parens(phrase), count=1))
    if not words or len(words) > LONGEST_PARTY:
        return False
    content = [w for w in words if w not in ("the", "a", "an")]
    head = list(
        itertools.takewhile(lambda w: (w not in _HELD or w == "general") and w not in _BY, content)
    )
    if not head or (any(w in kind_nouns() for w in head) and head[-1] not in _sets()[3]):
        return False
    if _sentence_words() & set(words):
        return False
    if content[-1] in kind_nouns() and content[-1] not in _sets()[3]:
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
    # "an" joins parties in German and Dutch only; in English it is an article.
    english = _ENGLISH.search(masked) is not None
    return [m for m in found if m.start() > 0 and not (english and m[0].strip() == "an")]


def _choose(heading: str, connectors: list[re.Match[str]]) -> re.Match[str] | None:
    """The connector between sender and recipient."""
    usable = [m for m in connectors if _names_recipient(heading[m.end() :])]
    if not usable:
        return None
    if len(usable) == 1:
        return usable[0]
    closed = [m for m in usable if heading[m.start() - 1] in ")]"]
    if closed:
        return closed[0]
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
    side = _sender_side(heading, chosen.start())
    if side is None:
        return None
    begin, stop_left, rule = side
    right_end = _end_of_recipient(heading, chosen.end(), end, dated=stop is not None)
    senders = parse_parties(heading, begin, stop_left)
    recipients = parse_parties(heading, chosen.end(), right_end)
    if not senders and not recipients:
        return None
    if rule == "heading-from" and senders and locate(senders[0].party.label) is not None:
        return None
    return Heading(senders, recipients, rule, right_end)


def _sender_side(heading: str, end: int) -> tuple[int, int, str] | None:
    """Where the sender stands left of the connector, and by which rule."""
    left = heading[:end]
    if _names_party(left):
        return 0, end, "heading"
    sent_from = _SENT_FROM.match(left)
    if sent_from and _names_party(left[sent_from.end() :]):
        return sent_from.end(), end, "heading-from"
    owner = _POSSESSIVE.match(left)
    if owner and owner["kind"].lower() in kind_nouns() and _names_party(owner["who"]):
        return 0, owner.end("who"), "heading-from"
    for match in _FROM.finditer(left):
        kind = _lower_words(left[: match.start()])
        if any(w in _ABOUT for w in kind):
            return None
        if any(w in kind_nouns() for w in kind) and _names_party(left[match.end() :]):
            return match.end(), end, "heading-from"
    return None


def _end_of_recipient(heading: str, start: int, end: int, *, dated: bool) -> int:
    """Where the recipient ends: before ", Place" of a heading that ends with place and date."""
    end = start + len(heading[start:end].rstrip(" .,;:("))
    if not dated:
        return end
    masked = _mask_parens(heading[start:end])
    for match in re.finditer(r",\s+", masked):
        if not is_office(heading[start + match.end() : end].partition(",")[0]):
            return start + match.start()
    return end
