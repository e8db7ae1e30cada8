"""Printed names of persons into their parts, and whether two of them can be one person's.

"Francis, David R.", "David R. Francis", "Mr. Francis" and "DAVID R. FRANCIS" have one surname and
given names that do not contradict each other; "D. R. Francis" and "Paul Francis" do.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.words import vocabulary
from regesta.documents.folding import plain_letters

_WORDS = "given_names"
_TOKEN = re.compile(r"[^\W_]+(?:[’'´`-][^\W_]+)*[’']?|&")
_BRACKETS = re.compile(r"[\[\]<>]")
_PAREN = re.compile(r"\([^()]*\)")
_NUMERAL = re.compile(r"[IVX]+\.?$")
#: "Mr. Kell to Mr. Harrow" is a heading, no name.
_LINKS = re.compile(r"\s(?:to|an|à|from)\s")
#: "WilliamR Kell": an initial run on.
_RUN_ON = re.compile(r"([a-zß-ÿ]{4,})([A-Z])\b")
_APOSTROPHES = str.maketrans("", "", "’'´`")


class PersonName(NamedTuple):
    """A printed name in parts, folded for comparison: lower case, no accents.

    Attributes:
        surname: With its particles left out ("virmont"); "" where the words name no person.
        given: Given names and initials, in order.
        noble: A title of birth before the name, or "".
        suffix: "jr", "ii"…
        display: The words to show, without courtesy: "David R. Francis".
        inverted: The words in the order of an index: "Francis, David R.".
    """

    surname: str
    given: tuple[str, ...]
    noble: str
    suffix: str
    display: str
    inverted: str

    @property
    def strength(self) -> int:
        """How much the given names tell: 0 nothing, 1 an initial, 2 a name or two initials…"""
        return sum(2 if len(name) > 1 else 1 for name in self.given)


NOBODY = PersonName("", (), "", "", "", "")


@lru_cache(maxsize=1)
def _sets() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in vocabulary(_WORDS)["words"].items()}


@lru_cache(maxsize=1)
def _full_forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for full, short in vocabulary(_WORDS)["short"].items():
        for word in short:
            found.setdefault(word, set()).add(fold(full))
    return {word: frozenset(full) for word, full in found.items()}


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in lower case, without accents and apostrophes."""
    if word.isascii():
        return word.lower().translate(_APOSTROPHES)
    return plain_letters(word.lower().translate(_APOSTROPHES))


@lru_cache(maxsize=65536)
def parse_name(words: str) -> PersonName:
    """A printed name into its parts.

    Args:
        words: As printed, in either order: "Francis, David R.", "Mr. David R. Francis".

    Returns:
        Its parts; the surname is "" for words that hold no name.
    """
    words = " ".join(_PAREN.sub(" ", _BRACKETS.sub("", words)).split()).strip(" ,;:")
    if _LINKS.search(words):
        return NOBODY
    words = _RUN_ON.sub(r"\1 \2.", words)
    head, comma, tail = words.partition(",")
    tail_words = [fold(t) for t in _TOKEN.findall(tail)]
    sets = _sets()
    suffixes = sets["suffix"] | sets["honour"]
    reign = _TOKEN.findall(head)
    if comma and len(reign) > 1 and _NUMERAL.match(reign[-1]):
        # "Otto VI., Emperor": what follows a ruler's numeral is a title.
        return _of_parts(_tokens(head), [], inverted=False)
    if comma and tail_words and not all(w in suffixes for w in tail_words):
        return _of_parts(_tokens(tail), _tokens(head), inverted=True)
    tokens = _tokens(words.replace(",", " "))
    return _of_parts(tokens, [], inverted=False) if tokens else NOBODY


def _tokens(words: str) -> list[str]:
    found = []
    for match in _TOKEN.finditer(words):
        stop = words[match.end() : match.end() + 1] == "."
        found.append(match[0] + ("." if stop and len(match[0]) <= 5 else ""))
    if found and len(found[-1]) > 2 and not _NUMERAL.match(found[-1]):
        found[-1] = found[-1] if fold(found[-1]) in _known_short() else found[-1].rstrip(".")
    return found


@lru_cache(maxsize=1)
def _known_short() -> frozenset[str]:
    """Abbreviations of given names and suffixes that keep their stop at the end."""
    return frozenset(f"{word}." for word in (*_full_forms(), *_sets()["suffix"]))


def _of_parts(given: list[str], sur: list[str], *, inverted: bool) -> PersonName:
    sets = _sets()
    noble = suffix = ""
    kept: list[str] = []
    for token in given:
        word = fold(token).rstrip(".")
        later = any(fold(t).rstrip(".") not in sets["suffix"] for t in given[given.index(token) :])
        if word in sets["noble"]:
            noble = noble or word
        elif (word in sets["title"] and not kept and not _is_initial(token, given, sur)) or (
            word in sets["honour"]
        ):
            continue
        elif word in sets["suffix"] and (kept or sur) and (not later or inverted) and len(word) > 1:
            suffix = word
        else:
            kept.append(token)
    if not sur:
        kept, sur = _split(kept)
    elif kept and fold(sur[0]) in sets["title"] and len(sur) > 1:
        sur = sur[1:]
    if not sur:
        return NOBODY
    core = [fold(t).rstrip(".") for t in sur]
    bare = [t for t in core if t not in sets["particle"]] or core
    tail = [fold(t).rstrip(".") for t in kept]
    names = tuple(t for t in tail if t not in sets["particle"])
    return PersonName(
        " ".join(bare), names, noble, suffix, *_shown(kept, sur, noble, suffix, given)
    )


def _is_initial(token: str, given: list[str], sur: list[str]) -> bool:
    """ "M. F. Kell" begins with an initial, "M. Kell" with a courtesy."""
    at = given.index(token)
    following = given[at + 1 : at + 2]
    return (
        len(token.rstrip(".")) == 1
        and token[:1].isupper()
        and ((bool(following) and len(following[0].rstrip(".")) == 1) or bool(sur))
    )


def _split(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Given names and surname of a name in natural order; particles go with the surname."""
    sets = _sets()
    if not tokens:
        return [], []
    words = [fold(t).rstrip(".") for t in tokens]
    if any(w in sets["uninverted"] or w in sets["body"] for w in words):
        return [], tokens
    if any(_NUMERAL.match(t) and len(t.rstrip(".")) > 1 for t in tokens[1:]) or (
        len(tokens) > 1 and _NUMERAL.match(tokens[-1])
    ):
        return [], tokens
    at = len(tokens) - 1
    while at > 0 and words[at - 1] in sets["particle"] and not tokens[at - 1].endswith("."):
        at -= 1
    return tokens[:at], tokens[at:]


def _shown(
    kept: list[str], sur: list[str], noble: str, suffix: str, given: list[str]
) -> tuple[str, str]:
    """The name in natural and in inverted order, as it is shown."""
    proper = [_proper(t) for t in kept]
    family = [_proper(t) for t in sur]
    particles = _sets()["particle"]
    title = next((_proper(t) for t in given if fold(t).rstrip(".") == noble), "") if noble else ""
    end = f", {suffix.capitalize()}." if suffix in ("jr", "sr") else ""
    if suffix and not end:
        end = f" {suffix.upper()}" if suffix.strip("ivx") == "" else f" {suffix}"
    natural = " ".join(filter(None, [title, *proper, *family])) + end
    at = 0
    while at < len(family) - 1 and fold(family[at]) in particles and family[at][:1].islower():
        at += 1
    first = " ".join(filter(None, [title, *proper, *family[:at]]))
    last = " ".join(family[at:])
    return natural, f"{last}, {first}{end}" if first else last + end


def _proper(word: str) -> str:
    """ "DAVID" and "O’BRIEN" as they are written in lists."""
    if not word.isupper() or len(word.rstrip(".")) < 2 or _NUMERAL.match(word):
        return word
    if re.search(r"[’'´`]\w\.?$", word):
        return word[:1] + word[1:].lower()
    if word.startswith("MC") and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize() if len(m[0]) > 1 else m[0], word)


def same_given(one: str, other: str) -> bool:
    """Tell whether two given names or initials can be one: "w", "wm", "will" and "william"."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1 or (len(short) >= 3 and long.startswith(short)):
        return long.startswith(short)
    forms = _full_forms()
    first, second = forms.get(short, frozenset()), forms.get(long, frozenset())
    if long in first or first & second or one_letter_apart(one, other):
        return True
    return any(one_letter_apart(full, long) for full in first)


def one_letter_apart(one: str, other: str) -> bool:
    """Tell whether two words of five letters or more differ by a single misprint.

    One letter stands for another, is left out, or two have changed places.
    """
    if one == other or min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]


@lru_cache(maxsize=65536)
def compatible(one: PersonName, other: PersonName) -> bool:
    """Tell whether two names can be one person's: nothing in them contradicts."""
    if one.surname != other.surname or (one.suffix and other.suffix and one.suffix != other.suffix):
        return False
    if (one.noble in _sets()["woman"]) != (other.noble in _sets()["woman"]):
        return False
    a, b = sorted((one.given, other.given), key=len)
    if not a:
        return True
    if not same_given(a[0], b[0]):
        # "Tasker Bliss" for "Howard Tasker Bliss": the name he goes by is his second.
        return len(a[0]) > 1 and len(a) == 1 and any(same_given(n, a[0]) for n in b[1:])
    at = 1
    for name in a[1:]:
        while at < len(b) and not same_given(name, b[at]):
            at += 1
        if at >= len(b):
            return False
        at += 1
    return True


@lru_cache(maxsize=65536)
def is_heading(words: str) -> bool:
    """Tell whether words are a heading, no name: "16 March", "Memorandum concerning objections"."""
    found = _TOKEN.findall(words)
    headings = _sets()["heading"]
    if any(c.isdecimal() for c in words) or any(fold(word) in headings for word in found):
        return True
    # "decision in Norland vs. Kell": particles and titles are shorter, or known.
    first = found[0] if found else ""
    return len(first) > 4 and first.islower() and first not in _known_small()


@lru_cache(maxsize=1)
def _known_small() -> frozenset[str]:
    sets = _sets()
    return sets["particle"] | sets["title"] | sets["noble"] | sets["uninverted"]


def identical(one: PersonName, other: PersonName) -> bool:
    """Tell whether two names say the same person as far as names can.

    A given name in full on both sides, or two initials that agree: "W. H. Kell" and
    "William H. Kell" are, "W. Kell" and "William Kell" are not.
    """
    if not compatible(one, other):
        return False
    if is_ruler(one) and is_ruler(other):
        return one.suffix == other.suffix
    if not one.given or not other.given:
        return False
    if one.suffix != other.suffix and "jr" in (one.suffix, other.suffix):
        return False
    agreed = min(len(one.given), len(other.given))
    return (_is_full(one.given[0]) and _is_full(other.given[0])) or agreed >= 2


def is_ruler(name: PersonName) -> bool:
    """Tell whether a name is a ruler's: one name and a numeral."""
    return not name.given and bool(name.suffix) and not name.suffix.strip("ivxl")


def _is_full(name: str) -> bool:
    return len(name) > 2 or name in _full_forms()


def is_body(words: str) -> bool:
    """Tell whether a name is that of a firm or body: "Kell & Co."."""
    return not _sets()["body"].isdisjoint(fold(t).rstrip(".") for t in _TOKEN.findall(words))


def has_particle(words: str) -> bool:
    """Tell whether a name has a particle inside: "Drouyn de Kell", "Ludwig von Kell"."""
    inner = _TOKEN.findall(words)[1:-1]
    tail = _TOKEN.findall(words)[1:]
    joined = any(re.match(r"[dl][’'´`]", token) for token in tail)
    return joined or any(fold(t) in _sets()["particle"] for t in inner)
