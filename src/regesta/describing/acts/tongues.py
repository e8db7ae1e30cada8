"""The lexicon of acts of a language: English in full, French and German as a beginning.

A language's code comes in, the tables of the clause grammar go out; of others, nothing is read.
"""

import re
from functools import lru_cache

from regesta.describing.acts.lexicon import Frame, Lexicon, lexicon
from regesta.describing.words import vocabulary

_WORD = re.compile(r"[^\W\d_]+")
#: So many characters show the language of a short text.
SAMPLE = 400
#: Languages whose lexicon is a beginning, and their vocabularies.
BEGUN = {"fr": "acts_fr", "de": "acts_de"}


@lru_cache(maxsize=4)
def lexicon_of(language: str) -> Lexicon | None:
    """The tables of a language, or None where there are none.

    Args:
        language: Code of ISO 639; "" is read as English.
    """
    if language in ("", "en"):
        return lexicon()
    return _begun(BEGUN[language]) if language in BEGUN else None


def likely(text: str) -> str:
    """The language of a text too short for its language to be told: whose small words it has."""
    words = set(_WORD.findall(text[:SAMPLE].lower()))
    english = len(words & _small("acts_words"))
    best = max(BEGUN, key=lambda code: len(words & _small(BEGUN[code])))
    return best if len(words & _small(BEGUN[best])) > english else "en"


@lru_cache(maxsize=4)
def _small(name: str) -> frozenset[str]:
    classes = vocabulary(name)["classes"]
    return frozenset(word for letter in "DpPOTHhX" for word in classes.get(letter, ()))


def _begun(name: str) -> Lexicon:
    words = vocabulary(name)
    tags: dict[str, str] = {}
    lemmas: dict[str, str] = {}
    frames: dict[str, tuple[Frame, ...]] = {}
    for verb, (act, needs, finite, participles, *infinitives) in words["verbs"].items():
        plain = Frame(act, (), (needs,), "have", True, verb)
        frames.setdefault(verb, (plain,))
        for form in (*participles.split(), *" ".join(infinitives).split()):
            tags[form] = "e" if form in participles.split() else "V"
            lemmas[form] = verb
        for form in finite.split():
            stem, _, particle = form.partition("+")
            key = stem if particle else verb
            tags[stem], lemmas[stem] = "s", key
            if particle:
                split = Frame(act, (particle,), (needs,), "have", True, verb)
                frames[key] = (*frames.get(key, ()), split)
    for letter, members in words["classes"].items():
        tags.update(dict.fromkeys(members, letter))
    english = lexicon()
    return english._replace(
        tags=tags,
        seen=dict(tags),
        lemmas=lemmas,
        frames=frames,
        nouns={},
        light={},
        triggers=frozenset(lemmas),
        beside={},
        telling=frozenset(lemmas),
        weak=dict.fromkeys(english.weak, frozenset()),
        objects={name: frozenset(members) for name, members in words["objects"].items()},
        adjectives={},
        willing=frozenset(),
        either=frozenset(),
        future=frozenset(words["future"]),
        bracket=words["bracket"],
    )
