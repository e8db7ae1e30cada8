"""The volume that a citation names by series and year: titles and ids in, volumes cited out.

"FRUS 1925, II, 226" is volume II of the series' year 1925 and a page in it, not a day of 1925. What
a series is called stands in the collections' own ids and titles.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from regesta.describing.powers.words import is_power
from regesta.describing.words import pattern, vocabulary
from regesta.documents import Collection, Value
from regesta.documents.numbers import whole_number
from regesta.edition.citing.citation_parts import (
    CitationParts,
    arabic,
    parted_id,
    series_words,
    telling_words,
)
from regesta.edition.search.words import folded_words

_YEAR = re.compile(r"(?<![\d/.–-])(1[4-9]\d\d|20\d\d)(?:\s?[-–/]\s?(\d\d|\d{4}))?(?![\d/])")
#: Fewest words of a title that name a series without its abbreviation, and letters of that.
_WORDS, _LETTERS = 2, 3
#: Fewest letters of a word of a title that is shortened.
_SHORTENED = 3
#: Most years between the first and the last of a volume.
_RANGE = 10
#: How far before a year the name of its series is looked for: letters.
_BEFORE = 120
_PIECE = re.compile(r"[,;:/()]")
_PLAIN = re.compile(r"(\d{1,4})(?:\s?[-–—]\s?(\d{1,4}))?\.?$")


class Volume(Value, frozen=True):
    """What tells a volume of a series from the others.

    Attributes:
        id: Of the collection.
        short: Abbreviations of the series, folded: what its ids begin with, initials.
        title: Telling words of titles and series, one after the other.
        years: Of the series.
        number: Of the volume, or 0.
        part: Number of the part, or 0.
        inner: Words of its id that tell it from other volumes of the year ("supp", "russia").
    """

    id: str
    short: frozenset[str] = frozenset()
    title: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    number: int = 0
    part: int = 0
    inner: tuple[str, ...] = ()


class Cited(Value, frozen=True):
    """The volumes that a citation can mean.

    Attributes:
        sure: Ids of volumes whose series, year, number and part it names.
        unsure: Ids of volumes of that year and number that its words do not tell apart.
        parts: The citation, with the year, volume and page read as such.
        plain: It names nothing but the volume and a place in it: no parties, no day.
        words: How the volume was read, for people.
    """

    sure: frozenset[str]
    unsure: frozenset[str]
    parts: CitationParts
    plain: bool
    words: str


def volume_of(collection: Collection) -> Volume:
    """What tells a collection from the other volumes of its series."""
    titles = [w for w in (collection.title, collection.short_title, collection.series) if w]
    words = tuple(word for title in titles for word in telling_words(title))
    tokens = parted_id(collection.id).split()
    at = next((i for i, t in enumerate(tokens) if _YEAR.fullmatch(t)), 0)
    short = {"".join(_initials(title)) for title in (collection.series, collection.title)}
    inner: list[str] = []
    numbers = {"v": 0, "p": 0}
    years: set[int] = set()
    if at:
        short.add("".join(tokens[:at]).lower())
        years.add(int(tokens[at]))
        rest = [token.lower() for token in tokens[at + 1 :]]
        for i, token in enumerate(rest):
            before = rest[i - 1] if i else ""
            if token.isdecimal():
                if before in numbers:
                    numbers[before] = whole_number(token) or 0
                elif not i and len(token) in (2, 4):
                    years.add(int(tokens[at][: 4 - len(token)] + token))
                elif before:
                    inner.append(token)
            elif token not in numbers:
                inner.append(token)
    else:
        years |= {int(word) for word in words if _YEAR.fullmatch(word)}
        # "Sources 1500–1918" tells which years are covered, not of which year a volume is.
        years = years if max(years, default=0) - min(years, default=0) <= _RANGE else set()
    if not numbers["v"]:
        marks = pattern("citation_marks", "volume", r"\b{}\.?\s+(\d+|[ivxlc]+)\b", flags=re.I)
        said = {arabic(m[1]) for title in titles for m in marks.finditer(title)}
        numbers["v"] = said.pop() if len(said) == 1 else 0
    return Volume(
        id=collection.id,
        short=frozenset(name for name in short if len(name) >= _LETTERS),
        # A volume whose own title is another stands in its series all the same, by its id.
        title=(*words, *(word for name in sorted(short) for word in series_words().get(name, ()))),
        years=frozenset(range(min(years), max(years) + 1)) if years else frozenset(),
        number=numbers["v"],
        part=numbers["p"],
        inner=tuple(inner),
    )


def cited_volumes(parts: CitationParts, volumes: Iterable[Volume]) -> Cited | None:
    """The volumes that a citation names by series and year; None where it names none so."""
    for match in _YEAR.finditer(parts.text):
        if match[2] and int(match[1][: -len(match[2])] + match[2]) - int(match[1]) > _RANGE:
            continue
        before = parts.text[max(0, match.start() - _BEFORE) : match.start()].rstrip(" ,:;([-–")
        of_series = [(v, n) for v in volumes if (n := _named(before, v))]
        if of_series:
            break
    else:
        return None
    year = int(match[1])
    longest = max(n for _, n in of_series)
    tail = parts.text[match.end() :]
    number, page = _bare_numbers(tail, parts)
    number = number or next(iter(parts.volumes), 0)
    part = next((arabic(m[1]) for m in _numbered("part").finditer(tail)), 0)
    sure: set[str] = set()
    unsure: set[str] = set()
    fitting = [v for v, n in of_series if year in v.years and n == longest]
    name = " ".join(before.split()[-longest:]).strip(" ,.")
    for volume in fitting:
        standing = _standing(volume, number, part, f"{name} {tail}")
        if standing is not None:
            (sure if standing else unsure).add(volume.id)
    numbered = {v.id for v in fitting if number and number in (v.number, v.part)}
    if numbered & sure:
        sure &= numbered
    return Cited(
        frozenset(sure),
        frozenset(unsure),
        _as_volume(parts, year, number, page),
        not parts.before and len(before.split()) <= longest,
        f"{name} {match[0]}" + (f", vol. {number}" if number else ""),
    )


def _initials(title: str) -> list[str]:
    return [word[0] for word in telling_words(title) if word[0].isalpha()]


def _named(before: str, volume: Volume) -> int:
    """How many printed words at the end of a text name a volume's series; 0 where none do."""
    printed = before.split()
    words = folded_words(before)
    if not words or not printed:
        return 0
    last = words[-1]
    if last in volume.short or any(len(last) > 3 and s.endswith(last) for s in volume.short):
        return 1
    spelt = series_words().get(last)
    if spelt and _stand_in(spelt, volume.title):
        return 1
    told = [word for token in printed for word in _shortened(token) or telling_words(token)]
    for many in range(min(len(told), 8), _WORDS - 1, -1):
        run = told[-many:]
        # "…and the United States, 1925" is a year of a power.
        if any(word.isdecimal() for word in run) or is_power(" ".join(run)):
            continue
        if _stand_in(run, volume.title):
            # With the small words between them, as printed.
            at, left = len(printed), many
            while at and left:
                at -= 1
                left -= len(_shortened(printed[at]) or telling_words(printed[at]))
            return len(printed) - at
    return 0


def _shortened(token: str) -> tuple[str, ...]:
    """A word that a dot shortens, with its dot: "For.", "Rel."; else nothing."""
    words = folded_words(token) if token.rstrip(",;:").endswith(".") else []
    is_short = len(words) == 1 and words[0].isalpha() and len(words[0]) >= _SHORTENED
    return (f"{words[0]}.",) if is_short else ()


def _stand_in(run: Sequence[str], title: tuple[str, ...]) -> bool:
    """Whether words stand in a title one after the other; of a shortened one, its beginning."""
    return any(
        all(
            here.startswith(word[:-1]) if word.endswith(".") else here == word
            for word, here in zip(run, title[at:], strict=False)
        )
        for at in range(len(title) - len(run) + 1)
    )


def _bare_numbers(tail: str, parts: CitationParts) -> tuple[int, tuple[int, int] | None]:
    """Volume and page after a year, without marks: ", II, 226"."""
    pieces = [piece.strip() for piece in _PIECE.split(tail)]
    if pieces and (
        two := re.match(r"([ivxlc]+)\s+(\d{1,4}(?:\s?[-–]\s?\d{1,4})?)$", pieces[0], re.I)
    ):
        pieces[:1] = [two[1], two[2]]
    pieces = [piece for piece in pieces if piece]
    number, page = 0, None
    for i, piece in enumerate(pieces):
        plain = _PLAIN.match(piece)
        following = any(c.isdecimal() for after in pieces[i + 1 :] for c in after)
        if not number and arabic(piece) and len(piece) < 7 and not piece.isdecimal():
            number = arabic(piece)
        elif not number and plain and len(piece) < 3 and following and not parts.volumes:
            number = int(piece)
        elif (
            plain and not (parts.pages or parts.documents or parts.numbers) and i == len(pieces) - 1
        ):
            first, last = plain[1], plain[2] or plain[1]
            last = first[: max(0, len(first) - len(last))] + last
            page = (int(first), max(int(first), int(last)))
    return number, page


def _standing(volume: Volume, number: int, part: int, tail: str) -> bool | None:
    """Whether a volume of the year is the one; False where it may be, None where it is not."""
    own = {volume.number, volume.part} - {0}
    if (number and own and number not in own) or (part and volume.part and part != volume.part):
        return None
    if number and not own and not volume.inner:
        return False
    words = set(folded_words(tail))
    title = set(volume.title) | {*volume.inner}
    marks = _inner_marks()
    # A supplement is no volume of the series proper, and the other way round.
    if any(word in marks and not _among(word, title) for word in words):
        return None
    if number and volume.number and volume.part and number == volume.part != volume.number:
        return False
    named = [w for w in volume.inner if not w.isdecimal()]
    if not all(_among(word, words) for word in named):
        return False
    inner_numbers = {whole_number(w) for w in volume.inner if w.isdecimal()}
    said = {arabic(m[1]) for m in _numbered("inner").finditer(tail)}
    return None if inner_numbers and said and inner_numbers.isdisjoint(said) else True


def _among(word: str, words: Iterable[str]) -> bool:
    """Whether a word, or what it is short for, stands among others."""
    return any(
        other.startswith(word) or (len(other) > 2 and word.startswith(other)) for other in words
    )


@cache
def _inner_marks() -> frozenset[str]:
    return frozenset(vocabulary("citation_marks")["inner"])


def _numbered(key: str) -> re.Pattern[str]:
    """A word of a list and the number after it."""
    form = r"\b{}\w*\.?,?\s+(?:nos?\.?\s+)?(\d{1,2}|[ivxlc]+)\b"
    return pattern("citation_marks", key, form, flags=re.I)


def _as_volume(
    parts: CitationParts, year: int, number: int, page: tuple[int, int] | None
) -> CitationParts:
    """A citation whose year is the volume's, and whose bare numbers are volume and page."""
    numbers = (number,) if number and number not in parts.volumes else ()
    return msgspec.structs.replace(
        parts,
        dates=tuple(edtf for edtf in parts.dates if edtf != str(year)),
        volumes=(*parts.volumes, *numbers),
        pages=parts.pages or ((page,) if page else ()),
        bare=() if page else parts.bare,
    )
