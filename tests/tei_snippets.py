"""Small made-up TEI for the tests of the TEI reader."""

from hashlib import sha256

from regesta.reading.base import Reading, SourceFile
from regesta.reading.tei.reader import TeiReader

TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'
FRUS = 'xmlns:frus="http://history.state.gov/frus/ns/1.0"'

HEADER = """<teiHeader><fileDesc><titleStmt>
<title type="complete">Papers on the Lagoon Question, 1890, Volume I</title>
<title type="series">Papers on the Lagoon Question</title>
<title type="volumenumber">Volume I</title><title type="volume">Harbours</title>
</titleStmt><publicationStmt><publisher>State Press</publisher><pubPlace>Port Alba</pubPlace>
<date>1891</date></publicationStmt><sourceDesc><p>From the printed book.</p></sourceDesc>
</fileDesc></teiHeader>"""


def source(text: str | bytes, name: str = "file.xml", folder: str = "letters") -> SourceFile:
    """A source file of a text."""
    data = text.encode() if isinstance(text, str) else text
    return SourceFile(f"{folder}/{name}", name, folder, data, sha256(data).hexdigest())


def volume(body: str, *, front: str = "", back: str = "", header: str = HEADER) -> Reading:
    """Read a made-up volume."""
    parts = f"<front>{front}</front>" if front else ""
    parts += f"<body>{body}</body>"
    parts += f"<back>{back}</back>" if back else ""
    text = f'<TEI {TEI} {FRUS} xml:id="lagoon1890v1">{header}<text>{parts}</text></TEI>'
    return TeiReader().read(source(text, "lagoon1890v1.xml"))


def single(body: str, *, header: str = "", more: str = "", text_type: str = "") -> Reading:
    """Read a made-up one-document file."""
    kind = f' type="{text_type}"' if text_type else ""
    head = f"<teiHeader>{header}</teiHeader>" if header else ""
    text = f"<TEI {TEI}>{head}{more}<text{kind}><body>{body}</body></text></TEI>"
    return TeiReader().read(source(text, "letter 7.xml"))
