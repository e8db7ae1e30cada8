"""Whether the TEI that is written is valid and gives every document back, on the real corpora.

Every collection is written as a corpus, checked against TEI's document type definition, read and
described again; each document is compared with the one it was made of, field by field.
"""

import argparse
import io
import json
import os
import tempfile
import time
from collections import Counter
from pathlib import Path

from lxml import etree
from tei_schema import document_type

from regesta.edition import Edition
from regesta.edition.building.builder import build
from regesta.edition.building.pipeline import described, distinct
from regesta.exporting.tei.corpus import TeiExporter
from regesta.reading.base import SourceFile
from regesta.reading.tei.reader import TeiReader

#: What the file that a document stands in decides.
OF_THE_FILE = ("source", "order")


def main() -> None:
    """Build, write, check, read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", type=Path, help="a built edition; else one is built")
    asked = parser.parse_args()
    beside = Path(__file__).parents[2] / "shared" / "corpora"
    folder = Path(os.environ.get("REGESTA_CORPORA", beside))
    if not folder.is_dir():
        print("no corpora: set REGESTA_CORPORA")
        return
    dtd = document_type()
    count = valid = same = linked = links_same = stated = acts_same = 0
    spent = 0.0
    differ: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        place = asked.edition or Path(scratch) / "e"
        if not asked.edition:
            build([folder], place)
        edition = Edition.open(place)
        edition.links.find()
        edition.acts.find()
        for summary in edition.collections():
            id = summary.collection.id
            documents = list(edition.documents(collection=id))
            collection = edition.collection(id).collection
            target = io.BytesIO()
            started = time.process_time()
            TeiExporter().write(
                documents,
                target,
                collections={id: collection},
                links=edition.links.of,
                acts=edition.acts.of,
            )
            spent += time.process_time() - started
            count += len(documents)
            tree = etree.fromstring(target.getvalue(), etree.XMLParser(huge_tree=True))
            if dtd.validate(tree):
                valid += len(documents)
            else:
                print(id, dtd.error_log.filter_from_errors()[0])
            file = SourceFile(f"{id}.xml", f"{id}.xml", "back", target.getvalue(), "0")
            reading = TeiReader().read(file)
            again = described(distinct(reading.documents, []), reading.collection)
            back = {document.id: document for document in again}
            for document in documents:
                links = tuple(edition.links.of(document.id))
                linked += len(links)
                if reading.links.get(document.id, ()) == links:
                    links_same += len(links)
                acts = tuple(edition.acts.of(document.id))
                stated += len(acts)
                if reading.acts.get(document.id, ()) == acts:
                    acts_same += len(acts)
                other = back.get(document.id)
                wrong = [
                    name
                    for name in document.__struct_fields__
                    if name not in OF_THE_FILE
                    and (other is None or getattr(other, name) != getattr(document, name))
                ]
                differ.update(wrong)
                same += not wrong
        edition.close()
    if differ:
        print(dict(differ))
    figures = [
        {"what": f"documents in valid TEI, of {count:,}", "target": "all",
         "reached": f"{valid:,}", "met": valid == count},
        {"what": "documents that read back equal: text, layers, marks, notes, facts",
         "target": "all", "reached": f"{same:,}", "met": same == count},
        {"what": f"links that read back equal, of {linked:,}", "target": "all",
         "reached": f"{links_same:,}", "met": links_same == linked},
        {"what": f"acts that read back equal, of {stated:,}", "target": "all",
         "reached": f"{acts_same:,}", "met": acts_same == stated},
        {"what": "writing TEI, links and acts included", "target": "≥ 500 documents/s",
         "reached": f"{count / spent:,.0f} documents a CPU second", "met": count / spent >= 500},
    ]  # fmt: skip
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
