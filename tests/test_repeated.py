"""Parties that a heading calls "the same" as in the document before."""

import pytest
from msgspec.structs import replace

from regesta.describing.repeated import with_repeated_parties
from regesta.documents import Document, Fact, Source
from regesta.edition.building.pipeline import described

FIRST = "Mr. Kell, Minister of War, to Lord Holm"


def _papers(*headings: str, signed: str = "", parents: tuple[str, ...] = ()) -> list[Document]:
    """Documents of one source with these headings, described."""
    documents = [
        Document(
            id=f"made/d{n}",
            collection="made",
            source=Source(path="", sha256=""),
            heading=heading,
            text=f"{heading}\nAlba, May {n + 1}, 1861.\nSir: It is quiet.\n{signed}".strip(),
            parent=dict(enumerate(parents)).get(n, ""),
        )
        for n, heading in enumerate(headings)
    ]
    return list(described(documents, None))


def _parties(document: Document) -> tuple[list[str], list[str]]:
    return [p.name for p in document.senders], [p.name for p in document.recipients]


@pytest.mark.parametrize(
    ("heading", "senders", "recipients"),
    [
        ("The same to the same.", ["Kell"], ["Lord Holm"]),
        ("12. The Same to the Same. (Extract.)", ["Kell"], ["Lord Holm"]),
        ("No. 3 — THE SAME TO THE SAME.", ["Kell"], ["Lord Holm"]),
        ("Derselbe an denselben", ["Kell"], ["Lord Holm"]),
        ("Le même au même", ["Kell"], ["Lord Holm"]),
        ("Lo stesso allo stesso", ["Kell"], ["Lord Holm"]),
        ("IL MEDESIMO AL MEDESIMO", ["Kell"], ["Lord Holm"]),
        ("El mismo al mismo", ["Kell"], ["Lord Holm"]),
        ("Idem", ["Kell"], ["Lord Holm"]),
        ("The Same to Count Lund", ["Kell"], ["Count Lund"]),
        ("Derselbe an Grafen Lund", ["Kell"], ["Graf Lund"]),
        ("Count Lund to the same", ["Count Lund"], ["Lord Holm"]),
        ("M. Lund au même", ["Lund"], ["Lord Holm"]),
    ],
)
def test_the_same(heading: str, senders: list[str], recipients: list[str]) -> None:
    """The document before says who is meant, with a rule of its own and less confidence."""
    first, second = _papers(FIRST, heading)
    assert _parties(second) == (senders, recipients)
    repeated = [f for f in second.facts if f.rule == "same as before"]
    assert repeated
    assert all(f.confidence < 0.9 and f.origin == "derived" for f in repeated)
    assert all(f.span and second.text[slice(*f.span)] in heading for f in repeated)
    assert first.senders[0].office == "Minister of War"


def test_again_and_again() -> None:
    """A party is handed on from document to document."""
    last = _papers(FIRST, "The same to the same", "The same to Count Lund", "The same to the same")[
        -1
    ]
    assert _parties(last) == (["Kell"], ["Count Lund"])


@pytest.mark.parametrize(
    "papers",
    [
        _papers("The same to the same"),
        _papers("Minutes of a meeting", "The same to the same"),
        _papers(FIRST, "Notes on the same question"),
        _papers(FIRST, "Idem on the harbour dues of Alba"),
    ],
)
def test_nobody_before(papers: list[Document]) -> None:
    """Without a document before that names both, nobody is invented."""
    assert _parties(papers[-1]) == ([], [])


def test_another_signs() -> None:
    """Where another signs, a document between them is missing, and who signed is the sender."""
    first = _papers(FIRST)[0]
    second = _papers("The same to the same", signed="I am, sir,\nPeter Lund")[0]
    assert _parties(with_repeated_parties([first, second])[1]) == (["Peter Lund"], [])


def test_papers_inside_another() -> None:
    """An enclosure between two letters hides neither, and repeats only another of its kind."""
    papers = _papers(
        FIRST, "Mr. Lund to Mr. Berg", "The same to the same", "The same to the same",
        parents=("", "made/d0", "made/d0", ""),
    )  # fmt: skip
    assert _parties(papers[2]) == (["Lund"], ["Berg"])
    assert _parties(papers[3]) == (["Kell"], ["Lord Holm"])


def test_what_the_source_gives_stays() -> None:
    """Given parties are never replaced."""
    given = Fact("recipient", _papers("Mr. Berg to Mr. Lund")[0].recipients[0], "given", "tei")
    first, second = _papers(FIRST, "The same to the same")
    changed = replace(second, facts=(given,))
    assert with_repeated_parties([first, changed])[1].recipients[0].name == "Lund"
