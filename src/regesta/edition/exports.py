"""An edition into a file of any format: the exporter is found by its entry point.

The file appears under its name only when it is whole.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import entry_points
from pathlib import Path

from regesta.documents import Document
from regesta.edition.edition import Edition
from regesta.errors import EditionError, UnknownValue
from regesta.exporting.base import Exporter

GROUP = "regesta.exporters"


def find_exporter(format: str) -> Exporter:
    """Give the exporter of a format.

    Raises:
        UnknownValue: There is none; the hint lists the formats that there are.
    """
    known = {entry.name: entry for entry in entry_points(group=GROUP)}
    if format not in known:
        raise UnknownValue(
            f"no format is named {format!r}", f"the formats: {', '.join(sorted(known))}"
        )
    exporter: Exporter = known[format].load()()
    return exporter


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
        return _write_whole(exporter, documents, path, opened, progress)
    except OSError as error:
        raise EditionError(
            f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"
        ) from error
    finally:
        if opened is not edition:
            opened.close()


def _write_whole(
    exporter: Exporter,
    documents: Iterable[Document],
    path: Path,
    edition: Edition,
    progress: Callable[[int], None] | None,
) -> int:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:60]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            collections = {s.collection.id: s.collection for s in edition.collections()}
            count = exporter.write(documents, stream, collections=collections, progress=progress)
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
