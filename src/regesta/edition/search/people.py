"""Who is meant by a value of author or recipient: a name in, the documents of those persons out.

A heading may print an office alone: then no word of the document has the name of its author, who
is known from other documents. Asked once a search, beside the index; what finds nothing there is
told what is near it.
"""

import difflib
from collections.abc import Iterable
from functools import cached_property, lru_cache

from regesta.documents import Value
from regesta.edition.record.store import Record
from regesta.edition.search.words import folded_words

#: Names whose documents are kept at hand, and persons whose documents one name may mean.
_KEPT, _MOST_PERSONS = 128, 50
#: Near names that are given, and how near they are.
_NEAR, _NEARNESS = 4, 0.72
_ROLES = ("author", "recipient")


class _Person(Value, frozen=True):
    """A person's number, id and label, and the folded words of each name; the surname's."""

    n: int
    id: str
    label: str
    surname: frozenset[str]
    names: tuple[frozenset[str], ...]


class People:
    """The persons of one open edition as searches name them.

    Args:
        record: The edition's.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._asked = lru_cache(_KEPT)(self._named)

    def named(self, role: str, name: str) -> tuple[str, ...]:
        """Ids of the documents that persons of a name wrote ("author") or got ("recipient").

        A name means those whose id it is, or one of whose names has all of its words, the surname
        among them, whatever their order and case; no one where it would be many.
        """
        return self._asked(role, " ".join(name.split()))

    def _named(self, role: str, name: str) -> tuple[str, ...]:
        persons = [p.n for p in self._persons if p.id == name.casefold()]
        if not persons:
            words = frozenset(folded_words(name))
            persons = [p.n for p in self._persons if words and _is_called(p, words)]
        if not persons or len(persons) > _MOST_PERSONS:
            return ()
        marks = ", ".join("?" * len(persons))
        rows = self._record.rows(
            "SELECT DISTINCT d.id FROM attributed a JOIN documents d ON d.n = a.document "
            f"WHERE a.authority IN ({marks}) AND a.role = ?",
            (*persons, role),
        )
        return tuple(id for (id,) in rows)

    @cached_property
    def _persons(self) -> list[_Person]:
        names: dict[int, set[str]] = {}
        for n, name, fuller in self._record.rows(
            "SELECT DISTINCT authority, name, fuller FROM authority_names"
        ):
            names.setdefault(n, set()).update(filter(None, (name, fuller)))
        return [
            _Person(
                n=n,
                id=id,
                label=label,
                surname=frozenset(folded_words(label.partition(",")[0])),
                names=tuple({frozenset(folded_words(name)) for name in (label, *names.get(n, ()))}),
            )
            for n, id, label in self._record.rows("SELECT n, id, label FROM authorities")
        ]

    def near(self, field: str, value: str) -> tuple[str, ...]:
        """Values of a filter that are spelt almost as one that finds nothing, nearest first."""
        known = dict(self._known(field))
        wanted = _folded(value)
        exact = [shown for folded, shown in known.items() if folded == wanted]
        near = difflib.get_close_matches(wanted, known, n=_NEAR, cutoff=_NEARNESS)
        return tuple(dict.fromkeys([*exact, *(known[folded] for folded in near)]))[:_NEAR]

    def _known(self, field: str) -> Iterable[tuple[str, str]]:
        """Folded word or name → the value to write."""
        if field in ("kind", "language"):
            for (value,) in self._record.rows(
                f"SELECT DISTINCT {field} FROM documents WHERE {field} <> ''"
            ):
                yield from ((_folded(word), value) for word in _words_for(field, value))
            return
        if field in _ROLES:
            for person in self._persons:
                yield _folded(person.label), person.label
                yield " ".join(sorted(person.surname)), person.label
        rows = self._record.rows("SELECT label FROM entries WHERE name = ?", (field,))
        yield from ((_folded(label), label) for (label,) in rows)


def _words_for(field: str, value: str) -> Iterable[str]:
    """A value, and for a language also its English name and its own."""
    yield value
    if field == "language":
        from babel.core import Locale, UnknownLocaleError

        try:
            locale = Locale.parse(value.partition("-")[0])
        except (UnknownLocaleError, ValueError):
            return
        yield from filter(None, (locale.english_name, locale.display_name))


def _is_called(person: _Person, words: frozenset[str]) -> bool:
    return bool(words & person.surname) and any(words <= name for name in person.names)


def _folded(text: str) -> str:
    return " ".join(folded_words(text))
