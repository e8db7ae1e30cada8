"""Sources that somebody made to do harm, or saved with care for nothing: each read, or one line."""

import io
import json
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from source_files import docx, paragraph, source_file

from regesta.documents import Act, Collection, Document, Link, Source
from regesta.documents.dates import from_iso
from regesta.documents.edtf import parse_edtf
from regesta.errors import SourceError
from regesta.exporting.tei.corpus import single_document
from regesta.reading import limits, registry
from regesta.reading.decode import decode, is_charset
from regesta.reading.sources import SourceRef, Unread, find_sources
from regesta.reading.xmlsafe import declared_encoding

NS = "http://www.tei-c.org/ns/1.0"
LETTER = f'<TEI xmlns="{NS}"><text><body><p>Grüße 北京</p></body></text></TEI>'


def letter(body: str = "", *, before: str = "") -> bytes:
    """A TEI letter, with something before its root."""
    return f'{before}<TEI xmlns="{NS}"><text><body>{body}</body></text></TEI>'.encode()


@pytest.mark.parametrize(
    ("declared", "data"),
    [
        ("gb18030", LETTER.encode("gb18030")),
        ("big5", LETTER.replace("ü", "u").replace("ß", "ss").encode("big5")),
        ("shift_jis", LETTER.replace("ü", "u").replace("ß", "ss").encode("shift_jis")),
        ("utf-16", LETTER.encode()),
        ("UTF-16LE", LETTER.encode()),
    ],
)
def test_a_letter_in_any_character_set(declared: str, data: bytes) -> None:
    """TEI is known in sets of several bytes, and where UTF-8 says of itself that it is UTF-16."""
    head = f'<?xml version="1.0" encoding="{declared}"?>\n'.encode()
    (document,) = registry.read(source_file("a.xml", head + data)).documents
    assert document.text.endswith("北京")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0' encoding='iso-8859-1'?>", "utf-8"),
        (b"<?xml version='1.0' encoding='ucs-2'?>", "utf-8"),
        ("<?xml version='1.0'?>".encode("utf-16-le"), "utf-16-le"),
        ("<?xml version='1.0'?>".encode("utf-16-be"), "utf-16-be"),
        (b"<?xml version='1.0' encoding='KOI8-R'?>", "koi8-r"),
    ],
)
def test_first_bytes_count_for_more_than_a_declaration(data: bytes, encoding: str) -> None:
    """A mark, or how the declaration itself is written, tells the encoding."""
    assert declared_encoding(data) == encoding


@pytest.mark.parametrize("name", ["foo", "punycode", "undefined", "unicode_escape", "hex", "idna"])
def test_codecs_that_are_no_character_set(name: str) -> None:
    """Python's own codecs are none; a page that names one is read as what it is."""
    assert not is_charset(name)
    assert decode("Grüße, U+4e".encode(), declared=name).text == "Grüße, U+4e"
    head = f'<?xml version="1.0" encoding="{name}"?>'.encode()
    with pytest.raises(SourceError, match=f"encoding '{name}', which is not known"):
        registry.read(source_file("a.xml", head + LETTER.encode()))


def test_a_page_that_says_utf_16_in_single_bytes() -> None:
    """HTML's standard takes such a page for UTF-8."""
    page = '<html><head><meta charset="utf-16"></head><body><p>Grüße aus Wien…</p></body></html>'
    for data in (page.encode(), page.encode() + b"\n"):
        assert registry.read(source_file("a.html", data)).documents[0].text == "Grüße aus Wien…"


#: As many as fit before a root element.
ENTITIES = "<!DOCTYPE TEI [" + "".join(f"<!ENTITY e{n} 'x'>" for n in range(9_000)) + "]>"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", letter("<p>w</p>" + "<div " * 60_000)),
        ("a.xml", letter("<p>" + "<choice><sic>x</sic></choice> " * 20_000 + "</p>")),
        ("a.xml", letter("<p>&e0;</p>" + " " * 5_000_000, before=ENTITIES)),
        ("a.md", b"# Title\n\na" + b" " * 60_000 + b"b\n"),
        ("a.md", b"# a" + b" " * 60_000 + b"b\n\nwords\n"),
        ("a.md", b"a | b\n" + b" " * 30_000 + b"x\n"),
        ("a.md", b"[^1] " * 3_000 + b"\n\n[^1]: " + b"word " * 20_000 + b"\n"),
        ("a.txt", b"Title: x\nFrom: a" + b" " * 60_000 + b"b\nTo: Holm\n\nwords\n"),
        ("a.html", b"<meta name='dc.subject' content='" + b";".join(
            b"s%d" % n for n in range(30_000)) + b"'><p>Words of a page</p>"),
        ("a.html", b"<a href='#x'>1</a> " * 9_000 + b"<p id=x>" + b"word " * 3_900 + b"</p>"),
    ],
)  # fmt: skip
def test_what_took_minutes_ends(name: str, data: bytes) -> None:
    """No pattern and no list is gone through again for each of its own pieces."""
    try:
        told = registry.read(source_file(name, data)).documents[0].id
    except SourceError as error:
        told = str(error)
    assert "reader failed" not in told


def test_defaults_of_attributes_are_counted_together() -> None:
    """A hundred short defaults on a hundred thousand elements are a bomb, too."""
    lists = "".join(f"<!ATTLIST p a{n} CDATA '{'x' * 300}'>" for n in range(100))
    bomb = letter("<p>w</p>" * 1_000, before=f"<!DOCTYPE TEI [{lists}]>")
    with pytest.raises(SourceError, match="possible entity bomb"):
        registry.read(source_file("a.xml", bomb))


def test_an_entity_that_nobody_declares_is_told_of_once() -> None:
    """A thousand references to one entity are one warning."""
    data = letter("<p>w &foo; " + "&foo; " * 1_000 + "</p>", before='<!DOCTYPE TEI SYSTEM "t.dtd">')
    assert len(registry.read(source_file("a.xml", data)).warnings) == 1


def _directory(name: bytes, data: bytes, extra: bytes, *, size: int, offset: int) -> bytes:
    """An archive of one stored file whose directory says what it likes."""
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 45, 0, 0, 0, 0, zlib.crc32(data), len(data),
                       len(data), len(name), 0)  # fmt: skip
    listed = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 45, 45, 0, 0, 0, 0, zlib.crc32(data), size,
                         len(data), len(name), len(extra), 0, 0, 0, 0, offset)  # fmt: skip
    listed += name + extra
    whole = head + name + data
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(listed), len(whole), 0)
    return whole + listed + end


def test_archives_that_lie_about_sizes_and_places(tmp_path: Path) -> None:
    """Neither memory nor a place that no disk has is asked for."""
    huge = struct.pack("<HHQ", 1, 8, 1 << 62)
    far = struct.pack("<HHQ", 1, 8, 1 << 63)
    (tmp_path / "huge.zip").write_bytes(
        _directory(b"a.txt", b"words", huge, size=0xFFFFFFFF, offset=0)
    )
    (tmp_path / "far.zip").write_bytes(
        _directory(b"a.txt", b"words", far, size=5, offset=0xFFFFFFFF)
    )
    (first,) = find_sources([tmp_path / "huge.zip"])
    assert isinstance(first, Unread)
    assert "too large" in first.reason
    (second,) = find_sources([tmp_path / "far.zip"])
    assert isinstance(second, SourceRef)
    with pytest.raises(SourceError, match="damaged"):
        second.load()


def test_of_two_files_of_one_name_the_last_counts(tmp_path: Path) -> None:
    """As for whoever unpacks the archive; the other is named."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "The first.")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", "The second.")
    found = list(find_sources([tmp_path / "a.zip"]))
    assert [item.load().data for item in found if isinstance(item, SourceRef)] == [b"The second."]
    assert [item.reason[:24] for item in found if isinstance(item, Unread)] == [
        "stands in its archive ag"
    ]


def test_folders_without_an_end(tmp_path: Path) -> None:
    """A walk that goes too deep says where it stopped."""
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        for _ in range(limits.MAX_DEPTH + 50):
            os.mkdir("a")
            os.chdir("a")
    finally:
        os.chdir(here)
    (stopped,) = find_sources([tmp_path])
    assert isinstance(stopped, Unread)
    assert "folders deep" in stopped.reason


def test_a_word_document_is_read_as_far_as_it_states() -> None:
    """What its archive holds beyond the size it states is not unpacked, by no library."""
    whole = docx(paragraph("Hello there, Sir"))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as read, zipfile.ZipFile(packed, "w", 8) as made:
        for info in read.infolist():
            more = b" " * 30_000_000 if info.filename == "word/document.xml" else b""
            made.writestr(info.filename, read.read(info) + more)
        main = read.read("word/document.xml")
    data = bytearray(packed.getvalue())
    name = data.rindex(b"word/document.xml")
    entry = data.rindex(b"PK\x01\x02", 0, name)
    data[entry + 16 : entry + 20] = struct.pack("<L", zlib.crc32(main))
    data[entry + 24 : entry + 28] = struct.pack("<L", len(main))
    (document,) = registry.read(source_file("a.docx", bytes(data))).documents
    assert document.text == "Hello there, Sir"


def test_a_word_document_hides_no_entities_in_utf_16() -> None:
    """A declaration is seen in whatever encoding a part is written."""
    whole = docx(paragraph("w"))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as read, zipfile.ZipFile(packed, "w") as made:
        for info in read.infolist():
            made.writestr(info.filename, read.read(info))
        made.writestr("word/footnotes.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16"))
    with pytest.raises(SourceError, match="declares entities"):
        registry.read(source_file("a.docx", packed.getvalue()))


def test_a_record_that_nests_without_end() -> None:
    """LIDO is refused by its depth, in one line."""
    deep = "<a>" * 3_000 + "x" + "</a>" * 3_000
    record = f'<lido xmlns="http://www.lido-schema.org"><x>{deep}</x></lido>'
    with pytest.raises(SourceError, match="deeper than any record"):
        registry.read(source_file("a.xml", record))


def test_a_letter_listed_with_no_address() -> None:
    """A ``@ref`` that is no address costs the letter its id, not the list its letters."""
    rows = "".join(
        f'<correspDesc ref="{ref}" key="{key}"><correspAction type="sent"><persName>Kell</persName>'
        "</correspAction></correspDesc>"
        for ref, key in (("http://[x", "k1"), ("https://a.example/2", "k2"))
    )
    data = (
        f'<TEI xmlns="{NS}"><teiHeader><fileDesc><titleStmt><title>L</title></titleStmt></fileDesc>'
        f"<profileDesc>{rows}</profileDesc></teiHeader><text><body><p/></body></text></TEI>"
    )
    documents = registry.read(source_file("a.xml", data)).documents
    assert [document.local_id for document in documents] == ["k1", "2"]


def test_ids_given_twice_clash_with_none() -> None:
    """A second "a" becomes "a-3" where "a-2" is another's own."""
    letters = "".join(
        f'<TEI xml:id="{id}"><teiHeader/><text><body><p>w</p></body></text></TEI>'
        for id in ("a", "a", "a-2")
    )
    data = f'<teiCorpus xmlns="{NS}"><teiHeader/>{letters}</teiCorpus>'
    found = [d.local_id for d in registry.read(source_file("c.xml", data)).documents]
    assert found == ["a", "a-3", "a-2"]
    plain = "".join(f"---\nid: {id}\ntitle: T\n---\n\nWords of {id}.\n\n" for id in ("a", "a", "b"))
    reading = registry.read(source_file("p.txt", plain))
    assert [d.local_id for d in reading.documents] == ["a", "a-2", "b"]
    assert "papers/a: a second one became 'papers/a-2'" in reading.warnings


OWN = Document("c/d1", "c", Source("a.txt", "0" * 64), "Kell to Holm, 25 July 1918.")


def own_file(change: dict[str, object], beside: dict[str, object]) -> str:
    """TEI as Regesta writes it, its data changed by somebody else."""
    written = single_document(OWN, Collection("c", "C"))
    start = written.index('<xenoData type="regesta">') + len('<xenoData type="regesta">')
    end = written.index("</xenoData>")
    data = json.loads(written[start:end])
    data["document"] |= change
    return written[:start] + json.dumps(data | beside) + written[end:]


def fact(field: str, **value: object) -> dict[str, object]:
    """Facts of a document as JSON."""
    return {"facts": [{"field": field, "value": value, "origin": "given"}]}


DAY = {"edtf": "1918-07-25", "earliest": "1918-07-25", "latest": "1918-07-25"}


@pytest.mark.parametrize(
    "change",
    [
        fact("sender", type="date", **DAY),
        fact("kind", type="party", name="Kell"),
        fact("date", type="date", **DAY | {"edtf": "["}),
        fact("date", type="date", **DAY | {"edtf": "[1918/1919"}),
        fact("date", type="date", **DAY | {"earliest": "abcd"}),
        fact("date", type="date", **DAY | {"time": "x"}),
        fact("place", type="place", name="X", latitude=1e300, longitude=0.0),
        {"layers": [{"kind": "body", "start": 0, "end": 900}]},
    ],
)
def test_data_that_no_document_of_ours_has(change: dict[str, object]) -> None:
    """A file that only pretends to be of Regesta's making is read like any TEI."""
    reading = registry.read(source_file("a.xml", own_file(change, {})))
    assert [d.text for d in reading.documents] == [OWN.text]
    assert not any(f.rule == "" for f in reading.documents[0].facts)
    assert any("not the one that Regesta wrote" in told for told in reading.warnings)


def test_links_and_acts_beyond_the_text_are_left_out() -> None:
    """What a file states of its links holds only where their words stand in it."""
    links = [Link("reference", "", (0, 4)), Link("reference", "", (5, 900)),
             Link("reference", "", (0, 1), note=7)]  # fmt: skip
    acts = [Act("Kell", "protest", span=(0, 4)), Act("Kell", "protest", span=(-5, 99))]
    said = {
        "links": [{"kind": x.kind, "target": "", "span": x.span, "note": x.note} for x in links],
        "acts": [{"actor": a.actor, "act": a.act, "span": a.span} for a in acts],
    }
    reading = registry.read(source_file("a.xml", own_file({}, said)))
    assert list(reading.links.values()) == [(links[0],)]
    assert list(reading.acts.values()) == [(acts[0],)]


@pytest.mark.parametrize(
    "value", ["1918-10-25T99:99", "1918-10-25T24:30", "\u0661\u0669\u0661\u0668", "1918\n/1919"]
)
def test_no_clock_and_no_other_figures(value: str) -> None:
    """An hour that no clock shows, and figures that EDTF does not know, are no date."""
    assert from_iso(value) is None
    assert parse_edtf(value) is None


def test_midnight_at_the_end_of_a_day() -> None:
    """24:00 is an hour, and nothing after it."""
    midnight = from_iso("1918-10-25T24:00")
    assert midnight is not None
    assert midnight.time == "24:00"
