"""Values of a search's filters that name nothing: filters in, sentences with what is near out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regesta.edition import Edition

#: Filter → what is said of a value that no document has.
_SAID = {
    "author": "no author is named {}",
    "recipient": "no recipient is named {}",
    "place": "no place of writing is named {}",
    "subject": "no subject is named {}",
    "kind": "no document is of the kind {}",
    "collection": "no collection is named {}",
    "language": "no document is in the language {}",
}
FILTERS = tuple(_SAID)


@dataclass(frozen=True, slots=True)
class UnknownFilter:
    """A value that nothing has, in a sentence without its stop, and values near it."""

    field: str
    value: str
    said: str
    near: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What is said, with what is near: "no author is named Kel; near: Kell, John"."""
        return f"{self.said}; near: {'; '.join(self.near)}" if self.near else self.said


def unknown_filters(edition: Edition, filters: Mapping[str, Any]) -> Iterator[UnknownFilter]:
    """Give the values by which, alone, nothing is found; for a search that found nothing."""
    for field, said in _SAID.items():
        values: str | Sequence[str] = filters.get(field) or ()
        for value in (values,) if isinstance(values, str) else values:
            asked: dict[str, Any] = {field: (value,)}
            if value == "-" or edition.search(limit=0, snippets=False, **asked).total:
                continue
            near = edition.near_values(field, value)
            yield UnknownFilter(field, value, said.format(value), near)
