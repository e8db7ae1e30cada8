"""Clock times as printed: "7 p.m.", "19 h. 10", "12 Uhr 5", "7 час. вечера", "half past nine"."""

import re
from functools import lru_cache

from regesta.describing.words import vocabulary


def _alternatives(key: str) -> str:
    return "|".join(sorted(map(re.escape, vocabulary("date_words")["time"][key]), key=len)[::-1])


#: Parts of an hour in words or as a fraction, and their minutes.
_PARTS = {"quarter_past": 15, "half_past": 30, "three_quarters_past": 45}
#: From this hour of the clock on "at night" means before midnight.
_DUSK = 6


@lru_cache(maxsize=1)
def _minutes() -> dict[str, int]:
    times = vocabulary("date_words")["time"]
    return {word: minutes for key, minutes in _PARTS.items() for word in times[key]}


@lru_cache(maxsize=1)
def _time_pattern() -> re.Pattern[str]:
    """A clock time that follows a date or the word "received"."""
    noon, midnight, at = (_alternatives(k) for k in ("noon", "midnight", "at"))
    hour, late, early, night = (_alternatives(k) for k in ("hour", "late", "early", "night"))
    parts = "|".join(_alternatives(k) for k in _PARTS)
    return re.compile(
        rf"(?:\s(?:г|года)\b)?[\s,;.()\[\]—–-]*(?:(?:{at})\s+)?"
        rf"(?:(?:12\s+)?(?P<noon>{noon})\b|(?:12\s+)?(?P<midnight>{midnight})\b"
        r"|(?P<h>\d{1,2})(?:\s?[.:]\s?(?P<m>\d{2}))?\s*"
        r"(?:(?P<half>[ap])\.?\s?m\b\.?|(?P<noon2>m)\.|(?P<night>mid)n)"
        rf"|(?:(?P<h24>\d{{1,2}})(?:[.:,](?P<m24>\d\d))?\s*(?:{hour})\b\.?"
        rf"(?:\s?(?P<part>{parts})(?!\w)"
        r"|\s?(?P<after>\d{1,2})\b(?!/)(?:\s?(?:min|мин|m|м)\b\.?)?)?"
        r"|(?P<spoken>\d{1,2})(?:[.:](?P<ms>\d\d))?(?:\s+o.clock)?"
        rf"(?=\s+(?:{late}|{early}|{night})\b)"
        rf"|(?:ore|hora)\s+(?P<h24b>\d{{1,2}})(?:[.:,](?P<m24b>\d\d))?"
        rf"|(?P<h24c>[0-2]\d)(?P<m24c>[0-5]\d)\s*(?:hours|hrs|uhr)\b)"
        rf"(?:\s*(?:(?P<late>{late}|(?<=\d\s)s\.)|(?P<early>{early})|(?P<dark>{night}))"
        r"(?!\w)\.?)?"
        r"|(?P<past>half past|a quarter past|a quarter to)\s+(?P<word>[a-z]+|\d{1,2})\s*"
        r"(?P<half2>[ap])\.?\s?m\b\.?)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _before_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.:])(?P<h>\d{1,2})(?:[.:](?P<m>\d{2}))?\s*(?P<half>[ap])\.?\s?m\b\.?[\s,—–-]*$",
        re.IGNORECASE,
    )


def _of_half(hour: int, half: str) -> int | None:
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half == "p" else 0)


def _spoken(match: re.Match[str]) -> str | None:
    """Read "half past nine p.m."."""
    words = vocabulary("numerals")["en"]
    hours = {word: int(n) for n, found in words.items() if n != "join" for word in found}
    word = match["word"].lower()
    hour = int(word) if word.isdecimal() else hours.get(word, 0)
    past = match["past"].lower()
    minutes = 30 if past.startswith("half") else 15 if past.endswith("past") else -15
    whole = _of_half(hour, match["half2"].lower())
    if whole is None:
        return None
    total = whole * 60 + minutes
    return f"{total // 60 % 24:02d}:{total % 60:02d}"


def clock(match: re.Match[str]) -> str | None:
    """The time a match of the time pattern stands for, or None where it is impossible."""
    if match["noon"] or match["noon2"]:
        return "12:00"
    if match["midnight"] or match["night"]:
        return "24:00"
    if match["past"]:
        return _spoken(match)
    hour: int | None = int(_first(match, "h", "h24", "h24b", "h24c", "spoken"))
    minute = int(_first(match, "m", "m24", "m24b", "m24c", "ms", "after"))
    if match["part"]:
        minute = _minutes()[match["part"].lower()]
    half = (match["half"] or "").lower()
    if match["dark"] and hour == 12:
        return "24:00" if not minute else f"00:{minute:02d}"
    if match["late"] or match["early"] or match["dark"]:
        late = match["late"] or (match["dark"] and hour is not None and hour >= _DUSK)
        half = "" if hour is not None and hour > 12 else "p" if late else "a"
    if half and hour is not None:
        hour = _of_half(hour, half)
    if hour is None or minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return f"{hour:02d}:{minute:02d}"


def _first(match: re.Match[str], *names: str) -> str:
    """What the first group that took part has matched, or "0"."""
    return next((match[name] for name in names if match[name]), "0")


def find_time(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The clock time that stands at ``start``, with its end, or None."""
    match = _time_pattern().match(text, start, end)
    time = clock(match) if match else None
    return (time, match.end()) if match and time else None


def time_before(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The clock time that ``text[start:end]`` ends with ("7 p.m., October 25"), with its start."""
    match = _before_pattern().search(text, start, end)
    if match is None:
        return None
    hour, minute = _of_half(int(match["h"]), match["half"].lower()), int(match["m"] or 0)
    return (f"{hour:02d}:{minute:02d}", match.start()) if hour is not None and minute < 60 else None
