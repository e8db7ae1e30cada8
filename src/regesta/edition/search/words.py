"""Words of search: a text in; its words with their offsets, folded and stemmed, out.

Index, query and highlighter all ask this module, so that what is found is what is marked.
Folding makes case, accents, long s and ligatures alike (Großbotschaft = Grossbotschaft); stemming
joins the forms of a word in the language of its document.
"""

import re
import string
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise, repeat
from threading import local
from typing import TYPE_CHECKING, NamedTuple

import tantivy

from regesta.describing.words import vocabulary

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

#: A word: letters and digits, with combining and silent signs inside. An underscore is no letter.
WORD = re.compile(
    r"[^\W_]+(?:[\u0300-\u036f\u0483-\u0487\u00ad\u200b-\u200d\u2060\ufeff]+[^\W_]*)*"
)
#: Longer words are cut: nobody types them, and a line without spaces must not become a term.
LONGEST_WORD = 100
#: Languages (ISO 639-1) with a stemmer that works on folded words.
STEMMERS = {
    "en": "english", "de": "german", "fr": "french", "it": "italian", "es": "spanish",
    "pt": "portuguese", "nl": "dutch", "ru": "russian", "sv": "swedish", "da": "danish",
    "no": "norwegian",
}  # fmt: skip
#: What marks a stem's language, after it: no folded word holds a capital of ASCII. One letter,
#: because every word of every text is written with it.
TAGS = {
    "en": "E", "de": "D", "fr": "F", "it": "I", "es": "S", "pt": "P", "nl": "N", "ru": "R",
    "sv": "V", "da": "A", "no": "O",
}  # fmt: skip
#: Signs that stand in many texts and in no word: with spaces in their place, most are Latin-1.
_PARTING = "‘’“”—–…„•†‡′″−₤"
#: A text that is not Latin-1 is looked at in parts of so many code points, so that most parts are.
_PART = 600
_LETTERS = string.ascii_letters + string.digits
#: Code of a word that is not common; the same and two spaces as one number of two bytes.
_OTHER, _OTHER_NUMBER, _SPACES = "__", 0x5F5F, 0x2020
#: UTF-8 bytes: ASCII letters and digits as they are, other ASCII a space.
_BYTES = bytes(code if code > 127 or chr(code).isalnum() else 32 for code in range(256))
_SHORT = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "ita": "it", "spa": "es",
    "por": "pt", "nld": "nl", "dut": "nl", "rus": "ru", "swe": "sv", "dan": "da", "nor": "no",
    "nb": "no", "nn": "no", "nob": "no", "nno": "no",
}  # fmt: skip


@cache
def _table() -> tuple[dict[int, str], frozenset[str]]:
    path = files("regesta.vocabularies") / "search_folding.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    letters = {ord(letter): to for letter, to in data["letters"].items()}
    return letters | dict.fromkeys(map(ord, data["silent"]["signs"]), ""), frozenset(
        data["kept"]["letters"]
    )


def _fold(word: str) -> str:
    """Fold until nothing changes: what is folded is its own folding, and can be asked again."""
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    for _ in range(4):
        folded = _fold_once(word)
        if folded == word:
            break
        word = folded
    return word[:LONGEST_WORD]


def _fold_once(word: str) -> str:
    letters, kept = _table()
    word = unicodedata.normalize("NFC", word).casefold()
    if word.isascii():
        return word
    folded: list[str] = []
    for letter in unicodedata.normalize("NFC", word).translate(letters):
        if letter in kept or unicodedata.decomposition(letter).startswith("<fraction>"):
            folded.append(letter)
            continue
        plain = unicodedata.normalize("NFKD", letter).translate(letters)
        folded.extend(c for c in plain if c.isalnum())
    return "".join(folded)


class _Folded(dict[str, str]):
    """Word as printed → word as searched; bounded, because texts never run out of words."""

    def __missing__(self, word: str) -> str:
        if len(self) > 400_000:
            self.clear()
        folded = self[word] = _fold(word)
        return folded


class _Parted(dict[str, str]):
    """What stands between ASCII signs → its folded words, joined by spaces."""

    def __init__(self, folded: _Folded) -> None:
        super().__init__()
        self.folded = folded

    def __missing__(self, piece: str) -> str:
        if len(self) > 400_000:
            self.clear()
        words = filter(None, map(self.folded.__getitem__, WORD.findall(piece)))
        parted = self[piece] = " ".join(words)
        return parted


@cache
def _forms() -> dict[str, dict[str, dict[str, str]]]:
    path = files("regesta.vocabularies") / "search_forms.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


class _Stems(dict[str, str]):
    """Folded word → stem with its language's tag; other spellings go under one."""

    def __init__(self, language: str) -> None:
        super().__init__()
        forms = _forms().get(language, {})
        self.whole = forms.get("words", {})
        self.beginnings = forms.get("beginnings", {})
        self.longest = max(map(len, self.beginnings), default=0)
        self.starts = frozenset(beginning[:3] for beginning in self.beginnings)
        self.letters = sorted(
            ((a.split(), b.split()) for a, b in forms.get("letters", {}).items()),
            key=lambda pair: -len(pair[0]),
        )
        self.first_letters = frozenset(letters[0] for letters, _ in self.letters)
        self.tag = TAGS.get(language, "")
        self.analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
            .filter(tantivy.Filter.stemmer(STEMMERS[language]))
            .build()
            if self.tag
            else None
        )

    def __missing__(self, word: str) -> str:
        if len(self) > 400_000:
            self.clear()
        usual = self.usual(word)
        found = self.analyzer.analyze(usual) if self.analyzer else ()
        stem = self[word] = (found[0] if found else usual) + self.tag
        return stem

    def usual(self, word: str) -> str:
        """The spelling under which a word is searched."""
        if word in self.whole:
            return self.whole[word]
        if word[:3] not in self.starts:
            return word
        for length in range(min(self.longest, len(word)), 2, -1):
            if (start := self.beginnings.get(word[:length])) is not None:
                return start + word[length:]
        return word

    def spell_out(self, words: list[str]) -> list[str]:
        """Put words in the place of an abbreviation's letters, as many as there were."""
        if self.first_letters.isdisjoint(words):
            return words
        words, at = list(words), 0
        while at < len(words):
            if words[at] in self.first_letters:
                for letters, meant in self.letters:
                    if words[at : at + len(letters)] == letters:
                        words[at : at + len(letters)] = meant
                        break
            at += 1
        return words


class _Caches(local):
    """One set of caches a thread: the analyzers are not shared."""

    def __init__(self) -> None:
        self.folded = _Folded()
        self.parted = _Parted(self.folded)
        self.stems: dict[str, _Stems] = {}


_CACHES = _Caches()


def base_language(language: str) -> str:
    """Give the language whose stemmer applies ("en" of "en-US" or "eng"), or ""."""
    short = language.replace("_", "-").split("-")[0].strip().lower()
    short = _SHORT.get(short, short)
    return short if short in STEMMERS else ""


@cache
def _small_words() -> dict[str, frozenset[str]]:
    known = vocabulary("small_words").items()
    return {k: frozenset(map(fold, words)) for k, words in known if k in STEMMERS}


def likely_language(text: str) -> str:
    """Guess the stemmer of a text too short to be described: most small words win, or "".

    A wrong guess only costs other forms of a word; the document's language stays unsaid.
    """
    words = set(folded_words(text[:2000]))
    votes = sorted(((len(words & small), k) for k, small in _small_words().items()), reverse=True)
    (best, language), (second, _) = votes[:2]
    return language if best >= 2 and best > second else ""


def fold(word: str) -> str:
    """Fold one word: "GROẞBOTSCHAFT" → "grossbotschaft", "Şerīf" → "serif"."""
    return _CACHES.folded[word]


def stem(word: str, language: str) -> str:
    """Give a folded word's stem, tagged with its language ("rublE"); untagged where none is.

    Args:
        word: A folded word.
        language: One of :data:`STEMMERS`, or "".
    """
    return _stems(language)[word]


def bare_stem(word: str) -> str:
    """Give a stem without its language's tag."""
    return word[:-1] if "A" <= word[-1:] <= "Z" else word


def _stems(language: str) -> _Stems:
    caches = _CACHES.stems
    if language not in caches:
        caches[language] = _Stems(language)
    return caches[language]


def beginnings(word: str, language: str) -> set[str]:
    """Give how folded words begin that share a word's stem: "despatches" → dispatch, despatch."""
    stems = _stems(language)
    sought = stems[word]
    shared = shared_beginning(stems.usual(word), bare_stem(sought))
    if len(shared) > 2 and shared.endswith("i"):  # the stem of "levied" and of "levy"
        shared = shared[:-1]
    begun = {a + shared[len(b) :] for a, b in stems.beginnings.items() if shared.startswith(b)}
    other = (stems.beginnings.items(), stems.whole.items())
    return {shared, *begun, *(a for a, b in chain(*other) if stems[b] == sought)}


def shared_beginning(a: str, b: str) -> str:
    """Give the letters with which both words begin."""
    length = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        length += 1
    return a[:length]


class _Latin(NamedTuple):
    """How Latin-1 is folded at once: byte for byte, without silent signs, two letters for one.

    A byte that folds to anything else becomes 0: such a text is looked at word by word.
    """

    table: bytes
    silent: bytes
    doubled: tuple[tuple[bytes, bytes], ...]


@cache
def _latin() -> _Latin:
    table, silent, doubled = bytearray(256), b"", []
    for code in range(1, 256):
        letter, byte = chr(code), bytes([code])
        folded = _fold(letter)
        if WORD.match(letter) is None and not folded:
            silent += byte if WORD.fullmatch(f"a{letter}a") else b""
            table[code] = 32
        elif folded.isascii() and len(folded) == 1:
            table[code] = ord(folded) if WORD.match(letter) else 32
        elif folded.isascii() and folded.isalpha():
            doubled.append((byte, folded.encode()))
    return _Latin(bytes(table), silent, tuple(doubled))


def folded_words(text: str) -> list[str]:
    """Give the folded words of a text in their order; silent signs alone make no word."""
    return folded_text(text).split()


def folded_text(text: str) -> str:
    """Give the folded words of a text with spaces between them, one or more.

    The same as :data:`WORD` and :func:`fold` give, in a fraction of the time: what is Latin-1 is
    parted and folded whole, and only what is not is looked at word by word.
    """
    if (folded := _latin_text(text)) is not None:
        return folded
    for sign in _PARTING:
        text = text.replace(sign, " ")
    if (folded := _latin_text(text)) is not None:
        return folded
    parts, start = [], 0
    while start < len(text):
        end = text.find(" ", start + _PART) if start + _PART < len(text) else -1
        part = text[start : end if end >= 0 else len(text)]
        folded = _latin_text(part)
        parts.append(_other_text(part) if folded is None else folded)
        start += len(part)
    return " ".join(parts)


def _latin_text(text: str) -> str | None:
    """The folded words of a text in Latin-1; None where they need a closer look."""
    latin = _latin()
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return None
    if not text.isascii():
        for letter, two in latin.doubled:
            raw = raw.replace(letter, two)
    raw = raw.translate(latin.table, latin.silent)
    if b"\0" in raw:
        return None
    # A word too long leaves no space in one of these pieces.
    for at in range(0, len(raw) - LONGEST_WORD, LONGEST_WORD // 2):
        if raw.find(b" ", at, at + LONGEST_WORD // 2) < 0:
            return None
    return raw.decode("ascii")


def _other_text(text: str) -> str:
    """The folded words of a text in any letters."""
    pieces = text.encode("utf-8", "surrogatepass").translate(_BYTES)
    parted = map(_CACHES.parted.__getitem__, pieces.decode("utf-8", "surrogatepass").split())
    return " ".join(parted)


def stemmed_words(words: list[str], language: str) -> list[str]:
    """Give the tagged stems of folded words, as many as there are words."""
    stems = _stems(language)
    return list(map(stems.__getitem__, stems.spell_out(words)))


def stemmed_text(words: list[str], language: str) -> str:
    """The same with spaces between them."""
    stems = _stems(language)
    return " ".join(map(stems.__getitem__, stems.spell_out(words)))


@cache
def common_words() -> dict[str, str]:
    """Folded words so common that the index keeps two of them that stand together; each a code."""
    lists = vocabulary("search_common_words").values()
    words = sorted({fold(word) for words in lists for word in words.split()})
    return {word: _LETTERS[i // 62] + _LETTERS[i % 62] for i, word in enumerate(words)}


@cache
def _halves() -> dict[str, str]:
    """Common word → the end of one pair and the start of the next."""
    return {word: f"{code} {code}" for word, code in common_words().items()}


def paired_words(words: list[str]) -> str:
    """Give the pairs of neighbours as the index keeps them: "it is the" → code of "it is", …

    One word of four letters stands for two common words, anything with an underscore for two
    others; all keep their places. The first and the last piece are halves, and mean nothing.
    """
    return "".join(map(_halves().get, words, repeat("_ _")))


def codes_of(words: list[str]) -> str:
    """Give two letters for each word: the code of a common one, two underscores for any other."""
    return "".join(map(common_words().get, words, repeat(_OTHER)))


def pairs_of(codes: str) -> str:
    """Give the pairs of neighbours that are both common, as :func:`paired_words` writes them.

    Where they stand is lost: for an index that keeps no places.
    """
    letters, common = _as_numbers(codes)
    (at,) = (common[:-1] & common[1:]).nonzero()
    return _neighbours(letters, at, 2)


def threes_of(codes: str) -> str:
    """Give the threes of neighbours as the index keeps them: "it is the" → one word of six letters.

    Anything with an underscore stands for three words of which one is not common. No more than
    three of those stand together, however many there are: a phrase is asked by threes that are no
    further apart, so that none reaches over them, and most of a text is left out.
    """
    letters, common = _as_numbers(codes)
    whole = common[:-2] & common[1:-1] & common[2:]
    kept = whole.copy()
    for i in range(1, 4):
        kept[i:] |= whole[:-i]
    (at,) = kept.nonzero()
    return _neighbours(letters, at, 3)


def _as_numbers(codes: str) -> tuple["npt.NDArray[np.uint16]", "npt.NDArray[np.bool_]"]:
    """One number for each code, which is two bytes, and whether it is of a common word."""
    import numpy as np  # not needed where nothing is written

    letters = np.frombuffer(codes.encode("ascii"), dtype=np.uint16)
    return letters, letters != _OTHER_NUMBER


def _neighbours(letters: "npt.NDArray[np.uint16]", at: "npt.NDArray[np.intp]", length: int) -> str:
    """So many codes from each of some places on as one word, two spaces after each."""
    import numpy as np

    words = np.empty((len(at), length + 1), dtype=np.uint16)
    for i in range(length):
        words[:, i] = letters[i:].take(at)
    words[:, length] = _SPACES
    return words.tobytes().decode("ascii")


def paired_phrase(words: Sequence[str]) -> list[tuple[int, str]]:
    """Give the pairs that find a phrase of at least two words, each with its place in it.

    No more than are needed, because each costs time: every second one, and the last of an odd
    number of words. None where a word is not common.
    """
    codes = _codes(words)
    pairs = [(at, a + b) for at, (a, b) in enumerate(pairwise(codes))]
    return pairs[::2] if len(words) % 2 == 0 else [*pairs[:-1:2], *pairs[-1:]]


def phrase_of_threes(words: Sequence[str]) -> list[tuple[int, str]]:
    """Give the threes that find a phrase of at least three words, each with its place in it.

    Every third one, and the last. None where a word is not common.
    """
    codes = _codes(words)
    threes = [(at, "".join(codes[at : at + 3])) for at in range(len(codes) - 2)]
    return [*threes[:-1:3], *threes[-1:]]


def _codes(words: Sequence[str]) -> list[str]:
    """The codes of common words; none where a word is not common."""
    codes = list(map(common_words().get, words))
    return [] if None in codes else [code for code in codes if code]
