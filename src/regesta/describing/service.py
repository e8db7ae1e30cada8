"""A numbered letter of a diplomatic service into its kind: an envoy's despatch, an instruction.

What comes in is a document's frame; what goes out is the kind, or "" where house, number and words
do not agree. The numbered note of a post or a ministry to another power is neither.
"""

import re
from functools import lru_cache

from regesta.describing.frame.lines import Frame
from regesta.describing.words import caseless, small, vocabulary

#: A house is named in the first characters of a dateline; its papers speak of one another in the
#: first and last characters of a body.
HOUSE_WITHIN, FIRST_WORDS, LAST_WORDS = 60, 1500, 500


@lru_cache(maxsize=8)
def _says(key: str, form: str = r"(?<!\w)(?:{})") -> re.Pattern[str]:
    words = "|".join(vocabulary("kinds")["service"][key])
    return re.compile(caseless(form.replace("{}", words)))


def kind_in_service(frame: Frame) -> str:
    """ "despatch" or "instruction" for a numbered letter between a post and its ministry."""
    house = _house(frame)
    if not house or not frame.of("number") or not _is_plain(frame):
        return ""
    text = small(frame.text[frame.body_start : frame.body_start + FIRST_WORDS])
    end = small(frame.text[max(frame.body_start, frame.body_end - LAST_WORDS) : frame.body_end])
    if _says("of_note").search(text):
        return ""
    if house == "ministry":
        said = _says("of_instruction")
        return "instruction" if said.search(text) or said.search(end) else ""
    said = _says("of_despatch")
    return "despatch" if said.search(text) or said.search(end) else ""


def _house(frame: Frame) -> str:
    """Whether a dateline begins with a post, or with the ministry."""
    for line in frame.of("dateline"):
        words = small(frame.text[line.start : min(line.end, line.start + HOUSE_WITHIN)])
        if _says("ministry", r"\W*(?:{})").match(words):
            return "ministry"
        if _says("post").search(words):
            return "post"
    return ""


def _is_plain(frame: Frame) -> bool:
    """Greeted as one of the same service is, and closed without assurances of consideration."""
    greeted = frame.of("salutation")
    if not greeted:
        return False
    words = small(frame.text[greeted[0].start : greeted[0].start + HOUSE_WITHIN])
    if _says("greeting", r"\W*(?:{})").match(words) is None:
        return False
    closer = _says("note_closer", r"\W*(?:{})")
    return not any(closer.match(small(frame.words(x))) for x in frame.of("closer", foot=True))
