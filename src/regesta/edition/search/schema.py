"""What search holds of a document: a described document in, a ``SearchEntry`` out, and the schema.

The index gives nothing but documents' numbers in the record, where texts for snippets come from.
"""

import datetime as dt
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
import tantivy

from regesta.documents import Document, HistoricalDate, Value
from regesta.documents.numbers import whole_number
from regesta.edition.building.keys import DocumentKeys, Key, document_keys
from regesta.edition.results import Regest
from regesta.edition.search.words import (
    base_language,
    codes_of,
    fold,
    folded_text,
    folded_words,
    likely_language,
    paired_words,
    pairs_of,
    stemmed_text,
    threes_of,
)

#: Changes whenever an index made before can no longer be read; the edition is then rebuilt.
SCHEMA_VERSION = 9
#: The layers of search, in the order in which a snippet is looked for.
LAYERS = ("document", "headings", "notes", "sources")
#: Layers whose phrases of common words are found by pairs, or by threes; and their tokenizer.
PAIRED, IN_THREES, PAIRS = LAYERS, ("document",), "pairs"
#: Filters whose values are ids of index entries or plain words.
KEY_FIELDS = ("author", "recipient", "place", "subject", "kind", "collection", "language")
#: Facets that can be asked for, in the order in which they are shown.
FACETS = (
    "year", "decade", "collection", "author", "recipient", "place", "subject", "kind", "language",
)  # fmt: skip
#: Facets whose values are index entries with labels of their own.
LABELLED = ("collection", "author", "recipient", "place", "subject")
#: What a document can lack, with its code in the field ``lacks``.
LACKS = {name: code for code, name in enumerate(("date", *KEY_FIELDS), start=1)}
#: A span of more years than this is counted under no year (but found by every range it overlaps).
MOST_YEARS = 25
#: From so many documents on the index is spared what sets can tell (see ``matching``).
SETS_FROM = 20_000
#: A stretch of so many numbers of documents is one sum of their bits (exact in a float's 53).
STRETCH = 48
FIRST_DAY, LAST_DAY = 1, dt.date.max.toordinal()


class LayerTexts(Value, frozen=True):
    """A document's texts as search sees them, for snippets.

    Attributes:
        language: ISO 639-1 of its stemmer, or "".
        document: The text without heading and source note, in pieces where something is cut out.
        headings: The heading.
        notes: The footnotes, one each.
        sources: The source note, publication, repository.
        languages: Language of each piece of ``document`` where it differs, else empty.
    """

    language: str = ""
    document: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def layer(self, name: str) -> tuple[str, ...]:
        """The texts of one of :data:`LAYERS`."""
        return {
            "document": self.document,
            "headings": self.headings,
            "notes": self.notes,
            "sources": self.sources,
        }[name]


#: A document's id, and its search entry's fields as JSON: made in the workers, because a string is
#: handed on to the index in a third of the time of a dictionary of lists.
EntryLine = tuple[str, str]
_encoder = msgspec.json.Encoder()


class Taken(NamedTuple):
    """A found document as the record has it: its line, and its texts where they are asked for."""

    regest: Regest
    texts: LayerTexts | None = None


class SearchEntry(Value, frozen=True):
    """All that the index takes of a document; plain values, ready to travel between processes.

    Attributes:
        id: The document's id.
        fields: Field of the schema → its values (words joined by spaces, keys, numbers).
    """

    id: str
    fields: dict[str, list[str | int]] = {}

    def line(self) -> EntryLine:
        """The same as the index takes it; what is no Unicode becomes a sign that no word has."""
        try:
            return self.id, _encoder.encode(self.fields).decode()
        except UnicodeEncodeError:
            raw = json.dumps(self.fields, ensure_ascii=False)
            return self.id, raw.encode("utf-8", "replace").decode()


def search_entry(
    document: Document,
    *,
    n: int,
    keys: DocumentKeys | None = None,
    texts: LayerTexts | None = None,
) -> SearchEntry:
    """Make a document's search entry.

    Args:
        document: The described document.
        n: Its number in the record.
        keys: Its index keys; made from its facts alone where None.
        texts: Its texts by layers; made here where None.

    Returns:
        A value that can be pickled or packed; the same for the same document.
    """
    keys = document_keys(document) if keys is None else keys
    texts = layer_texts(document) if texts is None else texts
    fields: dict[str, list[Any]] = {"id": [document.id], "n": [n], "bit": [1 << n % STRETCH]}
    _add_words(fields, texts)
    _add_names(fields, document, keys)
    _add_date(fields, document)
    fields["lacks"] = [
        code
        for name, code in LACKS.items()
        if not fields.get("earliest" if name == "date" else name)
    ]
    return SearchEntry(id=document.id, fields={name: v for name, v in fields.items() if v})


def layer_texts(document: Document) -> LayerTexts:
    """Part a document's texts into the layers of search."""
    cut = sorted(
        (layer.start, layer.end)
        for layer in document.layers
        if layer.kind in ("heading", "source note") and layer.start < layer.end
    )
    pieces = list(_without(document.text, cut))
    sources = [document.text[a:b] for a, b in _of_kind(document, "source note")]
    sources += [document.word(f) for f in ("source_note", "publication", "repository")]
    heading = document.heading or " ".join(
        document.text[a:b] for a, b in _of_kind(document, "heading")[:1]
    )
    said = document.word("language")
    languages: list[str] = []
    if any(layer.language for layer in document.layers):
        languages = [_language_at(document, start, end) for start, end in pieces]
    return LayerTexts(
        language=base_language(said) if said else likely_language(document.text),
        document=tuple(document.text[a:b] for a, b in pieces),
        headings=tuple(filter(None, (heading, document.word("title")))),
        notes=tuple(note.text for note in document.notes if note.text),
        sources=tuple(dict.fromkeys(filter(None, map(str.strip, sources)))),
        languages=tuple(languages) if any(languages) else (),
    )


def _of_kind(document: Document, kind: str) -> list[tuple[int, int]]:
    return [(layer.start, layer.end) for layer in document.layers if layer.kind == kind]


def _without(text: str, cut: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Give the spans of a text that no cut covers, white space alone left out."""
    position = 0
    for start, end in [*cut, (len(text), len(text))]:
        if start > position and not text[position:start].isspace():
            yield position, start
        position = max(position, end)


def _language_at(document: Document, start: int, end: int) -> str:
    """The language that a layer gives to most of a piece, where it is not the document's own."""
    for layer in document.layers:
        covered = min(layer.end, end) - max(layer.start, start)
        if layer.language and covered * 2 > end - start:
            own = base_language(layer.language)
            return "" if own == base_language(document.word("language")) else own or "-"
    return ""


def _add_words(fields: dict[str, list[Any]], texts: LayerTexts) -> None:
    languages: set[str] = set()
    anywhere = fields["anywhere"] = list[Any]()
    for layer in LAYERS:
        values = texts.layer(layer)
        if not values:
            continue
        exact = [folded_text(value) for value in values]
        words = [text.split() for text in exact]
        fields[f"{layer}_exact"] = exact
        if layer in IN_THREES:
            codes = list(map(codes_of, words))
            fields[f"{layer}_pairs"] = list(filter(None, map(pairs_of, codes)))
            fields[f"{layer}_threes"] = list(filter(None, map(threes_of, codes)))
        elif layer in PAIRED:
            fields[f"{layer}_pairs"] = [paired_words(some) for some in words if len(some) > 1]
        spoken = texts.languages if layer == "document" and texts.languages else [""] * len(exact)
        used = [(own or texts.language).strip("-") for own in spoken]
        fields[layer] = list(map(stemmed_text, words, used))
        anywhere += fields[layer]
        languages.update(used)
    fields["stemming"] = sorted(own or "-" for own in languages)


@lru_cache(maxsize=65536)
def _joined(words: str) -> str:
    """The folded words of a name or heading, which many documents share."""
    return " ".join(folded_words(words))


def _add_names(fields: dict[str, list[Any]], document: Document, keys: DocumentKeys) -> None:
    entries: dict[str, tuple[Key, ...]] = {
        "author": keys.authors,
        "recipient": keys.recipients,
        "place": keys.places,
        "subject": keys.subjects,
    }
    people = {"author": document.senders, "recipient": document.recipients}
    for name, found in entries.items():
        parties = people.get(name)
        if found:
            fields[name] = [id for id, _ in found]
            fields[f"{name}_label"] = [_joined(label) for _, label in found]
        words = [*fields.get(f"{name}_label", ())]
        if parties:
            words += [_joined(f"{p.name} {p.office} {p.power}") for p in parties]
        if words:
            fields[f"{name}_words"] = list(dict.fromkeys(filter(None, words)))
    fields["kind"] = list(filter(None, [document.word("kind")]))
    fields["language"] = list(filter(None, [document.word("language")]))
    fields["collection"] = list(filter(None, [document.collection]))
    numbers = (document.word("number"), document.word("file_number"))
    fields["number"] = list(filter(None, (" ".join(folded_words(n)) for n in numbers)))


def _add_date(fields: dict[str, list[Any]], document: Document) -> None:
    """Days as ordinals, and the two orders of sorting."""
    date = document.date
    first, last = date_bounds(date) if date else (None, None)
    order = min(document.order, (1 << 20) - 1)
    if date is None or first is None or last is None:
        fields["ascending"], fields["descending"] = [(1 << 60) + order], [order]
        return
    fields["earliest"], fields["latest"] = [first], [last]
    day = first if date.earliest else last
    hours, minutes = map(whole_number, (date.time or "").partition(":")[::2])
    clock = 0 if hours is None or minutes is None else hours * 60 + minutes + 1
    sorting = ((day * 1500 + min(clock, 1499)) << 20) + order
    fields["ascending"], fields["descending"] = [sorting], [sorting + (1 << 20)]


def date_bounds(date: HistoricalDate) -> tuple[int | None, int | None]:
    """Give the first and last day as proleptic Gregorian ordinals (1 is 0001-01-01).

    An open bound is the first or last day there is; both are None where neither is known.
    """
    return day_bounds(date.earliest, date.latest)


def day_bounds(earliest: str | None, latest: str | None) -> tuple[int | None, int | None]:
    """The same of the days as they are written, ``YYYY-MM-DD``."""
    first, last = _ordinal(earliest), _ordinal(latest)
    if first is None and last is None:
        return None, None
    return (FIRST_DAY if first is None else first), (LAST_DAY if last is None else last)


@lru_cache(maxsize=65536)
def _ordinal(day: str | None) -> int | None:
    try:
        return dt.date.fromisoformat(day).toordinal() if day else None
    except ValueError:
        return None


def label_key(words: str) -> str:
    """Fold a label as the index keeps it, to compare a filter's value with it."""
    return " ".join(folded_words(words)) or fold(words)


def build_schema() -> tantivy.Schema:
    """Make the schema: up to four fields a layer, one of all, keys, names, days."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    for name in ("n", "bit"):
        builder.add_integer_field(name, fast=True)
    for layer in LAYERS:
        for name in (layer, f"{layer}_exact"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        if layer in PAIRED:
            # Where there are threes, no more than two words are sought as a pair.
            places = "freq" if layer in IN_THREES else "position"
            builder.add_text_field(f"{layer}_pairs", tokenizer_name=PAIRS, index_option=places)
        if layer in IN_THREES:
            builder.add_text_field(f"{layer}_threes", tokenizer_name=PAIRS, index_option="position")
    builder.add_text_field("anywhere", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("stemming", tokenizer_name="raw", index_option="basic")
    for name in KEY_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("author", "recipient", "place", "subject"):
        builder.add_text_field(f"{name}_label", tokenizer_name="raw", index_option="basic")
        builder.add_text_field(
            f"{name}_words", tokenizer_name="whitespace", index_option="position"
        )
    builder.add_text_field("number", tokenizer_name="whitespace", index_option="position")
    for name in ("earliest", "latest"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_integer_field("lacks", indexed=True)
    for name in ("ascending", "descending"):
        builder.add_integer_field(name, fast=True)
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    """Teach an index that is open to pass over what stands between pairs; it forgets on closing."""
    pairs = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer(PAIRS, pairs.filter(tantivy.Filter.alphanum_only()).build())
