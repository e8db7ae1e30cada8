"""The grammar of mentions in one language, compiled once from ``reference_words.toml``.

A mention is a head (owner, noun or both) and a row of items (number, day, hour), with the parties
before or between them.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from regesta.linking.references.days import day_pattern, months_pattern, time_pattern
from regesta.linking.words import alternatives, vocabulary

#: Groups of the head's noun, by place in the vocabulary: group names must be identifiers.
_NOUN = "noun{}"
#: Longest name of an owner before "'s", in code points.
LONGEST_NAME = 48


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns of one language.

    Attributes:
        language: ISO 639 code.
        kinds: Kinds by the number of their noun group.
        begins: Where the trigger may match, by at most three letters: cheap, and never left out.
        seeds: Words of which every relative day ("yesterday") has one, to find them quickly.
        trigger: Owner, noun, or the sign of a possessive.
        head: After an owner: qualifiers and a noun.
        after_noun: Qualifiers after a noun.
        before: Home or mission, a name or a place, standing before a noun.
        owner_name: A name that ends at a possessive.
        glue: What stands before a number or a day.
        number: A number, marked ("No. 5") or bare; bare ones are followed by what follows numbers.
        loose: A number, whatever follows.
        day, time: See :mod:`regesta.linking.references.days`.
        party: Sender or recipient between noun and item.
        tail: Sender or recipient after an item.
        joint: Between two items of a row.
        parting: Between sender and recipient.
    """

    language: str
    kinds: tuple[str, ...]
    begins: re.Pattern[str]
    seeds: tuple[str, ...]
    trigger: re.Pattern[str]
    head: re.Pattern[str]
    after_noun: re.Pattern[str]
    before: re.Pattern[str]
    owner_name: re.Pattern[str]
    glue: re.Pattern[str]
    number: re.Pattern[str]
    loose: re.Pattern[str]
    day: re.Pattern[str]
    time: re.Pattern[str]
    party: re.Pattern[str]
    tail: re.Pattern[str]
    joint: re.Pattern[str]
    parting: re.Pattern[str]
    home: re.Pattern[str]
    mission: re.Pattern[str]
    leading: frozenset[str]
    counted: re.Pattern[str]
    you: re.Pattern[str]
    me: re.Pattern[str]

    def kind(self, match: re.Match[str]) -> str | None:
        """The kind of the noun in a match; "" for a noun of no kind, None for no noun."""
        for i, kind in enumerate(self.kinds):
            if match[_NOUN.format(i)]:
                return kind
        return None


@lru_cache(maxsize=4)
def grammar(language: str) -> Grammar:
    """Compile the grammar of a language of the vocabulary."""
    table = vocabulary("reference_words")[language]
    small = table["small"]
    nouns = "|".join(
        f"(?P<{_NOUN.format(i)}>{alternatives(words)})"
        for i, words in enumerate(table["nouns"].values())
    )
    qualifiers = alternatives(small["qualifiers"])
    article = alternatives(small["article"])
    glue = rf"[\s,:(\[“\"]*(?:(?:{alternatives(small['glue'])})\s+)?(?:(?:{article})\s+)?"
    from_words, to_words = alternatives(small["from"]), alternatives(small["to"])
    lower = alternatives(small["in_party"], capital=False)
    name = rf"(?:\(?[A-ZÀ-Þ][\w.’'&-]*\)?|(?:{lower})(?!\w))"
    item = rf"(?:{alternatives(small['number'])})\s*\d|(?:{months_pattern(language)})\b\.?\s*\d|\d"
    if language != "en":
        item += rf"|(?:{alternatives(table['dates']['yesterday'] + table['dates']['today'])})"
    return Grammar(
        language=language,
        kinds=tuple(table["nouns"]),
        begins=_begins(table),
        seeds=tuple(table["dates"]["seeds"]),
        trigger=re.compile(_trigger(table, nouns)),
        head=re.compile(rf"\s+(?:(?:{qualifiers})[\s,]+){{0,4}}(?:{nouns})?(?!\w)"),
        after_noun=re.compile(rf"(?:\s+(?:{qualifiers})(?!\w)){{0,3}}"),
        before=re.compile(
            rf"(?:^|[^\w’'])(?:(?P<home>{alternatives(table['home'])})"
            rf"|(?P<mission>{alternatives(table['mission'])})"
            rf"|(?P<name>[A-ZÀ-Þ][\w-]+))\s+(?:(?:{qualifiers})\s+){{0,2}}$"
        ),
        owner_name=re.compile(r"(?:(?:[A-ZÀ-Þ][\w.-]*|of|the|in|de|von)\s+){0,5}[\w-]+$"),
        glue=re.compile(glue),
        number=re.compile(_number(small, language)),
        loose=re.compile(_number(small, language, loose=True)),
        day=day_pattern(language),
        time=time_pattern(language),
        party=re.compile(
            rf"[\s,(]*(?:(?P<from>{from_words})|(?P<to>{to_words}))\s*(?<=[\s’'])"
            rf"(?P<who>(?:{name},?[ ]){{0,15}}?{name})[ ,)]*"
            rf"(?={glue}(?:{item}))"
        ),
        tail=re.compile(
            rf"[\s,(]*(?:(?P<from>{from_words})|(?P<to>{to_words}))\s*(?<=[\s’'])"
            rf"(?P<who>{alternatives(small['you_named'] + small['me_named'])}"
            rf"|(?:(?:{article})\s+(?:\w+\s+)?)?[A-ZÀ-Þ][\w.’'-]*"
            rf"(?:\s+(?:[A-ZÀ-Þ][\w’'-]*|(?:{lower})(?!\w))){{0,8}})"
        ),
        joint=re.compile(
            rf"(?:,?\s*(?:{alternatives(small['part'])})(?!\w))?"
            rf"\s*(?P<comma>[,;])?\s*(?P<and>(?:{alternatives(small['joint'])})(?!\w))?"
        ),
        parting=re.compile(rf",? (?:{to_words}) "),
        home=re.compile(rf"(?:(?:{article})\s+)?(?:{alternatives(table['home'])})$"),
        mission=re.compile(rf"(?:.*\s)?(?:{alternatives(table['mission'])})$"),
        counted=re.compile(alternatives(small["counted"])),
        leading=frozenset(small["leading"]),
        you=re.compile(rf"(?:{alternatives(small['you_named'])})$"),
        me=re.compile(rf"(?:{alternatives(small['me_named'])})$"),
    )


def _trigger(table: dict[str, Any], nouns: str) -> str:
    """Where a mention may begin; one charset of first letters lets the search run fast."""
    compact = "".join(
        f"|(?P<compact_{key}>{alternatives(words)})(?!\\w)"
        for key, words in table["compact"].items()
        if words
    )
    return (
        rf"(?P<you>{alternatives(table['you'])})(?!\w)|(?P<me>{alternatives(table['me'])})(?!\w)"
        rf"{compact}|(?:{nouns})(?!\w)|(?P<possessive>[’'](?:s(?!\w)|(?=\s)))"
    )


def _begins(table: dict[str, Any]) -> re.Pattern[str]:
    """Where a word begins as one of the trigger's does, or a possessive stands."""
    words = [*table["you"], *table["me"]]
    words += [
        word for group in ("compact", "nouns") for some in table[group].values() for word in some
    ]
    starts = set[str]()
    for word in words:
        literal = re.match(r"[^\W\d_]*(?![?*{])", word)
        letters = literal.group() if literal else ""
        if not letters:
            raise ValueError(f"reference_words.toml: {word!r} must begin with a letter")
        starts.add(letters[:3].lower())
    groups: dict[str, list[str]] = {}
    for start in sorted(starts):
        groups.setdefault(start[0], []).append("".join(map(_either_case, start[1:])))
    listed = "|".join(
        f"{_either_case(first)}(?:{'|'.join(rest)})" for first, rest in groups.items()
    )
    return re.compile(rf"(?<![\w’'-])(?:{listed})|[’'](?:s(?!\w)|(?=\s))")


def _either_case(letter: str) -> str:
    """A letter as a set of both cases: with ``re.I`` a search is slower."""
    return f"[{letter}{letter.upper()}]"


def _number(small: dict[str, Any], language: str, *, loose: bool = False) -> str:
    """A bare number must be followed by what follows a number, and never by what counts things."""
    after = alternatives(small["after_number"], capital=False)
    no = r"\[?(?P<{0}>\d{{1,5}})(?:[-/]?(?P<{1}>[A-Z])(?![\w.]))?\]?"
    fix = r"(?:\s*[\[(](?:No\.\s*)?(?P<{}>\d{{1,5}})\s?\??[\])])?"
    never = r"(?!\d|[.,]\d|\s?%|/|°|\s*[ap]\.\s?m\b)"
    ordinal = r"(?!(?:st|nd|rd|th|d|er|ten|te)\b)"
    # In German "12." is a day: a bare number has no stop unless the sentence ends with it.
    stop = r"\.(?=\s+[A-Z]|$)" if language != "de" else r"\.$"
    marked = no.format("n1", "s1") + fix.format("f1") + r"(?!\d|[.,]\d{3})" + ordinal
    bare = no.format("n2", "s2") + never + ordinal + fix.format("f2")
    follows = (
        rf"(?=\s*(?:[,;:)\]\[(—–\n]|{stop}|\.?$|(?:{after})\b|{months_pattern(language)}|[A-ZÀ-Þ]))"
    )
    mark = alternatives(small["number"])
    return rf"(?P<mark>{mark})\s*{marked}|{bare}{'' if loose else follows}"
