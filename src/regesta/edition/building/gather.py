"""What sources share: collections merged of many files, two that claim one id, people in registers.

Everything here follows the order of the sources' paths, never the order in which they were read.
Each function adds to ``touched`` the ids whose search entries it made untrue.
"""

import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

import msgspec

from regesta.documents import Collection, Document
from regesta.documents.ids import one_line
from regesta.edition.building.keys import People, people_of
from regesta.edition.building.rows import Rows, add_rows, numbers_of, unpack_document
from regesta.edition.record.store import Draft
from regesta.edition.settings import Settings

_decoder = msgspec.msgpack.Decoder(Collection)
_encoder = msgspec.msgpack.Encoder()
_WORDS = (
    "title", "short_title", "series", "publisher", "publisher_place", "published", "licence",
    "url", "side", "languages", "source",
)  # fmt: skip
_LISTS = ("sections", "persons", "places")
#: How the section of a list of letters begins, by which its documents are known.
LIST = "letters-"


def settle_clashes(draft: Draft, touched: set[str]) -> None:
    """Let the first of two volumes with one id stay, and give twin documents ids of their own."""
    db = draft.db
    rows = db.execute(
        "SELECT collection, n, path, sha256, standalone FROM sources WHERE status = 'read' "
        "AND collection IN (SELECT collection FROM sources WHERE status = 'read' "
        "  GROUP BY collection HAVING count(*) > 1 AND min(standalone) = 0) "
        "ORDER BY collection, standalone, path"
    ).fetchall()
    for collection, group in groupby(rows, key=lambda row: row[0]):
        first, *others = [row for row in group if not row[4]]
        for _, n, _, sha256, _ in others:
            reason = f"its collection {collection!r} is already read from {first[2]}"
            if sha256 == first[3]:
                reason = f"is the same file as {first[2]}"
            _reject(draft, n, reason, touched)
    _settle_lists(draft, touched)
    _settle_twins(draft, touched)


def _settle_lists(draft: Draft, touched: set[str]) -> None:
    """Let a list of letters (CMIF) make documents only where no letters lie beside it.

    Such a list describes letters in a line each. In a folder with sources of documents it is
    their index, and documents made of it would stand there twice.
    """
    db = draft.db
    found = db.execute(
        "SELECT DISTINCT s.n, s.path FROM documents d JOIN sources s ON s.n = d.n >> 20 "
        f"WHERE d.characters = 0 AND d.section GLOB '{LIST}*'"
    )
    lists: dict[int, str] = dict(found)
    if not lists:
        return
    beside: dict[str, str] = {}
    for n, path in db.execute("SELECT n, path FROM sources WHERE documents > 0 ORDER BY path"):
        if n not in lists:
            beside.setdefault(os.path.dirname(path), path)
    for n, path in lists.items():
        other = beside.get(os.path.dirname(path))
        if other:
            touched.update(draft.delete_documents(n))
            warning = f"lists letters and lies beside {other}: it makes no documents of its own"
            db.execute(
                "UPDATE sources SET status = 'renamed', documents = 0, warnings = ? WHERE n = ?",
                (json.dumps([warning], ensure_ascii=False), n),
            )


def _reject(draft: Draft, source: int, reason: str, touched: set[str]) -> None:
    touched.update(draft.delete_documents(source))
    draft.db.execute(
        "UPDATE sources SET status = 'clash', reason = ?, documents = 0, unaccounted = 0, "
        "warnings = '[]', gathered = NULL WHERE n = ?",
        (reason, source),
    )


def _settle_twins(draft: Draft, touched: set[str]) -> None:
    """Documents of different sources with one id: same file, or the later gets a new id."""
    db = draft.db
    rows = db.execute(
        "SELECT d.id, d.n, s.n, s.path, s.sha256 FROM documents d "
        "JOIN sources s ON s.n = d.n >> 20 "
        "WHERE d.id IN (SELECT id FROM documents GROUP BY id HAVING count(*) > 1) "
        "ORDER BY d.id, s.path"
    ).fetchall()
    rejected: set[int] = set()
    touched.update(row[0] for row in rows)
    for id, group in groupby(rows, key=lambda row: row[0]):
        (_, _, _, path, sha256), *others = [row for row in group if row[2] not in rejected]
        for _, n, source, _, other_sha256 in others:
            if other_sha256 == sha256:
                _reject(draft, source, f"is the same file as {path}", touched)
                rejected.add(source)
            elif source not in rejected:
                _rename(draft, id, n, source, path, touched)


def _rename(draft: Draft, id: str, n: int, source: int, other: str, touched: set[str]) -> None:
    db = draft.db
    again = 2
    while db.execute("SELECT 1 FROM documents WHERE id = ?", (f"{id}-{again}",)).fetchone():
        again += 1
    new = f"{id}-{again}"
    warnings = json.loads(
        db.execute("SELECT warnings FROM sources WHERE n = ?", (source,)).fetchone()[0]
    )
    warnings.append(f"{id} stands in {other} too: this one is {new}")
    db.execute(
        "UPDATE sources SET status = 'renamed', warnings = ? WHERE n = ?",
        (json.dumps(warnings, ensure_ascii=False), source),
    )
    # Rows keep the number; their ids change, and so do those of the papers it encloses.
    first, last = numbers_of(source)
    children = db.execute(
        "SELECT n FROM documents WHERE parent = ? AND n BETWEEN ? AND ?", (id, first, last)
    ).fetchall()
    people = people_here(db)
    rework(draft, [n], people, touched, id=new)
    rework(draft, [child for (child,) in children], people, touched, parent=new)


def rework(
    draft: Draft,
    numbers: Iterable[int],
    people: People,
    touched: set[str],
    *,
    id: str = "",
    parent: str = "",
    edit: Callable[[Document], Document] | None = None,
) -> None:
    """Make the rows of stored documents again: other keys, another id, parent or facts."""
    for n in numbers:
        now, order, text, rest, path, sha256 = draft.db.execute(
            "SELECT d.id, d.given_place, t.text, t.rest, s.path, s.sha256 FROM documents d "
            "JOIN texts t USING (n) JOIN sources s ON s.n = d.n >> 20 WHERE d.n = ?",
            (n,),
        ).fetchone()
        document = unpack_document(text, rest, id=id or now, order=order, path=path, sha256=sha256)
        if parent:
            document = msgspec.structs.replace(document, parent=parent)
        if edit:
            document = edit(document)
        rows = Rows()
        add_rows(rows, n, document, people, searched=False)
        draft.delete_range(n, n)
        draft.insert(rows)
        touched.update((now, document.id))


def people_here(db: sqlite3.Connection) -> People:
    """All people that the sources' lists name, with their index keys."""
    people = People()
    rows = db.execute(
        "SELECT id, refs, key, name FROM persons WHERE key <> '' ORDER BY collection, place"
    )
    for id, refs, key, name in rows:
        people.add(id, json.loads(refs), (key, one_line(name)))
    return people


def gather_collections(draft: Draft, settings: Settings, touched: set[str]) -> None:
    """Merge each collection of its sources, then give late people to the documents naming them."""
    db = draft.db
    before = people_here(db)
    for table in ("collections", "sections", "persons", "registered_places"):
        db.execute(f"DELETE FROM {table}")
    rows = db.execute(
        "SELECT collection, gathered FROM sources WHERE status IN ('read', 'renamed') "
        "ORDER BY collection, standalone, path"
    )
    for id, group in groupby(rows, key=lambda row: row[0]):
        parts = [_decoder.decode(zlib.decompress(gathered)) for _, gathered in group]
        _insert_collection(db, settings.adjust(merge(id, parts)))
    people = people_here(db)
    rework(draft, _called_otherwise(db, before, people), people, touched)


def _called_otherwise(db: sqlite3.Connection, before: People, people: People) -> list[int]:
    """Documents whose parties a list names now, and did not when their rows were made; or lost."""
    found: set[int] = set()
    right: dict[str, str | None] = {}
    for document, person, key in db.execute(
        "SELECT document, person, key FROM parties WHERE person <> ''"
    ):
        if person not in right:
            now = people.find(person)
            lost = now is None and before.find(person) is not None
            right[person] = now[0] if now else "" if lost else None
        if right[person] not in (key, None):
            found.add(document)
    return sorted(found)


def merge(id: str, parts: Iterable[Collection]) -> Collection:
    """Make one collection of what several files say of it: the first word on each point holds."""
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]
    said: dict[str, Any] = {"id": id}
    for name in _WORDS:
        values = [getattr(part, name) for part in parts]
        said[name] = next(filter(None, values), values[0])
    for name in _LISTS:
        entries: dict[str, Any] = {}
        for part in parts:
            for entry in getattr(part, name):
                entries.setdefault(entry.id, entry)
        said[name] = tuple(entries.values())
    return msgspec.structs.replace(parts[0], **said)


def _insert_collection(db: sqlite3.Connection, whole: Collection) -> None:
    light = msgspec.structs.replace(whole, sections=(), persons=(), places=())
    db.execute(
        "INSERT INTO collections VALUES (?, ?, ?, ?, 0, 0, 0, NULL, NULL, ?)",
        (whole.id, whole.title, whole.short_title, whole.side, _encoder.encode(light)),
    )
    db.executemany(
        "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(whole.id, s.id, s.kind, s.heading, s.parent, s.order, s.text) for s in whole.sections],
    )
    people = people_of(whole.persons)
    db.executemany(
        "INSERT OR IGNORE INTO persons VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (p.id, whole.id, i, p.name, p.note, json.dumps(p.refs), people.get(p.id, ("", ""))[0])
            for i, p in enumerate(whole.persons)
        ],
    )
    db.executemany(
        "INSERT OR IGNORE INTO registered_places VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (p.id, whole.id, i, p.name, p.note, p.latitude, p.longitude, json.dumps(p.refs))
            for i, p in enumerate(whole.places)
        ],
    )
