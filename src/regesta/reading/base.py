"""What a reader is: it looks at a file's first bytes and says whether it can read it, then reads.

Readers are found through the entry-point group ``regesta.readers``; ours use the same door.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from regesta.documents import Act, Collection, Document, Link


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, already in hand.

    Attributes:
        path: As it stands in the report and in ``Source.path``; inside an archive
            ``archive.zip!/inner/path``.
        name: The file's own name, for its ending and its stem.
        folder: Name of the folder (or archive) it lies in: the fallback collection.
        data: Its bytes.
        sha256: Their SHA-256, hexadecimal.
    """

    path: str
    name: str
    folder: str
    data: bytes
    sha256: str

    @property
    def stem(self) -> str:
        """The name without its last ending."""
        return Path(self.name).stem

    @property
    def suffix(self) -> str:
        """The last ending in lower case, with its dot."""
        return Path(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reader's answer to "can you read this?".

    Attributes:
        score: 0 cannot; up to 1 certain. The highest score reads.
        reason: Why, in a few words; shown when no reader takes the file.
    """

    score: float
    reason: str


@dataclass(slots=True)
class Reading:
    """What a reader made of one file.

    Attributes:
        collection: The collection its documents belong to. Several files may name the same one:
            the shelf merges them.
        documents: In the order of the source, facts given by its mark-up included.
        unaccounted: Visible characters of the source that stand in no document, note, section
            or register (white space not counted). Zero is what we want.
        warnings: What an editor should know, each naming its document or place.
        standalone: True where the file is one document of a set (a letter), False where it is a
            whole collection (a volume).
        links, acts: Document id → what the source itself states, where it is a file that Regesta
            wrote. An edition finds its own anew, as it derives facts anew, and shelves besides
            the links that only the source states.
    """

    collection: Collection
    documents: list[Document]
    unaccounted: int = 0
    warnings: list[str] = field(default_factory=list)
    standalone: bool = True
    links: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    acts: dict[str, tuple[Act, ...]] = field(default_factory=dict)


class Reader(Protocol):
    """A format's reader."""

    name: str

    def judge(self, source: SourceFile) -> Verdict:
        """Look at the name and the first bytes; never read it all, never raise."""
        ...

    def read(self, source: SourceFile) -> Reading:
        """Read it all.

        Raises:
            SourceError: It cannot be read; the message is one clear line with the place.
        """
        ...
