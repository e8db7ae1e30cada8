"""A number that goes on through a collection whoever writes is the edition's."""

import pytest

from regesta.describing.bare import bare_document
from regesta.describing.registry import describe
from regesta.describing.running import without_running_numbers
from regesta.documents import Document

WRITERS = ("Mr. Kell to Mr. Holm", "Mr. Holm to Mr. Kell", "Mr. Lund to Mr. Kell")


def _papers(numbers: list[int], writers: tuple[str, ...]) -> list[Document]:
    return [
        describe(
            bare_document(
                f"made/d{i}",
                f"No. {n}.\n{writers[i % len(writers)]}\nLima, May {i + 1}, 1894.\n"
                "Sir: I have the honor to report that it is quiet.",
            )
        )
        for i, n in enumerate(numbers)
    ]


CASES = [
    ("runs on whoever writes", list(range(1, 13)), WRITERS, 0),
    ("skips one", [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14], WRITERS, 0),
    ("each writer's own series", [17, 4, 9, 18, 5, 10, 19, 6, 11, 20, 7, 12], WRITERS, 12),
    ("one writer's series", list(range(31, 43)), WRITERS[:1], 12),
    ("too few to tell", list(range(1, 6)), WRITERS, 5),
]


@pytest.mark.parametrize(("what", "numbers", "writers", "kept"), CASES, ids=[c[0] for c in CASES])
def test_running_numbers(
    what: str, numbers: list[int], writers: tuple[str, ...], kept: int
) -> None:
    """Running numbers are taken away, writers' own series stay, and few documents show nothing."""
    found = without_running_numbers(_papers(numbers, writers))
    assert len(found) == len(numbers)
    assert sum(bool(d.word("number")) for d in found) == kept
    assert [d.id for d in found] == [f"made/d{i}" for i in range(len(numbers))]
