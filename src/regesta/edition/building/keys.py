"""Index keys: a party, place or subject in, the id and the label of its index entry out.

Ids are stable and URL-safe; they come from the label alone, so that one person named alike in two
volumes' lists of persons is one entry, while a bare surname is never taken for any of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from regesta.describing.places.generic import is_generic
from regesta.documents import Document, Party, PersonEntry, Place, Subject
from regesta.documents.folding import plain_letters
from regesta.documents.ids import label_id, one_line, slug
from regesta.vocabularies import vocabulary

#: An id and a label, both empty where there is nothing to index.
Key = tuple[str, str]

NOTHING: Key = ("", "")
#: Between a broader heading and its narrower one, in ids and in labels.
ID_PATH, LABEL_PATH = "--", ": "

_ARTICLE = re.compile(r"^(?:the|The|THE)\s+(?=\S)")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")
_SILENT = str.maketrans("", "", "ʿʾ’'")


class People(dict[str, Key]):
    """Person id (``collection#key``) or authority URI → index key, from lists of persons."""

    def find(self, person: str) -> Key | None:
        """The key of a person, by id or by a URI that an entry of a list refers to."""
        return self.get(person) or (self.get(_authority(person)) if "://" in person else None)

    def add(self, id: str, refs: Iterable[str], key: Key) -> None:
        """Add an entry of a list; the first entry that names an id or a URI keeps it."""
        self.setdefault(id, key)
        for ref in refs:
            if "://" in ref:
                self.setdefault(_authority(ref), key)


@dataclass(frozen=True, slots=True)
class DocumentKeys:
    """The index entries under which a document stands, each once, in the order of its facts."""

    authors: tuple[Key, ...] = ()
    recipients: tuple[Key, ...] = ()
    places: tuple[Key, ...] = ()
    subjects: tuple[Key, ...] = ()


@lru_cache(maxsize=65536)
def sort_key(label: str) -> str:
    """Put a label in the order of a printed index, the same under every locale.

    Word by word, accents folded, punctuation and a leading article passed over, numbers by value.
    """
    bare = _ARTICLE.sub("", label)
    words = _WORD.findall(plain_letters(bare.translate(_SILENT)).casefold())
    return _DIGITS.sub(lambda m: m[0].zfill(6), " ".join(words))


def people_of(entries: Iterable[PersonEntry]) -> People:
    """Make the index keys of a list of persons.

    Two persons of one list who bear the same name stay two entries: the later one's id ends in
    its own key.
    """
    people, taken = People(), set[tuple[str, str]]()
    for entry in entries:
        label = one_line(entry.name)
        if not label:
            continue
        collection, _, key = entry.id.partition("#")
        made = label_id(label)
        if (collection, made) in taken and entry.id not in people:
            made = f"{made}{ID_PATH}{slug(key)}"
        taken.add((collection, made))
        people.add(entry.id, entry.refs, (made, label))
    return people


def party_key(party: Party, people: People | None = None) -> Key:
    """Give the index key of a sender or recipient.

    Args:
        party: The party.
        people: Person id → key; a person found there is labelled as the list prints the name.

    Returns:
        ``("francis-david-r", "Francis, David R.")`` for a listed person, else the name as the
        source gives it without "Mr.", else the office ("Secretary of State"), else the power.
    """
    if people and party.person and (found := people.find(party.person)):
        return found
    return _printed_key(party.name, party.office, party.power)


@lru_cache(maxsize=65536)
def _printed_key(name: str, office: str, power: str) -> Key:
    label = _name(name) or _heading(office) or _heading(power)
    return (label_id(label), label) if label else NOTHING


def place_key(place: Place) -> Key:
    """Give the index key of a place: its historical name as printed; none of "Government"."""
    if place.latitude is None and is_generic(place.name):
        return NOTHING
    return _place_key(place.name)


@lru_cache(maxsize=65536)
def _place_key(name: str) -> Key:
    label = one_line(name)
    return (label_id(label), label) if label else NOTHING


@lru_cache(maxsize=65536)
def subject_key(subject: Subject) -> Key:
    """Give the index key of a subject heading with its broader headings before it.

    Returns:
        ``("archangel--allied-landing", "Archangel: Allied landing")``.
    """
    parts = [part for part in map(one_line, (*subject.path, subject.label)) if part]
    if not parts:
        return NOTHING
    return ID_PATH.join(map(label_id, parts)), LABEL_PATH.join(parts)


def _with_broader(subjects: Sequence[Subject]) -> Iterator[Key]:
    """The keys of subjects, then of the headings above them, where their documents stand too."""
    yield from map(subject_key, subjects)
    for subject in subjects:
        if subject.path:
            yield from _broader_keys(subject.path)


@lru_cache(maxsize=65536)
def _broader_keys(path: tuple[str, ...]) -> tuple[Key, ...]:
    return tuple(subject_key(Subject(path[depth], path[:depth])) for depth in range(len(path)))


def document_keys(document: Document, people: People | None = None) -> DocumentKeys:
    """Give every index key of a document, from its resolved facts.

    The author of a document without sender (an article, a treatise) is its author fact.
    """
    senders, recipients = document.senders, document.recipients
    authors = [party_key(party, people) for party in senders]
    if not senders and (name := document.word("author")):
        authors = [party_key(Party(name=name), people)]
    place = document.place
    return DocumentKeys(
        authors=_once(authors),
        recipients=_once(party_key(party, people) for party in recipients),
        places=_once([place_key(place)] if place else []),
        subjects=_once(_with_broader(document.subjects)),
    )


def _authority(uri: str) -> str:
    """A URI as far as it names: http and https, with and without a slash at its end, are one."""
    return uri.partition("://")[2].rstrip("/").lower()


def _once(keys: Iterable[Key]) -> tuple[Key, ...]:
    found: dict[str, Key] = {}
    for key in keys:
        if key[0]:
            found.setdefault(key[0], key)
    return tuple(found.values())


@lru_cache(maxsize=1)
def _courtesy() -> frozenset[str]:
    return frozenset(vocabulary("index_words")["courtesy"])


def _name(words: str) -> str:
    """A name without words of courtesy before it; a name that is nothing else stays whole."""
    line = one_line(words)
    first, _, rest = line.partition(" ")
    while rest and first.lower() in _courtesy():
        line = rest
        first, _, rest = line.partition(" ")
    return line


def _heading(words: str) -> str:
    """Make an office or a power an index heading: no article, a capital first letter."""
    line = _ARTICLE.sub("", one_line(words))
    return line[:1].upper() + line[1:]
