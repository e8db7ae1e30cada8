"""The power an office speaks for, where its printed words name one ("British Ambassador")."""

import re
from functools import lru_cache

from regesta.describing.words import rows


@lru_cache(maxsize=1)
def _adjectives() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {
        form.lower(): power for power, forms, *_ in rows("powers") for form in forms.split("|")
    }
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.I)
    return pattern, names


def is_power(words: str) -> bool:
    """Tell whether words are a power's name or adjective and nothing else ("Great Britain")."""
    return words.lower() in _adjectives()[1]


@lru_cache(maxsize=8192)
def power_of(office: str) -> str:
    """Name the power that the words of an office begin with or carry as "of …", or "".

    "Ambassador in Russia" names the country of residence, not the power: nothing is said.
    """
    if not office:
        return ""
    pattern, names = _adjectives()
    match = pattern.search(office)
    if match is None:
        return ""
    before = office[: match.start()].rstrip().lower()
    if match.start() <= 4 or before.endswith(
        ("of", "of the", "the", "royal", "imperial", "provisional")
    ):
        return names[match[0].lower()]
    return ""
