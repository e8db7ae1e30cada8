"""Powers by the words that name them: words in, powers under the names of an index out.

The forms stand in ``powers.tsv``, ``states.tsv`` and ``acts_actors.toml``.
"""

from collections.abc import Sequence
from functools import lru_cache

from regesta.describing.powers.states import states
from regesta.describing.words import rows, vocabulary, word_set

_WORDS = "acts_actors"


@lru_cache(maxsize=1)
def adjectives() -> dict[str, str]:
    """Powers by every form of theirs, in lower case."""
    found: dict[str, str] = {}
    for power, forms, *_ in rows("powers"):
        for form in (power, *forms.split("|")):
            found.setdefault(form.lower(), power)
    for state in states():
        for metonym in state.metonyms:
            if " " in metonym.words or metonym.words in word_set(_WORDS, "houses"):
                found.setdefault(metonym.words.lower().removeprefix("the "), state.name)
    for name, _, _, forms, _, family in rows("states"):
        for form in (name, *filter(None, forms.split("|"))):
            found.setdefault(form.lower(), family or name)
    for form, power in vocabulary(_WORDS)["spoken"].items():
        found.setdefault(form, power)
    return found


@lru_cache(maxsize=1)
def _begun() -> dict[str, int]:
    """The first year of a power by the names that only ``states.tsv`` has for it."""
    found: dict[str, int] = {}
    for state in states():
        for form in (state.name, *state.forms):
            low = form.lower()
            found[low] = min(found.get(low, state.first), state.first)
    for power, forms, *_ in rows("powers"):
        for form in (power, *forms.split("|")):
            found.pop(form.lower(), None)
    return found


def called(power: str, year: int) -> str:
    """The name of a power that an index uses."""
    names = vocabulary(_WORDS)["called"]
    del year
    return str(names.get(power, power))


def powers_of(words: Sequence[str], year: int) -> tuple[tuple[int, str], ...]:
    """Powers named by words, with the place of each."""
    return _powers_of(tuple(words), year)


@lru_cache(maxsize=32768)
def _powers_of(given: tuple[str, ...], year: int) -> tuple[tuple[int, str], ...]:
    words = list(given)
    several = vocabulary(_WORDS)["several_powers"]
    known = adjectives()
    found: list[tuple[int, str]] = []
    heads = word_set(_WORDS, "foreign_heads")
    foreign = not heads.isdisjoint(word.lower() for word in words)
    i = 0
    while i < len(words):
        lower = words[i].lower()
        if words[i][:1] in "LldD" and words[i][1:2] in ("’", "'"):
            words = [*words[:i], words[i][2:], *words[i + 1 :]]  # "l’Espagne"
            lower = words[i].lower()
        if words[i][:1].isupper() or foreign:
            if lower in several:
                found += [(i, name) for name in several[lower]]
                i += 1
                continue
            for size in (3, 2, 1):
                form = " ".join(words[i : i + size]).lower()
                if size == 1 and form.endswith("s") and form not in known:
                    form = form[:-1]  # "the Germans", "Italiens"
                if year and year < _begun().get(form, 0):
                    continue  # "the French State" of 1918 is France
                if len(words[i : i + size]) == size and form in known:
                    if found and form in word_set(_WORDS, "host"):
                        break  # "the Chilean Foreign Office"
                    found.append((i, called(known[form], year)))
                    i += size - 1
                    break
        i += 1
    return tuple(found)


@lru_cache(maxsize=4096)
def power_named(name: str) -> str:
    """The power that a name stands for, alone or with its government, or "".

    "Soviet Government", "the Government of France" and "France" are powers; "French delegation"
    and "Vologda diplomats" are not.
    """
    words = [w for w in name.split() if w.lower() not in word_set(_WORDS, "unnamed")]
    plain = " ".join(words).lower()
    known = adjectives().get(plain) or adjectives().get(plain.removesuffix("’s"))
    return called(known, 0) if known else ""
