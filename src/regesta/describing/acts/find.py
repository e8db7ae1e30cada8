"""Diplomatic acts of a document: who protests, proposes, refuses what, toward whom.

In comes a described document; out go its acts, each with its words. This is the clause grammar, the
one back end (:mod:`regesta.describing.acts.base`) that needs nothing installed.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import structs

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.actors import resolve
from regesta.describing.acts.clauses import predicates
from regesta.describing.acts.judge import judge
from regesta.describing.acts.lexicon import Lexicon
from regesta.describing.acts.quoting import speech_of
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.relay import relayed
from regesta.describing.acts.scene import Stretch, quoted, scenes
from regesta.describing.acts.sieve import may_hold
from regesta.describing.acts.tags import Sentence, tag
from regesta.describing.acts.tongues import BEGUN, lexicon_of, likely
from regesta.describing.acts.trace import Trace
from regesta.describing.base import Context
from regesta.describing.words import vocabulary, word_set
from regesta.documents import Act, Document

#: Who is named for the pronouns that follow is looked for in so many characters of a sentence.
OPENING = 120
#: One who is only met must be so surely named to be "he" in the next sentence.
MET = 0.78
#: A line of fewer characters holds no act, and names no one for whom it is.
SHORTEST = 8
#: A line of fewer characters that are all capitals is a title.
TITLE = 40
_QUOTED = frozenset('“"‘«„')
#: How words are quoted within a sentence.
_OPENS = re.compile(r"[:,] ?“")
#: How a line ends that leads to what the next one quotes.
_LEADS = (":", ":—", ": —")
_CLOSED = frozenset('”"’»')
#: Punctuation makes way for words; what quotes and what asks is a word of its own.
_MARKS, _QUOTES = re.compile(r"[.,;!()\[\]—–…’'*]"), re.compile(r'[“”"«»„:]')
#: The letters of words that may name somebody, and of verbs; without those of nouns.
_NAMING, _NAMED = re.compile(r"[NwVsemXhd]"), re.compile(r"[NVsemXhd]")
#: Where a sentence ends, from its last point on: marks first, which is what can be looked for.
_BREAK = re.compile(r"[.?!;](?:(?<=;)\s|(?<!;)[\"”’)\]]{0,2}\s+(?=[A-Z“\"‘(\[À-Þ]))")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Messrs|Dr|No|Nos|St|Gen|Col|Capt|Lieut|Hon|Esq|vol|pp|Sec|Art|Co|M|MM|Sr|Inst|"
    r"Jan|Feb|Aug|Sept|Oct|Nov|Dec|Maj|Rt|Ste|Adm|Gov|Prof|Rev|cf|viz|par|[A-Z]))\.$"
)


def find_acts(
    document: Document, context: Context | None = None, trace: Trace | None = None
) -> list[Act]:
    """Find the acts of a document by the clause grammar.

    Args:
        document: With its facts described: senders, recipients, date.
        context: Its collection, which may say whose papers these are.
        trace: Remembers what was read and not written.

    Returns:
        Acts in the order of their words. What has no actor that can be named is left out.
    """
    language = document.word("language") or likely(document.text)
    words = lexicon_of(language)
    if words is None:
        return []
    found: list[Act] = []
    for stretch in scenes(document, context or Context()):
        stretch.scene.capitals = words.bracket
        found += _stretch(document.text, stretch, words, trace)
    if language in BEGUN:
        return [structs.replace(act, language=language, tier="probable") for act in found]
    return found


def _stretch(text: str, stretch: Stretch, words: Lexicon, trace: Trace | None) -> list[Act]:
    """The acts of some text: its own, and those in what it relays of another until that ends."""
    found: list[Act] = []
    scene, inside = stretch.scene, False
    for start, end in _lines(text, stretch.start, stretch.end):
        other = relayed(stretch.scene, text[start:end])
        line = text[start:end].strip("[] .")
        if other is not stretch.scene:
            scene, inside = other, False
        relay = scene is not stretch.scene
        inside = inside or (relay and line[:1] in _QUOTED)
        found += _paragraph(text, start, end, scene, words, trace, known=relay)
        if inside and line[-1:] in _CLOSED:
            scene, inside = stretch.scene, False
    return found


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if stop - at > SHORTEST and not _is_title(text[at:stop]):
            yield at, stop
        at = stop + 1


def _is_title(line: str) -> bool:
    """Whether a short line is all in capitals, as titles are: "EXHIBIT K."."""
    return len(line) < TITLE and line.isupper()


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of a paragraph, split at full stops and semicolons."""
    at = start
    for match in _BREAK.finditer(text, start, end):
        stop = match.start() + 1
        if _ABBREVIATED.search(text, max(at, stop - 8), stop):
            continue
        yield at, stop
        at = match.end()
    if at < end:
        yield at, end


@lru_cache(maxsize=1)
def _acting() -> frozenset[str]:
    words = vocabulary("acts_actors")
    named = (*words["government"], *words["body"], *words["forces"])
    return frozenset([*named, "undersigned"])


@lru_cache(maxsize=1)
def _pronouns() -> frozenset[str]:
    words = vocabulary("acts_actors")
    return frozenset([*words["person"], *words["thing"], *words["several"]])


def _paragraph(
    text: str,
    start: int,
    end: int,
    scene: Scene,
    words: Lexicon,
    trace: Trace | None,
    *,
    known: bool = False,
) -> list[Act]:
    found: list[Act] = []
    voice, scene.voice = scene.voice, None
    led = text[start] in _QUOTED and start > 0 and not known
    # Somebody is quoted: whom the paragraph before names, or else "I" and "you" are unknown.
    voice = (voice or quoted(scene)) if led else None
    passed: list[tuple[int, int]] = []
    bare = _MARKS.sub(" ", text[start:end])  # a mark for a blank, so that places stay
    quotes, signs = "“" in bare, _QUOTES.search(bare) is not None
    for a, b in sentences(text, start, end):
        here, plain = text[a:b], bare[a - start : b - start]
        if signs:
            plain = _QUOTES.sub(" : ", plain)
        if "?" in plain:
            plain = plain.replace("?", " ? ")
        every = plain.lower().split()
        opens = voice is None and (
            (quotes and _OPENS.search(here) is not None) or here.endswith(_LEADS)
        )
        holds = may_hold(words, plain, every, voice or scene)
        if trace is not None and not holds:
            trace.passed.append((a, b))
        if not opens and not holds:
            passed.append((a, b))
            continue
        if passed and not _pronouns().isdisjoint(every):
            for first, last in passed[-2:]:
                cut = min(last, first + OPENING)
                _mention(tag(text, first, cut, words, _acting()), voice or scene)
        passed.clear()
        reading = Reading(tag(text, a, b, words, _acting()), words, public=scene.public)
        _mention(reading.s, voice or scene)
        speech = speech_of(reading, scene) if opens else None
        if holds:
            found += judge(reading, predicates(reading), voice or scene, speech, trace)
        if speech is not None and speech.start >= reading.size:
            voice = speech.scene  # the next paragraph quotes
        elif quotes and not led:
            closed = text.rfind("”", a, min(b + 2, end)) - a  # it may stand behind the full stop
            if speech is not None and here.rfind("“") >= closed:
                voice = speech.scene  # it goes on in the next sentence
            elif closed >= 0:
                voice = None
    scene.voice = None if text[start:end].rstrip("] .").endswith("”") else voice
    return found


def _mention(sentence: Sentence, scene: Scene) -> None:
    """Remember the first to be named in a sentence, for the pronouns of the next.

    Where the writer or reader is the subject, it is whom he deals with: "I called on Mr. Kell".
    """
    tags, lows = sentence.tags, sentence.lows
    own = False
    named = _NAMED if _acting().isdisjoint(sentence.there) else _NAMING
    for match in named.finditer(tags):
        j, letter = match.start(), match[0]
        if letter not in "Nw":
            if not own and not (j and tags[j - 1] == "p" and lows[j - 1] in _own()):
                break
            own = True
        elif letter == "N" or lows[j] in _acting():
            actor = _named_at(sentence, j, scene, met=own)
            if actor is not None:
                scene.remember(actor)
                break


def _named_at(sentence: Sentence, at: int, scene: Scene, *, met: bool) -> Actor | None:
    """Who is named by the phrase with a capital at ``at``; one who is only met, by his title."""
    tags = sentence.tags
    start = at
    while start and tags[start] != "D" and tags[start - 1] in "Dw'N":
        start -= 1
    before = start - 1
    while before > 0 and tags[before] in "CN,":
        before -= 1
    if start and not met and (tags[before] in "POT#" or tags[start - 1] in ",C"):
        return None  # "at Kell and Borg", "on 3 May"
    end = at + 1
    while end < len(tags) and tags[end] in "wN'OP":
        end += 1
    while end > at + 1 and tags[end - 1] in "OP":
        end -= 1
    actor = resolve(sentence, start, end, scene)
    if met and actor is not None and (actor.sort not in ("person", "office") or actor.sure < MET):
        return None
    return actor


@lru_cache(maxsize=1)
def _own() -> frozenset[str]:
    return word_set("acts_actors", "first") | word_set("acts_actors", "first_plural")
