"""TEI that is written is valid, and reads back as the documents that it was made of."""

import io
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from lxml import etree
from scripts import benchmark

from regesta.documents import (
    Act,
    Collection,
    Document,
    Enclosure,
    Fact,
    Layer,
    Link,
    Mark,
    Note,
    Party,
    PersonEntry,
    Place,
    PlaceEntry,
    Source,
    Subject,
    parse_edtf,
)
from regesta.documents.document import MarkKind
from regesta.documents.readings import READINGS
from regesta.edition import Edition, build
from regesta.edition.exports import export_each
from regesta.errors import EditionError
from regesta.exporting.tei.corpus import TeiExporter, single_document
from regesta.reading.base import Reading, SourceFile
from regesta.reading.tei.reader import TeiReader

TEXT = (
    "The Minister (Berg) to the Secretary & <others>\n"
    "Halden, June 3, 1912, 7 p.m.\n"
    "Sir:\n"
    "41. The harbour was closed at noon by Mr. Lind of Halden.\n"
    "Vessels\t12\nCranes\t3\n"
    "I enclose  his note.\n"
    "Halden, June 2, 1912.\nPlease close it.\n"
    "I am, etc.,\n"
    "Berg"
)
VOLUME = Collection(
    id="harbour01",
    title="Papers on the Harbour",
    publisher="Harbour Press",
    licence="https://example.org/licence",
    persons=(PersonEntry("harbour01#p1", "Lind, Ole", "Harbour master", ("https://d-nb.info/1",)),),
    places=(PlaceEntry("harbour01#pl1", "Halden", latitude=59.1, longitude=11.4),),
)


def span(words: str) -> tuple[int, int]:
    """Where words stand."""
    start = TEXT.index(words)
    return start, start + len(words)


def document(text: str = TEXT, **more: object) -> Document:
    """A telegram with everything that can stand in one."""
    made = Document(
        id="harbour01/d1",
        collection="harbour01",
        source=Source(path="x.txt", sha256="0"),
        text=text,
        heading="The Minister (Berg) to the Secretary & <others>",
        layers=(
            Layer("heading", *span("The Minister (Berg) to the Secretary & <others>")),
            Layer("dateline", *span("Halden, June 3, 1912, 7 p.m.")),
            Layer("salutation", *span("Sir:")),
            Layer("body", span("41.")[0], span("his note.")[1]),
            Layer("enclosure", span("Halden, June 2")[0], span("close it.")[1]),
            Layer("closer", *span("I am, etc.,")),
            Layer("signature", *span("\nBerg")),
        ),
        marks=(
            Mark("page", 0, 0, value="80", target="https://example.org/80.png"),
            Mark("person", *span("Mr. Lind of"), target="harbour01#p1"),
            Mark("italic", *span("Mr. Lind")),
            Mark("bold", *span("Lind of Halden")),
            Mark("page", span("by Mr.")[0], span("by Mr.")[0], value="81"),
        ),
        notes=(
            Note("1", "Not printed.\nSee it.", span("noon")[1], marks=(Mark("italic", 0, 3),)),
            Note("2", "Without a place.", None),
        ),
        enclosures=(Enclosure("harbour01/d1-1", *span("Please close it.")),),
        facts=(
            Fact("date", parse_edtf("1912-06-03"), "derived", "dateline", span("June 3"), 0.99),
            Fact("sender", Party(name="Berg", office="Minister", power="Norland"), "given"),
            Fact("recipient", Party(office="Secretary"), "derived", "heading", None, 0.7),
            Fact("place", Place("Halden", 59.1, 11.4, "https://example.org/a b"), "given"),
            Fact("received", parse_edtf("1912-06~"), "derived", "received", None, 0.85),
            Fact("subject", Subject("Cranes", ("Harbour",)), "given"),
            Fact("kind", "telegram", "derived", "form"),
            Fact("language", "en", "derived", "words"),
            Fact("number", "41", "derived", "number"),
        ),
    )  # fmt: skip
    return msgspec.structs.replace(made, **more)


def written(*documents: Document, collection: Collection = VOLUME) -> bytes:
    """A corpus of documents."""
    target = io.BytesIO()
    TeiExporter().write(documents, target, collections={collection.id: collection})
    return target.getvalue()


def read(data: bytes, name: str = "back.xml") -> Reading:
    """Read a file of these bytes."""
    file = SourceFile(path=name, name=name, folder="back", data=data, sha256="1")
    return TeiReader().read(file)


def valid(data: bytes) -> list[str]:
    """What TEI's document type says against it."""
    dtd = benchmark("tei_schema").document_type()
    dtd.validate(etree.fromstring(data))
    return [error.message for error in dtd.error_log.filter_from_errors()]


def same(ours: Document, back: Document, *, described: bool = False) -> None:
    """They are equal but for the file that they stand in; what was derived is derived anew."""
    for name in ours.__struct_fields__:
        if name == "facts" and not described:
            assert back.facts == tuple(f for f in ours.facts if f.origin != "derived")
        elif name not in ("source", "order"):
            assert getattr(back, name) == getattr(ours, name), name


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"text": "", "layers": (), "marks": (), "notes": (), "enclosures": (), "facts": ()},
        {"notes": (), "layers": ()},
        {"text": TEXT.replace("41.", "4\x0c1.")},
        {"facts": (Fact("author", "Anna & <Lisle>", "given"),), "heading": ""},
    ],
)
def test_valid_and_read_back(more: dict[str, object]) -> None:
    """Whatever stands in a document, its TEI is valid and gives it back."""
    ours = document(**more)  # type: ignore[arg-type]
    for data in (written(ours), single_document(ours, VOLUME).encode()):
        assert valid(data) == []
        reading = read(data)
        (back,) = reading.documents
        same(ours, back)
        assert reading.unaccounted == 0
        assert reading.warnings == []
        assert reading.collection.title == VOLUME.title
    assert read(written(ours)).collection.persons == VOLUME.persons


@pytest.mark.parametrize("kind", get_args(MarkKind))
@pytest.mark.parametrize("words", ["harbour", ""])
def test_every_kind_of_mark_is_written(kind: MarkKind, words: str) -> None:
    """Whatever is marked, words or a place between them, the TEI is valid and reads back."""
    start, end = span(words) if words else (span("harbour")[0],) * 2
    made = document(marks=(Mark(kind, start, end, "torn · 2 chars"),))
    data = written(made)
    assert valid(data) == []
    (back,) = read(data).documents
    assert back.text == made.text


@pytest.mark.parametrize("hidden", READINGS)
def test_every_reading_is_valid(hidden: str) -> None:
    """What the text does not show stands beside the words shown, as the Guidelines have it."""
    data = written(document(marks=(Mark("sic", *span("harbour"), "harber", hidden),)))
    assert valid(data) == []
    assert b">harber</" in data


def test_says_it_in_terms_of_tei() -> None:
    """Who, when and where stand in correspDesc, with who says so and how surely."""
    root = etree.fromstring(written(document()))
    ns = {"t": "http://www.tei-c.org/ns/1.0"}
    (sent,) = root.findall(".//t:correspAction[@type='sent']", ns)
    date = sent.find("t:date", ns)
    assert date is not None
    assert date.attrib == {"when": "1912-06-03", "resp": "#regesta", "cert": "high"}
    name = sent.find("t:persName", ns)
    assert name is not None
    assert (name.text, name.attrib) == ("Berg", {})
    (arrived,) = root.findall(".//t:correspAction[@type='received']", ns)
    received = arrived.find("t:date", ns)
    assert received is not None
    assert received.get("cert") == "medium"
    assert [n.get("n") for n in root.findall(".//t:pb", ns)] == ["80", "81"]
    assert root.find(".//t:opener/t:salute", ns) is not None
    assert [n.get("n") for n in root.findall(".//t:body//t:note", ns)] == ["1", "2"]


LINKS = (
    Link("reference", "harbour01/d0", span("his note"), "his note", 0.97, {"number": "7"}),
    Link("reference", "", (4, 10), "printe", 0.4, {}, 0),
    Link("reference", "", (13, 20), "See it.", 0.6, {}, 0),
    Link("reply", "harbour01/d0", None, "", 0.9),
    Link("reference", "x/1", (len(TEXT), len(TEXT)), "", 0.9),
)
ACTS = (
    Act("Berg", "request", "Secretary", "the harbour", span=span("Please close it."), plover="ASK"),
    Act("Lind", "warn", polarity="negated"),
)  # fmt: skip


def test_links_and_acts_are_annotations() -> None:
    """They stand beside the text with pointers into it, and come back as they were."""
    ours = document()
    target = io.BytesIO()
    TeiExporter().write(
        [ours, document(id="harbour01/other 2")],
        target,
        collections={VOLUME.id: VOLUME},
        links=lambda id: LINKS,
        acts=lambda id: ACTS,
    )
    data = target.getvalue()
    alone = single_document(ours, VOLUME, links=LINKS, acts=ACTS).encode()
    for each in (data, alone):
        assert valid(each) == []
        reading = read(each)
        assert (reading.unaccounted, reading.warnings) == (0, [])
        same(ours, reading.documents[0])
        assert reading.links["harbour01/d1"] == LINKS
        assert reading.acts["harbour01/d1"] == ACTS
        assert [section.kind for section in reading.collection.sections] == []


def test_pointers_of_annotations_lead_to_their_words() -> None:
    """Between the two anchors that a pointer names stand the words of the link."""
    root = etree.fromstring(single_document(document(), VOLUME, links=LINKS, acts=ACTS).encode())
    ids = {e.get("{http://www.w3.org/XML/1998/namespace}id"): e for e in root.iter("{*}*")}
    found = {}
    for annotation in root.iter("{*}annotation"):
        pointer = annotation.get("target", "")
        names = pointer.partition("(")[2].rstrip(")").split(",")
        if pointer.startswith("#range("):
            text, inside = "", False
            for event, element in etree.iterwalk(root, events=("start", "end")):
                inside = (inside or element is ids[names[0]]) and element is not ids[names[1]]
                if element is ids[names[1]]:
                    break
                if inside and event == "start":
                    text += element.text or ""
                if inside and event == "end":
                    text += element.tail or ""
        elif pointer.startswith("#string-range("):
            start, length = int(names[1]), int(names[2])
            text = "".join(ids[names[0]].itertext())[start : start + length]
        else:
            text = etree.QName(ids[pointer[1:]]).localname
        id = annotation.get("{http://www.w3.org/XML/1998/namespace}id", "")
        found[id.partition(".")[2]] = text
    assert found == {
        "l1": "his note",
        "l2": "printe",
        "l3": "See it.",
        "l4": "text",
        "l5": "",
        "c1": "Please close it.",
        "c2": "text",
    }


def test_changed_words_are_read_anew() -> None:
    """Where somebody has edited the body, its words hold and a warning says so."""
    data = written(document()).replace(b"closed at noon", b"opened at noon")
    reading = read(data)
    assert "opened at noon" in reading.documents[0].text
    assert any("not the one that Regesta wrote" in line for line in reading.warnings)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"sha256":', b'"sha257":'),
        (b'{"document"', b'{"document" nonsense'),
        (b'"id":"harbour01/d1"', b'"id":"../../etc/passwd"'),
    ],
)
def test_broken_data_does_no_harm(old: bytes, new: bytes) -> None:
    """Data that does not fit is left aside, and no id leaves the collection."""
    data = written(document())
    assert old in data
    (back,) = read(data.replace(old, new)).documents
    assert back.id.startswith("harbour01/") or back.collection == "back"
    assert ".." not in back.id
    assert "closed at noon" in back.text


def test_folder_of_files(tmp_path: Path) -> None:
    """A file a collection or a document; built again, the edition is the same."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(
            f"Berg to Lind\n\nHalden, June 3, 1912.\n\nThe {name}  quay.\n", encoding="utf-8"
        )
    build([tmp_path / "one.txt", tmp_path / "two.txt"], tmp_path / "e", workers=0)
    edition = Edition.open(tmp_path / "e")
    ours = list(edition.documents())
    assert export_each(edition, "tei", tmp_path / "c", each="collection") == 2
    assert export_each(edition, "text", tmp_path / "d", each="document") == 2
    assert sorted(p.name for p in (tmp_path / "d").rglob("*.txt")) == ["one.txt", "two.txt"]
    with pytest.raises(EditionError, match="holds something"):
        export_each(edition, "tei", tmp_path / "c", each="collection")
    edition.close()
    build([tmp_path / "c"], tmp_path / "again", workers=0)
    again = Edition.open(tmp_path / "again")
    for a, b in zip(ours, again.documents(), strict=True):
        same(a, b, described=True)
    again.close()


def test_ids_of_documents_are_no_ids_of_annotations() -> None:
    """A document that is called as an anchor of ours gets no id in the file."""
    ours = [document(id=f"harbour01/_1.{name}") for name in ("l1", "c1", "t", "n1")]
    target = io.BytesIO()
    TeiExporter().write(
        ours, target, collections={VOLUME.id: VOLUME}, links=lambda id: LINKS, acts=lambda id: ACTS
    )
    assert valid(target.getvalue()) == []
