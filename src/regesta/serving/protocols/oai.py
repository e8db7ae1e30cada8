"""The Open Archives Initiative's Protocol for Metadata Harvesting 2.0, at /oai.

What comes in are a harvester's requests, by GET or POST; out goes XML: Dublin Core or TEI of every
document, what changed since a day, and what is gone.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from regesta.documents import Document
from regesta.edition import Edition
from regesta.edition.changes import Change
from regesta.exporting.dublin_core import dublin_core
from regesta.exporting.tei.words import attribute, element, escaped
from regesta.serving.pages.links import document_url
from regesta.serving.protocols.oai_asked import (
    FORMATS,
    Harvest,
    OaiError,
    arguments,
    check_prefix,
    harvest,
    now,
    seal,
    set_filter,
    set_name,
)

#: Records of one answer, and headers of one; a TEI document may be long.
RECORDS, HEADERS = 50, 500
#: Bytes of a posted request; more is no request of this protocol.
LARGEST = 20_000
_OAI = "http://www.openarchives.org/OAI/2.0/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_DOMAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)+\Z")
#: Stands in identifiers and for the address of whoever keeps the edition, where none is known.
NOWHERE = "edition.invalid"


class Repository:
    """An edition as a harvester sees it at one address.

    Args:
        edition: The edition.
        base: Address of the edition without the last slash.
    """

    def __init__(self, edition: Edition, base: str) -> None:
        self.edition, self.base = edition, base
        self.ledger = edition.changes()
        host = base.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
        self.namespace = host if _DOMAIN.match(host) else NOWHERE

    def answer(self, pairs: list[tuple[str, str]]) -> str:
        """The answer to a request, as XML."""
        told: dict[str, str] = {}
        try:
            told = arguments(pairs)
            inner = VERBS[told["verb"]](self, told)
            body = f"<{told['verb']}>{inner}</{told['verb']}>"
        except OaiError as error:
            body = f'<error code="{error.code}">{escaped(error.message)}</error>'
            told = {} if error.code in ("badVerb", "badArgument") else told
        request = "".join(attribute(name, value) for name, value in told.items())
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{_OAI}" xmlns:xsi="{_XSI}" '
            f'xsi:schemaLocation="{_OAI} {_OAI}OAI-PMH.xsd">'
            f"<responseDate>{now()}</responseDate>"
            f"<request{request}>{escaped(self.base)}/oai</request>{body}</OAI-PMH>\n"
        )

    def identify(self, _: dict[str, str]) -> str:
        """What this is."""
        title = self.edition.info().title or "Regesta"
        sample = next(iter(self.edition.ids()), "collection/document")
        described = "http://www.openarchives.org/OAI/2.0/oai-identifier"
        return "".join(
            [
                element("repositoryName", title),
                element("baseURL", f"{self.base}/oai"),
                element("protocolVersion", "2.0"),
                element("adminEmail", f"nobody@{self.namespace}"),
                element("earliestDatestamp", self.ledger.earliest() or now()),
                element("deletedRecord", "transient"),
                element("granularity", "YYYY-MM-DDThh:mm:ssZ"),
                f'<description><oai-identifier xmlns="{described}" '
                f'xsi:schemaLocation="{described} {described}.xsd">',
                element("scheme", "oai"),
                element("repositoryIdentifier", self.namespace),
                element("delimiter", ":"),
                element("sampleIdentifier", self.identifier(sample)),
                "</oai-identifier></description>",
            ]
        )

    def formats(self, told: dict[str, str]) -> str:
        """The formats, of every record alike."""
        if "identifier" in told:
            self._change(told["identifier"])
        return "".join(
            "<metadataFormat>"
            + element("metadataPrefix", prefix)
            + element("schema", schema)
            + element("metadataNamespace", namespace)
            + "</metadataFormat>"
            for prefix, (schema, namespace) in FORMATS.items()
        )

    def sets(self, told: dict[str, str]) -> str:
        """The sets: collections and kinds; few enough for one answer."""
        if "resumptionToken" in told:
            raise OaiError("badResumptionToken", "the sets come in one answer")
        titles = {c.collection.id: c.collection.title for c in self.edition.collections()}
        rows = [("collection", "All documents, by collection")]
        for id in self.ledger.values("collection"):
            rows.append((set_name("collection", id), titles.get(id, id) or id))
        kinds = self.ledger.values("kind")
        rows += [("kind", "Documents of a known kind")] if kinds else []
        rows += [(set_name("kind", kind), kind) for kind in kinds]
        return "".join(
            f"<set>{element('setSpec', spec)}{element('setName', name)}</set>"
            for spec, name in rows
        )

    def record(self, told: dict[str, str]) -> str:
        """One record."""
        check_prefix(told["metadataPrefix"])
        change = self._change(told["identifier"])
        document = None if change.gone else self.edition.document(change.id)
        return self._record(change, document, told["metadataPrefix"])

    def records(self, told: dict[str, str]) -> str:
        """A page of records, and where it goes on."""
        asked, page, end = self._page(told, RECORDS)
        here = [change.id for change in page if not change.gone]
        documents = {d.id: d for d in self.edition.documents(ids=here)}
        found = [self._record(c, documents.get(c.id), asked.prefix) for c in page]
        return "".join(found) + end

    def headers(self, told: dict[str, str]) -> str:
        """A page of headers, and where it goes on."""
        _, page, end = self._page(told, HEADERS)
        return "".join(map(self._header, page)) + end

    def _page(self, told: dict[str, str], size: int) -> tuple[Harvest, list[Change], str]:
        asked = harvest(told, self.ledger.secret)
        wanted = set_filter(asked)
        total = self.ledger.count(wanted)
        page = self.ledger.page(wanted, after=asked.after, limit=size)
        if not page:
            raise OaiError("noRecordsMatch", "nothing has that date, set and format")
        given = asked.given + len(page)
        whole = f' completeListSize="{max(total, given)}" cursor="{asked.given}"'
        if given >= total:
            end = f"<resumptionToken{whole}/>" if asked.given else ""
            return asked, page, end
        following = Harvest(
            asked.verb, asked.prefix, asked.first, asked.last, asked.set, page[-1].id, given
        )
        token = seal(following, self.ledger.secret)
        return asked, page, f"<resumptionToken{whole}>{token}</resumptionToken>"

    def identifier(self, id: str) -> str:
        """A document's id as a harvester has it."""
        return f"oai:{self.namespace}:{quote(id, safe=_SAFE)}"

    def _change(self, identifier: str) -> Change:
        prefix = f"oai:{self.namespace}:"
        change = None
        if identifier.startswith(prefix):
            change = self.ledger.change(unquote(identifier.removeprefix(prefix)))
        if change is None:
            raise OaiError("idDoesNotExist", "no record has that identifier")
        return change

    def _header(self, change: Change) -> str:
        sets = [set_name("collection", change.collection)]
        sets += [set_name("kind", change.kind)] if change.kind else []
        return (
            f"<header{attribute('status', 'deleted' if change.gone else '')}>"
            + element("identifier", self.identifier(change.id))
            + element("datestamp", change.stamp)
            + "".join(element("setSpec", spec) for spec in sets)
            + "</header>"
        )

    def _record(self, change: Change, document: Document | None, prefix: str) -> str:
        header = self._header(change)
        if document is None:
            return f"<record>{header}</record>"
        return f"<record>{header}<metadata>{self._metadata(document, prefix)}</metadata></record>"

    def _metadata(self, document: Document, prefix: str) -> str:
        if prefix == "tei":
            return self.edition.tei(document.id).partition("?>")[2].strip()
        collection = self.edition.collection(document.collection).collection
        address = self.base + document_url(document.id)
        return dublin_core(document, collection, address=address)


#: What an identifier may hold as it stands, by the oai-identifier scheme.
_SAFE = "-_.!~*'();/?:@&=+$,"
VERBS: dict[str, Callable[[Repository, dict[str, str]], str]] = {
    "Identify": Repository.identify,
    "ListMetadataFormats": Repository.formats,
    "ListSets": Repository.sets,
    "GetRecord": Repository.record,
    "ListIdentifiers": Repository.headers,
    "ListRecords": Repository.records,
}


async def oai(request: Request) -> Response:
    """Answer a harvester."""
    if request.method == "POST":
        data = b""
        async for piece in request.stream():
            data += piece
            if len(data) > LARGEST:
                return Response("the request is too large\n", 413, media_type="text/plain")
        pairs = parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True)
    else:
        pairs = list(request.query_params.multi_items())
    base = str(request.base_url).rstrip("/")
    edition: Edition = request.app.state.edition
    text = await run_in_threadpool(lambda: Repository(edition, base).answer(pairs))
    return Response(text, media_type="text/xml", headers={"access-control-allow-origin": "*"})
