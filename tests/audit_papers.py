"""Made-up volumes for the audit's tests: papers as TEI, a desk without an edition, the findings."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tei_snippets import FRUS, HEADER, TEI, volume

from regesta.auditing.base import Auditor, Candidate, Finding, Printed, SourceIds, Stranger
from regesta.describing.base import Context
from regesta.describing.registry import describe
from regesta.documents import Document
from regesta.edition.audit.desk import EditionDesk, find_ids


def paper(
    id: str,
    dateline: str = "",
    *,
    head: str = "The Consul at Port Alba (Varga) to the Foreign Secretary",
    text: str = "Sir: The harbour is quiet, and the two schooners lie where they lay before.",
    signed: str = "Varga",
    more: str = "",
    after: str = "",
    page: str = "",
) -> str:
    """A document of a volume; ``dateline`` is its inner mark-up."""
    begins = f'<pb n="{page}" xml:id="pg_{page}"/>' if page else ""
    dated = f"<dateline>{dateline}</dateline>" if dateline else ""
    closer = f"<closer><signed>{signed}</signed></closer>" if signed else ""
    return (
        f'<div type="document" xml:id="{id}">{begins}<head>{head}</head>{dated}'
        f"<p>{text}</p>{more}{closer}{after}</div>"
    )


def dated(day: str, printed: str, *, place: str = "Port Alba") -> str:
    """The inner mark-up of a dateline."""
    return f'<placeName>{place}</placeName>, <date when="{day}">{printed}</date>'


def party(name: str, office: str = "Consul at Port Alba", to: str = "Foreign Secretary") -> str:
    """A heading with its parties marked up."""
    return (
        f'The {office} (<persName type="from">{name}</persName>) to the '
        f'<gloss type="to">{to}</gloss>'
    )


def chapter(*papers: str, id: str = "ch1") -> str:
    """A chapter of a volume."""
    return f'<div type="chapter" xml:id="{id}"><head>The harbour</head>{"".join(papers)}</div>'


def write_volume(folder: Path, body: str, *, back: str = "", name: str = "lagoon1890v1") -> Path:
    """Write a volume as a file of sources."""
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"{name}.xml"
    end = f"<back>{back}</back>" if back else ""
    path.write_text(
        f'<TEI {TEI} {FRUS} xml:id="{name}">{HEADER}<text><body>{body}</body>{end}</text></TEI>',
        encoding="utf-8",
    )
    return path


class BareDesk:
    """A desk with printed dates and the ids of one made-up source, and no edition."""

    def __init__(self, source: str = "", documents: Sequence[Document] = ()) -> None:
        self._ids = find_ids(source.encode())
        self._documents = {document.id: document for document in documents}
        self.named: list[Stranger] = []

    def dates(self, text: str, start: int, end: int) -> Sequence[Printed]:
        """As an edition finds them."""
        return EditionDesk.dates(self, text, start, end)  # type: ignore[arg-type]

    def source_ids(self, document: Document) -> SourceIds | None:
        """Of the one source."""
        return self._ids

    def strangers(self) -> Iterator[Stranger]:
        """Those of the test."""
        yield from self.named

    def same_day(self) -> Iterator[Sequence[Candidate]]:
        """By the day of their dates."""
        days: dict[str, list[Candidate]] = {}
        for d in self._documents.values():
            day = d.date.day if d.date else None
            if day:
                senders = "; ".join(p.label for p in d.senders)
                recipients = "; ".join(p.label for p in d.recipients)
                one = Candidate(d.id, d.collection, len(d.text), senders, recipients, d.parent)
                days.setdefault(day, []).append(one)
        yield from days.values()

    def document(self, id: str) -> Document:
        """One of them."""
        return self._documents[id]


def findings(kind: type[Auditor], body: str, *, back: str = "", said: str = "") -> list[Finding]:
    """What one auditor finds in a made-up volume.

    Args:
        kind: The auditor.
        body, back: Of the volume.
        said: The source as the desk sees it; by default body and back.
    """
    reading = volume(body, back=back)
    context = Context(collection=reading.collection)
    documents = [describe(document, context) for document in reading.documents]
    auditor = kind(BareDesk(said or body + back, documents))
    found: list[Finding] = []
    for document in documents:
        found += auditor.document(document)
    found += auditor.collection(reading.collection)
    found += auditor.edition()
    return found


def kinds(found: Sequence[Finding]) -> list[str]:
    """The kinds of findings, in order."""
    return [finding.kind for finding in found]
