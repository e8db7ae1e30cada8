"""A phrase of a heading or signature into parties: name, office and power apart.

What comes in are a few words; what goes out are the parties that they name, or none: a party needs
positive evidence, a title, an office, a power, or words that are written as names are.
"""

import re
from functools import lru_cache

from regesta.describing.parties.names import (
    CAPITAL,
    article,
    bears_office,
    has_name,
    has_office,
    head_words,
    is_compound,
    is_no_party,
    is_office,
    is_titled,
    lower_words,
    name_like,
    proper,
    strip_title,
    title_sets,
)
from regesta.describing.places.gazetteer import is_post, locate
from regesta.describing.powers.words import is_power, power_of
from regesta.describing.words import DIGIT, pattern, vocabulary, word_set
from regesta.documents import Party

_HEADINGS = "heading_words"
_PAREN = re.compile(r"\s*[\[(]([^()\[\]]+)[\])]")
_GLOSS = re.compile(r"\s*[\[(][^()\[\]]+[\])](?=,?\s+(?:and|und|et)\s[^()]*$)")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
#: A name after its office has at most so many words, particles and titles apart.
LONGEST_HOLDER = 4
#: The same behind an English office and its portfolio, where no bracket parts them.
LONGEST_BEHIND = 2
#: Powers and bodies are abbreviated to so many letters at most ("РСФСР").
LONGEST_ABBREVIATION = 6


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
    if pattern("party_words", "unknown", r"^{}$", flags=re.I).match(phrase.strip(" .,;:()[]")):
        return ()
    outside = _without_sojourn(_without_others(phrase))
    outside = pattern("party_words", "excellency", r"^{},?\s+(?:(?:le|la|den|il|el)\s+)?").sub(
        "", outside
    )
    if "(" in outside or "[" in outside:
        inside = [m[1].strip() for m in _PAREN.finditer(outside) if not DIGIT.search(m[1])]
        outside = _PAREN.sub("", outside)
    suffix = pattern(_HEADINGS, "suffix", r",?\s+{}\.?$", flags=re.I)
    outside = suffix.sub("", outside.strip(" .,;:"))
    if not outside:
        outside, inside = (inside[0], inside[1:]) if inside else ("", [])
    if not outside:
        return ()
    outside = _without_post(outside)
    if inside and not has_office(inside[0]) and locate(inside[0]) is not None:
        inside = inside if split_held(outside) is None else []  # "Botschafter Kell (Paris)"
    outside, inside = _without_apposition(outside, inside)
    if not inside and (held := split_held(outside)) is not None:
        name, office = held
        return (Party(name=name, office=office, power=power_of(office)),)
    if not inside and (found := _of_body(outside) or _behind_portfolio(outside)):
        name, office = found
        return (Party(name=name, office=office, power=power_of(office)),)
    if is_office(outside):
        return _office_holders(article().sub("", outside, count=1), inside, lenient=lenient)
    titled = titled or is_titled(outside) or not title_sets()[2].isdisjoint(lower_words(outside))
    name, rank = strip_title(article().sub("", outside, count=1))
    name, rank = (name, rank) if rank else strip_title(outside)
    if inside and not has_office(inside[0]) and _is_no_office(inside[0]):
        inside = []  # "Mr. Kell (Lima)": where he is; "Mr. Kell (extrait)"
    office = article().sub("", inside[0] if inside else rank, count=1)
    if name.lower().startswith("the ") or is_titled(name):
        name = article().sub("", name, count=1)
    if rank and (of := re.match(rf"(?P<name>[^,]+?) of (?P<where>{CAPITAL}.*)$", name)):
        name, office = of["name"], f"{office} of {of['where']}"
    if not has_name(name, titled=titled or bool(rank)):
        return ()
    return (Party(name=_first_case(name), office=office, power=power_of(office)),)


def _of_body(phrase: str) -> tuple[str, str] | None:
    """ "John Kell of the Council Staff": a person, and the body that he is of."""
    name, joint, body = phrase.partition(" of the ")
    if not joint or len(name.split()) < 2 or has_office(name) or not body[:1].isupper():
        return None
    named = has_name(name) and not is_titled(name) and _is_person(name)
    return (name, body) if named and has_office(body) else None


def _behind_portfolio(phrase: str) -> tuple[str, str] | None:
    """ "Secretary of State Kell": an English office with its portfolio, and who holds it."""
    words = phrase.split(" ")
    if "of" not in words[1:-2] or not word_set(_HEADINGS, "by").isdisjoint(words):
        return None
    at = words.index("of", 1)
    known = word_set("party_words", "portfolio")
    last = max((i for i in range(at + 1, len(words)) if words[i].lower() in known), default=-1)
    if last < 0 or title_sets()[1].isdisjoint(lower_words(" ".join(words[:at]))):
        return None
    name, office = " ".join(words[last + 1 :]), " ".join(words[: last + 1])
    if not 0 < len(words) - last - 1 <= LONGEST_BEHIND or not has_name(name):
        return None
    taken = any(map(bears_office, lower_words(name))) or is_power(name) or is_post(name)
    return None if taken else (name, article().sub("", office, count=1))


def _is_no_office(gloss: str) -> bool:
    return gloss[:1].islower() or locate(gloss) is not None


def _without_post(phrase: str) -> str:
    """A person without where he is: "Herrn von Kell in Berlin", "Kell, à Londres"."""
    match = _AT_POST.search(phrase)
    if match is None or locate(match["place"]) is None:
        return phrase
    before = phrase[: match.start()]
    held = any(bears_office(w, born=False) for w in head_words(before)) or is_power(before)
    return phrase if held or "," in before or not _is_person(before) else before


def _without_apposition(outside: str, inside: list[str]) -> tuple[str, list[str]]:
    """ "Count Kell, minister of war": the apposition is the office; "Mr. Hay, Rome" has none."""
    first, _, apposition = outside.partition(", ")
    if not apposition or inside or not _is_person(first):
        return outside, inside
    if is_office(apposition) or apposition[0].islower():
        # "Lord Kell, not sent" holds none
        held = has_office(apposition) and not apposition.startswith(("of ", "von "))
        return first, [apposition] if held else []
    return (first if locate(apposition) is not None else outside), inside


@lru_cache(maxsize=1)
def _title_inside() -> re.Pattern[str]:
    """A title within a phrase: "Botschafter in London Graf Kell", "Minister, Mr. Kell"."""
    titles = sorted(title_sets()[0] | title_sets()[2], key=len, reverse=True)
    joined = "|".join(re.escape(t[0].upper() + t[1:]) for t in titles if t not in _INSIDE_OFFICES)
    return re.compile(rf"(?P<comma>,)?\s+(?=(?:{joined})(?:\.\s*|\s+)(?:[a-zà-ÿ]+\s+)*{CAPITAL})")


#: Titles that stand within offices too: "Minister to the King Otto".
_INSIDE_OFFICES = frozenset(("m", "king", "emperor", "queen", "pope", "don", "right"))
_AFTER_COMMA = re.compile(r",\s+(?=[^,]+$)")
_PARTICLE_NAME = re.compile(
    rf"\s+(?=(?:von|v\.|vom|zu)\s+(?:der |dem |und zu )?{CAPITAL}[\w’'-]+(?:\s|$))"
)
#: "Botschafter Herrn Grafen Kell in Wien": where the office is held, behind the name.
_POSTED = re.compile(rf"\s(?:in|à|zu|at)\s(?P<place>{CAPITAL}[^\s,]+)$")
#: "Herrn von Kell in Berlin", "Kell, à Londres": where a person is.
_AT_POST = re.compile(rf"(?P<comma>,)?\s+(?:in|à|zu|at)\s+(?P<place>{CAPITAL}[\w’'. -]+)$")
_PLACED = re.compile(rf"\s(?:in|à|en|au|aux|zu|a|bei|beim|в|на)\s+(?={CAPITAL})")


@lru_cache(maxsize=8192)
def split_held(phrase: str) -> tuple[str, str] | None:
    """An office with its holder's name after it, without bracket: the name and the office.

    "Botschafter in London Graf Kell", "Minister in Bern, A. Kell", "Reichskanzler von Kell".
    """
    bare = article().sub("", phrase, count=1)
    for match in _title_inside().finditer(bare):
        before = bare[: match.start()]
        name = bare[match.end() :]
        behind = _POSTED.search(name)
        if behind and locate(behind["place"]) is not None and _is_whole_office(before):
            name, before = name[: behind.start()], before + behind[0]
            return (_holder(name), before) if has_name(name, titled=True) else None
        if not _is_whole_office(before) or "," in name:
            continue
        return (_holder(name), before) if has_name(name, titled=True) else None
    comma = _AFTER_COMMA.search(bare)
    if comma and _is_whole_office(bare[: comma.start()]):
        name = bare[comma.end() :]
        if _is_holder(name, bare[: comma.start()]):
            return _holder(name), bare[: comma.start()]
        # "Gesandter von Kell, Washington": where he is posted
        posted = "," not in bare[: comma.start()] and locate(name) is not None
        return split_held(bare[: comma.start()]) if posted else None
    if comma or not _is_foreign(bare):
        return None
    graded = pattern("party_words", "grade", r"\s{}(?=\s)").search(bare)
    if graded:
        held = split_held(bare[: graded.start()] + bare[graded.end() :])
        return (held[0], held[1] + graded[0]) if held else None
    name, rank = strip_title(bare)
    lettered = " " in name and _is_abbreviated(name.split()[0], name)
    if rank and name != bare and not lettered and has_name(name) and has_office(rank):
        return _holder(name), rank
    return _behind_particle(bare) or _behind_office(bare)


def _without_sojourn(phrase: str) -> str:
    found = pattern(_HEADINGS, "sojourn", r",?\s+{}\s").search(phrase) if " " in phrase else None
    return phrase[: found.start()] if found else phrase


def _is_foreign(phrase: str) -> bool:
    """No English: an English office takes its holder's name in brackets or after a title."""
    words = lower_words(phrase)
    if _CYRILLIC.match(phrase):
        return True
    return not word_set("party_words", "foreign").isdisjoint(words) or any(map(is_compound, words))


def _is_whole_office(before: str) -> bool:
    """An office that does not end in the middle: "Minister of" the King Otto."""
    words = before.rstrip(" ,").split()
    if not words or words[-1].lower() in word_set(_HEADINGS, "held") | word_set(
        _HEADINGS, "particle"
    ):
        return False
    held = any(bears_office(w, born=False) for w in head_words(before))
    return held and has_office(before) and not is_titled_name(before)


def is_titled_name(phrase: str) -> bool:
    """ "Mr. Kell, Minister": begins with a courtesy or a title of birth."""
    first = lower_words(phrase)[:1]
    return bool(first) and (first[0] in title_sets()[0] or first[0] in title_sets()[2])


def _is_holder(name: str, office: str) -> bool:
    """A name after a comma: initials, or in other languages than English no place either."""
    if is_office(name) or has_office(name) or len(name.split()) > LONGEST_HOLDER:
        return False
    if not has_name(name, titled=is_titled(name)):
        return False
    if re.match(rf"{CAPITAL}\w?\. ?(?:-?{CAPITAL}\. ?)*{CAPITAL}\w+", name) or is_titled(name):
        return True
    first = pattern(_HEADINGS, "and", r"\s{}\s").split(name, maxsplit=1)[0]
    placed = locate(name) is not None or locate(first) is not None
    return "," not in office and _is_foreign(office) and not placed and not is_power(name)


def _behind_particle(phrase: str) -> tuple[str, str] | None:
    """ "Gesandter in Bern von Kell": not "Gesandter von Peru"."""
    posted = _POSTED.search(phrase)
    if posted and locate(posted["place"]) is not None:
        phrase = phrase[: posted.start()]  # "Rat von Kell in Wien"
    for match in reversed(list(_PARTICLE_NAME.finditer(phrase))):
        office, name = phrase[: match.start()], phrase[match.end() :]
        last = name.rpartition(" ")[2]
        if is_power(last) or locate(last) is not None or not _is_whole_office(office):
            continue
        if has_name(name, titled=True):
            return _holder(name), office
    return None


def _behind_office(phrase: str) -> tuple[str, str] | None:
    """ "Staatssekretär des Auswärtigen Amtes Kell", "Konsul in Rom Kell": names after a noun."""
    words = phrase.split()
    portfolio = word_set("party_words", "portfolio")
    at = max(
        (
            i
            for i, w in enumerate(words)
            if bears_office(w.lower().strip(".")) or w.lower() in portfolio
        ),
        default=-1,
    )
    while 0 <= at < len(words) - 2 and _is_abbreviated(words[at + 1], words[-1]):
        at += 1
    rest = words[at + 1 :]
    placed = _PLACED.match(" " + " ".join(rest)) if rest else None
    if placed:
        rest = rest[1:]
        size = max((n for n in (1, 2, 3) if locate(" ".join(rest[:n])) is not None), default=0)
        size = size or int(_CYRILLIC.match(rest[0]) is not None)  # a case that no table has
        at, rest = (at + 1 + size, rest[size:]) if size else (at, [])
    if at < 0 or not 0 < len(rest) <= LONGEST_HOLDER or not all(w[:1].isupper() for w in rest):
        return None
    name, office = " ".join(rest), " ".join(words[: at + 1])
    behind_body = bool(placed) or _ends_as_body(office)
    known = is_power(name) or (locate(name) is not None and (behind_body or is_post(name)))
    return (
        (_holder(name), office)
        if has_name(name) and not known and _is_whole_office(office)
        else None
    )


def _is_abbreviated(word: str, name: str) -> bool:
    """ "послу САСШ Келлю": a power or a body by its letters, before a name printed as names are."""
    letters = len(word) <= LONGEST_ABBREVIATION and word.isupper() and word.isalpha()
    return letters and not name.isupper()


def _ends_as_body(office: str) -> bool:
    last = office.rpartition(" ")[2].lower()
    cases = "|".join(vocabulary("party_words")["compound_case"])
    body = pattern("party_words", "compound_body", rf"{{}}(?:{cases})?$")
    return body.search(last) is not None or last in word_set("party_words", "body")


def _holder(name: str) -> str:
    """A holder's name without courtesy and in the first case: "Grafen Kell" is Graf Kell."""
    name = strip_title(name)[0].strip(" .,")
    return proper(_first_case(name))


def _first_case(name: str) -> str:
    first, _, rest = name.partition(" ")
    if not rest:
        return name
    return f"{vocabulary('party_words')['nominative'].get(first, first)} {rest}"


@lru_cache(maxsize=4096)
def nominative(office: str, joint: str) -> str:
    """An office after "des" or "der" in the first case: "Russischen Botschafters in X".

    Args:
        office: Its words, without the article.
        joint: The article that stood before them, in lower case.
    """
    if joint not in ("des", "der") or not office:
        return office
    words = office.split()
    held = word_set(_HEADINGS, "held")
    head = next((i for i, w in enumerate(words) if w.lower() in held), len(words))
    noun = words[head - 1] if head else ""
    if not (is_compound(noun.lower()) or noun.endswith("s")):
        return office
    neuter = pattern("party_words", "neuter", r"{}e?s?$", flags=re.I).search(noun) is not None
    ending = ("es" if neuter else "er") if joint == "des" else "e"
    words[: head - 1] = [_strong(w, ending) for w in words[: head - 1]]
    if joint == "des":
        words[head - 1] = _without_case(noun)
    return " ".join(words)


def _strong(adjective: str, ending: str) -> str:
    return adjective[:-2] + ending if adjective.endswith("en") and len(adjective) > 4 else adjective


def _without_case(noun: str) -> str:
    """A noun without the ending of the genitive: "Amtes", "Rats", "Gesandten"."""
    for ending in ("es", "s"):
        if noun.endswith(ending) and bears_office(noun[: -len(ending)].lower(), born=False):
            return noun[: -len(ending)]
    return noun[:-1] + "r" if noun.lower().endswith(("gesandten", "bevollmächtigten")) else noun


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
    known = any(map(is_no_party, head))
    return bool(head) and not known and all(w[0].isupper() for w in office.split()[: len(head)])


def _is_gloss(office: str, inside: str) -> bool:
    """ "Consul at Lemberg (Lwów)", "… in Rom (Quirinal)": a place's other name, a court."""
    if inside.lower() in word_set(_HEADINGS, "seat"):
        return True
    other = locate(inside)
    return other is not None and other == locate(office.rpartition(" ")[2])


def _is_person(phrase: str) -> bool:
    """Tell whether a phrase is a name and no office."""
    name = strip_title(phrase)[0]
    named = name_like().match(name) or (is_titled(name) and has_name(name, titled=True))
    return bool(named) and not is_office(phrase)
