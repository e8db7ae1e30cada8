"""An open edition is the one that was opened, until it is closed, whatever is built meanwhile."""

from pathlib import Path

import pytest

from regesta.edition import Edition, build
from regesta.errors import EditionError

LETTER = "Kell to Holm\n\nOstova, July {day}, 1903.\n\n{words}\n"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Two letters."""
    folder = tmp_path / "s"
    folder.mkdir()
    for day in (1, 2):
        words = f"The old quay is calm. {day}"
        (folder / f"l{day}.txt").write_text(LETTER.format(day=day, words=words))
    return folder


@pytest.fixture
def folder(sources: Path, tmp_path: Path) -> Path:
    """An edition of them."""
    build(sources, tmp_path / "e", workers=0)
    return tmp_path / "e"


def rebuilt(sources: Path, folder: Path) -> None:
    """One letter altered, one gone, one new; built."""
    (sources / "l1.txt").write_text(LETTER.format(day=1, words="The new quay."))
    (sources / "l2.txt").unlink()
    (sources / "l3.txt").write_text(LETTER.format(day=3, words="A new quay."))
    build(sources, folder, workers=0)


def test_an_open_edition_stays_what_it_was(sources: Path, folder: Path) -> None:
    """However many connections are needed after a build, all answer from the old record."""
    with Edition.open(folder) as edition:
        lent = edition.documents()
        assert "old quay" in next(lent).text
        rebuilt(sources, folder)
        more = [edition.documents() for _ in range(5)]
        texts = [next(one).text for one in more] + [edition.document("s/l2").text]
        assert all("old quay" in text for text in texts)
        assert list(edition.ids()) == ["s/l1", "s/l2"]
        assert edition.search("old").total == 2
        assert len(list(lent)) == 1
        with pytest.raises(EditionError, match=r"built again .*\(open it again\)"):
            edition.links.find(workers=0)
    with Edition.open(folder) as edition:
        assert list(edition.ids()) == ["s/l1", "s/l3"]


def test_editions_wait_for_nobody_else(folder: Path) -> None:
    """What one open edition is at work on does not hold up another."""
    first, second = Edition.open(folder), Edition.open(folder)
    for name in ("_ledgering", "_finding", "_lock"):
        assert getattr(first, name) is not getattr(second, name)
    for part in ("links", "acts", "audit", "names"):
        assert getattr(first, part)._opening is not getattr(second, part)._opening
    first.close()
    second.close()


def test_a_closed_edition_says_so(folder: Path) -> None:
    """Nothing is answered after closing; what was lent is closed when it is given back."""
    edition = Edition.open(folder)
    edition.search("quay")
    edition.links()
    edition.audit()
    lent = [edition.documents() for _ in range(3)]
    for one in lent:
        next(one)
    record = edition._record
    edition.close()
    edition.close()
    for one in lent:
        one.close()
    assert not record._pool
    for ask in (
        lambda: edition.document("s/l1"), lambda: next(edition.documents()), edition.collections,
        lambda: edition.search("quay"), edition.links, edition.acts, edition.audit,
        edition.changes, lambda: edition.names("s/l1"), lambda: edition.suggestions.of("s/l1"),
    ):  # fmt: skip
        with pytest.raises(EditionError, match="was closed"):
            ask()
