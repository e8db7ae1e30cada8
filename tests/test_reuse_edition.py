"""Text reuse through the front door: built from files, kept with the links, asked of an edition."""

from pathlib import Path

import pytest

from regesta.edition import Edition, build

NOTE = (
    "The Government of Ruritania cannot consent that the harbour of Tarn be closed to the vessels "
    "of neutral Powers, and reserves to itself every right that the convention of 1888 confers "
    "upon it; it will regard the closing of the lights on the mole as an unfriendly act."
)
FILES = {
    "1.md": f"# The Minister of Ruritania to the Secretary\n\nTarn, May 3, 1911.\n\n{NOTE}",
    "2.md": (
        "# The Ambassador at Tarn to the Foreign Office\n\nTarn, May 9, 1911.\n\nThe minister has "
        f"handed to my colleague a note that reads as follows: “{NOTE}” I have answered nothing so "
        "far, since the lamps of the mole burn every night and nobody has seen them out."
    ),
    "3.md": "# Kell to Brand\n\nVenn, June 1, 1911.\n\nThe apples have been sent by the packet.",
    "4.md": "# Empty\n",
}


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """An edition of four letters, one of which quotes another."""
    folder = tmp_path_factory.mktemp("reuse")
    (folder / "in").mkdir()
    for name, text in FILES.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    build(folder / "in", folder / "out", workers=0)
    return Edition.open(folder / "out")


def _id(edition: Edition, words: str) -> str:
    return next(d.id for d in edition.documents() if words in d.heading)


def test_a_quotation_is_a_link_with_its_words_on_both_sides(edition: Edition) -> None:
    """The later document links to the earlier one; both spans cut out the words exactly."""
    quoting, quoted = _id(edition, "Ambassador"), _id(edition, "Minister of")
    (stored,) = edition.links(kind=["quotation"])
    assert (stored.document, stored.link.target) == (quoting, quoted)
    start, end = stored.link.span or (0, 0)
    first, last = map(int, stored.link.evidence["there"].split("-"))
    assert edition.document(quoting).text[start:end] == NOTE.rstrip(".")
    assert edition.document(quoted).text[first:last] == NOTE.rstrip(".")


def test_passages_of_a_pair_are_given_from_either_side(edition: Edition) -> None:
    """The compare page gets spans of the first document first."""
    a, b = _id(edition, "Ambassador"), _id(edition, "Minister of")
    (one,), (other,) = edition.links.passages(a, b), edition.links.passages(b, a)
    assert (one.here, one.there) == (other.there, other.here)
    assert one.later == other.later == a
    assert one.identity == 1
    assert edition.links.passages(a, _id(edition, "Kell")) == []


def test_nothing_is_left_of_the_stages(edition: Edition) -> None:
    """Once linked, only the database of links stays."""
    edition.links.find()
    assert not (Path(edition.path) / "links.reuse").exists()


def test_two_programs_at_once_share_no_tables(tmp_path: Path) -> None:
    """While one runs its stages in the folder another has one of its own; nothing is left."""
    from regesta.edition.links.reuse_stage import WORK, _work

    with _work(tmp_path, "digest") as one, _work(tmp_path, "digest") as other:
        assert one == tmp_path / WORK
        assert other != one
        assert other.is_dir()
    assert not one.exists()
    assert not other.exists()


def test_tables_of_a_killed_run_are_kept_for_the_same_texts_only(tmp_path: Path) -> None:
    """The next run over the same texts goes on with them; one over other texts begins anew."""
    from regesta.edition.links.reuse_stage import _work

    def killed(*, holds: bool) -> None:
        with _work(tmp_path, "digest") as work:
            assert (work / "texts.parquet").exists() == holds
            (work / "texts.parquet").write_text("whole")
            (work / "spill").mkdir(exist_ok=True)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed(holds=False)
    with pytest.raises(KeyboardInterrupt):
        killed(holds=True)
    with _work(tmp_path, "another") as work:
        assert not (work / "texts.parquet").exists()
        assert not (work / "spill").exists()
