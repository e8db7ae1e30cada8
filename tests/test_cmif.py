"""Lists of letters (CMIF): what is written is what the format allows, and reads back."""

import io
from pathlib import Path

import pytest
from lxml import etree

from regesta.documents import (
    Collection,
    Document,
    Fact,
    Mark,
    Party,
    PersonEntry,
    Place,
    Source,
    parse_edtf,
)
from regesta.edition import Edition, build, export
from regesta.exporting.cmif import CmifExporter
from regesta.reading.base import Reading, SourceFile
from regesta.reading.tei.reader import TeiReader

NS = {"t": "http://www.tei-c.org/ns/1.0"}
QUAY = Collection(
    id="quay",
    title="Letters from the Quay",
    publisher="Harbour Press",
    published="1987",
    licence="https://creativecommons.org/licenses/by/4.0/",
    persons=(PersonEntry("quay#p1", "Lind, Ole", "", ("https://d-nb.info/gnd/1",)),),
)


def letter(n: int, *facts: Fact, text: str = "Ole Lind wrote.", local: str = "") -> Document:
    """A letter with a person named in it."""
    return Document(
        id=f"quay/{local or n}",
        collection="quay",
        source=Source(path="x", sha256="0"),
        text=text,
        marks=(Mark("person", 0, 8, target="quay#p1"),) if text else (),
        facts=facts,
        order=n,
    )


def day(edtf: str, field: str = "date", confidence: float = 1.0) -> Fact:
    """A date."""
    date = parse_edtf(edtf)
    assert date
    return Fact(field, date, "given", confidence=confidence)


LIND = Fact("sender", Party(name="Ole Lind", person="quay#p1"), "given")
BOARD = Fact("recipient", Party(name="The Board"), "given", "tei:correspDesc/orgName")


def written(*documents: Document, address: str = "") -> bytes:
    """A list of letters."""
    target = io.BytesIO()
    CmifExporter().write(documents, target, collections={"quay": QUAY}, address=address)
    return target.getvalue()


def test_an_edition_says_who_edits_it() -> None:
    """Title, editor, publisher and address are the edition's own; what nobody says is named."""
    said = {"title": "Letters of two quays", "editor": "A. Moe", "publisher": "The Board"}
    target = io.BytesIO()
    CmifExporter().write([], target, collections={"quay": QUAY}, address="https://x.org", **said)
    head = etree.fromstring(target.getvalue()).find(".//t:fileDesc", NS)
    assert head is not None
    found = {name: head.findtext(f".//t:{name}", "", NS) for name in ("title", "editor", "idno")}
    assert found == {"title": "Letters of two quays", "editor": "A. Moe", "idno": "https://x.org"}
    assert head.findtext(".//t:publicationStmt/t:publisher", "", NS) == "The Board"
    assert CmifExporter().wanting({"quay": QUAY}, address="https://x.org", **said) == []
    assert CmifExporter().wanting({"quay": QUAY}) == ["editor", "address"]


def read(data: bytes) -> Reading:
    """Read it again."""
    file = SourceFile(path="l.xml", name="l.xml", folder="back", data=data, sha256="1")
    return TeiReader().read(file)


def valid(data: bytes) -> None:
    """Hold it against the rules of the format."""
    schema = etree.RelaxNG(etree.parse(Path(__file__).with_name("cmif.rng")))
    root = etree.fromstring(data)
    assert schema.validate(root), schema.error_log
    known = {f"#{b}" for b in root.xpath("//t:bibl/@xml:id", namespaces=NS)}
    assert known.issuperset(root.xpath("//t:correspDesc/@source", namespaces=NS))


@pytest.mark.parametrize(
    ("edtf", "attributes"),
    [
        ("1912-06-03", {"when": "1912-06-03"}),
        ("1912-06", {"when": "1912-06"}),
        ("1912?", {"when": "1912", "cert": "low"}),
        ("1912-06-03/1912-06-05", {"from": "1912-06-03", "to": "1912-06-05"}),
        ("../1912", {"to": "1912"}),
        ("[1912-06..1912-08]", {"notBefore": "1912-06", "notAfter": "1912-08"}),
        ("[1912-06-03..]", {"notBefore": "1912-06-03"}),
        ("191X", {"notBefore": "1910-01-01", "notAfter": "1919-12-31"}),
    ],
)
def test_dates(edtf: str, attributes: dict[str, str]) -> None:
    """A day, a range and one unknown day of a range stay what they are."""
    data = written(letter(1, LIND, day(edtf)))
    valid(data)
    (date,) = etree.fromstring(data).findall(".//t:correspAction/t:date", NS)
    assert date.attrib == attributes


def test_six_facts_and_what_version_2_adds() -> None:
    """Who, where and when at both ends, with references to authorities; the rest in the note."""
    data = written(
        letter(
            1,
            LIND,
            BOARD,
            Fact("place", Place("Halden", ref="https://www.geonames.org/1"), "given"),
            Fact("destination", Place("Moss", ref="local"), "given"),
            day("1912-06-03"),
            day("1912-06-05", "received", 0.8),
            Fact("language", "nb", "given"),
        ),
        address="https://quay.example.org/",
    )
    valid(data)
    sent, arrived = etree.fromstring(data).findall(".//t:correspAction", NS)
    person, place, _ = sent
    assert (person.text, person.get("ref")) == ("Ole Lind", "https://d-nb.info/gnd/1")
    assert (place.text, place.get("ref")) == ("Halden", "https://www.geonames.org/1")
    body, where, when = arrived
    assert (etree.QName(body).localname, where.attrib) == ("orgName", {})
    assert when.attrib == {"when": "1912-06-05", "cert": "medium"}
    description = sent.getparent()
    assert description.get("ref") == "https://quay.example.org/documents/quay/1"
    said = {r.get("type").rpartition("#")[2]: r.get("target") for r in description[-1]}
    assert said == {
        "hasLanguage": "nb",
        "isPublishedWith": "https://lod.academy/cmif/vocab/terms#transcription",
        "isAvailableAsTEIfile": "https://quay.example.org/documents/quay/1.xml",
        "mentionsPerson": "https://d-nb.info/gnd/1",
    }


def test_what_is_no_letter_is_left_out() -> None:
    """A document without sender and recipient is not listed; an unknown party is called so."""
    data = written(letter(1), letter(2, BOARD, text=""))
    valid(data)
    (description,) = etree.fromstring(data).findall(".//t:correspDesc", NS)
    assert [n.text for n in description.findall("*/t:persName", NS)] == ["Unknown"]


def test_read_back() -> None:
    """A list alone gives a document without text a letter, with the same facts."""
    facts = (LIND, BOARD, Fact("destination", Place("Moss"), "given"), day("1912-06-03"))
    data = written(letter(1, *facts), letter(2, BOARD, day("[1912..1914]"), local="x y"))
    reading = read(data)
    first, second = reading.documents
    assert (reading.unaccounted, reading.standalone) == (0, True)
    assert reading.collection.title.startswith("Letters from the Quay")
    assert (first.text, first.heading) == ("", "")
    assert [p.name for p in first.senders] == ["Ole Lind"]
    assert first.senders[0].person == "https://d-nb.info/gnd/1"
    assert second.senders == []
    assert second.date is not None
    assert second.date.edtf == "[1912..1914]"
    assert written(letter(1, *facts)) == written(letter(1, *facts))


def test_a_body_without_a_name_stays_a_body() -> None:
    """A list that knows an unnamed sender to be a body says so again, and names nobody."""
    data = written(letter(1, BOARD, Fact("unnamed", "sender", "given", "tei:correspDesc/orgName")))
    valid(data)
    (again,) = read(data).documents
    assert (again.senders, again.recipients) == ([], [Party(name="The Board")])
    assert written(again).count(b"<orgName>Unknown</orgName>") == 1


def test_a_list_beside_its_letters(tmp_path: Path) -> None:
    """Alone a list is an edition; beside its letters it makes no second documents of them."""
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "list.xml").write_bytes(written(letter(1, LIND), letter(2, LIND, BOARD)))
    assert build(folder, tmp_path / "e", workers=0).documents == 2
    (folder / "one.txt").write_text("Lind to the Board\n\nHalden, June 3, 1912.\n\nThe quay.\n")
    report = build(folder, tmp_path / "e", workers=0)
    assert (report.documents, report.added) == (1, 1)
    assert any("lists letters" in line for line in report.warnings)
    (folder / "one.txt").unlink()
    assert build(folder, tmp_path / "e", workers=0).documents == 2
    edition = Edition.open(tmp_path / "e")
    assert edition.search("", author=["Ole Lind"]).total == 2
    assert export(edition, "cmif", tmp_path / "again.xml") == 2
    valid((tmp_path / "again.xml").read_bytes())
    edition.close()


def test_a_list_goes_on_standing_back_when_other_folders_change(tmp_path: Path) -> None:
    """What changes elsewhere leaves a list as it stands; what changes beside it is looked at."""
    for name in ("letters", "other"):
        (tmp_path / "all" / name).mkdir(parents=True)
    beside, elsewhere = (tmp_path / "all" / f / "one.txt" for f in ("letters", "other"))
    (beside.parent / "list.xml").write_bytes(written(letter(1, LIND), letter(2, LIND, BOARD)))
    for n, path in enumerate((beside, elsewhere)):
        path.write_text(f"Lind to the Board\n\nHalden, June {n + 3}, 1912.\n\nThe quay.\n")
    assert build(tmp_path / "all", tmp_path / "e", workers=0).documents == 2
    elsewhere.write_text("Lind to the Board\n\nHalden, June 7, 1912.\n\nThe new quay.\n")
    report = build(tmp_path / "all", tmp_path / "e", workers=0)
    assert (report.documents, report.changed) == (2, 1)
    assert any("lists letters" in line for line in report.warnings)
    beside.unlink()
    assert build(tmp_path / "all", tmp_path / "e", workers=0).documents == 3


REGISTERED = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Letters from the Quay</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc>
<p/></sourceDesc></fileDesc></teiHeader><text><body>
<div type="letter" xml:id="a"><head>Ole Lind to the Board</head><opener><dateline>Halden,
<date when="1912-06-03">June 3, 1912</date></dateline></opener><p>No.</p></div>
<div type="letter" xml:id="b"><head>The Board to Ole Lind</head><opener><dateline>Alba,
<date when="1912-06-09">June 9, 1912</date></dateline></opener><p>Yes.</p></div></body>
<back><listPerson><person xml:id="p1"><persName><surname>Lind</surname>, <forename>Ole</forename>
</persName><idno type="GND">118500000</idno></person></listPerson></back></text></TEI>"""


def test_parties_of_a_heading_have_the_addresses_of_the_register(tmp_path: Path) -> None:
    """Whoever the register knows is found by correspSearch, though no mark-up names the person."""
    (tmp_path / "quay.xml").write_text(REGISTERED, encoding="utf-8")
    build([tmp_path / "quay.xml"], tmp_path / "e", workers=0)
    export(tmp_path / "e", "cmif", tmp_path / "list.xml")
    names = etree.parse(tmp_path / "list.xml").iterfind(".//t:correspAction/t:persName", NS)
    refs = [(name.text, name.get("ref")) for name in names if name.text == "Ole Lind"]
    assert refs == [("Ole Lind", "https://d-nb.info/gnd/118500000")] * 2


def test_an_address_is_neither_guessed_nor_two_peoples(tmp_path: Path) -> None:
    """Who is given without an address stays without one, and nobody writes to himself."""
    given = (
        '<correspDesc><correspAction type="sent"><persName>Ole Lind</persName></correspAction>'
        '<correspAction type="received"><persName>The Board</persName></correspAction>'
        "</correspDesc>"
    )
    text = REGISTERED.replace("</fileDesc>", f"</fileDesc><profileDesc>{given}</profileDesc>")
    single = text.replace("<div type", "<div n='1' type").replace('type="letter"', 'type="x"')
    twins = REGISTERED.replace("Ole Lind to the Board", "Ole Lind to Ole Lind")
    for name, source in (("single", single), ("twins", twins)):
        (tmp_path / f"{name}.xml").write_text(source, encoding="utf-8")
        build([tmp_path / f"{name}.xml"], tmp_path / name, workers=0)
        export(tmp_path / name, "cmif", tmp_path / "list.xml", force=True)
        found = etree.parse(tmp_path / "list.xml").iterfind(".//t:correspAction/t:persName", NS)
        refs = [element.get("ref") for element in found if element.text == "Ole Lind"]
        assert refs[:2] == [None] * len(refs[:2]), name
        assert refs, name
