"""A heading into its parties: "The Ambassador in Russia (Francis) to the Secretary of State".

What comes in is a heading on one line; what goes out are the senders and recipients with their
spans in it, or nothing where the heading is a title, a treaty, minutes.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from regesta.describing.frame.lines import kind_nouns
from regesta.describing.kinds import SENT, kind_of_title
from regesta.describing.parties.holders import nominative, parse_holders
from regesta.describing.parties.names import (
    article,
    bears_office,
    has_office,
    head_words,
    is_courteous,
    is_office,
    is_titled,
    lower_words,
    name_like,
)
from regesta.describing.places.gazetteer import is_post, locate
from regesta.describing.powers.words import power_of
from regesta.describing.words import pattern, vocabulary, word_set
from regesta.documents import Party
from regesta.documents.base import Value

#: "Circular to all missions": only the kind stands before the recipient, in so many characters.
_LONGEST_KIND = 40
#: Longer phrases than this many words name no party.
LONGEST_PARTY = 45

_WORDS = "heading_words"
_IN_PAREN = re.compile(r"[\[(][^()\[\]]*[\])]")
_POSSESSIVE = re.compile(r"^(?P<who>.+?)(?:[’']s|(?<=s)[’'])\s+(?:[\w-]+\s+){0,3}?(?P<kind>\w+)$")
_INFINITIVE = re.compile(r",?\s+(?:not\s+)?to\s+(?P<verb>[a-z]+)\b")
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
_LETTERS = re.compile(r"[^\W\d_]+")
#: The document's number behind the parties: "Kell to Holm, No. 12", "министру финансов. № 7".
_NUMBER_BEHIND = re.compile(r"[.,;]?\s+[(\[]?(?:N[or]s?\.|n[°º]s?|№)\s?\d[\d/–-]*[)\]]?[.\s]*$")
#: A place behind a stop, before the date: "Kell an Holm (Reservirt). Wien, den 28. März 1810."
_PLACE_BEHIND = re.compile(r"(?:(?<=[)\]])|(?<=[^\W\d_]{5}))\.\s+(?=[A-ZÀ-Þ][^.]{2,30}$)")
#: "à Londres et à Rome": where an office is held.
_AT_TOWN = re.compile(r"(?:à|in|at|zu|en|a)\s+(?=[A-ZÀ-Þ])")
#: A name with the ending of the German genitive; "Klaus" and "Francis" have none.
_OWNED = re.compile(r"(?<![sxz])[^\W\d_](?<!u)(?<!i)(?<!a)s$|[sxz][’']$")
_NUMERAL_WORD = re.compile(r"[IVX]+\.?$")
#: "Brief Prinz Eugens von Kell": so many words at most.
_LONGEST_GENITIVE = 4
_NUMERAL = re.compile(r"[IVX]{2,}$")
_LAST = re.compile(r"(?<![’'])[^\W_][\w’'-]*")


class Named(Value, frozen=True):
    """A party and where its words stand in the heading."""

    party: Party
    start: int
    end: int


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


@lru_cache(maxsize=1)
def _and() -> re.Pattern[str]:
    return pattern(_WORDS, "and", r"[,;]?\s+{}\s+|[,;]\s+(?=[^\W\d_])")


@lru_cache(maxsize=1)
def _restarts() -> re.Pattern[str]:
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
    for match in _and().finditer(_mask_parens(phrase)):
        after = phrase[match.end() :]
        if _AT_TOWN.match(after) and _is_placed(after.split(None, 1)[1]):
            continue
        persons = plural and "&" not in phrase and "Co" not in after[:3]
        if persons or (_restarts().match(after) and _is_another(after)):
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
    return is_office(phrase[: cut[0]]) and is_courteous(phrase[cut[1] :])


def _is_another(after: str) -> bool:
    """Tell whether what follows "and" is a party of its own, not the rest of an office."""
    if not after.startswith("the "):
        return True
    following = _and().split(_mask_parens(after[4:]), maxsplit=1)[0]
    country = power_of(following) and not is_office(following)
    return not country and (is_titled(following) or any(map(bears_office, head_words(following))))


def _mask_parens(phrase: str) -> str:
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
    phrase = _mask_parens(phrase)
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


@lru_cache(maxsize=8192)
def _names_party(phrase: str) -> bool:
    """Tell whether the words left of a connector can be a sender."""
    masked = _mask_parens(phrase)
    words = lower_words(article().sub("", masked, count=1))
    if not words or len(words) > LONGEST_PARTY:
        return False
    head = head_words(masked)
    if not head or (not is_courteous(masked) and _tells_of_documents(head, words)):
        return False
    if not word_set("party_words", "sentence").isdisjoint(words):
        return False
    if not word_set(_WORDS, "made").isdisjoint(words[1:3]):
        return False
    owner = _POSSESSIVE.match(masked)
    if owner and _tells_of_documents([owner["kind"].lower()], [owner["kind"].lower()]):
        return False
    if not _ends_as_party(masked) or party_end(phrase, 0, len(phrase)) < len(phrase):
        return False
    return bool(name_like().match(phrase.strip(' “"')) or article().match(phrase))


def _tells_of_documents(head: Sequence[str], words: Sequence[str]) -> bool:
    """ "Treaty between", "Note from the Office", "his farewell visit": nobody is named."""
    kinds = kind_nouns()
    if any(w in kinds for w in head):
        first = head[0] in kinds and not bears_office(head[0])
        if not bears_office(head[-1]) or (first and "the" in words[: len(head) + 1]):
            return True
    if words[-1] in kinds and not bears_office(words[-1]):
        return True
    return not word_set(_WORDS, "event").isdisjoint(words)


def _ends_as_party(masked: str) -> bool:
    """The last word of a party is a name's or an office's: "gifts presented" is neither."""
    words = _LAST.findall(masked.rstrip("· "))
    if not words or not words[-1][0].islower():
        return True
    last = words[-1].lower()
    if bears_office(last) or last in word_set(_WORDS, "follower") or len(last) <= 2:
        return True
    if last[1:2] in ("’", "'") and words[-1][2:3].isupper():
        return True
    known = has_office(masked) or (is_titled(masked) and "," in masked)
    return known and pattern(_WORDS, "participle", r"{}$").search(last) is None


def _connectors(heading: str, stop: int) -> list[re.Match[str]]:
    masked = _mask_parens(heading[:stop])
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
        usable = [m for m in usable if not _is_placed(heading[m.end() :])] or usable
    takes_to = pattern(_WORDS, "takes_to", r"\b{}(?: \([^)]*\))?$")
    plain = [m for m in usable if not takes_to.search(heading, 0, m.start())]
    restarting = [m for m in plain or usable if _restarts().match(heading, m.end())]
    if len(usable) == 1 and not plain:
        # "The Commission to Study Trade": without a title no recipient follows such an office.
        return usable[0] if restarting or _is_marked(heading[usable[0].end() :]) else None
    if len(usable) < 2:
        return usable[0] if usable else None
    closed = [m for m in usable if heading[m.start() - 1] in ")]"]
    return (closed or restarting or plain or usable)[0]


def _is_placed(right: str) -> bool:
    """ "Ministre de Suisse à Londres, C. Kell, au …": a place, where its office is held."""
    if article().match(right) or is_titled(right):
        return False
    words = right.replace(",", " ,").split()
    return any(locate(" ".join(words[:n])) is not None for n in (1, 2))


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
        or _restarts().match(phrase)
        or bears_office(words[0])
        or is_courteous(phrase)
        or words[0] in word_set(_WORDS, "determiner")
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
    side = _sender_side(heading[: chosen.start()], instructed=_instructs(heading) > 0)
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
    if senders and not recipients and _is_marked(heading[begin:stop_left]):
        recipients = parse_parties(heading, chosen.end(), right_end, lenient=True)
    elif recipients and not senders and _is_marked(heading[chosen.end() : right_end]):
        senders = parse_parties(heading, begin, stop_left, lenient=True)
    unknown = _is_unknown(heading[chosen.end() : right_end])
    if (
        not recipients
        and not unknown
        and not (senders and _are_titled(heading, begin, chosen.end()))
    ):
        return None
    if (not senders and begin < stop_left) or _is_itinerary(heading, rule, senders, recipients):
        return None
    return Heading(senders, recipients, rule, right_end)


def _is_at_town(heading: str, joint: re.Match[str], end: int) -> bool:
    """ "Consulat général de France à Salonique": where an office is, and nobody is addressed."""
    right = heading[joint.end() : end].strip(" .,")
    return joint[0].strip() in ("à", "a") and is_post(right) and is_office(heading[: joint.start()])


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


@lru_cache(maxsize=8192)
def _sender_side(left: str, *, instructed: bool) -> tuple[int, int, str] | None:
    """Where the sender stands in the words left of the connector, and by which rule.

    Args:
        left: Everything before the connector.
        instructed: They are of an instruction "for" somebody, who is not its sender.
    """
    left = left.rstrip(" ,")
    end = len(left)
    if _CYRILLIC.match(left) and (rest := russian_kind(left)):
        return (rest, end, "heading-from") if _names_maker(left[rest:]) else None
    label = pattern(_WORDS, "label").match(left)
    first = label.end() if label else 0
    if _names_party(left[first:]):
        return first, end, "heading"
    sent_from = pattern(_WORDS, "opening", r"{}(?::\s*|\s+)").match(left)
    if sent_from and _names_party(left[sent_from.end() :]):
        return sent_from.end(), end, "heading-from"
    if len(left) < _LONGEST_KIND and kind_of_title(left) in SENT and _is_form(left):
        return end, end, "heading-from"
    owner = _POSSESSIVE.match(left)
    if owner and owner["kind"].lower() in kind_nouns() and _names_party(owner["who"]):
        return 0, owner.end("who"), "heading-from"
    if instructed:
        return end, end, "heading-from"
    if genitive := _genitive(left):
        return genitive, end, "heading-genitive"
    if pattern(_WORDS, "addressed", r"\b{}$").search(left) and _is_kind_of_document(left):
        return end, end, "heading-from"
    for match in pattern(_WORDS, "from", r"\s{}\s+", flags=re.I).finditer(left):
        kind = lower_words(left[: match.start()])
        if not word_set(_WORDS, "about").isdisjoint(kind):
            return None
        if not word_set(_WORDS, "event").isdisjoint(kind):
            return None
        if any(w in kind_nouns() for w in kind) and _names_maker(left[match.end() :]):
            return match.end(), end, "heading-from"
    return None


def _genitive(left: str) -> int:
    """Where a German name in the genitive begins, "Bericht Graf Kells", or 0."""
    kind, _, who = left.partition(" ")
    if kind.lower() not in kind_nouns() or not who or who[0].islower():
        return 0
    words = who.split()
    named = [w for w in words if w.lower() not in word_set(_WORDS, "particle")]
    capitals = all(w[0].isupper() for w in named) and len(named) <= _LONGEST_GENITIVE
    owned = any(_OWNED.search(w) for w in named)
    other = any(bears_office(w.lower(), born=False) or w.lower() in kind_nouns() for w in words)
    return len(kind) + 1 if capitals and owned and not other else 0


def without_genitive(named: Named) -> Named:
    """ "Kaiser Karls VI." is Kaiser Karl VI.: the last word but a numeral has the ending."""
    words = named.party.name.split()
    at = next((i for i in reversed(range(len(words))) if not _NUMERAL_WORD.match(words[i])), -1)
    if at < 0 or not _OWNED.search(words[at]):
        return named
    words[at] = words[at].rstrip("’'") if words[at][-1] in "’'" else words[at][:-1]
    party = named.party
    return Named(
        Party(" ".join(words), party.office, party.power, party.person), named.start, named.end
    )


def russian_kind(title: str) -> int:
    """Where the words after a Russian kind of document begin ("Секретная телеграмма …"), or 0."""
    at = 0
    for word in title.split()[:2]:
        at += len(word) + 1
        if word.lower() in kind_nouns():
            return at if at < len(title) else 0
    return 0


def _names_maker(phrase: str) -> bool:
    """The same after "du" and "des", which have taken the article: "ministre de la Guerre"."""
    whole = has_office(phrase) and party_end(phrase, 0, len(phrase)) == len(phrase)
    return _names_party(phrase) or whole


def _is_form(left: str) -> bool:
    """ "Circular", "Télégramme circulaire": nothing but kinds of documents, and no draft."""
    words = lower_words(left)
    drafts = word_set(_WORDS, "draft")
    return all(w in kind_nouns() and w not in drafts for w in words)


def _is_kind_of_document(left: str) -> bool:
    head = head_words(left)
    return any(w in kind_nouns() for w in head)


def _end_of_recipient(heading: str, start: int, end: int, *, dated: bool) -> int:
    """Where the recipient ends: before ", Place" of a heading that ends with place and date."""
    end = party_end(heading, start, start + len(heading[start:end].rstrip(" .,;:(")))
    if not dated:
        return end
    placed = _PLACE_BEHIND.search(heading, start, end)
    end = placed.start() if placed else end
    joint = pattern(_WORDS, "dated_by", r"\s{}$").search(heading[start:end].rstrip())
    end = start + joint.start() if joint else end
    masked = _mask_parens(heading[start:end])
    for match in re.finditer(r",\s+", masked):
        if not is_office(heading[start + match.end() : end].partition(",")[0]):
            return start + match.start()
    return end
