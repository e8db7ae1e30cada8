"""What is asked for by its noun: "requests the release of the crew", "asks for instructions".

A sentence comes in with the predicates found in it; the acts that are asked for are added to them.
"""

from collections.abc import Iterator

from regesta.describing.acts.lexicon import Noun, kinds
from regesta.describing.acts.predicate import Predicate
from regesta.describing.acts.reading import Reading
from regesta.describing.words import word_set

#: How the actor of what is asked for was found: he is the one who is asked.
ASKED = "asked"
_ASKING = frozenset(("request", "demand"))
#: What another can be asked to do. What he is asked to say is asked by the request itself; who
#: asks for help or leave asks no more than that.
_DONE = frozenset(("bind", "status", "treaty", "measure"))


def add_asked(reading: Reading, found: list[Predicate]) -> None:
    """Add the acts whose nouns are the object of a request."""
    if not reading.has_nouns:
        return
    known = {predicate.noun[0] for predicate in found if predicate.noun is not None}
    new = []
    for predicate in found:
        if predicate.act not in _ASKING or predicate.kind not in ("verb", "adjective"):
            continue
        for i, noun in _heads(reading, predicate):
            if i in known:
                continue
            known.add(i)
            of = reading.phrase_after(i + 2) if reading.tags[i + 1 : i + 2] == "O" else None
            new.append(
                Predicate(
                    noun.act, None, "noun", noun.lemma, None, ASKED, of, "", i + 1,
                    of[1] if of is not None else i + 1, noun.sure, "have", i,
                    noun=(i, i + 1), asker=predicate.at,
                )
            )  # fmt: skip
    if new:
        found += new
        found.sort(key=lambda predicate: predicate.at)


def _heads(reading: Reading, asking: Predicate) -> Iterator[tuple[int, Noun]]:
    """The nouns of acts that are asked for: the head of the object, and what is joined to it."""
    tags, lows = reading.tags, reading.s.lows
    at = _object(reading, asking)
    while 0 <= at < reading.size:
        head = at
        while head < reading.size - 1 and tags[head + 1] in "wN#" and tags[head] != "'":
            head += 1
        noun = reading.lexicon.nouns.get(lows[head])
        if noun is None or tags[head] != "w" or not _is_done(noun):
            return
        yield head, noun
        # "the release of the ship and the recall of the Minister"
        end = head + 1
        if tags[end : end + 1] == "O" and (of := reading.phrase_after(end + 1)) is not None:
            end = next((k for k in range(end + 1, of[1]) if tags[k] == "C"), of[1])
        if tags[end : end + 1] != "C":
            return
        at = _past_article(reading, end + 1)


def _object(reading: Reading, asking: Predicate) -> int:
    """Where the object of a request begins: behind "for" or him who is asked, or at once."""
    tags, lows, at = reading.tags, reading.s.lows, asking.at + 1
    if asking.kind == "adjective" or asking.complement in ("to", "that"):
        return _received(reading, asking)
    for _ in range(3):
        while at < reading.size and tags[at] in "A":
            at += 1
        if at >= reading.size:
            return -1
        if lows[at] in word_set("acts_words", "asked_for"):
            return _past_article(reading, at + 1)
        if tags[at] in "PTO":
            at += 1  # "urged upon the Government the ratification"
        elif tags[at] in "DwNe" and (first := _past_article(reading, at)) >= 0:
            phrase = reading.phrase_after(at)
            named = phrase is not None and "N" in tags[at : phrase[1]].partition("O")[0]
            if not named:
                return first
        phrase = reading.phrase_after(at)
        if phrase is None:
            return -1
        at = phrase[1]
    return -1


def _received(reading: Reading, asking: Predicate) -> int:
    """Where begins what one would like to have: "should be glad to receive instructions"."""
    tags, lows, lemmas = reading.tags, reading.s.lows, reading.lexicon.lemmas
    for k in range(asking.content, min(asking.stop, reading.size - 1)):
        if tags[k] in "Ve" and (
            lemmas.get(lows[k]) in reading.lexicon.received
            or (lows[k + 1] == "with" and lows[k] in word_set("acts_words", "provided_with"))
        ):
            at = k + 2 if lows[k + 1] == "with" else k + 1
            return _past_article(reading, at)
    return -1


def _past_article(reading: Reading, at: int) -> int:
    """Behind the article and adjectives of a phrase."""
    while at < reading.size and (
        reading.tags[at] in "DA"
        or (reading.tags[at] in "we" and reading.tags[at + 1 : at + 2] == "w")
    ):
        at += 1
    return at


def _is_done(noun: Noun) -> bool:
    if noun.act == "instruct":
        return noun.lemma in word_set("acts_words", "instructions")
    if noun.act == "aid":
        return False
    return noun.act == "regret" or kinds()[noun.act].group in _DONE
