"""Footnotes explain the mentions at which they stand, and make mentions of their own."""

import pytest
from linking_papers import HOME, KELL, paper

from regesta.documents import Mark, Note
from regesta.linking.base import Cited, Mention
from regesta.linking.references.references import find_mentions
from regesta.linking.references.volumes import read_volume, volume_of

BODY = "7. Your 512, May 3, 4 p.m. All is quiet."
AT = BODY.index(" All")


def mentions(note: str, body: str = BODY, at: int = AT) -> tuple[list[Mention], list[Mention]]:
    """The mentions of a text and those of its note."""
    made = find_mentions(
        paper("v/7", body, date="1918-05-09", sender=HOME, recipient=KELL, notes=((at, note),))
    )
    return (
        [m for m in made if m.passage.note is None],
        [m for m in made if m.passage.note is not None],
    )


@pytest.mark.parametrize(
    ("note", "pages"),
    [
        ("Ante, p. 77.", ("77",)),
        ("Post, p. 77.", ("77",)),
        ("Printed on p. 77.", ("77",)),
        ("May 3, 4 p.m., p. 77.", ("77",)),
        ("See telegram No. 512, May 3, from the Minister in Ruritania, p. 77.", ("77",)),
        ("Kell, My Life at Tarn, p. 77.", ()),
        ("(Tarn and Elm, 1921), p. 77", ()),
    ],
)
def test_pages(note: str, pages: tuple[str, ...]) -> None:
    """A page of this collection is taken over by the mention; a page of another book is not."""
    body, _ = mentions(note)
    assert body[0].pages == pages


def test_pages_of_a_row() -> None:
    """Two pages belong to both mentions of a row; one page to the last."""
    text = "7. My 401, May 3, and 423, May 4. All."
    both, made = mentions("Ante, pp. 67 and 70.", text, text.index(" All"))
    assert [m.pages for m in both] == [("67", "70"), ("67", "70")]
    assert [m.pages for m in made] == [("67",), ("70",)]
    one, _ = mentions("Ante, p. 70.", text, text.index(" All"))
    assert [m.pages for m in one] == [(), ("70",)]


def test_not_printed() -> None:
    """That something is not printed is an answer, and says nothing of what follows."""
    body, made = mentions("Not printed.")
    assert body[0].unprinted
    assert made == []
    body, made = mentions("Not printed; see telegram No. 16, May 2, post, p. 80.")
    assert body[0].unprinted
    assert [(m.numbers, m.pages, m.unprinted) for m in made] == [(("16",), ("80",), False)]


@pytest.mark.parametrize(
    ("note", "cited", "page"),
    [
        (
            "Foreign Relations, 1917, Supp. 2, vol. I, p. 93.",
            Cited("foreign relations", "1917", "2", "1"),
            "93",
        ),
        (
            "Foreign Relations, 1919, vol. ii, p. 5.",
            Cited("foreign relations", "1919", "", "2"),
            "5",
        ),
        ("Printed in full, vol. ii, p. 287.", Cited("", "", "", "2"), "287"),
    ],
)
def test_other_volumes(note: str, cited: Cited, page: str) -> None:
    """A citation of another volume is taken apart."""
    _, made = mentions(note, "All is quiet.", 13)
    assert [(m.cited, m.pages) for m in made] == [(cited, (page,))]


def test_ibid() -> None:
    """Ibid. means the volume cited before, but for what it says itself."""
    note = "Foreign Relations, 1919, vol. i, p. 5; ibid., p. 9; ibid., 1920, vol. iii, p. 2."
    _, made = mentions(note, "All is quiet.", 13)
    assert [(m.cited.years, m.cited.volume) if m.cited else None for m in made] == [
        ("1919", "1"), ("1919", "1"), ("1920", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize(("note", "step"), [("Supra.", -1), ("Infra.", 1), ("Supra and all.", 0)])
def test_beside(note: str, step: int) -> None:
    """Supra and infra alone mean the document before and after."""
    assert mentions(note)[0][0].step == step


def test_edition_numbers() -> None:
    """ "Document 45" and "See No. 15" are the edition's own numbers."""
    for note, number in (("See Document 45.", "45"), ("See No. 15.", "15")):
        _, made = mentions(note, "All is quiet.", 13)
        assert [m.document for m in made] == [number]


def test_given_references() -> None:
    """What the editors' mark-up points to is taken over, in the text and in a note."""
    mark = Mark("ref", 8, 11, target="#d5")
    document = paper("v/7", BODY, date="1918-05-09", sender=HOME, recipient=KELL, marks=(mark,))
    assert find_mentions(document)[0].target == "#d5"
    web = paper("v/7", "See there.", marks=(Mark("ref", 4, 9, target="https://example.org"),))
    assert find_mentions(web) == []
    note = Note("1", "See this paper.", 3, "n1", (Mark("ref", 4, 14, target="#d9"),))
    from msgspec.structs import replace

    made = find_mentions(replace(paper("v/8", "All."), notes=(note,)))
    assert [(m.target, m.passage.note) for m in made] == [("#d9", 0)]


def test_volumes() -> None:
    """Titles and citations of one volume are equal."""
    title = "Papers Relating to the Foreign Relations of X, 1917, Supplement 2, The War, Volume II"
    assert volume_of(title) == Cited("foreign relations", "1917", "2", "2")
    assert volume_of("Foreign Relations, 1952–1954, vol. II") == Cited(
        "foreign relations", "1952-1954", "", "2"
    )
    assert volume_of("Letters of a Minister") is None
    assert read_volume("1919, vol. iv") == Cited("", "1919", "", "4")
