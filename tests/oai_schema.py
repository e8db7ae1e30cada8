"""What an answer by the Protocol for Metadata Harvesting 2.0 may hold, as a grammar of our own.

It says what the protocol's document says of its answers (sections 3 and 4): elements, their order
and number, and the form of dates, identifiers and sets.
"""

import re

from lxml import etree

OAI = "{http://www.openarchives.org/OAI/2.0/}"
OAI_DC = "{http://www.openarchives.org/OAI/2.0/oai_dc/}"
DC = "{http://purl.org/dc/elements/1.1/}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
#: Element → its children, in order, as a regular expression over their names.
CONTENT = {
    "OAI-PMH": r"responseDate request (error )+|responseDate request (Identify|ListSets|GetRecord|"
    r"ListRecords|ListIdentifiers|ListMetadataFormats) ",
    "Identify": r"repositoryName baseURL protocolVersion (adminEmail )+earliestDatestamp "
    r"deletedRecord granularity (compression )*(description )*",
    "ListMetadataFormats": r"(metadataFormat )+",
    "metadataFormat": r"metadataPrefix schema metadataNamespace ",
    "ListSets": r"(set )+(resumptionToken )?",
    "set": r"setSpec setName (setDescription )*",
    "GetRecord": r"record ",
    "ListRecords": r"(record )+(resumptionToken )?",
    "ListIdentifiers": r"(header )+(resumptionToken )?",
    "record": r"header (metadata (about )*)?",
    "header": r"identifier datestamp (setSpec )*",
}
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
_SET = r"([A-Za-z0-9\-_.!~*'()])+(:[A-Za-z0-9\-_.!~*'()]+)*"
#: Element → the form of its text.
TEXT = {
    "responseDate": _MOMENT,
    "request": r"https?://[^?#]+",
    "error": r".*",
    "repositoryName": r".+",
    "baseURL": r"https?://.+",
    "protocolVersion": r"2\.0",
    "adminEmail": r"\S+@(\S+\.)+\S+",
    "earliestDatestamp": _MOMENT,
    "deletedRecord": r"no|persistent|transient",
    "granularity": r"YYYY-MM-DDThh:mm:ssZ",
    "metadataPrefix": r"[A-Za-z0-9\-_.!~*'()]+",
    "schema": r"https?://.+",
    "metadataNamespace": r"https?://.+",
    "setSpec": _SET,
    "setName": r".+",
    "identifier": r"oai:[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+:"
    r"[a-zA-Z0-9\-_.!~*'();/?:@&=+$,%]+",
    "datestamp": _MOMENT,
    "resumptionToken": r"[A-Za-z0-9_\-]*",
}
ATTRIBUTES = {
    "request": {
        "verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken",
    },
    "error": {"code"},
    "header": {"status"},
    "resumptionToken": {"completeListSize", "cursor", "expirationDate"},
    "OAI-PMH": {f"{XSI}schemaLocation"},
}  # fmt: skip
CODES = {
    "badArgument", "badResumptionToken", "badVerb", "cannotDisseminateFormat", "idDoesNotExist",
    "noMetadataFormats", "noRecordsMatch", "noSetHierarchy",
}  # fmt: skip
DUBLIN_CORE = {
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type",
    "format", "identifier", "source", "language", "relation", "coverage", "rights",
}  # fmt: skip


def check(element: etree._Element) -> None:
    """Check an answer, from its root down."""
    name = etree.QName(element).localname
    assert element.tag == f"{OAI}{name}", element.tag
    assert set(element.attrib) <= ATTRIBUTES.get(name, set()), (name, dict(element.attrib))
    if name == "error":
        assert element.get("code") in CODES
    if name == "header":
        assert element.get("status") in (None, "deleted")
    if name == "metadata":
        (inner,) = element
        _check_metadata(inner)
        return
    if name == "description":
        return
    if name in CONTENT:
        names = "".join(f"{etree.QName(child).localname} " for child in element)
        assert re.fullmatch(CONTENT[name], names), (name, names)
        assert not (element.text or "").strip()
        for child in element:
            check(child)
        return
    assert not len(element), name
    assert re.fullmatch(TEXT[name], element.text or "", re.DOTALL), (name, element.text)


def _check_metadata(element: etree._Element) -> None:
    if element.tag != f"{OAI_DC}dc":
        assert element.tag == "{http://www.tei-c.org/ns/1.0}TEI"
        return
    assert len(element)
    for child in element:
        assert child.tag.removeprefix(DC) in DUBLIN_CORE
        assert child.text
        assert not len(child)
        assert not child.attrib
