"""Parties, numbers, pages, references, notes, shape and duplicates of a whole volume."""

import pytest
from audit_papers import BareDesk, chapter, dated, findings, kinds, paper, party
from msgspec.structs import replace
from tei_snippets import volume

from regesta.auditing.base import Stranger
from regesta.auditing.duplicates import DuplicateAuditor
from regesta.auditing.numbers import NumberAuditor
from regesta.auditing.pages import PageAuditor
from regesta.auditing.parties import (
    MarkupAuditor,
    SignatureAuditor,
    SpellingAuditor,
    TenureAuditor,
    personal,
)
from regesta.auditing.references import NoteAuditor, ReferenceAuditor
from regesta.auditing.shape import ShapeAuditor
from regesta.auditing.words import edit_distance
from regesta.documents import Collection, Note

DAY = dated("1890-05-03", "May 3, 1890")

#: Name in the heading, signature, what is found.
SIGNED = [
    ("Varga", "E. Varga", ""),
    ("Varga", "VARGA", ""),
    ("Varga", "E. Vorga", "party.spelling"),
    ("Lorne", "P. LOBNE", "party.spelling"),
    ("Van Aken", "P. VANAKEN", ""),
    ("Holmquist", "J. HOLMQU1ST", ""),
    ("Holmquist", "J. H[olmquist]", ""),
    ("Varga", "Jon Holmquist", "party.signature"),
    ("Varga", "For the Consul: Per Holmquist", ""),
    ("Varga", "Per Holmquist, Secretary of Legation", ""),
    ("Varga", "[no signature]", ""),
]


@pytest.mark.parametrize(("name", "signed", "kind"), SIGNED)
def test_heading_against_signature(name: str, signed: str, kind: str) -> None:
    """Sender and signature are one person, two spellings of one, or two."""
    found = findings(SignatureAuditor, chapter(paper("d1", DAY, head=party(name), signed=signed)))
    assert kinds(found) == ([kind] if kind else [])


def test_two_parties_marked_up_as_one() -> None:
    """A sender whose mark-up holds the recipient too is read apart, and named."""
    head = '<persName type="from">Mr. Varga to Mr. Lorne</persName>'
    (finding,) = findings(MarkupAuditor, chapter(paper("d1", DAY, head=head, signed="")))
    assert (finding.kind, finding.words) == ("party.whole-heading", "Mr. Varga")
    body = chapter(paper("d1", DAY, head=party("Varga"), signed=""))
    assert not findings(MarkupAuditor, body)


@pytest.mark.parametrize(
    ("name", "is_name"),
    [("E. Varga", True), ("The Minister of Marine", False), ("Memorandum", False), ("", False)],
)
def test_a_name_is_no_office(name: str, is_name: bool) -> None:
    """Only a person's name is held against a signature."""
    assert personal(name) is is_name


def many(name: str, times: int, first: int = 1, office: str = "Consul at Port Alba") -> list[str]:
    """So many papers of one sender."""
    return [
        paper(f"d{n}", DAY, head=party(name, office), signed="")
        for n in range(first, first + times)
    ]


def test_a_seldom_spelling_of_a_frequent_name() -> None:
    """A name that is a slip away from a frequent one of the same office is found."""
    body = chapter(*many("Holmquist", 7), *many("Holmqvist", 1, 8))
    (finding,) = findings(SpellingAuditor, body)
    assert finding.kind == "party.spelling"
    assert (finding.words, finding.values["elsewhere"]) == ("Holmqvist", "Holmquist")
    assert findings(SpellingAuditor, chapter(*many("Holmquist", 7), *many("Lindgren", 1, 8))) == []
    another = chapter(*many("Holmquist", 7), *many("Holmqvist", 1, 8, "Harbour Master"))
    assert findings(SpellingAuditor, another) == []


def test_a_stranger_in_an_office() -> None:
    """A paper that all others contradict is named with its own words."""
    reading = volume(chapter(paper("d1", DAY, head=party("Holmquist"))))
    desk = BareDesk(documents=reading.documents)
    id = "lagoon1890v1/d1"
    desk.named = [Stranger(id, "Consul at Port Alba", "Holmquist", "Varga", "1890-05-03")]
    (finding,) = TenureAuditor(desk).edition()
    assert (finding.kind, finding.words) == ("party.tenure", "Holmquist")
    assert "Varga" in finding.why


def numbered(*numbers: str) -> str:
    """A series of despatches with these numbers, a day apart."""
    papers = []
    for n, number in enumerate(numbers, 1):
        day = dated(f"1890-05-{n:02d}", f"May {n}, 1890")
        head = f'<note rend="inline">No. {number}.]</note><head>{party("Varga")}</head>'
        papers.append(paper(f"d{n}", day, head="").replace("<head></head>", head))
    return chapter(*papers)


def test_a_number_out_of_its_series() -> None:
    """A number that one slip would put in order is found; one that none would is not."""
    (finding,) = findings(NumberAuditor, numbered("31", "32", "33", "43", "35", "36", "37", "38"))
    assert finding.kind == "number.out-of-order"
    assert finding.values["suggested"] == "34"
    assert findings(NumberAuditor, numbered("31", "32", "33", "34", "35", "36", "37", "39")) == []
    assert findings(NumberAuditor, numbered("31", "32", "33", "34", "35", "36²", "3²", "39")) == []


def test_a_number_used_twice() -> None:
    """A number that stands on two papers of a series is found with the other paper."""
    found = findings(NumberAuditor, numbered("31", "32", "33", "33", "35", "36", "37", "38"))
    assert kinds(found) == ["number.doubled"]
    assert found[0].others == ("lagoon1890v1/d3",)


#: Pages on which papers begin, what is found.
PAGES = [
    (["3", "4", "5"], []),
    (["3", "4", "4"], []),
    (["3", "6", "7"], []),
    (["3", "5", "4"], ["page.out-of-order"]),
    (["3", "40", "41"], []),
    (["3", "4²", "²"], []),
]


@pytest.mark.parametrize(("pages", "kind"), PAGES)
def test_pages(pages: list[str], kind: list[str]) -> None:
    """Pages go up by one, or another part begins."""
    body = chapter(*(paper(f"d{n}", DAY, page=page) for n, page in enumerate(pages)))
    wanted = [] if pages == ["3", "4", "4"] else kind
    found = [k for k in kinds(findings(PageAuditor, body)) if k != "page.doubled"]
    assert found == wanted


def test_a_page_that_is_missing() -> None:
    """Within a document, page numbers that leave some out are found with the words there."""
    more = '<p>It rained. <pb n="6"/>It rained again.</p>'
    body = chapter(paper("d1", DAY, page="3", more=more), paper("d2", DAY, page="7"))
    (finding,) = findings(PageAuditor, body)
    assert (finding.kind, finding.words[:15]) == ("page.missing", "It rained again")
    assert "4 to 5" in finding.why


def test_a_page_that_begins_in_an_enclosed_document_is_not_missing() -> None:
    """Where a document holds another, the pages of both together go up."""
    inner = paper("d2", DAY, page="4")
    outer = paper("d1", DAY, page="3", more=f'{inner}<p><pb n="5" xml:id="pg_5"/>On.</p>')
    assert findings(PageAuditor, chapter(outer, paper("d3", DAY, page="6"))) == []


def test_a_reference_to_nowhere() -> None:
    """A pointer without a goal is found in texts, notes and the index; one with a goal is not."""
    text = 'See <ref target="#d2">below</ref> and <ref target="#d9">there</ref>.'
    more = '<p>More<note n="1">See <ref target="#pg_7">p. 7</ref>.</note></p>'
    index = (
        '<div xml:id="index"><list><item>Schooners, <ref target="#pg_3">3</ref>, '
        '<ref target="#pg_88">88</ref></item></list></div>'
    )
    body = chapter(paper("d1", DAY, text=text, more=more, page="3"), paper("d2", DAY))
    found = findings(ReferenceAuditor, body, back=index)
    assert [(f.kind, f.values["points to"]) for f in found] == [
        ("reference.nowhere", "#d9"),
        ("reference.nowhere", "#pg_7"),
        ("reference.index-nowhere", "#pg_88"),
    ]
    assert found[0].words == "there"
    assert "Schooners" in found[2].words


def test_a_whole_kind_of_lost_pointers_is_one_finding() -> None:
    """An index whose cross-references all lack their anchors is named once."""
    items = "".join(f'<item>See <ref target="#in{n}">Tides</ref></item>' for n in range(40))
    index = f'<div xml:id="index"><list>{items}</list></div>'
    (finding,) = findings(ReferenceAuditor, chapter(paper("d1", DAY)), back=index)
    assert "40 pointers" in finding.why


def test_notes() -> None:
    """An empty note, and a raised figure without a note, are found; good notes are not."""
    good = 'Quiet<note n="1" xml:id="fn1">A word on it.</note>.'
    assert findings(NoteAuditor, chapter(paper("d1", DAY, text=good))) == []
    empty = 'Quiet<note n="1"></note>.'
    assert kinds(findings(NoteAuditor, chapter(paper("d1", DAY, text=empty)))) == ["note.empty"]
    gap = 'Quiet<note n="1"><gap reason="illegible"/></note>.'
    assert findings(NoteAuditor, chapter(paper("d1", DAY, text=gap))) == []
    mark = f'{good} Then<hi rend="superscript">2</hi> it rained.'
    (finding,) = findings(NoteAuditor, chapter(paper("d1", DAY, text=mark)))
    assert (finding.kind, finding.words) == ("note.missing", "2")
    raised = f'{good} Then<hi rend="superscript">²</hi> it rained.'
    assert findings(NoteAuditor, chapter(paper("d1", DAY, text=raised))) == []


def test_notes_that_hang_nowhere() -> None:
    """A loose note is found; where most notes of a collection are loose, they are one finding."""
    (document,) = volume(chapter(paper("d1", DAY))).documents
    for times, wanted in ((3, 3), (60, 1)):
        auditor = NoteAuditor(BareDesk())
        loose = tuple(Note(n=str(n), text="A word on it.") for n in range(times))
        found = [*auditor.document(replace(document, notes=loose))]
        found += auditor.collection(Collection(id="lagoon1890v1", title=""))
        assert kinds(found) == ["note.unanchored"] * wanted
    assert "59 others of 60" in found[0].why


SECOND = (
    "<p>Mr. Orlo to Mr. Varga</p>"
    f"<dateline>{dated('1890-05-04', 'May 4, 1890')}</dateline><p>Sir: I thank you.</p>"
)


def test_a_second_letter_inside() -> None:
    """A heading and a dateline after the signature are found, unless announced as an enclosure."""
    second = SECOND.replace("<p>Mr. Orlo to Mr. Varga</p>", "<head>Mr. Orlo to Mr. Varga</head>")
    found = findings(ShapeAuditor, chapter(paper("d1", DAY, after=second)))
    assert kinds(found) == ["document.second-letter"]
    announced = f"<p>[Inclosure 1.]</p>{second}"
    assert findings(ShapeAuditor, chapter(paper("d1", DAY, after=announced))) == []


PLAIN = """Mr. Varga to Mr. Orlo
Port Alba, May 3, 1890.
Sir: The harbour is quiet.
Your obedient servant,
E. Varga
Mr. Orlo to Mr. Varga
Halden, May 9, 1890.
Sir: I thank you for your letter.
P. Orlo"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (PLAIN, ["document.second-letter"]),
        (PLAIN.replace("Mr. Orlo to Mr. Varga", "[Enclosure: Mr. Orlo to Mr. Varga]"), []),
        (PLAIN.replace("E. Varga\n", "as I said before.\n"), []),
        (PLAIN.replace("Halden, May 9, 1890.", "Halden is quiet."), []),
    ],
)
def test_a_second_letter_in_a_text_without_mark_up(text: str, found: list[str]) -> None:
    """A signature, a heading and a dateline in bare lines are found, and nothing less is."""
    (document,) = volume(chapter(paper("d1", DAY))).documents
    bare = replace(document, text=text, layers=(), marks=(), heading="Mr. Varga to Mr. Orlo")
    assert kinds(list(ShapeAuditor(BareDesk()).document(bare))) == found


def _inside(day: str, printed: str, head: str = "Mr. Orlo to Mr. Varga") -> str:
    line = dated(day, printed, place="Halden")
    return (
        f'<frus:attachment xml:id="att1"><head>{head}</head><dateline>{line}</dateline>'
        "<p>Sir: The tide is high.</p></frus:attachment>"
    )


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (_inside("1890-05-02", "May 2, 1890"), []),
        (_inside("1890-05-03", "May 3, 1890"), []),
        (_inside("1890-05-04", "May 4, 1890"), [("document.later-inside", 0.7)]),
        (_inside("1890-06-02", "June 2, 1890"), [("document.later-inside", 0.85)]),
        (_inside("1890-06-02", "June 2, 1890 [sic]"), []),
        (_inside("1890-06-02", "June 2, 1890", head="[Indorsement.]"), []),
        (_inside("1990-06-02", "June 2, 1990"), []),
    ],
)
def test_a_later_paper_inside(inside: str, found: list[tuple[str, float]]) -> None:
    """No letter encloses what is written after it, but for what is put on it afterwards."""
    made = findings(ShapeAuditor, chapter(paper("d1", DAY, after=inside)))
    assert [(finding.kind, finding.confidence) for finding in made] == found
    assert all(finding.enclosure == "att1" for finding in made)


def test_a_document_that_ends_with_the_next_heading() -> None:
    """The heading of the next document at the end of this one is found."""
    last = "<p>Mr. Orlo to the Foreign Secretary</p>"
    body = chapter(
        paper("d1", DAY, signed="", more=last),
        paper("d2", DAY, head="Mr. Orlo to the Foreign Secretary"),
    )
    (finding,) = findings(ShapeAuditor, body)
    assert (finding.kind, finding.others) == ("document.next-head", ("lagoon1890v1/d2",))


LONG = (
    "The schooner Amelie came in at noon with the tide and lay beside the northern mole, where her "
    "master, who had spoken with the pilot, declared that he would wait for the wind, and that he "
    "would on no account go round the point before the morning, whatever the owners might say."
)


def test_probable_duplicates() -> None:
    """Two prints of one paper are found; the same words to another recipient are a circular."""
    same = LONG.replace("declared", "said")
    twice = chapter(
        paper("d1", DAY, head=party("Varga"), text=LONG),
        paper("d2", DAY, head=party("Varga"), text=same),
    )
    (finding,) = findings(DuplicateAuditor, twice)
    assert (finding.kind, finding.document) == ("duplicate.text", "lagoon1890v1/d2")
    assert finding.others == ("lagoon1890v1/d1",)
    circular = chapter(
        paper("d1", DAY, head=party("Varga"), text=LONG),
        paper("d2", DAY, head=party("Varga", to="Minister in Norland"), text=same),
    )
    assert findings(DuplicateAuditor, circular) == []


def test_two_treaties_of_one_form_are_no_duplicates() -> None:
    """Papers that name again and again what the other never names are two."""
    norland = f"{LONG} Norland keeps her rights there, and Norland alone."
    twice = chapter(
        paper("d1", DAY, head=party("Varga"), text=norland),
        paper("d2", DAY, head=party("Varga"), text=norland.replace("Norland", "Sudland")),
    )
    assert findings(DuplicateAuditor, twice) == []


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("varga", "varga", 0), ("varga", "vagra", 1), ("varga", "vargas", 1), ("abc", "xyz", 3)],
)
def test_edit_distance(one: str, other: str, distance: int) -> None:
    """Letters changed, added, left out or exchanged; no more than asked for is counted."""
    assert edit_distance(one, other, 2) == min(distance, 3)
