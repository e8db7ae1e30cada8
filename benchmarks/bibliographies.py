"""Whether the programs that bibliographies are for read every document's entry, and as it is.

All real documents are exported as BibTeX, RIS and CSL-JSON and read by bibtexparser, rispy and
citeproc-py; every field is compared with what was written.
"""

import io
import json
import os
import re
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from regesta.documents import Collection, Document
from regesta.edition import Edition
from regesta.edition.building.builder import build
from regesta.edition.exports import find_exporter
from regesta.exporting.citations.cite import parts_of, record
from regesta.exporting.citations.cite_formats import Entry, biblatex_date, bibtex_key


def plain(words: str) -> str:
    """White space and LaTeX's escapes taken out."""
    words = re.sub(r"\\text(backslash|asciitilde|asciicircum)\{\}", lambda m: _SIGNS[m[1]], words)
    return " ".join(re.sub(r"\\([{}&%$#_])", r"\1", words).split())


_SIGNS = {"backslash": "\\", "asciitilde": "~", "asciicircum": "^"}


def bibtex_fields(text: str) -> dict[str, tuple[str, ...]]:
    """Key → title, book, date, pages, by bibtexparser."""
    import bibtexparser

    parser: Any = bibtexparser
    parse = getattr(parser, "loads", None) or parser.parse_string

    def told(entry: Any, name: str) -> str:
        value = entry.get(name, "")
        return str(getattr(value, "value", value))

    return {
        entry["ID"]: (
            plain(told(entry, "title").removeprefix("{").removesuffix("}")),
            plain(told(entry, "booktitle")),
            told(entry, "origdate"),
            told(entry, "pages").replace("--", "–"),
        )
        for entry in parse(text).entries
    }


def ris_fields(text: str) -> dict[str, tuple[str, ...]]:
    """Id → title, book, language, pages, by rispy."""
    import rispy

    return {
        entry["id"]: (
            entry.get("title", ""),
            entry.get("secondary_title", ""),
            entry.get("language", ""),
            "–".join(filter(None, (entry.get("start_page"), entry.get("end_page")))),
        )
        for entry in rispy.loads(text)
    }


def csl_fields(text: str) -> dict[str, tuple[str, ...]]:
    """Id → title, book, language, pages, by citeproc-py, which must take every item."""
    from citeproc.source.json import CiteProcJSON

    items = json.loads(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        taken = {key.lower() for key in CiteProcJSON(items)}  # it does not keep their case
    return {
        item["id"]: (
            item.get("title", ""),
            item.get("container-title", ""),
            item.get("language", ""),
            item.get("page", "").replace("-", "–"),
        )
        for item in items
        if item["id"].lower() in taken
    }


def expected(format: str, entry: Entry) -> tuple[str, tuple[str, ...]]:
    """What a program should read."""
    last = (
        (biblatex_date(entry.date) if entry.date else "") if format == "bibtex" else entry.language
    )
    title = " ".join(entry.title.split())
    key = bibtex_key(entry.id) if format == "bibtex" else entry.id
    return key, (title, " ".join(entry.container.split()), last, entry.pages)


def main() -> None:
    """Export, read, compare, print."""
    beside = Path(__file__).parents[2] / "shared" / "corpora"
    folder = Path(os.environ.get("REGESTA_CORPORA", beside))
    if not folder.is_dir():
        print("no corpora: set REGESTA_CORPORA")
        return
    readers: dict[str, Callable[[str], dict[str, tuple[str, ...]]]] = {
        "bibtex": bibtex_fields,
        "ris": ris_fields,
        "csl-json": csl_fields,
    }
    figures: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as scratch:
        build([folder], Path(scratch) / "e")
        edition = Edition.open(Path(scratch) / "e")
        collections: dict[str, Collection] = {
            c.collection.id: c.collection for c in edition.collections()
        }
        documents: list[Document] = list(edition.documents())
        entries = [record(parts_of(d, collections[d.collection])) for d in documents]
        for format, reader in readers.items():
            target = io.BytesIO()
            started = time.process_time()
            find_exporter(format).write(documents, target, collections=collections)
            speed = len(documents) / (time.process_time() - started)
            read = reader(target.getvalue().decode())
            pairs = [expected(format, entry) for entry in entries]
            same = sum(read.get(key) == fields for key, fields in pairs)
            for key, fields in [p for p in pairs if read.get(p[0]) != p[1]][:3]:
                print(format, key, fields, read.get(key))
            figures.append(
                {
                    "what": f"{format}: entries read as they are, of {len(documents):,}",
                    "target": "all",
                    "reached": f"{same:,}",
                    "met": same == len(documents),
                    "note": f"{speed:,.0f} documents a CPU second",
                }
            )
        edition.close()
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
