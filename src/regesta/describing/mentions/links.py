"""Names of persons in a text into entries of a list: links, or none where two persons fit.

A surname leads to the one person of the list who bears it; given names, initials and a title of a
woman may contradict. Two bearers of a surname are told apart by the fuller name in the same text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from regesta.describing.mentions.find import Mention
from regesta.describing.persons.names import PersonName, compatible, fold, parse_name
from regesta.describing.words import word_set

_WORD = re.compile(r"[^\W\d_]{2,}")


class Bearer(NamedTuple):
    """A person whom a name can mean.

    Attributes:
        id: Of a list entry or index entry.
        label: The name as the list prints it.
        name: Its parts.
        words: What the list says of the person, words folded.
    """

    id: str
    label: str
    name: PersonName
    words: frozenset[str] = frozenset()


class Directory:
    """Persons by surname.

    Args:
        people: (id, name in either order of its parts, what the list says of the person).
    """

    def __init__(self, people: Iterable[tuple[str, str, str]] = ()) -> None:
        self._bearers: dict[str, list[Bearer]] = defaultdict(list)
        for id, label, note in people:
            name = parse_name(label)
            if name.surname:
                words = frozenset(map(fold, _WORD.findall(f"{label} {note}")))
                self._bearers[name.surname].append(Bearer(id, label, name, words))

    def bearers(self, surname: str) -> list[Bearer]:
        """Everybody of a surname, folded."""
        return self._bearers.get(surname, [])


def link_persons(
    text: str, mentions: Sequence[Mention], directory: Directory
) -> list[Bearer | None]:
    """Find whom the persons of a text are.

    Args:
        text: The text.
        mentions: Its mentions, in order; other kinds than persons are passed over.
        directory: The persons known.

    Returns:
        A bearer for each mention, or None where nobody or more than one fits.
    """
    names = [_name(text, mention) for mention in mentions]
    found: list[Bearer | None] = [None] * len(mentions)
    meant: dict[str, set[str]] = defaultdict(set)
    unknown: set[str] = set()
    for at, name in enumerate(names):
        if name is None or not name.given:
            continue
        fitting = [b for b in directory.bearers(name.surname) if _fits(name, b.name)]
        if len(fitting) == 1:
            found[at] = fitting[0]
            meant[name.surname].add(fitting[0].id)
        else:
            unknown.add(name.surname)
    for at, name in enumerate(names):
        if name is None or name.given:
            continue
        bearers = directory.bearers(name.surname)
        named = meant.get(name.surname, set())
        if named:
            bearers = [b for b in bearers if b.id in named]
        elif len(bearers) > 1:
            bearers = _of_title(text, mentions[at], bearers)
        if len(bearers) != 1 or (name.surname in unknown and not named):
            continue
        if _is_woman(text, mentions[at]) and not _woman_listed(bearers[0]):
            continue
        found[at] = bearers[0]
    return found


def _name(text: str, mention: Mention) -> PersonName | None:
    if mention.kind != "person":
        return None
    words = text[mention.name_start : mention.end]
    name = parse_name(words.title() if words.isupper() and len(words) > 3 else words)
    return name if name.surname else None


def _fits(printed: PersonName, listed: PersonName) -> bool:
    """Given names agree; a list that has none is no evidence."""
    return bool(listed.given) and compatible(printed, listed)


def _of_title(text: str, mention: Mention, bearers: list[Bearer]) -> list[Bearer]:
    """Those whom the list gives the title that stands before the name ("President Kell")."""
    title = {fold(w) for w in _WORD.findall(text[mention.start : mention.name_start])}
    title -= word_set("mention_words", "courtesy")
    return [bearer for bearer in bearers if title & bearer.words] if title else bearers


def _is_woman(text: str, mention: Mention) -> bool:
    title = text[mention.start : mention.name_start].split()
    return bool(title) and fold(title[0].rstrip(".")) in word_set("mention_words", "woman")


def _woman_listed(bearer: Bearer) -> bool:
    words = {fold(word.rstrip(".,")) for word in bearer.label.split()}
    return not words.isdisjoint(word_set("mention_words", "woman"))
