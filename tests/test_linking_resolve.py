"""Mentions become links where enough agrees, candidates where less does, and never inventions."""

import msgspec
import pytest
from linking_papers import ARNE, HOME, KELL, lookup_of, paper

from regesta.documents import Document, Enclosure, Fact, Layer, Link, Mark
from regesta.linking.base import Reference
from regesta.linking.lookup import MemoryLookup
from regesta.linking.references.references import link_references, resolve_references
from regesta.linking.references.resolve import LATER

MINE = paper(
    "v/3", "12. Text.", date="1918-05-03", time="16:00", sender=KELL, recipient=HOME, number="512",
    kind="telegram", page="77", order=3,
)  # fmt: skip
OTHER = paper(
    "v/4", "3. Text.", date="1918-05-03", sender=ARNE, recipient=HOME, number="3", kind="telegram",
    page="78", order=4,
)  # fmt: skip
HIS = paper(
    "w/9", "Text.", date="1918-05-01", sender=HOME, recipient=KELL, number="40", kind="letter",
    page="77", order=9,
)  # fmt: skip


def answer(text: str, *notes: tuple[int, str], date: str = "1918-05-09") -> Document:
    """A telegram from home to the minister in Ruritania."""
    return paper(
        "v/7", text, date=date, sender=HOME, recipient=KELL, kind="telegram", order=7, page="90",
        notes=notes,
    )  # fmt: skip


def resolved(document: Document, *others: Document) -> list[Reference]:
    """The references of a document among others."""
    return resolve_references(document, lookup_of(MINE, OTHER, HIS, document, *others))


def brief(references: list[Reference]) -> list[tuple[str, str]]:
    """Standing and best document of each."""
    return [(r.standing, r.candidates[0].card.id if r.candidates else "") for r in references]


TABLE = [
    ("Your 512, May 3, 4 p.m. All", ("asserted", "v/3")),
    ("Your 512, May 3. All", ("asserted", "v/3")),
    ("Your telegram of May 3, 4 p.m. All", ("asserted", "v/3")),
    ("Your telegram of May 3. All", ("asserted", "v/3")),
    ("Your 512. All", ("asserted", "v/3")),
    ("Your 512, May 4. All", ("asserted", "v/3")),
    ("Mr. Arne’s No. 3, May 3. All", ("asserted", "v/4")),
    ("the Tarn Consulate’s 3, May 3. All", ("asserted", "v/4")),
    ("telegram No. 3 from Tarn, May 3,", ("asserted", "v/4")),
    ("my letter of May 1 to you", ("asserted", "w/9")),
    ("the Department’s No. 40 of May 1.", ("asserted", "w/9")),
    # Less agrees.
    ("Your 512, April 3. All", ("candidate", "v/3")),
    ("a telegram of May 3, 4 p.m. All", ("candidate", "v/3")),
    # What it says exactly is not here.
    ("Your 513, May 4. All", ("absent", "")),
    ("Your telegram of May 3, 9 a.m. All", ("candidate", "v/3")),
    ("My 512, May 3. All", ("candidate", "v/3")),
    # It says too little.
    ("Your 9. All", ("open", "")),
    ("your note of the 5th instant", ("open", "")),
]


@pytest.mark.parametrize(("text", "wanted"), TABLE)
def test_body(text: str, wanted: tuple[str, str]) -> None:
    """Number, date, hour and direction decide together."""
    assert brief(resolved(answer(text))) == [wanted]


def test_evidence_is_named() -> None:
    """A link says what agreed, with the values."""
    link = link_references(answer("Your 512, May 3, 4 p.m. All"), lookup_of(MINE, OTHER))[0]
    assert link.kind == "reference"
    assert link.target == "v/3"
    assert link.printed == "Your 512, May 3, 4 p.m."
    assert {"number", "date", "hour", "sender", "recipient"} <= link.evidence.keys()
    assert link.evidence["hour"] == "16:00"


def test_nothing_is_mentioned_before_it_is_written() -> None:
    """A document mentions nothing later, unless number, day and sender agree; nor itself."""
    early = answer("Your 512, May 3. All", date="1918-04-20")
    assert brief(resolved(early)) == [("asserted", "v/3")]
    assert resolved(early)[0].confidence == LATER
    for text in ("Your 512, May 4. All", "Your telegram of May 3. All", "My 512, May 3. All"):
        assert brief(resolved(answer(text, date="1918-04-20")))[0][1] == ""
    assert brief(resolved(answer("Your 512, May 3. All", date="1918-03-01"))) == [("absent", "")]
    itself = paper(
        "v/7", "7. My 7, May 9.", date="1918-05-09", sender=HOME, recipient=KELL, number="7"
    )
    assert brief(resolved(itself)) == [("absent", "")]


def test_two_prints_are_one() -> None:
    """A letter that another volume prints as well is no rival; two of one volume are."""
    twin = paper(
        "w/2", date="1918-05-03", time="16:00", sender=KELL, recipient=HOME, number="512",
        kind="telegram", order=2,
    )  # fmt: skip
    text = "Your 512, May 3, 4 p.m. All"
    assert brief(resolved(answer(text), twin)) == [("asserted", "v/3")]
    again = msgspec.structs.replace(twin, id="v/8", collection="v")
    assert brief(resolved(answer(text), again))[0][0] == "candidate"


def test_rivals_are_candidates() -> None:
    """Two documents that fit alike are both named, and neither is asserted."""
    twin = paper("w/2", date="1918-05-03", sender=KELL, recipient=HOME, kind="telegram", order=2)
    found = resolved(answer("Your telegram of May 3. All"), twin)
    assert found[0].standing == "candidate"
    assert {c.card.id for c in found[0].candidates} == {"v/3", "w/2"}


@pytest.mark.parametrize(
    ("text", "note", "wanted"),
    [
        ("Your 512, May 3. All", "Ante, p. 77.", ("asserted", "v/3")),
        ("a message of May 3 came. All", "Ante, p. 77.", ("asserted", "v/3")),
        ("a message came. All", "Ante, p. 77.", ("asserted", "v/3")),
        ("Your 599, May 3. All", "Ante, p. 78.", ("candidate", "v/4")),
        ("a message came. All", "Supra.", ("asserted", "v/6")),
    ],
)
def test_notes(text: str, note: str, wanted: tuple[str, str]) -> None:
    """A page of the same collection and one more sign make a link."""
    before = paper("v/6", "Text.", date="1918-05-08", order=6, page="89")
    document = answer(text, (text.index(" All"), note))
    assert wanted in brief(resolved(document, before))


def test_not_printed() -> None:
    """What the editors say is not printed is not looked for."""
    document = answer("Your 99, May 3. All", (15, "Not printed."))
    assert brief(resolved(document)) == [("not printed", "")]


def test_given_targets() -> None:
    """The editors' own reference is certain; one to a volume that is not here leads nowhere."""
    here = answer("See there. All")
    from msgspec.structs import replace

    def given(target: str) -> Document:
        return replace(here, marks=(Mark("ref", 4, 9, target=target),))

    assert brief(resolved(given("#3"))) == [("asserted", "v/3")]
    assert brief(resolved(given("w#9"))) == [("asserted", "w/9")]
    assert brief(resolved(given("#pg_77"))) == [("asserted", "v/3")]
    assert brief(resolved(given("elsewhere#d9"))) == [("absent", "")]
    assert brief(resolved(given("#nowhere"))) == [("open", "")]


def test_edition_numbers() -> None:
    """Where the edition numbers its documents, its numbers are links."""
    series = [
        paper(f"z/{n}", "Text.", date=f"1918-01-{n:02d}", number=str(n), order=n)
        for n in range(1, 12)
    ]
    document = paper("z/12", "See it. All", date="1918-02-01", order=12, number="12",
                     notes=((7, "See No. 5."),))  # fmt: skip
    assert brief(resolve_references(document, lookup_of(*series, document))) == [
        ("asserted", "z/5")
    ]


def test_enclosed_papers_are_found() -> None:
    """A mention of a paper that another document encloses leads to that document."""
    facts = (
        Fact("date", MINE.facts[1].value, "given"),
        Fact("sender", ARNE, "given"),
        Fact("recipient", KELL, "given"),
    )
    host = paper(
        "v/5", "Enclosed. The paper.", date="1918-05-05", sender=KELL, recipient=HOME, order=5,
        enclosures=(Enclosure("att1", 10, 20, "", facts),),
    )  # fmt: skip
    document = paper("v/8", "Your letter of May 3 is here.", date="1918-05-09", sender=KELL,
                     recipient=ARNE, order=8)  # fmt: skip
    found = resolve_references(document, lookup_of(host, document))
    assert brief(found) == [("asserted", "v/5")]
    assert found[0].candidates[0].evidence["enclosure"] == "att1"


def test_quotations_have_no_speaker() -> None:
    """ "Your" inside of a quotation is not the document's recipient."""
    text = "He says: Your 512 came. All"
    document = answer(text)
    from msgspec.structs import replace

    quoted = replace(document, layers=(Layer("quotation", 9, 23),))
    assert brief(resolved(document)) == [("asserted", "v/3")]
    assert brief(resolved(quoted)) == [("open", "")]


def test_bad_input() -> None:
    """Empty documents, undated ones and very long rows do no harm and lead to nothing."""
    nothing = MemoryLookup([])
    for text in ("", "Your 5.", "Your 5, 6, 7, 8, " * 2000, "your " * 5000, "1 " * 5000, "\n" * 99):
        links = link_references(paper("v/1", text, language=""), nothing)
        assert all(link.target == "" for link in links)


def test_identical_formulae_are_bounded() -> None:
    """Thousands of documents of one day and one pair give a handful of candidates."""
    many = [
        paper(f"v/{i}", date="1918-05-03", sender=KELL, recipient=HOME, order=i)
        for i in range(3000)
    ]
    document = paper("w/1", "Your letter of May 3.", date="1918-05-09", sender=HOME, recipient=KELL)
    links: list[Link] = link_references(document, lookup_of(*many, document))
    assert 0 < len(links) <= 5
    assert {link.evidence["standing"] for link in links} == {"candidate"}
