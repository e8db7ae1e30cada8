"""Names on disk: `names.sqlite` beside the record, and the state they belong to.

Rows of names go in and come out. It may be thrown away: names are then looked for whenever a
document is asked for.
"""

import zlib
from collections.abc import Sequence
from functools import cache

import msgspec

from regesta.documents.base import Value
from regesta.edition.kept import digest_of_files

FILE = "names.sqlite"
BUILDING = "names.building"
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The sources whose texts were read by the rules of that digest: only what changed is read again.
CREATE TABLE IF NOT EXISTS found (
  source INTEGER PRIMARY KEY, digest TEXT NOT NULL, documents INTEGER NOT NULL
);

-- The names found in a document's text and notes (msgpack, zlib); no row where there are none.
CREATE TABLE IF NOT EXISTS names (
  n INTEGER PRIMARY KEY,            -- number of the document in the record
  packed BLOB NOT NULL
);
"""
#: What decides which names are found. Vocabularies are taken as a whole: names touch most of them.
_DECIDING = (
    "describing/mentions/*.py", "describing/persons/*.py", "describing/places/*.py",
    "describing/powers/*.py", "describing/words.py", "edition/naming.py", "edition/named/*.py",
    "vocabularies/*.toml", "vocabularies/*.tsv",
)  # fmt: skip


class FoundName(Value, frozen=True, array_like=True):
    """A name that was found, as it is kept; what may change with other documents is left out.

    Attributes:
        kind, name, rule, confidence, note: As in :class:`regesta.edition.naming.NameInText`.
        start, end: Its span in the text, or in the note.
        id, label: The person it means, or "".
    """

    kind: str
    name: str
    rule: str
    confidence: float
    start: int
    end: int
    note: int = 0
    id: str = ""
    label: str = ""


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[FoundName])


def pack(names: Sequence[FoundName]) -> bytes:
    """Names of a document as they are kept."""
    return zlib.compress(_encoder.encode(names), 1)


def unpack(packed: bytes) -> list[FoundName]:
    """The names again."""
    return _decoder.decode(zlib.decompress(packed))


@cache
def fingerprint() -> str:
    """Give a digest of the code and words that find names and say whom they mean."""
    return digest_of_files(*_DECIDING)
