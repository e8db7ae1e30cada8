"""A numbered letter of a diplomatic service into its kind: an envoy's despatch, an instruction.

What comes in is a document's frame; what goes out is the kind, or "" where house, number and words
do not agree. The numbered note of a post or a ministry to another power is neither.
"""

import re
from functools import lru_cache

from regesta.describing.frame.lines import Frame
from regesta.describing.openings import choice
from regesta.describing.words import caseless, small, vocabulary

#: A house is named in the first characters of a dateline; its papers speak of one another in the
#: first and last characters of a body.
HOUSE_WITHIN, FIRST_WORDS, LAST_WORDS = 60, 1000, 300


@lru_cache(maxsize=8)
def _words(key: str, form: str = "{}") -> re.Pattern[str]:
    words = choice(map(caseless, vocabulary("kinds")["service"][key]))
    return re.compile(form.replace("{}", f"(?:{words})"))


def _says(key: str, *texts: str) -> bool:
    """Whether texts in small letters have words of a list, which begin where a word does."""
    return any(
        not text[match.start() - 1 : match.start()].isalpha()
        for text in texts
        for match in _words(key).finditer(text)
    )


def kind_in_service(frame: Frame) -> str:
    """ "despatch" or "instruction" for a numbered letter between a post and its ministry."""
    if not frame.of("number") or not (house := _house(frame)) or not _is_plain(frame):
        return ""
    text = small(frame.text[frame.body_start : frame.body_start + FIRST_WORDS])
    if _says("of_note", text):
        return ""
    end = small(frame.text[max(frame.body_start, frame.body_end - LAST_WORDS) : frame.body_end])
    if house == "ministry":
        return "instruction" if _says("of_instruction", text, end) else ""
    return "despatch" if _says("of_despatch", text, end) else ""


def _house(frame: Frame) -> str:
    """Whether a dateline begins with a post, or with the ministry."""
    for line in frame.of("dateline"):
        words = small(frame.text[line.start : min(line.end, line.start + HOUSE_WITHIN)])
        if _words("ministry", r"\W*{}").match(words):
            return "ministry"
        if _says("post", words):
            return "post"
    return ""


def _is_plain(frame: Frame) -> bool:
    """Greeted as one of the same service is, and closed without assurances of consideration."""
    greeted = frame.of("salutation")
    if not greeted:
        return False
    words = small(frame.text[greeted[0].start : greeted[0].start + HOUSE_WITHIN])
    if _words("greeting", r"\W*{}").match(words) is None:
        return False
    closer = _words("note_closer", r"\W*{}")
    return not any(closer.match(small(frame.words(x))) for x in frame.of("closer", foot=True))
