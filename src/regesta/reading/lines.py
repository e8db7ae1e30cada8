"""Lines into paragraphs: wrapped lines joined, deliberate breaks kept, hyphens mended if safe."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

#: Lines of a hard-wrapped text are between these lengths; longer lines are whole paragraphs.
MIN_WRAP, MAX_WRAP = 40, 130

#: Where the next line's first word would have fitted into this share of the width, the break was
#: meant: an address, a verse, a signature.
_FITS = 0.8

#: What ends a sentence, a heading in brackets or a greeting, and one line in ten of wrapped prose.
_SENTENCE_ENDS = (".", "!", "?", ":", ")", "]", "”", '."', ".—")

_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})*")
_HYPHENS = ("-", "‐")

#: Letters of a divided word that are looked at.
_MAX_PART = 60

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a text prints inside its lines: evidence for what a divided word is."""

    words: frozenset[str]

    def mends(self, first: str, second: str) -> bool:
        """Tell whether a word divided at a line's end is printed undivided elsewhere."""
        joined = (first + second).lower()
        return joined in self.words and f"{first}-{second}".lower() not in self.words


def vocabulary_of(lines: Sequence[str]) -> Vocabulary:
    """Collect the words of lines, but for those that a line's end divides."""
    found: set[str] = set()
    for line in lines:
        stripped = line.rstrip()
        whole = stripped.removesuffix(_divided(stripped) + stripped[-1:])
        found.update(word.lower() for word in _WORD.findall(whole if _divided(stripped) else line))
    return Vocabulary(frozenset(found))


def wrap_width(lines: Sequence[str]) -> int:
    """The width to which a text is wrapped, or 0 where each line is a paragraph.

    It is the length that nine of ten lines with a successor in their block do not pass. Where most
    of those lines end a sentence, nothing was wrapped: each is a paragraph.
    """
    inner = [line.strip() for line, after in pairwise(lines) if line.strip() and after.strip()]
    lengths = sorted(map(len, inner))
    if len(lengths) < 2 or lengths[-1] > MAX_WRAP:
        return 0
    width = lengths[min(len(lengths) - 1, len(lengths) * 9 // 10)]
    full = sum(length > _FITS * width for length in lengths)
    if 2 * sum(line.endswith(_SENTENCE_ENDS) for line in inner) > len(inner):
        return 0
    return width if width >= MIN_WRAP and full * 2 >= len(lengths) else 0


def paragraphs(lines: Sequence[str], words: Vocabulary) -> list[str]:
    """Put the lines of a text into paragraphs.

    A blank line ends one; so does an indented line where lines are wrapped, and a line that ends
    well before the width although the next word would have fitted. Form feeds stand alone.
    """
    width = wrap_width(lines)
    made: list[list[str]] = [[]]
    before = ""
    for line in lines:
        text = line.strip()
        if "\f" in line:
            made += [["\f"], [text] if text else []]
        elif not text:
            made.append([])
        elif starts_paragraph(before, line, width):
            made.append([text])
        else:
            made[-1].append(text)
        before = line
    return [block[0] if block == ["\f"] else join(block, words) for block in made if block]


def starts_paragraph(before: str, line: str, width: int) -> bool:
    """Tell whether a line begins a paragraph after the line before it; width as above."""
    if not width:
        return True
    indented = line[:1] in (" ", "\t") and not before[:1].isspace()
    return bool(before.strip()) and (indented or _meant(before, line.strip(), width))


def join(lines: Sequence[str], words: Vocabulary) -> str:
    """Join lines with blanks; a hyphen at an end falls only where the word is known undivided."""
    parts: list[str] = []
    for line in lines:
        text = line.strip()
        if parts:
            fall, between = seam(parts[-1], text, words)
            parts[-1] = parts[-1][: len(parts[-1]) - fall]
            text = between + text
        parts.append(text)
    return "".join(parts)


def seam(before: str, line: str, words: Vocabulary) -> tuple[int, str]:
    """How a line joins the text before it: characters that fall, and what stands between."""
    if before.endswith("\xad"):
        return 1, ""
    ending = _divided(before)
    opening = _LETTERS.match(line)
    if not ending or opening is None:
        return 0, " "
    mended = opening[0][0].islower() and words.mends(ending, opening[0])
    return (1 if mended else 0), ""


def _divided(line: str) -> str:
    """The letters before a hyphen that ends a line, or an empty string."""
    if not line.endswith(_HYPHENS):
        return ""
    start = len(line) - 1
    while start and line[start - 1].isalpha() and len(line) - start <= _MAX_PART:
        start -= 1
    return line[start:-1]


def _meant(line: str, following: str, width: int) -> bool:
    """Tell whether a line was broken on purpose before it was full."""
    first = following.split(None, 1)[0]
    return len(line.rstrip()) + 1 + len(first) < _FITS * width
