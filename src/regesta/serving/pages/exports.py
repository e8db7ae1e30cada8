"""Downloads: what a search or a collection holds, as a file of any format, for as many documents
as a reader waits for.

What comes in is the address of a search with ``format``; out goes a file that is whole, or an
error page that says how to get it.
"""

import io
import re
import tempfile
from collections.abc import Iterator
from typing import IO

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from regesta.documents import Collection, Document
from regesta.edition import Edition
from regesta.errors import QueryError
from regesta.serving.pages.asked import Asked, read_address
from regesta.serving.pages.links import with_query
from regesta.serving.pages.words import number
from regesta.serving.waiting import ready

#: Documents of one download: some ten seconds of work, and no more.
MOST = 20_000
#: Bytes of a download that are held in memory before they go to a file.
_IN_MEMORY, _CHUNK = 1 << 20, 1 << 16
_PAGE = 500
#: The formats of the menus, in their order; ``/export`` itself takes any.
MENU = (
    ("csv", "CSV"), ("tables", "Tables"), ("jsonl", "JSON Lines"), ("tei", "TEI"),
    ("cmif", "CMIF"), ("jsonld", "JSON-LD"), ("bibtex", "BibTeX"), ("ris", "RIS"),
    ("csl-json", "CSL-JSON"), ("epub", "EPUB"), ("text", "Text"),
)  # fmt: skip


def menu(asked: Asked | None = None, *, collection: str = "") -> list[tuple[str, str]]:
    """Addresses and names of the downloads of a search or a collection."""
    pairs: list[tuple[str, object]] = [("collection", collection)]
    if asked is not None:
        pairs = asked.pairs(sort="", limit="")
    return [(with_query("/export", [("format", form), *pairs]), name) for form, name in MENU]


def export_file(request: Request, edition: Edition) -> Response:
    """The documents of a search as a file, by date; all of the edition's without a query.

    Raises:
        QueryError: The search is malformed, or finds more documents than one download has.
        UnknownValue: There is no such format.
        StillAtWork: It holds what is still being found; no request waits for all of it.
    """
    from regesta.edition.exports import asked_besides, collections_of, find_exporter

    form = request.query_params.get("format", "")
    exporter = find_exporter(form)
    if getattr(exporter, "takes_ledger", False):
        ready(edition.acts, "the acts are still being found")
    if getattr(exporter, "needs_links", False):
        ready(edition.links, "the edition is still being linked")
    asked = read_address(request)
    ids = _ids(edition, asked)
    file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
    try:
        exporter.write(
            edition.documents(ids=ids),
            file,  # type: ignore[arg-type]
            collections=collections_of(exporter, edition, ids),
            **asked_besides(exporter, edition),
        )
        size = file.tell()
    except BaseException:
        file.close()
        raise
    collection = asked.filters.get("collection", ())
    stem = collection[0] if len(collection) == 1 else "documents"
    return StreamingResponse(
        _pieces(file),
        media_type=exporter.media_type,
        headers={
            "content-disposition": _attached(stem, exporter.suffix),
            "content-length": str(size),
        },
        background=BackgroundTask(file.close),
    )


def one_exported(
    edition: Edition, document: Document, form: str, collection: Collection
) -> Response:
    """One document in a format of an exporter; its collection may come without its registers."""
    from regesta.edition.exports import asked_besides, collections_of, find_exporter

    exporter, made = find_exporter(form), io.BytesIO()
    known = {collection.id: collection}
    if getattr(exporter, "takes_registers", False):
        known = collections_of(exporter, edition, [document.id])
    exporter.write(
        [document],
        made,
        collections=known,
        **asked_besides(exporter, edition),
    )
    return Response(
        made.getvalue(),
        media_type=exporter.media_type,
        headers={"content-disposition": _attached(document.local_id, exporter.suffix)},
    )


def _attached(stem: str, suffix: str) -> str:
    name = f"{stem}{suffix}".encode("ascii", "replace").decode()
    return f'attachment; filename="{re.sub(r"[^A-Za-z0-9._-]", "_", name)}"'


def _ids(edition: Edition, asked: Asked) -> list[str]:
    """Ids of all documents that a search finds, by date."""
    ids: list[str] = []
    while True:
        found = edition.search(
            asked.q,
            first=asked.first or None,
            last=asked.last or None,
            within=asked.within,
            undated=asked.undated,
            layer=asked.layer,
            sort="date",
            limit=_PAGE,
            offset=len(ids),
            snippets=False,
            **asked.filters,
        )
        if found.total > MOST:
            raise QueryError(
                f"{number(found.total)} documents are more than one download has",
                f"narrow the search to {number(MOST)}; regesta export writes any number",
            )
        ids += [hit.regest.id for hit in found.hits]
        if not found.hits or len(ids) >= found.total:
            return ids


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_CHUNK):
        yield piece
