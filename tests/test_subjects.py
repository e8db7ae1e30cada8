"""Suggested subjects: headings compared across volumes, learned, weighed; lists read."""

from collections import Counter

import pytest

from regesta.describing.subjects.lists import read_terms
from regesta.describing.subjects.model import (
    Evidence,
    Example,
    Term,
    evidence_for,
    learn,
    score,
    share_in_groups,
    suggest,
)
from regesta.describing.subjects.terms import Terms, heading_key, stem, stems, terms_of
from regesta.documents import Document, Source
from regesta.errors import SourceError


def terms(id: str, words: str, *, heading: str = "", chapter: str = "", section: str = "") -> Terms:
    """The words of a made-up document."""
    source = Source(path="", sha256="")
    document = Document(
        id=id, collection="c", source=source, text=words, heading=heading, section=section
    )
    return terms_of(document, chapter)


def example(id: str, words: str, *headings: str, collection: str = "v1") -> Example:
    """A made-up document under headings."""
    return Example(terms(id, words), tuple((h, 1.0) for h in headings), collection)


EXAMPLES = [
    example("a", "Grain and tariff; harbour dues were raised on the quay.", "Harbour dues"),
    example("b", "Again the harbour dues, the tariff and a cargo of grain.", "Harbour dues"),
    example("c", "The surgeon found cholera aboard: quarantine.", "Quarantine", collection="v2"),
    example("d", "Cholera again; quarantine of the fleet.", "QUARANTINE", collection="v1"),
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Claims (1902)", "CLAIM"),
        ("Treaties, conventions, etc.", "Treaty: Convention"),
        ("Fisheries", "Fishery"),
        ("Réparations", "REPARATION"),
        ("The Commission of Inquiry", "Commission, Inquiry"),
    ],
)
def test_headings_that_mean_one_thing(one: str, other: str) -> None:
    """Case, accents, plurals, years, brackets and small words are no difference."""
    assert heading_key(one) == heading_key(other)


def test_stems() -> None:
    """Words become stems; empty ones are none."""
    assert stems("The duties of Consuls") == ["duty", "consul"]
    assert stem("und") == ""
    assert terms("x", "British and French ships").powers == Counter(
        {"great britain": 1, "france": 1}
    )


def test_what_is_learned() -> None:
    """Headings of different volumes are one; a label in capitals gives way to one that is not."""
    model = learn(EXAMPLES)
    assert {term.label for term in model.terms.values()} == {"Harbour dues", "Quarantine"}
    assert model.collections["quarantine"] == {"v1", "v2"}


def test_a_piece_of_a_heading_is_none() -> None:
    """Where headings begin with a capital, what begins with none is a piece; keywords stay."""
    many = [example(f"e{n}", "Salt.", f"Salt {'abcdefghijklm'[n]}{'x' * n}") for n in range(12)]
    model = learn([*many, example("f", "Under salt.", "under")])
    assert "under" not in {term.label for term in model.terms.values()}
    model = learn([example("f", "Salt.", "salt"), example("g", "Rye.", "rye")])
    assert {term.label for term in model.terms.values()} == {"salt", "rye"}


def test_suggestions_say_why() -> None:
    """The likeliest heading comes first, with words of the document that led there."""
    documents = [terms("n", "The dues of the harbour on grain."), terms("m", "Cholera is near.")]
    found = suggest(learn(EXAMPLES), documents, least=0.0, most=2)
    assert found["n"][0].term.label == "Harbour dues"
    assert {"dues", "harbour"} <= set(found["n"][0].words)
    assert "words" in found["n"][0].rules
    assert found["m"][0].term.label == "Quarantine"
    assert "documents like it" in found["m"][0].rules


def test_least_and_most() -> None:
    """Nothing is suggested below the confidence asked."""
    documents = [terms("n", "The dues of the harbour on grain.")]
    assert suggest(learn(EXAMPLES), documents, least=1.0, most=5) == {}
    assert suggest(learn([]), documents, least=0.0, most=5) == {}
    assert suggest(learn(EXAMPLES), [terms("e", "")], least=0.0, most=5) == {}


def test_a_list_is_a_limit() -> None:
    """Where there is a list, examples under other headings teach nothing."""
    vocabulary = [Term("Epidemics", ("Health",), ("Quarantine", "Cholera"), "http://list/1")]
    model = learn(EXAMPLES, vocabulary_terms=vocabulary)
    assert list(model.terms.values()) == vocabulary
    assert sum(model.documents.values()) == 2
    found = evidence_for(model, terms("n", "Cholera!"))
    assert list(found) == ["health epidemic"]


def test_documents_under_other_headings_vote_for_none() -> None:
    """With a short list, a document like many under other headings gets none of the list's."""
    others = [example(f"o{n}", "Harbour dues and tariff.", "Harbour dues") for n in range(14)]
    model = learn([*others, *EXAMPLES[2:]], vocabulary_terms=[Term("Quarantine")])
    found = evidence_for(model, terms("n", "The tariff, and harbour dues."))
    assert found.get("quarantine", Evidence()).neighbours < 0.2


def test_evidence_weighs() -> None:
    """More evidence is never less likely."""
    assert score(Evidence()) < score(Evidence(text=1.0)) < score(Evidence(text=1.0, chapter=1.0))
    assert 0 < score(Evidence(text=1e6)) <= 1


def test_chapters_share() -> None:
    """What most documents of a chapter are about is likelier for the others too."""
    scores = {"a": {"x": 0.8}, "b": {"x": 0.8}, "c": {}, "d": {}}
    groups = {"a": ("v", "s"), "b": ("v", "s"), "c": ("v", "s"), "d": ("v", "")}
    shared = share_in_groups(scores, groups, 0.5)
    assert 0 < shared["c"]["x"] < shared["a"]["x"]
    assert shared["d"] == {}


def test_plain_lists() -> None:
    """One heading a line, broader ones before ">", other names after "="."""
    data = "\ufeff# ours\nTrade\nTrade > Grain = Corn | Wheat\n\nTrade > Grain\n > \n".encode()
    assert read_terms("list.txt", data) == [
        Term("Trade"),
        Term("Grain", ("Trade",)),
    ] or read_terms("list.txt", data) == [
        Term("Trade"),
        Term("Grain", ("Trade",), ("Corn", "Wheat")),
    ]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("list.txt", b"", "no heading"),
        ("list.txt", b"# nothing\n", "no heading"),
        ("list.txt", b"Trade\n\xff\xfe\n", "line 2 is not UTF-8"),
        ("list.txt", b"\0\0", "no list"),
        ("list.txt", b"x" * 400, "too many for a heading"),
        ("list.ttl", b"this is no turtle", "is no turtle"),
        ("list.rdf", b"<rdf", "is no xml"),
        ("list.ttl", b"", "no heading"),
    ],
)
def test_lists_that_cannot_be_read(name: str, data: bytes, why: str) -> None:
    """The file and the reason stand in one line."""
    pytest.importorskip("rdflib")
    with pytest.raises(SourceError, match=why) as raised:
        read_terms(name, data)
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)


def test_skos() -> None:
    """Preferred and other labels in the language asked, broader headings as a path; no circles."""
    pytest.importorskip("rdflib")
    data = b"""
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix : <http://list.example/> .
    :1 a skos:Concept ; skos:prefLabel "Trade"@en, "Handel"@de ; skos:narrower :2 .
    :2 a skos:Concept ; skos:prefLabel "Grain"@en ; skos:altLabel "Corn"@en, "Wheat"@en .
    :3 a skos:Concept ; skos:prefLabel "Round"@en ; skos:broader :4 .
    :4 a skos:Concept ; skos:prefLabel "About"@en ; skos:broader :3 .
    """
    found = {term.label: term for term in read_terms("list.ttl", data)}
    assert found["Grain"] == Term("Grain", ("Trade",), ("Corn", "Wheat"), "http://list.example/2")
    assert found["Trade"].others == ("Handel",)
    assert found["Round"].path == ("About",)
    german = {term.label for term in read_terms("list.ttl", data, language="de")}
    assert "Handel" in german
