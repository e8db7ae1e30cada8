"""A heading into its parties: "The Ambassador in Russia (Francis) to the Secretary of State".

What comes in is a heading on one line; what goes out are the senders and recipients with their
spans in it, or nothing where the heading is a title, a treaty, minutes.
"""

import re
from functools import lru_cache

from msgspec.structs import replace

from regesta.describing.frame.lines import kind_nouns
from regesta.describing.parties.cases import behind_den, in_russian
from regesta.describing.parties.names import (
    article,
    bears_office,
    is_courteous,
    is_office,
    is_titled,
    lower_words,
    name_like,
)
from regesta.describing.parties.phrases import (
    Named,
    in_first_case,
    is_placed,
    mask_parens,
    parse_parties,
    party_end,
    restarts,
)
from regesta.describing.parties.senders import sender_side, without_genitive
from regesta.describing.places.gazetteer import is_post, locate
from regesta.describing.words import pattern, vocabulary, word_set
from regesta.documents import Party
from regesta.documents.base import Value

_WORDS = "heading_words"
_CYRILLIC = re.compile(r"[А-Яа-яЁё]{3}")
#: "К. В. Келлев — Д. П. Хольму": initials and a surname each, and the ending of the dative.
_NAMES_DASHED = re.compile(
    r"(?:[А-ЯЁ]\. ?){1,2}[А-ЯЁ][а-яё-]+\s+[—–]\s+(?:[А-ЯЁ]\. ?){1,2}[А-ЯЁ][а-яё-]*"
    r"(?:[уюе]|ой|ей|ому|ему)[.,]?$"
)
_DASH = re.compile(r"\s+[—–]\s+")
#: What an edition remarks behind the parties: ". (Minute.)", ".—(Received July 3.)", ". Telegramm."
#: It begins with its stop, which is found at once; what stands before the stop is looked at then.
_REMARKED = re.compile(
    r"\.(?:(?<=[^\W\d_]{2}\.)\s*[—–-]*\s*[(\[]|(?<=[^\W\d_]{4}\.)\s+(?=\w+\.?$))"
)
#: A connector in the vocabulary, behind the condition on what stands before it.
_CONNECTOR = re.compile(r"(?:\(\?<![^)]*\))?([^\W\d_]+)")
#: "The same", "denselben": so many characters at most.
LONGEST_SAME = 16
_LETTERS = re.compile(r"[^\W\d_]+")
#: The document's number behind the parties: "Kell to Holm, No. 12", "министру финансов. № 7".
_NUMBER_BEHIND = re.compile(r"[.,;]?\s+[(\[]?(?:N[or]s?\.|n[°º]s?|№)\s?\d[\d/–-]*[)\]]?[.\s]*$")
#: A place behind a stop, before the date: "Kell an Holm (Reservirt). Wien, den 28. März 1810."
_PLACE_BEHIND = re.compile(r"(?:(?<=[)\]])|(?<=[^\W\d_]{5}))\.\s+(?=[A-ZÀ-Þ][^.]{2,30}$)")
_NUMERAL = re.compile(r"[IVX]{2,}$")


class Heading(Value, frozen=True):
    """The parties of a heading; ``rest`` is what follows them: a place, a date."""

    senders: tuple[Named, ...]
    recipients: tuple[Named, ...]
    rule: str
    rest: int


@lru_cache(maxsize=1)
def connector() -> re.Pattern[str]:
    """What joins the sender to the recipient: "to", "an", "à"."""
    joined = "|".join(vocabulary(_WORDS)["connector_joined"])
    return pattern(_WORDS, "connector", rf"\s+(?:{{}}\.?\s+|(?:{joined}))(?=[\w“\"(\[])")


@lru_cache(maxsize=1)
def _dative() -> re.Pattern[str]:
    """In Russian the recipient's office stands in the dative, right after the sender's."""
    body = "|".join(vocabulary(_WORDS)["dative_body"])
    return pattern(
        _WORDS,
        "dative",
        rf"(?:,|\s+[—–-])?\s+(?:(?={{}}(?!\w))|в\s+(?=(?:{body})(?!\w))|на имя\s+(?=\w))",
        flags=re.I,
    )


@lru_cache(maxsize=1)
def _plain_connectors() -> frozenset[str]:
    """The connectors without the conditions that stand around them."""
    found = (_CONNECTOR.match(entry) for entry in vocabulary(_WORDS)["connector"])
    return frozenset(match[1] for match in found if match)


def lowered(heading: str) -> str:
    """A heading in capitals as it would be printed otherwise, of the same length."""
    small = word_set(_WORDS, "held") | word_set(_WORDS, "particle")
    joins = _plain_connectors() | word_set(_WORDS, "english")

    def change(match: re.Match[str]) -> str:
        word = match[0].lower()
        if len(word) != len(match[0]) or _NUMERAL.match(match[0]):
            return match[0]
        if len(word) == 1 and heading[match.end() : match.end() + 1] == ".":
            return match[0]
        little = word in small or word in joins or word in ("l", "d", "all", "dell", "nell")
        return word if little and match.start() else word[0].upper() + word[1:]

    return _LETTERS.sub(change, heading)


def _connectors(heading: str, stop: int) -> list[re.Match[str]]:
    masked = mask_parens(heading[:stop])
    if instructed := _instructs(masked):
        joint = pattern(_WORDS, "for", r"\s{}\s+", flags=re.I)
        return list(joint.finditer(masked, instructed - 1))[:1]
    found = [m for m in connector().finditer(masked) if m.start() > 0]
    if not found:
        return _russian_connectors(masked) if _CYRILLIC.search(masked) else found
    if any(m[0].strip() == "an" for m in found) and _is_english(masked):
        found = [m for m in found if m[0].strip() != "an"]
    preceded = pattern(_WORDS, "no_connector", r"(?<!\w){}$", flags=re.I)
    return [m for m in found if not preceded.search(masked, max(0, m.start() - 40), m.start())]


def _russian_connectors(heading: str) -> list[re.Match[str]]:
    """Before an office in the dative; or the dash between two names, the second in the dative."""
    dash = _NAMES_DASHED.match(heading)
    joint = _DASH.search(heading) if dash else None
    return [joint] if joint else list(_dative().finditer(heading))


def _instructs(heading: str) -> int:
    """Where "Instruktion für" ends its first word; 0 for any other heading."""
    found = pattern(_WORDS, "written_for", r"{}", flags=re.I).match(heading)
    return found.end() if found else 0


def _is_english(heading: str) -> bool:
    """Whether "an" is an article: in German and Dutch it joins parties."""
    return pattern(_WORDS, "english", r"\b{}\b", flags=re.I).search(heading) is not None


def _choose(heading: str, connectors: list[re.Match[str]]) -> re.Match[str] | None:
    """The connector between sender and recipient."""
    usable = [m for m in connectors if _names_recipient(heading[m.end() :])]
    if len(usable) > 1:
        held_at = pattern(_WORDS, "held_at", r"{}(?!\w)", flags=re.I)
        usable = [m for m in usable if not held_at.match(heading, m.end())] or usable
    if len(usable) > 1:
        usable = [m for m in usable if not is_placed(heading[m.end() :])] or usable
    takes_to = pattern(_WORDS, "takes_to", r"\b{}(?: \([^)]*\))?$")
    plain = [m for m in usable if not takes_to.search(heading, 0, m.start())]
    restarting = [m for m in plain or usable if restarts().match(heading, m.end())]
    if len(usable) == 1 and not plain:
        # "The Commission to Study Trade": without a title no recipient follows such an office.
        return usable[0] if restarting or _is_marked(heading[usable[0].end() :]) else None
    if len(usable) < 2:
        return usable[0] if usable else None
    closed = [m for m in usable if heading[m.start() - 1] in ")]"]
    return (closed or restarting or plain or usable)[0]


def _is_marked(phrase: str) -> bool:
    return article().match(phrase) is not None or is_titled(phrase) or is_office(phrase)


@lru_cache(maxsize=8192)
def _names_recipient(phrase: str) -> bool:
    phrase = phrase.strip()
    words = lower_words(phrase)
    if not words or words[0] in kind_nouns():
        return False
    return bool(
        name_like().match(phrase)
        or article().match(phrase)
        or restarts().match(phrase)
        or bears_office(words[0])
        or is_courteous(phrase)
        or words[0] in word_set(_WORDS, "determiner")
        or repeats_party(phrase)
    )


@lru_cache(maxsize=8192)
def parse_heading(heading: str, stop: int | None = None) -> Heading | None:
    """Read the parties of a heading.

    Args:
        heading: On one line.
        stop: Where a date begins that belongs to the heading; place and date are left out.

    Returns:
        Its parties, or None where it names none or is not of a form known here.
    """
    said = _REMARKED.search(heading)
    if said and connector().search(heading.lower(), 0, said.start()) is None:
        said = None
    if heading[: said.start() if said else None].isupper():
        heading = lowered(heading)
    end = len(heading.rstrip(" .;:")) if stop is None else stop
    if stop is not None and (opened := _opened(heading, stop)) is not None:
        end, stop = opened, None
    if said and said.start() < end:
        end, stop = said.start(), None
    if heading[end - 1 : end].isdecimal() and (number := _NUMBER_BEHIND.search(heading, 0, end)):
        end = number.start()
    if "[" in heading:
        extra = pattern(_WORDS, "bracketed", r"\s*\[{}[^\]]*\]", flags=re.I).search(heading)
        end = min(end, extra.start()) if extra and extra.start() > 0 else end
    chosen = _choose(heading, _connectors(heading, end))
    if chosen is None or _is_at_town(heading, chosen, end):
        return None
    repeated = chosen.start() < LONGEST_SAME and repeats_party(heading[: chosen.start()])
    side = sender_side(heading[: chosen.start()], instructed=_instructs(heading) > 0)
    side = (0, 0, "heading") if repeated else side
    if side is None:
        return None
    begin, stop_left, rule = side
    right_end = _end_of_recipient(heading, chosen.end(), end, dated=stop is not None)
    joint = (lower_words(heading[:begin]) or [""])[-1]
    senders = parse_parties(heading, begin, stop_left)
    senders = tuple(in_first_case(named, joint) for named in senders)
    if rule == "heading-genitive":
        senders = tuple(map(without_genitive, senders))
    recipients = parse_parties(heading, chosen.end(), right_end)
    if rule == "heading-from" and _CYRILLIC.match(heading):
        senders = tuple(_cased(named, in_russian(named.party, "genitive")) for named in senders)
    if not heading.isascii() or chosen[0] == " an ":
        recipients = tuple(_addressed(named, heading, chosen) for named in recipients)
    if senders and not recipients and _is_marked(heading[begin:stop_left]):
        recipients = parse_parties(heading, chosen.end(), right_end, lenient=True)
    elif recipients and not senders and _is_marked(heading[chosen.end() : right_end]):
        senders = parse_parties(heading, begin, stop_left, lenient=True)
    unknown = _is_unknown(heading[chosen.end() : right_end])
    if right_end - chosen.end() < LONGEST_SAME and repeats_party(heading[chosen.end() : right_end]):
        recipients, unknown = (), not repeated
    if (
        not recipients
        and not unknown
        and not (senders and _are_titled(heading, begin, chosen.end()))
    ):
        return None
    if (not senders and begin < stop_left) or _is_itinerary(heading, rule, senders, recipients):
        return None
    return Heading(senders, recipients, rule, right_end)


def _addressed(named: Named, heading: str, joint: re.Match[str]) -> Named:
    """A recipient in the first case: behind "an den", or in the dative of a Russian heading."""
    party = named.party
    if not party.office:
        return named
    if _CYRILLIC.search(party.office):
        return _cased(named, in_russian(party, "dative") if joint[0].strip() != "к" else party)
    if joint[0].strip() == "an" and heading.startswith("den ", named.start):
        office = behind_den(party.office)
        return named if office == party.office else _cased(named, replace(party, office=office))
    return named


def _cased(named: Named, party: Party) -> Named:
    return named if party is named.party else Named(party, named.start, named.end)


def _is_at_town(heading: str, joint: re.Match[str], end: int) -> bool:
    """ "Consulat général de France à Salonique": where an office is, and nobody is addressed."""
    right = heading[joint.end() : end].strip(" .,")
    return joint[0].strip() in ("à", "a") and is_post(right) and is_office(heading[: joint.start()])


@lru_cache(maxsize=8192)
def repeats_party(words: str) -> bool:
    """Tell whether words name a party only as "the same" as before."""
    return pattern("party_words", "repeated", r"\W*{}\W*$", flags=re.I).match(words) is not None


def _is_unknown(phrase: str) -> bool:
    """ "an Unbekannt": the recipient is not named, the sender is."""
    return pattern("party_words", "unknown", r"^{}$", flags=re.I).match(phrase.strip()) is not None


def _opened(heading: str, stop: int) -> int | None:
    """Where the bracket opens that a date stands in, if it stands in one."""
    at = max(heading.rfind("(", 0, stop), heading.rfind("[", 0, stop))
    inside = at > 0 and not any(c in heading[at:stop] for c in ")]")
    return at if inside and not heading[at - 1].isalnum() else None


def _are_titled(heading: str, begin: int, after: int) -> bool:
    """ "Mr. Kell to Mr. pike": persons on both sides, although one is printed as no name is."""
    return is_titled(heading[begin:after]) and is_titled(heading[after:])


def _is_itinerary(
    heading: str, rule: str, senders: tuple[Named, ...], recipients: tuple[Named, ...]
) -> bool:
    """ "From Rome to Vienna": two places, and nobody writes. Surnames may be places' names."""
    first = [heading[n.start : n.end] for n in (*senders[:1], *recipients[:1])]
    if rule == "heading" and any(map(_is_marked, first)):
        return False
    places = [locate(words) is not None and not is_office(words) for words in first]
    return any(places)


def _end_of_recipient(heading: str, start: int, end: int, *, dated: bool) -> int:
    """Where the recipient ends: before ", Place" of a heading that ends with place and date."""
    end = party_end(heading, start, start + len(heading[start:end].rstrip(" .,;:(")))
    if not dated:
        return end
    placed = _PLACE_BEHIND.search(heading, start, end)
    end = placed.start() if placed else end
    joint = pattern(_WORDS, "dated_by", r"\s{}$").search(heading[start:end].rstrip())
    end = start + joint.start() if joint else end
    masked = mask_parens(heading[start:end])
    for match in re.finditer(r",\s+", masked):
        if not is_office(heading[start + match.end() : end].partition(",")[0]):
            return start + match.start()
    return end
