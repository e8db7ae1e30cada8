"""From a source to rows: read, describe, key, pack; what runs in the workers, and `read`.

A task is a few sources; its result is plain values that travel between processes.
"""

import hashlib
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from regesta.documents import Collection, Document, Source, to_line
from regesta.edition.building.keys import people_of
from regesta.edition.building.rows import Rows, add_rows, number_of, pack
from regesta.edition.record.schema import SOURCE_BITS
from regesta.errors import RegestaError, SourceError
from regesta.reading.sources import SourceRef, Unread, find_sources

if TYPE_CHECKING:
    from regesta.edition.frames import Documents


@dataclass(frozen=True, slots=True)
class Job:
    """A source to read.

    Attributes:
        n: The number it gets.
        ref: Where it is.
        known: SHA-256 of its bytes when they were last read by the same rules, or "".
    """

    n: int
    ref: SourceRef
    known: str = ""


@dataclass(slots=True)
class Shelved:
    """What became of a source, ready for the record.

    Attributes:
        status: ``read``, ``same`` (bytes as last time), ``unread`` or ``unreachable``.
        reason: Why it is not read, one line.
        gathered: Its Collection, packed.
    """

    n: int
    status: str
    sha256: str = ""
    reason: str = ""
    collection: str = ""
    standalone: bool = True
    unaccounted: int = 0
    warnings: list[str] = field(default_factory=list)
    gathered: bytes = b""
    rows: Rows = field(default_factory=Rows)


def shelve(job: Job) -> Shelved:
    """Read, describe and pack one source. Never raises: what goes wrong is its reason."""
    try:
        file = job.ref.load()
    except SourceError as error:
        return Shelved(job.n, "unreachable", reason=_reason(error))
    if job.known and file.sha256 == job.known:
        return Shelved(job.n, "same", sha256=file.sha256)
    from regesta.reading.registry import read as read_source

    try:
        reading = read_source(file)
        shelved = Shelved(
            job.n,
            "read",
            file.sha256,
            collection=reading.collection.id,
            standalone=reading.standalone,
            unaccounted=reading.unaccounted,
            warnings=list(reading.warnings),
            gathered=pack(reading.collection),
        )
        documents = distinct(reading.documents, shelved.warnings)
        if len(documents) >> SOURCE_BITS:
            raise SourceError(f"holds more than {1 << SOURCE_BITS:,} documents; split it")
        people = people_of(reading.collection.persons)
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            for place, document in enumerate(described(documents, reading.collection)):
                add_rows(shelved.rows, number_of(job.n, place), document, people)
        shelved.warnings += [" ".join(str(warning.message).split()) for warning in said]
    except RegestaError as error:
        return Shelved(job.n, "unread", file.sha256, reason=_reason(error))
    except MemoryError:
        return Shelved(job.n, "unread", file.sha256, reason="needs more memory than there is")
    except Exception as error:
        return Shelved(job.n, "unread", file.sha256, reason=f"cannot be read: {_line(error)}")
    return shelved


#: Made-up papers of several forms: to describe them loads and compiles what most papers need.
_FIRST_PAPERS = (
    "Berlin, January 1, 1900.\nSir: I have the honor to report.",
    "No. 7.\nMr. Kell to Lord Holm.\nLegation of Ruritania,\nLima, May 3, 1871. (Received July.)\n"
    "Sir: I have the honor to be told so.\nI am, sir, your obedient servant,\nJohn Kell.",
    "77.1/381: Telegram\nThe Minister in Peru (Kell) to the Secretary of State\n"
    "Lima, May 3, 1918, 7 p.m.\n[Received 9 p.m.]\n7. It is quiet.\nKell",
    "Memorandum of Conversation, by Mr. Kell\nThe Minister, Mr. Holm, said that it was so.",
    "MEMORANDUM OF CONVERSATION\nDate: May 3, 1953\nParticipants: Mr. Kell\nSubject: Fish\nHe was.",
    "Convention between Ruritania and Peru, signed at Lima, May 3, 1903\nThey agree.",
    "Bericht des Botschafters Kell\nTelegramm Nr. 3. Streng geheim\nRom, den 12. Mai 1905\nEs ist.",
)


def prepare() -> None:
    """Load the readers, the describers and what they know, for processes forked from this one."""
    from regesta.describing.registry import describers
    from regesta.reading.registry import load_readers

    load_readers()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        for text in _FIRST_PAPERS:
            add_rows(Rows(), 0, describe(text))
    if said:
        describers.cache_clear()  # It is said again over the first source, and reported with it.


def described(documents: Iterable[Document], collection: Collection | None) -> Iterable[Document]:
    """Describe documents one by one, then take from all what is the edition's and not theirs.

    Parties that a heading calls "the same" are those of the document before.
    """
    from regesta.describing.base import Context
    from regesta.describing.registry import describe as describe_document
    from regesta.describing.repeated import with_repeated_parties
    from regesta.describing.running import without_running_numbers

    context = Context(collection=collection)
    found = without_running_numbers([describe_document(d, context) for d in documents])
    return with_repeated_parties(found)


def distinct(documents: Sequence[Document], said: list[str]) -> list[Document]:
    """Give every document of a source an id of its own: the second ``d7`` becomes ``d7-2``.

    Args:
        documents: In the order of the source.
        said: Where a line is added for each document renamed.
    """
    taken = {document.id for document in documents}
    if len(taken) == len(documents):
        return list(documents)
    found, seen = [], set[str]()
    for document in documents:
        id, again = document.id, 1
        while id in seen or (again > 1 and id in taken):
            again += 1
            id = f"{document.id}-{again}"
        if again > 1:
            said.append(f"{document.id} stands here more than once: the next is {id}")
            document = msgspec.structs.replace(document, id=id)
        seen.add(id)
        found.append(document)
    return found


def read(path: str | Path) -> "Documents":
    """Read a file, folder or archive and describe its documents, without making an edition.

    Args:
        path: The file, folder or ``.zip``.

    Returns:
        The documents, in the order of the sources: a list with ``to_pandas`` and the like.

    Raises:
        SourceError: It is not there, or one of its files cannot be read; names the file.
    """
    from regesta.edition.frames import Documents
    from regesta.reading.registry import read as read_source

    documents = Documents()
    for found in find_sources([path]):
        if isinstance(found, Unread):
            if not found.deliberate:
                raise SourceError(f"{found.path}: {found.reason}")
            continue
        try:
            reading = read_source(found.load())
        except SourceError as error:
            raise SourceError(f"{found.path}: {error.what}", error.hint) from error
        documents.extend(described(distinct(reading.documents, []), reading.collection))
    return documents


def described_line(document: Document) -> dict[str, Any]:
    """The described line of a document that no edition has: its acts are found in its words."""
    from regesta.describing.acts.find import find_acts

    return to_line(document, acts=find_acts(document))


def describe(text: str, *, id: str = "") -> Document:
    """Describe bare text: date, parties, place, number, kind, as far as its words say so.

    Args:
        text: The text of one document.
        id: The id it shall have; "" is a checksum of the text.

    Returns:
        The document with derived facts; what is not said has no fact.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    bare = Document(
        id=id or digest[:12],
        collection="",
        source=Source(path="", sha256=digest),
        text=text,
    )
    return next(iter(described([bare], None)))


def _reason(error: RegestaError) -> str:
    return " ".join(str(error).split())


def _line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:200]}" if text else type(error).__name__
