"""Volumes: sections, documents, enclosures, persons and index of a small made-up volume."""

import pytest
from tei_snippets import volume

from regesta.documents import Document, Fact, HistoricalDate, Party, Place
from regesta.reading.tei.header import short_title

_DOCUMENT = "<div type='document' xml:id='{id}'><head>{head}</head>{body}</div>"


def document(body: str, head: str = "A note", attrs: str = "") -> Document:
    """The one document of a made-up volume."""
    unit = f"<div type='document' xml:id='d1'{attrs}><head>{head}</head>{body}</div>"
    return volume(unit).documents[0]


def given(made: Document, field: str) -> list[object]:
    """Values of a field."""
    return [fact.value for fact in made.facts if fact.field == field]


def test_collection_is_described_by_its_header() -> None:
    """A volume's header gives its id, title, short title, series, publisher and year."""
    collection = volume(_DOCUMENT.format(id="d1", head="Note", body="<p>x</p>")).collection
    assert collection.id == "lagoon1890v1"
    assert collection.title == "Papers on the Lagoon Question, 1890, Volume I"
    assert collection.short_title == "Harbours, vol. I"
    assert collection.series == "Papers on the Lagoon Question"
    assert (collection.publisher, collection.published) == ("State Press, Port Alba", "1891")


@pytest.mark.parametrize(
    ("titles", "series", "short"),
    [
        (
            {"volume": "Lagoons", "volumenumber": "Volume II"},
            "Papers, 1890",
            "1890, Lagoons, vol. II",
        ),
        ({"volume": "The Port Congress, 1890"}, "Papers, 1890", "The Port Congress, 1890"),
        ({"subseries": "1890"}, "Papers Relating to Lagoon Affairs", "Lagoon Affairs, 1890"),
        ({"volume": "Lagoons", "subseries": "From the peace to the fall"}, "", "Lagoons"),
        ({}, "Lagoon Affairs", ""),
    ],
)
def test_short_title(titles: dict[str, str], series: str, short: str) -> None:
    """A name for lists: year, volume and number; without a volume, series and year."""
    assert short_title(titles, series) == short


def test_sections_and_documents_in_order() -> None:
    """Divisions become sections, units documents, each with its place in the volume."""
    reading = volume(
        "<div type='compilation' xml:id='c1'><head>Lagoon</head><p>See also volume II.</p>"
        "<div type='chapter' xml:id='ch1'><head>Harbours</head>"
        "<div type='document'><p>One</p></div>"
        "<div type='document' xml:id='d2'><p>Two</p></div></div></div>",
        front="<div type='section' xml:id='preface'><head>Preface</head><p>We print.</p></div>",
        back="<div type='document' xml:id='d3'><p>Three</p></div>",
    )
    sections = [(s.id, s.kind, s.heading, s.parent, s.text) for s in reading.collection.sections]
    assert sections[1:] == [
        ("preface", "preface", "Preface", "", "We print."),
        ("c1", "compilation", "Lagoon", "", "See also volume II."),
        ("ch1", "chapter", "Harbours", "c1", ""),
    ]
    documents = [(d.local_id, d.section, d.order, d.text) for d in reading.documents]
    assert documents == [
        ("x0", "ch1", 4, "One"),
        ("d2", "ch1", 5, "Two"),
        ("d3", "", 6, "Three"),
    ]
    assert reading.documents[0].reader_notes == ("no xml:id in the source",)
    assert reading.documents[0].source.position.startswith("(//*")
    assert reading.unaccounted == 0


def test_a_document_inside_another_is_its_child() -> None:
    """An enclosed document has its own text, which its parent does not repeat."""
    reading = volume(
        "<div type='document' xml:id='d1'><head>Report</head><p>I enclose.</p><frus:attachment>"
        "<div type='document' xml:id='d2'><p>Enclosed.</p></div></frus:attachment></div>"
    )
    parent, child = reading.documents
    assert (parent.text, child.text) == ("Report\nI enclose.", "Enclosed.")
    assert (child.parent, parent.parent) == ("lagoon1890v1/d1", "")
    assert parent.enclosures == ()
    assert reading.unaccounted == 0


def test_two_documents_with_one_id() -> None:
    """A second document of the same id gets an id of its own, and a warning says so."""
    body = _DOCUMENT.format(id="d1", head="Note", body="<p>x</p>")
    reading = volume(body + body)
    assert [d.local_id for d in reading.documents] == ["d1", "d1-2"]
    assert reading.warnings == ["lagoon1890v1: a second 'd1' became 'd1-2'"]


def test_an_enclosure_is_a_span_with_facts_of_its_own() -> None:
    """An attachment stays in the text; its heading, date, place and parties are its own."""
    made = document(
        "<dateline><placeName>Alba</placeName>, <date when='1890-05-02'>May 2, 1890</date>"
        "</dateline><p>I enclose a letter.</p><frus:attachment><head><persName type='from'>Mr. Orr"
        "</persName> to <persName type='to'>Mr. Vane</persName>.</head><dateline><placeName>Corra"
        "</placeName>, <date when='1890-04-30'>April 30</date></dateline><p>Sir.</p>"
        "</frus:attachment>"
    )
    (enclosure,) = made.enclosures
    assert enclosure.heading == "Mr. Orr to Mr. Vane."
    assert made.text[enclosure.start : enclosure.end] == (
        "Mr. Orr to Mr. Vane.\nCorra, April 30\nSir."
    )
    values = {f.field: f.value for f in enclosure.facts}
    assert isinstance(values["date"], HistoricalDate)
    assert values["date"].edtf == "1890-04-30"
    assert values["place"] == Place("Corra")
    assert (values["sender"], values["recipient"]) == (Party("Mr. Orr"), Party("Mr. Vane"))
    assert made.heading == "A note"
    assert made.date is not None
    assert made.date.edtf == "1890-05-02"
    assert given(made, "sender") == []


def test_an_editorial_note() -> None:
    """What the editors wrote is a layer and a kind of its own."""
    made = document("<p>No record was found.</p>", "Editorial Note", " subtype='editorial-note'")
    assert [x.kind for x in made.layers] == ["editorial note", "heading"]
    assert made.word("kind") == "editorial note"


@pytest.mark.parametrize(
    ("head", "sender", "recipient"),
    [
        (
            "The Minister in Alba (<persName type='from' corresp='#p_V'>Vane</persName>) to the "
            "<gloss type='to'>Secretary of State</gloss>",
            Party("Vane", "Minister in Alba", "", "lagoon1890v1#p_V"),
            Party(office="Secretary of State"),
        ),
        (
            "The <gloss type='from'>Secretary of State</gloss> to the Minister in Alba "
            "(<persName type='to'>Vane</persName>)",
            Party(office="Secretary of State"),
            Party("Vane", "Minister in Alba"),
        ),
        (
            "The Secretary of State to the Minister in Alba (<persName type='to'>Vane</persName>)",
            None,
            Party("Vane", "Minister in Alba"),
        ),
        (
            "<persName type='from'>Mr. Orr</persName> (Secretary of the Navy) to "
            "<persName type='to'>Mr. Vane</persName> (Private.)",
            Party("Mr. Orr", "Secretary of the Navy"),
            Party("Mr. Vane"),
        ),
        ("Minutes of a meeting", None, None),
    ],
)
def test_parties(head: str, sender: Party | None, recipient: Party | None) -> None:
    """Sender and recipient come from the heading, with the office printed around the name."""
    made = document("<p>x</p>", head)
    assert given(made, "sender") == ([sender] if sender else [])
    assert given(made, "recipient") == ([recipient] if recipient else [])


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("<hi>Alba</hi>,", "Alba"),
        ("Legation of Corra,<lb/>Port Alba,", "Port Alba"),
        ("Legation of Corra, Port Alba", "Port Alba"),
        ("Port Alba,<lb/>In Council,", "Port Alba"),
        ("Foreign Office,", "Foreign Office"),
        ("Alba, C. T.", "Alba, C. T."),
    ],
)
def test_places(place: str, name: str) -> None:
    """The place of writing is the town, without the house that wrote and without punctuation."""
    made = document(f"<dateline><placeName>{place}</placeName>, May 2</dateline><p>x</p>")
    assert given(made, "place") == [Place(name)]


@pytest.mark.parametrize(
    ("dates", "edtf", "calendar", "received"),
    [
        ("<date when='1890-05-02'>May 2, 1890</date>", "1890-05-02", "gregorian", None),
        ("<date when='1890-05'>May, 1890</date>", "1890-05", "gregorian", None),
        (
            "<date when='1890-05-02'>May 2, 1890</date> (Received <date when='1890-05-09'>May 9"
            "</date>)",
            "1890-05-02",
            "gregorian",
            "1890-05-09",
        ),
        (
            "<date when='1890-05-02'>May 2</date>/<date when='1890-05-14'>14, 1890</date>",
            "1890-05-14",
            "dual",
            None,
        ),
        (
            "<date when='1890-05-02'>May 2</date>, <date when='1890-05-07'>7, 1890</date>",
            "1890-05-02",
            "gregorian",
            None,
        ),
        (
            "<date notBefore='1890-05-01' notAfter='1890-05-09'>early May</date>",
            "[1890-05-01..1890-05-09]",
            "gregorian",
            None,
        ),
        ("<date from='1890-05-01' to='1890-05-09'>1–9 May</date>", "1890-05-01/1890-05-09",
         "gregorian", None),
        ("<date when='1890-05-02' calendar='#julian'>May 2</date>", "1890-05-02", "julian", None),
    ],
)  # fmt: skip
def test_dates(dates: str, edtf: str, calendar: str, received: str | None) -> None:
    """The date of sending is told from the date of arrival, Old Style from New."""
    made = document(f"<dateline><placeName>Alba</placeName>, {dates}</dateline><p>x</p>")
    assert made.date is not None
    assert (made.date.edtf, made.date.calendar) == (edtf, calendar)
    arrived = [d.edtf for d in given(made, "received") if isinstance(d, HistoricalDate)]
    assert arrived == ([received] if received else [])
    span = next(f.span for f in made.facts if f.field == "date")
    assert span is not None
    assert made.text[slice(*span)] == made.date.printed


def test_odd_dates_are_kept_and_noted() -> None:
    """A year that is not the printed one is kept as given; no possible date gives no fact."""
    odd = document("<dateline><date when='0190-05-02'>May 2, 1890</date></dateline><p>x</p>")
    assert odd.date is not None
    assert odd.date.edtf == "0190-05-02"
    assert odd.reader_notes == (
        "date 0190-05-02 in the mark-up does not agree with 'May 2, 1890' in print",
    )
    none = document("<dateline><date when='1890-02-31'>Feb. 31</date></dateline><p>x</p>")
    assert none.date is None
    assert none.reader_notes == ("date '1890-02-31' of 'Feb. 31' is no possible date",)


def test_the_editors_span_of_time_dates_a_document_without_dateline() -> None:
    """Where no date is printed, the day the editors encoded on the division is the date."""
    made = document(
        "<p>x</p>",
        attrs=" frus:doc-dateTime-min='1890-05-02T00:00:00-05:00'"
        " frus:doc-dateTime-max='1890-05-02T23:59:59-05:00'",
    )
    assert made.date is not None
    assert made.date.edtf == "1890-05-02"
    assert next(f.rule for f in made.facts if f.field == "date") == "tei:doc-dateTime"


@pytest.mark.parametrize(
    ("note", "number"),
    [
        ("File No. 861.51/131", "861.51/131"),
        ("861.51/131: Telegram", "861.51/131"),
        ("711.6a12 Treaty/3½", "711.6a12 Treaty/3½"),
        ("Harbour Conf. 184/2", "Harbour Conf. 184/2"),
        ("[Telegram]", None),
        ("No. 98.]", None),
        ("May 5/17", None),
    ],
)
def test_file_numbers(note: str, number: str | None) -> None:
    """A file number is known by its words or by the form of the decimal files."""
    made = document(f"<note rend='inline' type='source'>{note}</note><p>x</p>")
    assert given(made, "file_number") == ([number] if number else [])


def test_pages() -> None:
    """A document knows the page it begins on and those it goes on to, not the one before it."""
    reading = volume(
        "<pb n='1' xml:id='pg_1'/><div type='document' xml:id='d1'><p>One</p></div>"
        "<div type='document' xml:id='d2'><p>Two<pb n='2' xml:id='pg_2'/> more</p></div>"
        "<div type='document' xml:id='d3'><pb n='[3]' xml:id='pg_3' facs='0003'/><p>Three</p></div>"
    )
    assert [d.pages for d in reading.documents] == [["1"], ["1", "2"], ["3"]]
    assert reading.documents[2].marks[0].target == "0003"


def test_list_of_persons() -> None:
    """A list of persons gives entries with what it says of each, and stays readable."""
    reading = volume(
        _DOCUMENT.format(id="d1", head="Note", body="<p>x</p>"),
        front="<div type='section' xml:id='persons'><head>Persons</head><list>"
        "<item><persName xml:id='p_V'>Vane, Ada</persName>, Minister in Alba.</item></list></div>",
    )
    (person,) = reading.collection.persons
    assert (person.id, person.name) == ("lagoon1890v1#p_V", "Vane, Ada")
    assert person.note == "Minister in Alba."
    section = next(s for s in reading.collection.sections if s.id == "persons")
    assert (section.kind, section.text) == ("persons", "Vane, Ada, Minister in Alba.")


def subjects(index: str) -> dict[str, list[tuple[str, tuple[str, ...], float]]]:
    """Subjects by document that an index gives: d1 on pages 1 and 2, d2 on page 2, d3 on 3."""
    reading = volume(
        "<pb n='1' xml:id='pg_1'/><div type='document' xml:id='d1'><p>One</p>"
        "<pb n='2' xml:id='pg_2'/><p>more of pirates</p></div>"
        "<div type='document' xml:id='d2'><p>Two</p></div><pb n='3' xml:id='pg_3'/>"
        "<div type='document' xml:id='d3'><p>Three</p></div>",
        back=f"<div type='section' xml:id='index'><head>Index</head><list type='index'>{index}"
        "</list></div>",
    )
    assert reading.unaccounted == 0

    def heading(fact: Fact) -> tuple[str, tuple[str, ...], float]:
        assert not isinstance(fact.value, str | HistoricalDate | Party | Place)
        return fact.value.label, fact.value.path, fact.confidence

    return {
        d.local_id: [heading(f) for f in d.facts if f.field == "subject"] for d in reading.documents
    }


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (
            "<item>Lighthouses, <ref target='#pg_1'>1</ref>, <ref target='#pg_3'>3</ref></item>",
            {"d1": [("Lighthouses", (), 1.0)], "d2": [], "d3": [("Lighthouses", (), 1.0)]},
        ),
        (
            "<item>Pilots, <ref target='#pg_2'>2</ref></item>",
            {"d1": [("Pilots", (), 0.5)], "d2": [("Pilots", (), 0.5)], "d3": []},
        ),
        (
            "<item>Ships, two, <ref target='#pg_2'>2</ref></item>",
            {"d1": [("Ships, two", (), 0.5)], "d2": [("Ships, two", (), 0.5)], "d3": []},
        ),
        (
            "<item>Pirates, <ref target='#pg_2'>2</ref></item>",
            {"d1": [("Pirates", (), 0.96)], "d2": [], "d3": []},
        ),
        (
            "<item>Tolls, <ref target='#pg_1'>1</ref>–<ref target='#pg_3'>3</ref></item>",
            {
                "d1": [("Tolls", (), 1.0)],
                "d2": [("Tolls", (), 0.5)],
                "d3": [("Tolls", (), 1.0)],
            },
        ),
        (
            "<item>Ferries (<hi>see also</hi> <ref target='#in1'>Ships</ref>): <list>"
            "<item>fares, <ref target='#pg_3'>3</ref>; free, <ref target='#pg_1'>1</ref>.</item>"
            "</list></item>",
            {
                "d1": [("free", ("Ferries", "fares"), 1.0)],
                "d2": [],
                "d3": [("fares", ("Ferries",), 1.0)],
            },
        ),
        (
            "<item>Customs, rates: exports, <ref target='#pg_3'>3</ref></item>",
            {"d1": [], "d2": [], "d3": [("exports", ("Customs, rates",), 1.0)]},
        ),
        (
            "<item>Quays, <ref target='#pg_3'>3</ref> and <ref target='#pg_1'>1</ref></item>",
            {"d1": [("Quays", (), 1.0)], "d2": [], "d3": [("Quays", (), 1.0)]},
        ),
        ("<item>Docks. <hi>See</hi> <ref target='#in9'>Quays</ref></item>",
         {"d1": [], "d2": [], "d3": []}),
        (
            "<item>Piers (<hi>see also</hi> <ref target='#in1'>Ships</ref>; <hi>and the following "
            "under</hi> <ref target='#in2'>Tolls</ref>: <ref target='#in3'>Fares</ref>), "
            "<ref target='#pg_3'>3</ref></item>",
            {"d1": [], "d2": [], "d3": [("Piers", (), 1.0)]},
        ),
        (
            "<item>Piers (<hi>see also</hi> <ref target='#in1'>Ships</ref>), repair of, "
            "<ref target='#pg_3'>3</ref> "
            "<list><item>cost, <ref target='#pg_1'>1</ref></item></list></item>",
            {
                "d1": [("cost", ("Piers", "repair of"), 1.0)],
                "d2": [],
                "d3": [("repair of", ("Piers",), 1.0)],
            },
        ),
        (
            "<item>Ferries: <list><item>Attitude of Alba, <ref target='#pg_1'>1</ref>; Norland, "
            "<ref target='#pg_3'>3</ref>; refusal, <ref target='#pg_1'>1</ref></item></list>"
            "</item>",
            {
                "d1": [
                    ("Attitude of Alba", ("Ferries",), 1.0),
                    ("refusal", ("Ferries", "Attitude of Norland"), 1.0),
                ],
                "d2": [],
                "d3": [("Attitude of Norland", ("Ferries",), 1.0)],
            },
        ),
        (
            "<item>Treaty with Alba, <ref target='#pg_1'>1</ref>; Text, "
            "<ref target='#pg_3'>3</ref></item><item>Arms, text of</item>",
            {
                "d1": [("Treaty with Alba", (), 1.0)],
                "d2": [],
                "d3": [("Text", ("Treaty with Alba",), 1.0)],
            },
        ),
        (
            "<item>Tariffs: views of Alba, <ref target='#pg_1'>1</ref>; Norland, "
            "<ref target='#pg_3'>3</ref></item>",
            {
                "d1": [("views of Alba", ("Tariffs",), 1.0)],
                "d2": [],
                "d3": [("views of Norland", ("Tariffs",), 1.0)],
            },
        ),
        (
            "<item>Alba, <ref target='#pg_1'>1</ref>; Norland, <ref target='#pg_3'>3</ref></item>",
            {"d1": [("Alba", (), 1.0)], "d2": [], "d3": [("Norland", (), 1.0)]},
        ),
        (
            "<item>QUAYS OF ALBA: <list><item>by Norland 1– <ref target='#pg_3'>3</ref></item>"
            "</list></item><item>Alba. See quays</item>",
            {
                "d1": [("by Norland", ("Quays of Alba",), 1.0)],
                "d2": [("by Norland", ("Quays of Alba",), 0.5)],
                "d3": [("by Norland", ("Quays of Alba",), 1.0)],
            },
        ),
        (
            "<item>Docks <ref target='#pg_1'>1</ref>– <ref target='#pg_3'>3</ref>– "
            "<ref target='#pg_1'>1</ref></item>",
            {"d1": [("Docks", (), 1.0)], "d2": [], "d3": [("Docks", (), 1.0)]},
        ),
        ("<item>Buoys, <ref target='#d2'>2</ref></item>",
         {"d1": [], "d2": [("Buoys", (), 1.0)], "d3": []}),
    ],
)  # fmt: skip
def test_index(index: str, expected: dict[str, list[tuple[str, tuple[str, ...], float]]]) -> None:
    """A printed index gives subjects to the documents on its pages, with its own headings."""
    assert subjects(index) == expected


def test_several_headings_of_a_section_are_joined() -> None:
    """A section's headings stand on one line; a dash of the source is told from a joining one."""
    reading = volume(
        "<div type='chapter' xml:id='ch1'><head>Ports — and tolls</head><head>Part one</head>"
        "<div type='document' xml:id='d1'><p>x</p></div></div>"
    )
    section = next(s for s in reading.collection.sections if s.id == "ch1")
    assert (section.heading, section.text) == ("Ports — and tolls — Part one", "")
    assert reading.unaccounted == 0


def test_notes_and_hidden_readings_of_a_section_are_kept() -> None:
    """A section keeps its footnotes, and the readings it does not show, at its end."""
    reading = volume(
        "<div type='chapter' xml:id='ch1'><p>Of <choice><sic>prots</sic><corr>ports</corr></choice>"
        "<note n='1'>See below.</note>.</p><div type='document' xml:id='d1'><p>x</p></div></div>"
    )
    section = next(s for s in reading.collection.sections if s.id == "ch1")
    assert section.text == "Of ports.\nSee below.\nprots"
    assert reading.unaccounted == 0
