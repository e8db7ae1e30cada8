"""The search of a site without a server: an index as small files of plain data.

What comes in is an edition; out go files that the page's own script loads as it needs them, as
scripts rather than by requests, so that it works from disk too. Documents are numbered by date.
"""

import json
import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from regesta.edition import Edition
from regesta.edition.results import Regest
from regesta.serving.pages.links import INDEX_PAGES, document_url
from regesta.serving.pages.regests import who_text
from regesta.serving.pages.words import date_words
from regesta.serving.site.names import file_of, normal

#: Documents of one file of what results show.
CHUNK = 250
#: Letters and digits of a word that are kept; longer "words" are rubbish of a scan.
LONGEST = 40
_WORD = re.compile(r"\w+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def fold(text: str) -> str:
    """Words as the index has them: small letters without accents; site.js does the same."""
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("ß", "ss")


def shard_of(word: str) -> str:
    """The file in which a word stands: by its first two signs, where those are plain."""
    head = word[:2]
    return head if re.fullmatch(r"[a-z0-9]{1,2}", head) else "other"


def packed(numbers: Iterable[int]) -> str:
    """Rising numbers as their differences, base 36, separated by commas."""
    found, last = [], 0
    for number in numbers:
        found.append(_base36(number - last))
        last = number
    return ",".join(found)


@lru_cache(maxsize=1 << 15)
def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return digits


def search_files(
    edition: Edition, progress: Callable[[int], None] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file of the index.

    Args:
        edition: The edition.
        progress: Told how many documents were read.
    """
    regests = _by_date(edition)
    number = {regest.id: n for n, regest in enumerate(regests)}
    languages: dict[str, list[int]] = defaultdict(list)
    words: dict[str, array[int]] = defaultdict(lambda: array("L"))
    for done, document in enumerate(edition.documents()):
        n = number[document.id]
        languages[document.word("language")].append(n)
        text = " ".join((document.text, *(note.text for note in document.notes)))
        for word in set(_WORD.findall(fold(text))):
            if len(word) <= LONGEST:
                words[word].append(n)
        if progress and not done % 100:
            progress(done)
    yield from _words(words)
    yield from _facets(edition, regests, number, languages)
    yield from _shown(edition, regests)


def _by_date(edition: Edition) -> list[Regest]:
    """All documents in one line each, by date, undated ones last."""
    found = edition.regests(list(edition.ids()))
    return sorted(
        found,
        key=lambda r: ((r.date.earliest if r.date else None) or "9999", r.collection, r.order),
    )


def _file(name: str, value: object) -> tuple[str, bytes]:
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"search/{name}.js", f"regestaSite({json.dumps(name)},{content})\n".encode()


def _words(words: dict[str, "array[int]"]) -> Iterator[tuple[str, bytes]]:
    shards: dict[str, dict[str, str]] = defaultdict(dict)
    for word in sorted(words):
        shards[shard_of(word)][word] = packed(sorted(words[word]))
    for name, content in shards.items():
        yield _file(f"w-{name}", content)
    yield _file("shards", sorted(shards))


def _facets(
    edition: Edition,
    regests: list[Regest],
    number: dict[str, int],
    languages: dict[str, list[int]],
) -> Iterator[tuple[str, bytes]]:
    """What the filters of a search take: id → [label, documents]."""
    for name in INDEX_PAGES:
        if name == "date":
            continue
        entries = {
            e.id: [e.label, packed(sorted(number[id] for id in e.documents))]
            for e in edition.index(name)
        }
        yield _file(f"f-{name}", entries)
    plain: dict[str, dict[str, list[int]]] = {"kind": defaultdict(list), "language": languages}
    collections: dict[str, list[int]] = defaultdict(list)
    for n, regest in enumerate(regests):
        plain["kind"][regest.kind].append(n)
        collections[regest.collection].append(n)
    titles = {c.collection.id: c.collection.title for c in edition.collections()}
    yield _file(
        "f-collection",
        {id: [titles.get(id, id), packed(found)] for id, found in collections.items()},
    )
    for name, values in plain.items():
        rows = {v: [v, packed(sorted(found))] for v, found in sorted(values.items()) if v}
        yield _file(f"f-{name}", rows)
    days = [[r.date.earliest, r.date.latest] if r.date else [None, None] for r in regests]
    yield _file("days", days)


def _shown(edition: Edition, regests: list[Regest]) -> Iterator[tuple[str, bytes]]:
    """What a result shows: file, date, who to whom, heading."""
    titles = {
        c.collection.id: c.collection.short_title or c.collection.title
        for c in edition.collections()
    }
    for start in range(0, len(regests), CHUNK):
        rows = [
            [
                file_of(normal(document_url(r.id))),
                date_words(r.date),
                who_text(r),
                r.heading,
                titles.get(r.collection, ""),
            ]
            for r in regests[start : start + CHUNK]
        ]
        yield _file(f"d-{start // CHUNK}", rows)
    yield _file("info", {"documents": len(regests), "chunk": CHUNK})
