"""The power an office speaks for, where its printed words name one ("British Ambassador")."""

import re
from functools import lru_cache

from regesta.describing.words import pattern, rows

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?\.?")
_ELIDED = re.compile(r"\b([dl])[’'](?=[^\W\d_])")
_RUSSIAN = re.compile(r"[а-яё]", re.I)
#: Forms of powers have at most so many words.
_LONGEST = 4


@lru_cache(maxsize=1)
def _forms() -> tuple[dict[str, str], frozenset[str]]:
    """Powers by their forms, and the words that forms begin with."""
    names = {
        form.lower(): power for power, forms, *_ in rows("powers") for form in forms.split("|")
    }
    return names, frozenset(w for form in names if (w := _WORD.match(form)[0]))  # type: ignore[index]


def is_power(words: str) -> bool:
    """Tell whether words are a power's name or adjective and nothing else ("Great Britain")."""
    return words.lower() in _forms()[0]


@lru_cache(maxsize=8192)
def power_of(office: str) -> str:
    """Name the power that the words of an office begin with or carry as "of …", or "".

    "Ambassador in Russia" names the country of residence, not the power: nothing is said.
    """
    if not office:
        return ""
    lower = _ELIDED.sub(r"\1’ ", office.lower())
    names, first = _forms()
    words = list(_WORD.finditer(lower))
    for i, word in enumerate(words):
        if word[0] not in first and word[0].rstrip(".") not in first:
            continue
        for last in reversed(words[i : i + _LONGEST]):
            found = lower[word.start() : last.end()]
            form = found if found in names else found.rstrip(".")
            if form in names:
                return names[form] if _speaks_for(lower[: word.start()], form) else ""
    return ""


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return pattern("party_words", "before_power", r"(?:^|[ (]){}\s?$")


@lru_cache(maxsize=1)
def _abroad() -> re.Pattern[str]:
    return pattern("party_words", "before_residence", r"(?:^|[ (]){}\s?$")


def _speaks_for(before: str, form: str) -> bool:
    """At the beginning, or after "of", "de", "imperial"…; in Russian in the genitive.

    "Minister in the Netherlands" and "to the Argentine Republic" are another power's.
    """
    if _abroad().search(before):
        return False
    if len(before) <= 4 or _before().search(before):
        return True
    return _RUSSIAN.match(form) is not None and not before.endswith((" в ", " на ", " во "))
