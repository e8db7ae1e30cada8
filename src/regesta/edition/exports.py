"""An edition into a file of any format: the exporter is found by its entry point.

The file appears under its name only when it is whole.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import msgspec

from regesta.documents import Collection, Document
from regesta.edition.edition import Edition
from regesta.edition.settings import read_settings
from regesta.errors import EditionError, UnknownValue
from regesta.exporting.base import Exporter

GROUP = "regesta.exporters"
Each = Literal["collection", "document"]


def find_exporter(format: str) -> Exporter:
    """Give the exporter of a format.

    Raises:
        UnknownValue: There is none; the hint lists the formats that there are.
    """
    known = _known()
    if format not in known:
        raise UnknownValue(f"no format is named {format!r}", f"the formats: {', '.join(formats())}")
    exporter: Exporter = known[format].load()()
    return exporter


def formats() -> list[str]:
    """Names of the formats that are installed."""
    return sorted(_known())


@cache
def _known() -> dict[str, EntryPoint]:
    """Every format that is installed; to look takes 8 ms, and a site asks for every document."""
    return {entry.name: entry for entry in entry_points(group=GROUP)}


def asked_besides(exporter: Exporter, edition: Edition) -> dict[str, Any]:
    """What an exporter asks for besides documents.

    Their links and acts, where the edition has any; the address of the edition on the web. One
    that is about acts (``takes_ledger``) has them found, and gets them with their powers.
    """
    more: dict[str, Any] = {}
    if getattr(exporter, "needs_links", False):
        edition.links.find()
    if getattr(exporter, "takes_links", False) and edition.links.ready:
        more["links"] = edition.links.of
    if getattr(exporter, "takes_acts", False) and edition.acts.ready:
        more["acts"] = edition.acts.of
    if getattr(exporter, "takes_ledger", False):
        edition.acts.find()
        more["ledger"] = edition.acts.stated
    if getattr(exporter, "takes_address", False):
        more["address"] = edition.info().address
    if getattr(exporter, "takes_printed_dates", False):
        more["printed_date"] = _printed_dates(edition)
    if getattr(exporter, "takes_identified", False):
        more["identified"] = _identified(edition)
    if getattr(exporter, "takes_title", False):
        more["title"] = edition.info().title
    if getattr(exporter, "takes_imprint", False):
        settings = read_settings(edition.path)
        more |= {"editor": settings.editor, "publisher": settings.publisher}
    return more


def _identified(edition: Edition) -> Callable[[Document], dict[tuple[str, int], str]]:
    """Who named parties are, by addresses of authority files that a register gives them."""
    known: dict[str, str] = {}

    def identified(document: Document) -> dict[tuple[str, int], str]:
        found = {}
        for one in edition.authorities.attributions(document.id):
            if one.person not in known:
                known[one.person] = " ".join(edition.authorities.person(one.person).refs)
            # Who held an office that day is likely, not said: no address for correspSearch.
            if known[one.person] and one.rule != "tenure":
                found[one.role, one.place] = known[one.person]
        sides = {role: {found[key] for key in found if key[0] == role} for role, _ in found}
        # Nobody writes to himself: of two namesakes the address is one's, and not known whose.
        both = set.intersection(*sides.values()) if len(sides) > 1 else set[str]()
        return {key: address for key, address in found.items() if address not in both}

    return identified


def _printed_dates(edition: Edition) -> Callable[[Document], str]:
    def printed(document: Document) -> str:
        slip = edition.slips.in_date_of(document)
        return slip.printed if slip else ""

    return printed


def wanting(exporter: Exporter, edition: Edition) -> list[str]:
    """Settings of the edition that a format asks for and nobody has said: "editor"."""
    ask = getattr(exporter, "wanting", None)
    if ask is None:
        return []
    collections = {s.collection.id: s.collection for s in edition.collections()}
    found: list[str] = ask(collections, **asked_besides(exporter, edition))
    return found


def left_out(exporter: Exporter, edition: Edition) -> list[str]:
    """What an exporter would write and the edition has not looked for yet: "links", "acts"."""
    found = []
    if getattr(exporter, "takes_links", False) and not getattr(exporter, "needs_links", False):
        found += [] if edition.links.ready else ["links"]
    if getattr(exporter, "takes_acts", False) and not edition.acts.ready:
        found.append("acts")
    return found


def collections_of(
    exporter: Exporter, edition: Edition, ids: Sequence[str] | None = None, collection: str = ""
) -> dict[str, Collection]:
    """The collections that an export is about, by id, in the order of the edition.

    Args:
        exporter: One that has ``takes_registers`` gets their lists of persons and places too.
        edition: The edition.
        ids: The documents, where not all are meant.
        collection: The one collection that is meant, or "".
    """
    known = {s.collection.id: s.collection for s in edition.collections()}
    if collection:
        known = {collection: known[collection]} if collection in known else {}
    if ids is not None:
        known = {id: known[id] for id in known if any(each.startswith(f"{id}/") for each in ids)}
    if not getattr(exporter, "takes_registers", False):
        return known
    return {
        id: msgspec.structs.replace(edition.collection(id).collection, sections=()) for id in known
    }


def export(
    edition: Edition | str | Path,
    format: str,
    target: str | Path,
    *,
    collection: str = "",
    ids: Sequence[str] | None = None,
    force: bool = False,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write the documents of an edition to a file.

    Args:
        edition: The edition, or its folder.
        format: Name of an exporter ("jsonl", "csv").
        target: The file to write.
        collection: Only this collection.
        ids: Only these documents, in this order.
        force: Write over a file that is there.
        progress: Called with the number of documents written so far.

    Returns:
        How many documents were written.

    Raises:
        UnknownValue: No such format.
        EditionError: The target is there already, or cannot be written; nothing is left behind.
    """
    exporter = find_exporter(format)
    path = Path(target)
    if path.exists() and not force:
        raise EditionError(f"{path}: is there already", "force=True writes over it")
    opened = edition if isinstance(edition, Edition) else Edition.open(edition)
    try:
        documents = opened.documents(collection=collection, ids=ids)
        collections = collections_of(exporter, opened, ids, collection)
        return _write_whole(exporter, documents, path, collections, opened, progress)
    except OSError as error:
        raise EditionError(
            f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"
        ) from error
    finally:
        if opened is not edition:
            opened.close()


def export_each(
    edition: Edition,
    format: str,
    folder: str | Path,
    *,
    each: Each,
    ids: Sequence[str] | None = None,
    force: bool = False,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write a file for every collection or every document into a folder.

    Args:
        edition: The edition.
        format: Name of an exporter.
        folder: Made where it is not there.
        each: "collection" gives ``COLLECTION.suffix``, "document" ``COLLECTION/LOCAL-ID.suffix``.
        ids: Only these documents.
        force: Write into a folder that holds something already.
        progress: Called with the number of documents written so far.

    Returns:
        How many documents were written.

    Raises:
        UnknownValue: No such format.
        EditionError: The folder holds something, or cannot be written.
    """
    exporter, path = find_exporter(format), Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()) and not force:
            raise EditionError(f"{path}: holds something already", "force=True writes into it")
        done = 0
        for summary in edition.collections():
            collection = summary.collection
            documents = edition.documents(collection=collection.id, ids=ids)
            if each == "collection":
                first = next(iter(documents), None)
                if first is None:
                    continue
                target = path / f"{collection.id}{exporter.suffix}"
                told = _from(done, progress)
                whole = edition.collection(collection.id).collection
                all_of_it = chain([first], documents)
                known = {collection.id: whole}
                done += _write_whole(exporter, all_of_it, target, known, edition, told)
                continue
            inner = path / collection.id
            for document in documents:
                inner.mkdir(exist_ok=True)
                target = inner / f"{document.local_id}{exporter.suffix}"
                known = collections_of(exporter, edition, collection=collection.id)
                done += _write_whole(exporter, [document], target, known, edition)
                if progress:
                    progress(done)
        return done
    except OSError as error:
        raise EditionError(
            f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"
        ) from error


def _from(done: int, progress: Callable[[int], None] | None) -> Callable[[int], None] | None:
    """Report progress counted from what other files had."""
    return (lambda more: progress(done + more)) if progress else None


def _write_whole(
    exporter: Exporter,
    documents: Iterable[Document],
    path: Path,
    collections: dict[str, Collection],
    edition: Edition,
    progress: Callable[[int], None] | None = None,
) -> int:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:60]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            more = asked_besides(exporter, edition)
            count = exporter.write(
                documents, stream, collections=collections, progress=progress, **more
            )
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp hides its file from everybody else; an export is an ordinary file.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return count
