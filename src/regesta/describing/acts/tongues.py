"""The lexicon of acts of a language: English in full, French and German as a beginning.

A language's code comes in, the tables of the clause grammar go out; of others, nothing is read.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from regesta.describing.acts.lexicon import Frame, Lexicon, Noun, lexicon
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


def first_conjugation(infinitive: str) -> tuple[str, str]:
    """Finite forms and participles of a French verb in -er ("protester")."""
    stem = infinitive.removesuffix("er")
    soft = {"g": f"{stem}e", "c": f"{stem[:-1]}ç"}.get(stem[-1], stem)
    finite = [stem + e for e in ("e", "es", "ez", "ent", "ions", "iez", "èrent")]
    finite += [soft + e for e in ("ons", "ait", "aient", "ais", "a", "ai")]
    finite += [infinitive + e for e in ("a", "ont", "ai", "ez", "ait", "aient")]
    return " ".join(finite), " ".join(stem + e for e in ("é", "ée", "és", "ées"))


def _verbs(table: dict[str, list[str]]) -> Iterator[tuple[str, Frame, str, str, str]]:
    """Verbs with their frame, finite forms, participles and infinitives."""
    for key, (act, needs, *given) in table.items():
        verb, *rest = key.partition("~")[0].split()  # "demander~2": another meaning
        finite, participles = given[:2] if given else first_conjugation(verb)
        then = "keep" if act in ("inform", "declare") else "have"
        then = "ask" if act in ("request", "propose", "demand", "invite", "instruct") else then
        frame = Frame(act, tuple(rest), tuple(needs.split("|")), then, True, verb)
        yield verb, frame, finite, participles, given[2] if given[2:] else verb


def _begun(name: str) -> Lexicon:
    words = vocabulary(name)
    tags: dict[str, str] = {}
    lemmas: dict[str, str] = {}
    frames: dict[str, list[Frame]] = {}
    participles, finite_forms = set[str](), set[str]()
    for verb, frame, finite, past, infinitives in _verbs(words["verbs"]):
        frames.setdefault(verb, []).append(frame)
        for form in infinitives.split():
            tags[form], lemmas[form] = "V", verb
        participles.update(past.split())
        finite_forms.update(finite.split())
        for form in past.split():
            tags[form], lemmas[form] = "e", verb
        for form in finite.split():
            stem, _, particle = form.partition("+")
            key = f"{stem}+" if particle else verb
            tags[stem], lemmas[stem] = "s", lemmas.get(stem, key)
            if particle:
                split = replace(frame, rest=(particle,), lemma=verb)
                frames.setdefault(lemmas[stem], []).append(split)
    for letter, members in words["classes"].items():
        for word in members:
            tags[word] = letter
            tags[word.replace("’", "'")] = letter
    nouns = {
        noun: Noun(act, (), True, False, noun, plural=False) for noun, act in words["nouns"].items()
    }
    for noun in nouns:
        tags.setdefault(noun, "w")
    english = lexicon()
    wrappers = {n: frozenset(members) for n, members in words["wrappers"].items()}
    return replace(
        english,
        tags=tags,
        seen=dict(tags),
        inside={},
        lemmas=lemmas,
        frames={v: tuple(sorted(f, key=lambda x: -len(x.rest))) for v, f in frames.items()},
        nouns=nouns,
        light={},
        triggers=frozenset({*lemmas, *nouns, *words["please"], *words.get("bidding", ())}),
        beside={},
        telling=frozenset({*lemmas, *nouns}),
        idioms={},
        weak=dict.fromkeys(english.weak, frozenset()),
        objects={n: frozenset(members) for n, members in words["objects"].items()},
        adjectives={},
        wrappers={n: wrappers.get(n, frozenset()) for n in english.wrappers},
        please=frozenset(words["please"]),
        willing=frozenset(),
        either=frozenset(),
        by=frozenset(words["by"]),
        future=frozenset(words["future"]),
        passive=frozenset(words.get("passive", ())),
        both=frozenset(participles & finite_forms),
        bracket=words["bracket"],
        elided=words["elided"],
    )
