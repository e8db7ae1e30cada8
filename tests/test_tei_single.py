"""One-document files: header facts, collections, registers, images, corpora and groups."""

import pytest
from tei_snippets import TEI, single, source

from regesta.documents import HistoricalDate, Party, Place, Subject
from regesta.reading.base import Reading
from regesta.reading.tei.reader import TeiReader

SERIES = """<seriesStmt><title xml:lang="de">Lagunenbriefe</title>
<title xml:lang="en">Letters of the Lagoon</title></seriesStmt>"""
TITLES = """<titleStmt><title xml:lang="de">Vane an Orr</title>
<title xml:lang="en">Vane to Orr</title><author>Ada Vane</author></titleStmt>"""


def read(text: str, name: str = "a.xml") -> Reading:
    """Read a made-up file."""
    return TeiReader().read(source(text, name))


def values(reading: Reading, field: str) -> list[object]:
    """Values of a field of the first document."""
    return [fact.value for fact in reading.documents[0].facts if fact.field == field]


@pytest.mark.parametrize(
    ("header", "id", "title"),
    [
        (f"<fileDesc>{SERIES}</fileDesc>", "letters-of-the-lagoon", "Letters of the Lagoon"),
        ("<fileDesc><seriesStmt><title>Lagunenbriefe</title></seriesStmt></fileDesc>",
         "lagunenbriefe", "Lagunenbriefe"),
        (f"<fileDesc>{TITLES}</fileDesc>", "letters", "letters"),
        ("", "letters", "letters"),
    ],
)  # fmt: skip
def test_collection(header: str, id: str, title: str) -> None:
    """A letter belongs to the series its header declares, English title first, or its folder."""
    reading = single("<p>x</p>", header=header)
    assert (reading.collection.id, reading.collection.title) == (id, title)
    assert reading.documents[0].id == f"{id}/letter_7"
    assert reading.standalone
    assert reading.unaccounted == 0


def test_titles() -> None:
    """The English title heads the document, and every title is a fact."""
    reading = single("<p>x</p>", header=f"<fileDesc>{TITLES}</fileDesc>")
    assert reading.documents[0].heading == "Vane to Orr"
    assert values(reading, "title") == ["Vane an Orr", "Vane to Orr"]
    assert values(reading, "author") == ["Ada Vane"]


CORRESPONDENCE = """<correspDesc>
<correspAction type="sent"><persName ref="https://id/1">Ada Vane</persName>
<orgName>Harbour Board</orgName><placeName ref="https://geo/1">Port Alba</placeName>
<date when="1890-05-02">2 May 1890</date></correspAction>
<correspAction type="received"><persName>Ben Orr</persName><placeName>Corra</placeName>
<date when="1890-05-09"/></correspAction>
<correspContext><ref type="next">Next letter</ref></correspContext></correspDesc>"""


def test_correspondence() -> None:
    """The header's correspondence description wins over what the letter's own mark-up says."""
    body = "<closer><dateline><placeName>Alba</placeName><date when='1889'>1889</date></dateline>"
    reading = single(
        f"<p>x</p>{body}</closer>", header=f"<profileDesc>{CORRESPONDENCE}</profileDesc>"
    )
    assert values(reading, "sender") == [
        Party("Ada Vane", person="https://id/1"),
        Party("Harbour Board"),
    ]
    assert values(reading, "recipient") == [Party("Ben Orr")]
    assert values(reading, "place") == [Place("Port Alba", ref="https://geo/1")]
    (sent,) = values(reading, "date")
    (received,) = values(reading, "received")
    assert isinstance(sent, HistoricalDate)
    assert isinstance(received, HistoricalDate)
    assert (sent.edtf, sent.printed, received.edtf) == ("1890-05-02", "2 May 1890", "1890-05-09")
    rules = {f.rule for f in reading.documents[0].facts if f.field in ("date", "sender")}
    assert rules == {"tei:correspDesc", "tei:correspDesc/orgName"}


def test_older_correspondence_without_types() -> None:
    """Actions without a type are sent and received, in that order."""
    older = CORRESPONDENCE.replace(' type="sent"', "").replace(' type="received"', "")
    reading = single("<p>x</p>", header=f"<profileDesc>{older}</profileDesc>")
    assert values(reading, "recipient") == [Party("Ben Orr")]


def test_header_facts() -> None:
    """Shelf mark, abstract, keywords, language and origin of a header become facts."""
    reading = single(
        "<p>x</p>",
        header="""<fileDesc><sourceDesc><msDesc><msIdentifier><institution>State Archive
        </institution><collection>Harbours</collection><idno>Box 2</idno></msIdentifier><history>
        <origin><origDate notBefore="1890-05-01" notAfter="1890-05-09"/></origin></history>
        </msDesc></sourceDesc></fileDesc><profileDesc><abstract><p>On tolls.</p><list>
        <item>tolls</item></list></abstract><langUsage><language ident="de-AT">Deutsch</language>
        </langUsage><textClass><keywords><term>pilots</term></keywords></textClass></profileDesc>""",
        text_type="letter",
    )
    assert values(reading, "repository") == ["State Archive, Harbours, Box 2"]
    assert values(reading, "subject") == [Subject("tolls"), Subject("pilots")]
    assert values(reading, "summary") == ["On tolls."]
    assert values(reading, "language") == ["de"]
    assert values(reading, "kind") == ["letter"]
    (date,) = values(reading, "date")
    assert isinstance(date, HistoricalDate)
    assert date.edtf == "[1890-05-01..1890-05-09]"
    assert reading.unaccounted == 0


FACSIMILE = """<facsimile><surface start="#i1"><graphic url="1r.jpg" xml:id="i1"/></surface>
<surface xml:id="s2"><graphic url="1v.jpg"/></surface></facsimile>"""


def test_images() -> None:
    """Facsimiles belong to the document, and page breaks point to their addresses."""
    reading = single("<pb n='1r' facs='#i1'/><p>x<pb n='1v' facs='#s2'/></p>", more=FACSIMILE)
    document = reading.documents[0]
    assert [image.url for image in document.images] == ["1r.jpg", "1v.jpg"]
    pages = [(m.value, m.target) for m in document.marks if m.kind == "page"]
    assert pages == [("1r", "1r.jpg"), ("1v", "1v.jpg")]


def test_a_file_without_running_text() -> None:
    """A header with facsimiles alone is still a document, with its title and images."""
    header = f"<teiHeader><fileDesc>{TITLES}</fileDesc></teiHeader>"
    reading = read(f"<TEI {TEI}>{header}{FACSIMILE}</TEI>", "map.xml")
    (document,) = reading.documents
    assert (document.id, document.heading, document.text) == ("letters/map", "Vane to Orr", "")
    assert len(document.images) == 2
    assert reading.unaccounted == 0


def test_a_register() -> None:
    """A stand-off register gives persons and places, keeps its words, and is no document."""
    reading = read(
        f"<TEI {TEI} xmlns:t='http://www.tei-c.org/ns/1.0'><teiHeader><t:title>Names</t:title>"
        """</teiHeader><standOff><listPerson><person xml:id="k1"><persName><forename>Ada</forename>
        <surname>Vane</surname></persName><birth when="1850-01-01"/><occupation>pilot</occupation>
        <idno>https://id/1</idno></person></listPerson><listOrg><org xml:id="o1"><orgName>Board
        </orgName></org></listOrg><listPlace><place xml:id="p1"><placeName>Port Alba</placeName>
        <location><geo>45.5 12.25</geo></location></place></listPlace></standOff></TEI>"""
    )
    assert reading.documents == []
    vane, board = reading.collection.persons
    assert (vane.id, vane.name, vane.note) == ("letters#k1", "Vane, Ada", "pilot; 1850–")
    assert (vane.refs, board.name) == (("https://id/1",), "Board")
    (place,) = reading.collection.places
    assert (place.name, place.latitude, place.longitude) == ("Port Alba", 45.5, 12.25)
    assert [s.kind for s in reading.collection.sections] == ["header", "register"]
    assert reading.unaccounted == 0


def test_a_list_of_letters_that_are_elsewhere() -> None:
    """A CMIF file gives a document without text for each letter, and keeps its own words."""
    header = f"<profileDesc>{CORRESPONDENCE}{CORRESPONDENCE}</profileDesc>"
    reading = single("<p/>", header=header)
    assert [(d.text, len(d.senders)) for d in reading.documents] == [("", 2), ("", 2)]
    assert "Ada Vane" in reading.collection.sections[0].text
    assert reading.unaccounted == 0
    assert reading.standalone


def test_letters_with_words_beside_them() -> None:
    """Several descriptions above running words are no mere list: the words stay, in a section."""
    header = f"<profileDesc>{CORRESPONDENCE}{CORRESPONDENCE}</profileDesc>"
    reading = single("<p>Words of ours.</p>", header=header)
    assert reading.documents == []
    assert reading.unaccounted == 0


def test_a_group_of_texts() -> None:
    """Texts of a group are documents each; one that is a translation belongs to the one around."""
    reading = read(
        f"<TEI {TEI}><text><group><text xml:id='t1'><body><p>One</p></body></text>"
        "<text><body><p>Two</p></body></text></group></text></TEI>"
    )
    assert [(d.local_id, d.text) for d in reading.documents] == [("t1", "One"), ("a-2", "Two")]
    assert not reading.standalone
    both = read(
        f"<TEI {TEI}><text><group><text xml:id='t1'><body><p>Eins</p><text type='translation' "
        "xml:lang='en'><body><p>One</p></body></text></body></text></group></text></TEI>"
    )
    (document,) = both.documents
    assert [x.kind for x in document.layers] == ["body", "translation"]


def test_a_corpus() -> None:
    """A corpus of letters is one collection of documents, each with its own header."""
    letter = (
        f"<TEI {TEI} xml:id='{{id}}'><teiHeader><profileDesc>{CORRESPONDENCE}</profileDesc>"
        "</teiHeader><text><body><p>{id}</p></body></text></TEI>"
    )
    reading = read(
        f"<teiCorpus {TEI}><teiHeader><fileDesc><titleStmt><title>All letters</title></titleStmt>"
        f"</fileDesc></teiHeader>{letter.format(id='l1')}{letter.format(id='l2')}</teiCorpus>",
        "corpus.xml",
    )
    assert [d.id for d in reading.documents] == ["corpus/l1", "corpus/l2"]
    assert reading.collection.title == "All letters"
    assert [d.senders[0].name for d in reading.documents] == ["Ada Vane", "Ada Vane"]
    assert reading.unaccounted == 0
    assert not reading.standalone


def test_divisions_of_letters() -> None:
    """A file with several divisions of one letter each is a volume of documents."""
    reading = read(
        f"<TEI {TEI}><text><body><div type='letter' xml:id='l1'><p>One</p></div>"
        "<div type='letter' xml:id='l2'><p>Two</p></div></body></text></TEI>",
        "book.xml",
    )
    assert [d.id for d in reading.documents] == ["book/l1", "book/l2"]
    assert not reading.standalone


def test_a_letter_points_into_the_register_of_its_folder() -> None:
    """A pointer leads to the folder's register, whether or not the letter names its series."""
    reading = single(
        "<p><rs type='person' ref='#k1'>Vane</rs></p>",
        header=f"<fileDesc>{SERIES}</fileDesc><profileDesc><correspDesc><correspAction type='sent'>"
        "<persName key='k1'>Vane</persName><settlement>Alba</settlement></correspAction>"
        "</correspDesc></profileDesc>",
    )
    (mark,) = [m for m in reading.documents[0].marks if m.kind == "person"]
    assert mark.target == "letters#k1"
    assert values(reading, "sender") == [Party("Vane", person="letters#k1")]
    assert values(reading, "place") == [Place("Alba")]


@pytest.mark.parametrize("where", ["TEI", "text"])
def test_language(where: str) -> None:
    """The language of a letter is given by its text or by the whole file."""
    lang = {where: " xml:lang='de-AT'"}
    reading = read(
        f"<TEI {TEI}{lang.get('TEI', '')}><text{lang.get('text', '')}><body><p>Nein.</p></body>"
        "</text></TEI>"
    )
    assert values(reading, "language") == ["de"]


def test_offices_and_printed_source() -> None:
    """An office stands in roleName or @role; a bibl says where the letter was printed before."""
    reading = single(
        "<p>x</p>",
        header="<fileDesc><sourceDesc><bibl><title>Harbour Gazette, no. 9</title></bibl>"
        "</sourceDesc></fileDesc><profileDesc><correspDesc><correspAction type='sent'>"
        "<persName><roleName>Consul</roleName> Ada Vane</persName></correspAction>"
        "<correspAction type='received'><persName role='Mayor of Alba'>Orr</persName>"
        "<persName role='author'>Ito</persName></correspAction></correspDesc></profileDesc>",
    )
    assert values(reading, "sender") == [Party("Ada Vane", "Consul")]
    assert values(reading, "recipient") == [Party("Orr", "Mayor of Alba"), Party("Ito")]
    assert values(reading, "publication") == ["Harbour Gazette, no. 9"]
