"""Small sources made by hand for the tests of the readers."""

import hashlib
import io
import zipfile

from regesta.documents import Document
from regesta.reading.base import SourceFile


def source_file(name: str, data: bytes | str, folder: str = "papers") -> SourceFile:
    """A source in hand."""
    if isinstance(data, str):
        data = data.encode("utf-8")
    return SourceFile(name, name, folder, data, hashlib.sha256(data).hexdigest())


def layer_texts(document: Document, kind: str) -> list[str]:
    """The words of every layer of a kind."""
    return [document.text[one.start : one.end] for one in document.layers if one.kind == kind]


def values(document: Document, field: str) -> list[object]:
    """All values of a field, resolved."""
    return [fact.value for fact in document.resolved(field)]


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    """A Word document: the inside of ``w:body`` and further parts by name (``footnotes``)."""
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        "</Types>"
    )
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = (
        f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{base}/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{base}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(parts)
        if name != "core"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", rels)
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}">{inner}</Relationships>',
        )
        archive.writestr(
            "word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>"
        )
        for name, text in parts.items():
            where = "docProps/core.xml" if name == "core" else f"word/{name}.xml"
            archive.writestr(where, text.replace("W_NS", _W))
    return packed.getvalue()


def paragraph(text: str, style: str = "", extra: str = "") -> str:
    """A Word paragraph."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    words = f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:p>{look}<w:r>{words}</w:r>{extra}</w:p>"


def pdf(pages: list[list[str]], *, title: str = "", encrypt: bool = False) -> bytes:
    """A PDF with one line of text for each string; a page without lines is a blank one."""
    objects: list[bytes] = []

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    font = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    tree = len(objects) + 2 * len(pages) + 1
    kids = []
    for lines in pages:
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        stream = f"BT /F1 11 Tf 72 770 Td 14 TL\n{shown}ET".encode("latin-1")
        content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                b"/Resources << /Font << /F1 %d 0 R >> >> >>" % (tree, content, font)
            )
        )
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    add(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids)))
    root = add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    info = add(b"<< /Title (%s) >>" % _escaped(title).encode("latin-1"))
    made, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    locked = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >> /ID [(a) (a)] "
        % (b"o" * 32, b"u" * 32)
        if encrypt
        else b""
    )
    made += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, root, info, locked, start,
    )  # fmt: skip
    return made


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
