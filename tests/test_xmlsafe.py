"""Safe XML: what is refused, what is mended, and that folding changes no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.errors import SourceError
from regesta.reading import xmlsafe
from regesta.reading.xmlsafe import Parser, fold, looks_like_xml, root_name

_BOMB = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;"><!ENTITY z "&y;&y;&y;">]><a>&z;</a>'


def parse(data: bytes, parser: Parser | None = None) -> str:
    """All text of a file, as it arrives."""
    pieces: list[str] = []

    def begin() -> tuple[object, object, object]:
        pieces.clear()
        return (lambda tag, attrs: None), (lambda tag: None), pieces.append

    (parser or Parser("f.xml")).run(data, begin)  # type: ignore[arg-type]
    return "".join(pieces)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<a><b>x</b>", "truncated"),
        (b"<a><b>x</b", "truncated"),
        (b"<a>\n<b>x</a>", "line 2"),
        (b"", "truncated"),
        (b"<a>\n\nM\xfcnchen</a>", "line 3: the bytes are not UTF-8"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "klingon"),
        (_BOMB.encode(), "entity bomb"),
        (b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 1000 + b'">]><a>&x;</a>', "entity bomb"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "external entity"),
        (b"<a>&nowhere;</a>", "undefined entity"),
        (_BOMB.replace("x", "\xe9").replace("y", "\xe8").encode(), "entity bomb"),
        (b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&#38;x;">]><a>&y;</a>', "entity bomb"),
        (
            b'<!DOCTYPE a [<!ENTITY x "ha"><!ATTLIST b c CDATA "' + b"&x;" * 300 + b'">]><a/>',
            "every 'b' without 'c' would get 600 characters",
        ),
    ],
)
def test_what_is_refused(data: bytes, said: str) -> None:
    """A file that is broken or dangerous is refused with its name and the reason."""
    with pytest.raises(SourceError, match=said) as caught:
        parse(data)
    assert "f.xml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_many_small_entities_are_a_bomb_too() -> None:
    """Entities that grow the text by megabytes are refused, however short each is."""
    data = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 300 + b'">]><a>' + b"&x;" * 40_000 + b"</a>"
    with pytest.raises(SourceError, match="entity bomb"):
        parse(data)


def test_a_file_can_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is refused before it is parsed."""
    monkeypatch.setattr(xmlsafe, "MAX_BYTES", 1 << 20)
    with pytest.raises(SourceError, match="more than 1 MB"):
        parse(b"<a>" + b"x" * (1 << 20) + b"</a>")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'<!DOCTYPE a [<!ENTITY mdash "-">]><a>x &mdash; y</a>', "x - y"),
        (b'<!DOCTYPE a SYSTEM "old.dtd"><a>caf&eacute;</a>', "café"),
        (b'<!DOCTYPE a SYSTEM "old.dtd"><a>x &qqqq; y</a>', "x &qqqq; y"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><a>M\xfcnchen</a>', "München"),
        ('<?xml version="1.0" encoding="utf-16"?><a>Київ</a>'.encode("utf-16"), "Київ"),
        ('<?xml version="1.0" encoding="windows-1251"?><a>Київ</a>'.encode("cp1251"), "Київ"),
        (b"\xef\xbb\xbf<a>x</a>", "x"),
        (b"<a>x <!-- no --> y<![CDATA[ < z]]></a>", "x  y < z"),
    ],
)
def test_what_is_read(data: bytes, text: str) -> None:
    """Encodings, harmless entities, comments and CDATA are read as what they stand for."""
    assert parse(data) == text


def test_a_comment_with_two_hyphens_is_mended() -> None:
    """A comment that XML forbids is skipped, and its line is named."""
    parser = Parser("f.xml")
    assert parse(b"<a>x\n<!--- really? ---> y</a>", parser).split() == ["x", "y"]
    assert parser.warnings == ["line 2: a comment holds '--'; read as if it did not"]


@given(
    st.lists(st.sampled_from(["a", "ö ", " \n  ", "\t", "<b/>", "<!--x y-->", "\u00a0", "&amp;"]))
)
def test_folding_changes_no_word(parts: list[str]) -> None:
    """Folding the bytes leaves the words of the text as they are."""
    data = f"<a>{''.join(parts)}</a>".encode()
    flat, _ = fold(data)
    assert parse(flat).split() == parse(data).split()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<TEI xmlns='urn:x'><a>", ("TEI", "urn:x")),
        (b"<?xml version='1.0'?>\n<!-- c --><t:TEI xmlns:t='urn:y'/>", ("TEI", "urn:y")),
        (b"plain text", ("", "")),
        (b"<TEI", ("", "")),
    ],
)
def test_root_name(data: bytes, expected: tuple[str, str]) -> None:
    """The root element is known from the first bytes, also of a file that breaks off later."""
    assert root_name(data) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"  <a/>", True),
        ("<a/>".encode("utf-16"), True),
        (b"\x00\x01\x02", False),
        (b"", False),
        (b"Sir: <b>", False),
    ],
)
def test_looks_like_xml(data: bytes, expected: bool) -> None:
    """A file that begins with an angle bracket may be XML, whatever its encoding."""
    assert looks_like_xml(data) is expected
