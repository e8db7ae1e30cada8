"""A made-up index and shelf for the tests of search: a dozen short papers of one year."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from regesta.documents import Document, Fact, HistoricalDate, Layer, Note, Party, Place, Source
from regesta.documents import Subject as Heading
from regesta.documents.dates import from_bounds, from_iso
from regesta.edition.building.keys import document_keys
from regesta.edition.building.rows import regest_of
from regesta.edition.search.index import SearchIndex
from regesta.edition.search.schema import (
    KEY_FIELDS,
    Taken,
    layer_texts,
    search_entry,
)
from regesta.edition.search.sets_making import Values, save_sets
from regesta.edition.search.writer import SearchWriter


def paper(
    id: str,
    body: str,
    *,
    heading: str = "",
    note: str = "",
    source: str = "",
    date: str | HistoricalDate | None = None,
    language: str = "en",
    kind: str = "telegram",
    sender: str = "",
    office: str = "",
    recipient: str = "",
    place: str = "",
    subjects: Iterable[str] = (),
    number: str = "",
) -> Document:
    """Make a document of a few words; the heading and the source note stand in its text."""
    parts = [part for part in (heading, body, source) if part]
    text = "\n".join(parts)
    layers: list[Layer] = []
    if heading:
        layers.append(Layer("heading", 0, len(heading)))
    if source:
        layers.append(Layer("source note", len(text) - len(source), len(text)))
    value = from_iso(date) if isinstance(date, str) else date
    facts = [
        Fact(field, made, "given")
        for field, made, there in (
            ("date", value, value),
            ("language", language, language),
            ("kind", kind, kind),
            ("sender", Party(sender, office), sender or office),
            ("recipient", Party(recipient), recipient),
            ("place", Place(place), place),
            ("number", number, number),
        )
        if there and made is not None
    ]
    facts += [Fact("subject", Heading(label), "given") for label in subjects]
    return Document(
        id=id,
        collection=id.partition("/")[0],
        source=Source("made-up.txt", "0" * 64),
        text=text,
        heading=heading,
        layers=tuple(layers),
        notes=(Note("1", note),) if note else (),
        facts=tuple(facts),
        order=int("".join(filter(str.isdigit, id)) or 0),
    )


PAPERS = [
    paper("red/d1", "The grain ship left the harbour with rubles for the northern post.",
          heading="Kovalev to Marsh", date="1918-07-24", sender="Kovalev", recipient="Marsh",
          office="Commissar for Supply", place="Vologda", subjects=["Grain", "Ships: Grain"],
          number="513", note="The ship sailed a day late."),
    paper("red/d2", "No ruble was paid. The government of the north declines the treaty of peace.",
          heading="Kovalev to Marsh", date="1918-07-25", sender="Kovalev", recipient="Marsh",
          place="Vologda", subjects=["Grain"], number="514", source="Gazette, 26 July 1918."),
    paper("red/d3", "Peace is offered. The treaty stands; commerce follows at a distance of years.",
          heading="A declaration of peace", date="1918-08", kind="statement", sender="Orlova"),
    paper("red/d4", "Пароход вышел в море с рублями. Рублей больше нет.", language="ru",
          date="1918-07-25", kind="note", sender="Орлова"),
    paper("blue/d1", "The governments were informed that the railway carries grain and coal.",
          heading="Marsh to the Secretary", date="1918-07-25", sender="Marsh",
          recipient="Secretary of State", place="Archangel", subjects=["Railways"],
          note="Kovalev's treaty is not printed.", kind="despatch"),
    paper("blue/d2", "Your 513, July 24. We despatch the co-operation papers by the U.S. consul.",
          heading="The Secretary to Marsh", date="1918-07-26", recipient="Marsh",
          sender="Secretary of State", place="Washington", source="Archive, file 861.51/381."),
    paper("blue/d3", "Undated scrap about coal and the cooperation of consuls.", sender="Marsh",
          kind=""),
    paper("blue/d4", "A winter of coal.", date=from_bounds("1917-11", "1919-02"), kind="minutes"),
    paper("old/d1", "Die Großbotschaft des Grafen Virmont mit allen Häusern.", language="de",
          date="1719-06-07", kind="letter", sender="Virmont", place="Wien"),
    paper("old/d2", "Şerīf Aḥmed writes of coal.", language="ota", date="1719", kind="letter"),
]  # fmt: skip


def number(id: str) -> int:
    """A document's number, here made of its id."""
    digest = hashlib.blake2b(id.encode(), digest_size=5).digest()
    return int.from_bytes(digest, "big") >> 1


class MadeUpShelf:
    """The record's part, in memory."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {number(document.id): document for document in documents}

    def take(self, numbers: Sequence[int], *, texts: bool) -> Mapping[int, Taken]:
        """Lines and texts."""
        found = {n: self.documents[n] for n in numbers if n in self.documents}
        return {n: Taken(regest_of(d), layer_texts(d) if texts else None) for n, d in found.items()}

    def labels(self, field: str, ids: Sequence[str]) -> Mapping[str, str]:
        """Labels made of ids."""
        return {id: id.replace("-", " ").title() for id in ids}


def write_index(folder: Path, documents: Iterable[Document]) -> SearchIndex:
    """Write an index of documents with its sets and open it."""
    made = list(documents)
    with SearchWriter(folder) as writer:
        for document in made:
            writer.add(search_entry(document, n=number(document.id)))
        writer.commit(1)
    write_sets_of(folder, made)
    return SearchIndex.open(folder)


def write_sets_of(folder: Path, documents: Sequence[Document]) -> None:
    """Write the sets of an index of documents."""
    dates = [(d.date.earliest, d.date.latest) if d.date else (None, None) for d in documents]
    days = [(first or last or "9999", last or "9999") for first, last in dates]
    order = sorted(range(len(documents)), key=lambda i: (days[i], documents[i].id))
    columns = {name: Values() for name in KEY_FIELDS}
    found: dict[tuple[str, str], tuple[str, list[int]]] = {}
    for rank, i in enumerate(order):
        for name, value, label in _values(documents[i]):
            found.setdefault((name, value), (label, []))[1].append(rank)
    for (name, value), (label, ranks) in found.items():
        columns[name].add(value, label, np.array(ranks))
    numbers = np.array([number(documents[i].id) for i in order], dtype=np.int64)
    save_sets(folder, numbers, [dates[i] for i in order], columns)


def _values(document: Document) -> set[tuple[str, str, str]]:
    """Field, value and label of all that is counted of a document."""
    keys = document_keys(document)
    plain = {"collection": document.collection}
    plain |= {name: document.word(name) for name in ("kind", "language")}
    found = {(name, value, value) for name, value in plain.items() if value}
    for name in ("author", "recipient", "place", "subject"):
        found |= {(name, *key) for key in getattr(keys, f"{name}s")}
    return found
