"""Workers send back what they made, whatever it holds."""

import pytest

from regesta.edition.pipeline import Shelved
from regesta.edition.rows import Rows
from regesta.edition.search_schema import SearchEntry
from regesta.edition.workers import packed, unpacked

ROWS = Rows(
    documents=[(1, "a/d1", None, 0.5, -3)],
    texts=[(1, b"\x78\x01", b"", b"\x80")],
    entries=[SearchEntry("a/d1", {"key": [(1 << 63) - 1], "document": ["peace"]})],
)


@pytest.mark.parametrize(
    "result",
    [
        Shelved(1, "same", "ab"),
        Shelved(2, "read", "ab", collection="a", gathered=b"\x80", rows=ROWS),
        Shelved(3, "unread", reason="a file whose name is no Unicode: \udcff.xml"),
    ],
)
def test_a_result_arrives_as_it_was_sent(result: Shelved) -> None:
    """Rows, blobs and names that are no Unicode come out as they went in."""
    assert unpacked(packed(result)) == result
