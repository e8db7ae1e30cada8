"""Every format of `regesta export`: its speed, whether others read it, and what comes back.

All real documents are linked and written in every format by CPU time; peak memory is read from
traced allocations at two sizes; validators that we did not write read the files: rdflib, pyarrow,
csv, lxml with the rules of CMIF, and epubcheck where it is installed. QhoD's own CMIF file goes in
and out, and each letter's six facts are compared.
"""

import csv
import io
import json
import os
import shutil
import subprocess
import tempfile
import time
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree
from tei_schema import document_type

from regesta.documents import Document
from regesta.edition import Edition, export
from regesta.edition.building.builder import build
from regesta.edition.exports import asked_besides, collections_of, find_exporter

#: Format → documents a second that it should reach.
TARGETS = {
    "jsonl": 2000, "csv": 2000, "text": 2000, "bibtex": 2000, "ris": 2000, "csl-json": 2000,
    "cmif": 2000, "jsonld": 500, "skos": 2000, "skos-xml": 2000, "tables": 500, "parquet": 500,
    "epub": 500, "tei": 500,
}  # fmt: skip
#: Formats whose memory is looked at: those, and the networks and acts.
MEMORY = (*TARGETS, "graphml", "gexf", "graphml-parties", "acts-csv", "acts-parquet", "acts-jsonld")
NS = {"t": "http://www.tei-c.org/ns/1.0"}
_CMIF_RULES = Path(__file__).parents[1] / "tests" / "cmif.rng"


class Nowhere(io.RawIOBase):
    """Takes bytes and forgets them, so that only the exporter's own memory is seen."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(data)


def speeds(edition: Edition, folder: Path) -> list[dict[str, Any]]:
    """Write every format twice: how fast, and whether the bytes are the same."""
    total, found, alike = edition.info().documents, [], 0
    for form, least in TARGETS.items():
        started = time.process_time()
        export(edition, form, folder / f"one.{form}")
        spent = time.process_time() - started
        export(edition, form, folder / f"two.{form}")
        same = (folder / f"one.{form}").read_bytes() == (folder / f"two.{form}").read_bytes()
        alike += same
        (folder / f"two.{form}").unlink()
        found.append(
            {"what": f"writing {form}", "target": f"≥ {least:,} documents/s",
             "reached": f"{total / spent:,.0f} documents a CPU second",
             "met": total / spent >= least}
        )  # fmt: skip
    found.append(
        {"what": f"formats that give the same bytes again, of {len(TARGETS)}", "target": "all",
         "reached": str(alike), "met": alike == len(TARGETS)}
    )  # fmt: skip
    return found


def memory(edition: Edition) -> list[dict[str, Any]]:
    """Peak memory of each format for some documents and for four times as many.

    Python's allocations are traced; Arrow keeps its own count of what it holds.
    """
    # The same documents four times over: others might be longer, and need more by themselves.
    few = list(edition.ids())[:1000]
    many = few * 4
    worst, which = 0.0, ""
    print("memory           peak MB  of 4 times as many  KB a further document")
    for form in MEMORY:
        _peak(edition, form, few[:20])  # what is loaded at the first time is loaded
        one, four = (_peak(edition, form, some) for some in (few, many))
        growth = (four - one) / (len(many) - len(few))
        print(f"{form:16} {one / 2**20:7.1f} {four / 2**20:19.1f} {growth / 1024:22.2f}")
        if growth > worst:
            worst, which = growth, form
    return [
        {
            "what": "memory that grows with the documents (the worst format)",
            "target": "≤ 1 KB a document",
            "reached": f"{worst / 1024:.2f} KB a document ({which})",
            "met": worst <= 1024,
            "note": f"{len(few)} documents and four times as many, {len(MEMORY)} formats; "
            "EPUB keeps the headings of its contents, SKOS the subjects, networks the names",
        }
    ]


def _peak(edition: Edition, form: str, ids: list[str]) -> int:
    """Bytes at the most while some documents are written to nowhere."""
    exporter = find_exporter(form)
    known, more = collections_of(exporter, edition, ids), asked_besides(exporter, edition)
    sink: BinaryIO = io.BufferedWriter(Nowhere())
    held = Held()
    tracemalloc.start()
    exporter.write(held.watched(edition.documents(ids=ids)), sink, collections=known, **more)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak + held.most


class Held:
    """The most bytes that Arrow held when a document was asked for."""

    most = 0

    def watched(self, documents: Iterable[Document]) -> Iterable[Document]:
        import pyarrow

        for document in documents:
            self.most = max(self.most, pyarrow.total_allocated_bytes())
            yield document


def readers(edition: Edition, folder: Path) -> Iterable[dict[str, Any]]:
    """What other programs say of the files."""
    import pyarrow.parquet
    from rdflib import Graph

    total = edition.info().documents
    root = etree.parse(folder / "one.cmif")
    valid = etree.RelaxNG(etree.parse(_CMIF_RULES)).validate(root)
    yield figure("CMIF: valid after the rules of the format", valid, str(valid))
    dtd = document_type()
    yield figure("CMIF: valid TEI", dtd.validate(root), str(dtd.validate(root)))
    turtle = Graph().parse(folder / "one.skos", format="turtle")
    xml = Graph().parse(folder / "one.skos-xml", format="xml")
    yield figure("SKOS: Turtle and RDF/XML are one graph", set(turtle) == set(xml), f"{len(xml):,} triples")  # fmt: skip  # noqa: E501
    some = list(edition.ids())[::60]
    export(edition, "jsonld", folder / "some.jsonld", ids=some)
    graph = Graph().parse(folder / "some.jsonld", format="json-ld")
    identifiers = len(set(graph.objects(None, None)) & {*map(_literal, some)})
    yield figure(f"JSON-LD: documents that rdflib reads, of {len(some)}", identifiers == len(some), str(identifiers))  # fmt: skip  # noqa: E501
    plain, packed = zipfile.ZipFile(folder / "one.tables"), zipfile.ZipFile(folder / "one.parquet")
    csv.field_size_limit(1 << 24)
    tables = [name.removesuffix(".csv") for name in plain.namelist() if name.endswith(".csv")]
    alike = 0
    for table in tables:
        text = io.TextIOWrapper(plain.open(f"{table}.csv"), "utf-8", newline="")
        rows = sum(1 for _ in csv.reader(text)) - 1
        held = io.BytesIO(packed.read(f"{table}.parquet"))
        alike += rows == pyarrow.parquet.read_table(held).num_rows
    yield figure(f"tables with the same rows in CSV and Parquet, of {len(tables)}", alike == len(tables), str(alike))  # fmt: skip  # noqa: E501
    jar = shutil.which("epubcheck")
    if jar:
        book = folder / "book.epub"
        shutil.copy(folder / "one.epub", book)
        # The checker calls itself once a chapter; six thousand need a larger stack.
        said = subprocess.run(
            ["java", "-Xss512m", "-jar", str(Path(jar).resolve()), str(book)],
            capture_output=True,
            text=True,
        ).stdout
        clean = "0 fatals / 0 errors / 0 warnings" in said
        yield figure(f"EPUB of {total:,} documents: epubcheck finds nothing", clean, str(clean))
    else:
        print("epubcheck is not installed (apt-get install epubcheck): the book is not checked")


def _literal(words: str) -> Any:
    from rdflib import Literal

    return Literal(words)


def figure(what: str, met: bool, reached: str, target: str = "yes") -> dict[str, Any]:
    """A figure that is met or not."""
    return {"what": what, "target": target, "reached": reached.replace("True", "yes"), "met": met}


SIX = ("sender", "place", "date", "addressee", "addressee's place", "received")


def six_facts(description: etree._Element) -> dict[str, Any]:
    """The six facts of a ``correspDesc``, with references, whatever their order."""
    found: dict[str, Any] = dict.fromkeys(SIX, ())
    for action, names in zip(("sent", "received"), (SIX[:3], SIX[3:]), strict=True):
        element = description.find(f"t:correspAction[@type='{action}']", NS)
        children = [] if element is None else list(element.iterchildren("{*}*"))
        for child in children:
            kind = etree.QName(child).localname
            words = " ".join("".join(child.itertext()).split())
            place = {"placeName": 1, "date": 2}.get(kind, 0)
            name = kind if place == 0 else ""
            said = tuple(sorted(child.attrib.items()))
            found[names[place]] = (*found[names[place]], (name, words, said))
    return found


def cmif_in_and_out(corpora: Path, scratch: Path) -> list[dict[str, Any]]:
    """QhoD's list of letters, built and written again: equal in six facts?"""
    source = next(iter(sorted(corpora.rglob("*CMIF*.xml"))), None)
    if source is None:
        print("no CMIF file among the corpora")
        return []
    build(source, scratch / "cmif", workers=0)
    edition = Edition.open(scratch / "cmif")
    export(edition, "cmif", scratch / "again.xml")
    edition.close()
    before, after = ({d.get("ref"): six_facts(d) for d in etree.parse(p).iterfind(".//t:correspDesc", NS)} for p in (source, scratch / "again.xml"))  # fmt: skip  # noqa: E501
    same = sum(after.get(ref) == facts for ref, facts in before.items())
    for ref, facts in before.items():
        if after.get(ref) != facts:
            print("differs", ref, facts, after.get(ref), sep="\n  ")
    equal = len(before) == len(after) == same
    return [figure(f"QhoD's CMIF in and out: correspDesc equal in six facts, of {len(before)}", equal, str(same), "all")]  # fmt: skip  # noqa: E501


def main() -> None:
    """Build, link, write, read, print."""
    beside = Path(__file__).parents[2] / "shared" / "corpora"
    folder = Path(os.environ.get("REGESTA_CORPORA", beside))
    if not folder.is_dir():
        print("no corpora: set REGESTA_CORPORA")
        return
    with tempfile.TemporaryDirectory() as scratch:
        build([folder], Path(scratch) / "e")
        edition = Edition.open(Path(scratch) / "e")
        edition.links.find()
        figures = speeds(edition, Path(scratch))
        figures += memory(edition)
        figures += readers(edition, Path(scratch))
        edition.close()
        figures += cmif_in_and_out(folder, Path(scratch))
    for row in figures:
        print(f"{row['what']}: {row['reached']} (target {row['target']})")
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
