"""A sentence into tokens and one letter a token: the light tagging that the clause grammar reads.

Letters: D determiner, p subject pronoun, o object pronoun, P preposition, O "of", T "to", C and/or,
R who/which, H that, S if/while, Q whether/what, X be, h have, d do, m modal, n not, A adverb,
V s e g forms of verbs (base, -s, -ed, -ing), N capital, w other word, # number, ' genitive;
punctuation stands for itself, quotation marks for `"`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain, pairwise, repeat

from regesta.describing.acts.lexicon import MARKS, MOST_KEPT, Lexicon
from regesta.describing.acts.turns import places, read_turns
from regesta.describing.words import vocabulary, word_set

#: The shapes of a token; the commonest first, since most words are of it.
_SHAPES = (
    r"[a-z]+(?=[ ,;])",
    r"(?:{shortened})\.|[A-Z]\.(?! ?[A-Z]\.)",
    r"[^\W\d_]+(?:[-‑.][^\W\d_]+)*?(?=[’']s\b)|[’']s\b",
    r"[^\W\d_](?:\.(?=\s?[^\W\d_]\.)\s?[^\W\d_])+\.?",
    r"[^\W\d_]+(?:[-‑’'][^\W\d_]+)*|\d(?:[\d,./]*\d)?(?:[^\W\d_]+)?|[,;:.?!()\[\]“”\"«»„—–]",
)
#: "l’", "qu’": words of their own in French.
_ELIDED = r"(?:[LDJMTSNCldjmtsnc]|[Qq]u|[Ll]orsqu|[Pp]uisqu)[’'](?=[^\W\d_])"
#: How French infinitives end.
_INFINITIVE = ("er", "ir", "re")
_OPENS = frozenset('".:;()-')
#: Letters that a word in capitals keeps in the middle of a sentence.
_KEPT = frozenset("DpoXhdmnCRHSQTPO")


@lru_cache(maxsize=2)
def _token(*, elided: bool = False) -> re.Pattern[str]:
    shortened = "|".join(w.capitalize() for w in vocabulary("acts_words")["shortened"])
    shapes = "|".join(_SHAPES).replace("{shortened}", shortened)
    return re.compile(f"{_ELIDED}|{shapes}" if elided else shapes)


class _Pieces(dict[str, tuple[str, ...]]):
    """What stands between two spaces, and the tokens in it, each found once."""

    def __init__(self, token: re.Pattern[str]) -> None:
        super().__init__()
        self._token = token
        self._initials: set[str] = set()

    def __missing__(self, piece: str) -> tuple[str, ...]:
        if len(self) > MOST_KEPT:
            self.clear()
        if piece[-1] == "." and piece[-2:-1].isalpha() and not piece[-3:-2].isalpha():
            self._initials.add(piece)
        found = self[piece] = tuple(self._token.findall(piece))
        return found

    def words(self, text: str, start: int, end: int) -> list[str]:
        """The tokens of ``text[start:end]``."""
        pieces = text[start:end].split()
        found = list(chain.from_iterable(map(self.__getitem__, pieces)))
        if self._initials.isdisjoint(pieces) or not self._run_on(pieces):
            return found
        return self._token.findall(text, start, end)  # "U. S." is one token

    def _run_on(self, pieces: list[str]) -> bool:
        """Whether initials follow one another with spaces between."""
        known = self._initials
        return any(one in known and other[1:2] == "." for one, other in pairwise(pieces))


@lru_cache(maxsize=2)
def _pieces(*, elided: bool = False) -> _Pieces:
    return _Pieces(_token(elided=elided))


class Sentence:
    """A tagged sentence.

    Attributes:
        words: As printed.
        lows: In lower case, without the full stop of a shortened word.
        tags: One letter a word.
        there: The words in lower case, each once.
    """

    __slots__ = ("_place", "_starts", "lows", "tags", "there", "words")

    def __init__(
        self,
        words: list[str],
        lows: list[str],
        tags: str,
        place: tuple[str, int, int],
        there: set[str],
    ) -> None:
        self.words, self.lows, self.tags, self.there = words, lows, tags, there
        self._place = place
        self._starts: list[int] = []

    def text(self, first: int, last: int) -> str:
        """The words from ``first`` to ``last`` (with it) as printed, on one line."""
        start, end = self.offsets(first, last)
        return " ".join(self._place[0][start:end].split())

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from ``first`` to ``last`` (with it) stand in the text."""
        words, starts = self.words, self._starts
        text, at, _ = self._place
        if starts:
            at = starts[-1] + len(words[len(starts) - 1])
        for word in words[len(starts) : last + 1]:  # what stands between words begins no word
            at = text.index(word, at)
            starts.append(at)
            at += len(word)
        return starts[first], starts[last] + len(words[last])


def tag(text: str, start: int, end: int, lexicon: Lexicon, actors: frozenset[str]) -> Sentence:
    """Tag ``text[start:end]``.

    Args:
        text: The whole text.
        start, end: The sentence.
        lexicon: Its language's.
        actors: Nouns of those who act ("government"): after them a verb is likely.
    """
    words = _pieces(elided=lexicon.elided).words(text, start, end)
    known, adverbs, seen, inside = lexicon.tags, lexicon.adverbs, lexicon.seen, lexicon.inside
    lows = words.copy()
    tags = list(map(seen.get, words, repeat("")))
    # Most words are known, in lower case; the first may be in capitals.
    for i in [i for i, letter in enumerate(tags) if not letter or not i]:
        word = words[i]
        if i and word in inside and tags[i - 1] not in _OPENS:
            lows[i], tags[i] = inside[word]
            continue
        lows[i] = low = word.lower()
        if low[-1] == "." and len(low) > 1:
            lows[i] = low = low.rstrip(".")
            tags[i] = "#" if low[0].isdecimal() else "N"
            if len(inside) < MOST_KEPT:
                inside[word] = low, tags[i]
            continue
        before = tags[i - 1] if i else ""
        tags[i] = letter = _letter(word, low, known.get(low), before)
        if lexicon.elided and letter == "w" and before in ("O", "T", "m"):
            if low.endswith(_INFINITIVE):
                tags[i] = "V"  # "d’indemniser"
            continue
        if lexicon.elided and letter == "w" and before == "A" and _is_bidden(low, lows, i, lexicon):
            tags[i] = "V"  # "veuillez lui rappeler"
            continue
        if word is low or not word[0].isupper():
            seen.setdefault(word, letter)  # the same wherever it stands
        elif i and before not in _OPENS and len(inside) < MOST_KEPT:
            inside[word] = low, letter
    if lexicon.elided and words and is_imperative(lows[0]):
        tags[0] = "V"
    there = set(lows)
    for low in adverbs.keys() & there:
        for i in places(lows, low):
            if i and lows[i - 1] in adverbs[low]:
                tags[i - 1] = tags[i] = "A"
    read_turns(tags, lows, there)
    if tags:
        _settle(tags, lows, actors, lexicon.either)
    if lexicon.elided:
        _infinitives(tags, lows, known)
        _subjects(tags, lows)
    if tags[:1] == ["V"] and lows[0] in lexicon.either and _is_subject(tags):
        tags[0] = "w"
    if not lexicon.both.isdisjoint(there):
        _end(tags, lows, lexicon.both)
    letters = "".join(tags)
    if ",A" in letters or ",P" in letters or "mPD" in letters:
        letters = _ASIDE.sub(_as_adverb, letters)
    return Sentence(words, lows, letters, (text, start, end), there)


def _infinitives(tags: list[str], lows: list[str], known: Mapping[str, str]) -> None:
    """French infinitives behind "de", which are no nouns: "de signer", "d’envoyer"."""
    for i, low in enumerate(lows):
        if i and tags[i] == "w" and tags[i - 1] == "O":
            shape = low.endswith(_INFINITIVE[:2]) and not low.endswith("ier") and len(low) > 4
            named = low in word_set("acts_fr", "no_infinitives")
            if known.get(low) == "V" or (shape and low not in known and not named):
                tags[i] = "V"


def _subjects(tags: list[str], lows: list[str]) -> None:
    """ "Nous" and "vous" before a verb that agrees with them: "nous ne saurions accepter"."""
    agrees = vocabulary("acts_fr")["agrees"]
    for i, low in enumerate(lows):
        if low in agrees and tags[i] == "A":
            verb = i + 1
            while verb < len(tags) and tags[verb] in "An":
                verb += 1
            if (
                verb < len(tags)
                and tags[verb] in "smXh"
                and lows[verb].endswith(tuple(agrees[low]))
            ):
                tags[i] = "p"


def _is_bidden(low: str, lows: list[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a French infinitive stands behind a word that asks for it, with pronouns between."""
    asked = not lexicon.please.isdisjoint(lows[max(0, at - 4) : at])
    return asked and low.endswith(_INFINITIVE[:2])


@lru_cache(maxsize=4096)
def is_imperative(low: str) -> bool:
    """Whether a French sentence opens with an order: "Insistez", "Dites-lui"."""
    verb = low.partition("-")[0]
    if verb in word_set("acts_fr", "courteous") or verb in word_set("acts_fr", "please"):
        return False
    return (verb.endswith("ez") and len(verb) > 4) or verb in word_set("acts_fr", "imperatives")


def _end(tags: list[str], lows: list[str], both: frozenset[str]) -> None:
    """A form that ends a clause opened by an auxiliary is a participle: "wurde … ratifiziert"."""
    for i, low in enumerate(lows):
        if low in both and tags[i] == "s" and (i + 1 == len(tags) or tags[i + 1] in ",.;:hXmC"):
            before = "".join(tags[:i])
            clause = before[max(before.rfind(mark) for mark in ",;:H") + 1 :]
            if not set(clause).isdisjoint("hXm"):
                tags[i] = "e"


#: "has, therefore, refused", "did not, however, go", "will, with much pleasure, pay": asides
#: between commas inside a verb group, adverbs before a verb as well.
_ASIDE = re.compile(
    r"(?<=[wN'p]),A{1,3},(?=[VsegXhdmn])|(?<=[Xhdm]),A{1,3},(?=[VsegXhdmnAwPT])"
    r"|(?<=[Xhdm]n),A{1,3},(?=[VseXA])"
    r"|(?<=[Xhdm]),P[DwNAO#']{1,6},(?=A?[VseXn])"
    r"|(?<=m)PDw{1,2}(?=A?[VX])"
)


def _as_adverb(match: re.Match[str]) -> str:
    return "A" * len(match[0])


def _letter(word: str, low: str, letter: str | None, before: str) -> str:
    first = word[0]
    if first.isupper():
        if letter == "o" and word.isupper():
            return "N"  # "the US"
        if word == "May" and before not in ("", ".", ";", ":", '"'):
            return "N"  # "of May 5"
        opens = not before or before in _OPENS
        if letter is None:
            if opens and low.endswith("ing"):
                return "g"
            return "A" if opens and low.endswith("ly") else "N"
        return letter if opens or letter in _KEPT else "N"
    if letter is not None:
        return letter
    if not first.isalpha():
        if first.isdecimal():
            return "#"
        return "'" if low[-1] == "s" else MARKS.get(first, first)
    if word[1:2] in "’'" and word[2:3].isupper():
        return "N"  # "d’Orsay"
    return _by_ending(low)


def _by_ending(low: str) -> str:
    if low.endswith("ly"):
        return "A"
    if low.endswith("ed") and len(low) > 4:
        return "e"
    return "g" if low.endswith("ing") and len(low) > 5 else "w"


#: Letters that the neighbours decide: participles where what may be a determiner or "to" stands
#: before them, other words after "to" and modal verbs, where base forms are what they seem.
_OPEN = re.compile(
    r"(?<![Tm])V|(?<=[Tm])V(?=[OXhm])|[sH]|(?<=[D'TH])[eg]|(?<=[pNw])D(?=[Ve])|D(?=[mXhdsOPT])|h(?=[DnwN#o])|(?<=[Tm])w"
)
#: After these letters a form that may be noun or verb is a noun.
_NOUN_AFTER = frozenset("DPO'#")
#: Prepositions that a base form may follow ("all than yield").
_VERB_AFTER = frozenset(("than", "except", "like"))
#: "Have" as a verb of its own.
_MAIN = {"have": "V", "has": "s", "had": "e"}
#: What stands after a verb rather than after a noun.
_AFTER_VERB = frozenset("HTDopNQgS")


def _settle(
    tags: list[str], lows: list[str], actors: frozenset[str], either: frozenset[str]
) -> None:
    """Decide between noun and verb, participle and adjective, by the neighbours."""
    last = len(tags) - 1
    particles = word_set("acts_actors", "particles")
    if not particles.isdisjoint(lows):
        for i in range(1, last):
            if tags[i] == "w" and tags[i - 1] == tags[i + 1] == "N" and lows[i] in particles:
                tags[i] = "N"  # "Kell de Vane"
    alone, unchanged = word_set("acts_words", "alone"), word_set("acts_words", "unchanged")
    for match in _OPEN.finditer("".join(tags)):
        i = match.start()
        letter, after = tags[i], tags[i + 1] if i < last else "."
        before, low = (tags[i - 1], lows[i - 1]) if i else (".", "")
        if letter in "eg":
            if _is_adjective(letter, before, after):
                tags[i] = "w"
        elif letter in "Vs" and before == "D":
            tags[i] = "w"  # "the request"
        elif letter == "V" and lows[i] in unchanged and _is_past(tags, i):
            tags[i] = "e"  # "were set at liberty", "has put"
        elif letter in "Vs" and not i and after in "QH":
            pass  # "State whether"
        elif letter == "V" and i == 1 and before == "A" and after in "wDNQH":
            pass  # "Concisely state the facts"
        elif (
            letter in "Vs"
            and lows[i] in actors
            and before not in "pTm"
            and not (before == "N" and low.endswith("s") and after in "HDQ")
        ):
            tags[i] = "w"
        elif (
            before == "N"
            and after in "PT"
            and (letter == "s" or (letter == "V" and low in actors))
            and _is_only(tags, i)
        ):
            pass  # "Kell protests against the guards", "His Majesty’s Government protest against"
        elif (
            letter == "s"
            and before == "w"
            and after in "TOPC"
            and low.endswith("ed")
            and (low not in actors)
        ):
            tags[i] = "w"  # "its anticipated thanks to"
        elif letter == "V" and before == "N" and _is_named_thing(tags, i, low, actors):
            if lows[i] in either:
                tags[i] = "w"  # "the Danish ship to"
        elif letter == "V" and before == "o" and lows[i] in either and _is_handed(tags, lows, i):
            tags[i] = "w"
        elif letter in "Vs":
            if _is_other(letter, before, after, low, actors, lows[i] in either):
                tags[i] = "w"
        elif letter == "w":
            if _is_verb(before, after):
                tags[i] = "V"
        elif letter == "D":
            if after in "TP" and lows[i] in ("either", "both"):
                tags[i] = "A"  # "either to send it or to bring it"
            elif after in "Ve":
                if lows[i] in ("both", "all", "each") and before in "pNw":
                    tags[i] = "A"  # "they both hope"
            elif lows[i] in alone:
                many = after == "s" and lows[i] not in word_set("acts_words", "single")
                tags[i] = "D" if many else "p"
        elif letter == "h":
            if lows[i] in _MAIN and not _helps(tags, i + 1):
                tags[i] = _MAIN[lows[i]]
        else:
            aside = after == "," and i + 2 <= last and tags[i + 2] in "SPARQ"
            tags[i] = _that(before, "S" if aside else after)


def _is_past(tags: list[str], at: int) -> bool:
    """Whether a base form that is the participle as well stands behind "be" or "have"."""
    j = at - 1
    while j > 0 and tags[j] in "An":
        j -= 1
    return j >= 0 and tags[j] in "Xh"


def _is_subject(tags: list[str]) -> bool:
    """Whether the word that opens a sentence is the noun of what is said: "Consent to it is"."""
    at = 1
    if tags[1:2] not in (["T"], ["O"], ["P"]):
        return False
    while at < len(tags) and (tags[at] in "wNO#'DPT" or (tags[at] == "g" and tags[at - 1] in "DO")):
        at += 1
    return at > 2 and at < len(tags) and tags[at] in "Xhm"


def _is_handed(tags: list[str], lows: list[str], at: int) -> bool:
    """Whether a verb and to whom stand before: "handed me note", not "let me note"."""
    return (
        at > 1
        and tags[at - 2] in "Vseg"
        and lows[at - 2] not in word_set("acts_words", "causative")
    )


def _is_named_thing(tags: list[str], at: int, low: str, actors: frozenset[str]) -> bool:
    """Whether a determiner and one capital stand before, which no base form agrees with."""
    return at > 1 and tags[at - 2] == "D" and not _may_act(low, actors)


#: A name that opens a sentence has at most so many words ("His Majesty’s Government").
FURTHEST = 5


def _is_only(tags: list[str], at: int) -> bool:
    """Whether no other verb stands in the clause that begins with a name and a verb’s form."""
    if at > FURTHEST or any(letter not in "DNA'" for letter in tags[:at]):
        return False
    for k, letter in enumerate(tags[at + 1 :], at + 1):
        if letter in "RHS.;,":
            break
        # What stands behind a determiner is no verb, though it is not settled yet: "this act".
        if letter in "Xhmd" or (letter in "Vs" and tags[k - 1] not in "D'"):
            return False
    return True


def _helps(tags: list[str], at: int) -> bool:
    """Whether "have" before ``at`` only helps a participle: "has not accepted", no "has not it"."""
    first = at
    while at < len(tags) and tags[at] in "nA":
        at += 1
    return first < at < len(tags) and tags[at] in "eX"


def _that(before: str, after: str) -> str:
    """ "That" as conjunction or relative, as determiner ("of that note"), as pronoun."""
    if before in "POT" or (before in ".;" and after in "wN"):
        return "D"
    return "w" if after in ",.;" else "H"


def _is_verb(before: str, after: str) -> bool:
    """Whether an unknown word is a verb: after "to" with an object, after a modal verb."""
    return (before == "T" and after in "DopHAQ") or (before == "m" and after not in "XhdsVe")


def _is_adjective(letter: str, before: str, after: str) -> bool:
    """Whether a participle is an adjective or a noun here."""
    if before in "D'":
        # "The landing of troops"
        return after in "wNegVs" or (letter == "g" and after == "O")
    return letter == "e" and before == "T"


def _is_other(
    letter: str, before: str, after: str, low: str, actors: frozenset[str], either: bool
) -> bool:
    """Whether what looks like a verb is a noun here."""
    if letter == "V":
        if before == "T" and after == "O" and either:
            return True  # "in response to request of the Ministry"
        if not either:
            return before in "D'O" or (before == "P" and low not in _VERB_AFTER)
        return _noun_for_base(before, after, low, actors)
    if not either:
        return before in "D'"
    return _noun_for_third(before, after, low, actors)


def _noun_for_base(before: str, after: str, low: str, actors: frozenset[str]) -> bool:
    """Whether a form like "request" is a noun here."""
    if before in _NOUN_AFTER or before in "XVsge" or after in "Xhm" or before == after == '"':
        return True
    if before == "," and low == "," and after == "O":
        return True
    if before == "w":
        return not _may_act(low, actors)
    return (before == "N" and after not in _AFTER_VERB) or (before == "h" and after == "O")


def _noun_for_third(before: str, after: str, low: str, actors: frozenset[str]) -> bool:
    """Whether a form like "requests" is a noun here."""
    if before in "DPO'#V" or after in "Xhm":
        return True
    if before == "C":
        return after not in _AFTER_VERB and after != "P"
    if before in "weN" and low not in actors:
        return after not in _AFTER_VERB
    return False


def _may_act(low: str, actors: frozenset[str]) -> bool:
    """Nouns in the plural, and nouns of those who act, may be followed by a verb."""
    return low in actors or (low.endswith("s") and not low.endswith(("ss", "us", "ous")))
