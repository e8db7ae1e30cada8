"""TEI's document type, with what TEI P5 has and the copy that trafilatura ships has not.

That copy is of a customisation without the modules *transcr* and *textcrit*, and declares `choice`
with a single part where the Guidelines ask for two or more. The declarations added here are those
of the Guidelines, <https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-choice.html> and its
neighbours ref-app, ref-lem, ref-rdg and ref-subst.
"""

import importlib.resources
import io

from lxml import etree

_CHANGED = {
    "<!ELEMENT choice (%model.choicePart;|choice)>": (
        "<!ELEMENT choice ((%model.choicePart;|choice),(%model.choicePart;|choice)+)>"
    ),
    '<!ENTITY % model.pPart.transcriptional "sic |corr |reg |orig |add |del |unclear">': (
        '<!ENTITY % model.pPart.transcriptional "app |sic |corr |reg |orig |add |del |subst '
        '|unclear">'
    ),
}
_ADDED = """
<!ELEMENT subst (add|del)+>
<!ELEMENT app (lem?,rdg+)>
<!ELEMENT lem %macro.paraContent;>
<!ELEMENT rdg %macro.paraContent;>
"""


def document_type() -> etree.DTD:
    """Give the document type that TEI is checked against.

    Raises:
        ValueError: The copy is another one: what is changed here does not stand there.
    """
    file = importlib.resources.files("trafilatura") / "data" / "tei_corpus.dtd"
    text = file.read_text(encoding="utf-8")
    for old, new in _CHANGED.items():
        if text.count(old) != 1:
            raise ValueError(f"the document type does not hold {old!r}")
        text = text.replace(old, new)
    return etree.DTD(io.BytesIO((text + _ADDED).encode()))
