"""The back ends that find acts, side by side on the gold: grammar and dependency parser.

Prints precision and recall of both on the half of the gold on which rules were written and on the
other; the parser needs spaCy with an English model and says so where they are missing. Gold and
corpora are found as for the other benchmarks; see README.md.

    python benchmarks/acts_backends.py
"""

import json
import time
from pathlib import Path
from typing import Any

from pages_speed import corpora

from regesta import read
from regesta.auditing.acts_figures import ActFigures
from regesta.describing.acts.finders import act_finder
from regesta.documents import Document
from regesta.edition.evaluating.acts import evaluate_acts, half, read_gold
from regesta.errors import MissingExtra

BACKENDS = ("grammar", "parser")


def documents_of(folder: Path, ids: set[str]) -> list[Document]:
    """The documents of the gold."""
    volumes = {id.partition("/")[0] for id in ids}
    found = []
    for path in sorted((folder / "frus").glob("*.xml")):
        if path.stem in volumes:
            found += [d for d in read(path) if d.id in ids or any(i.startswith(f"{d.id}/")
                                                                  for i in ids)]  # fmt: skip
    return found


def main() -> None:
    """Measure, and print for people and for the page of figures."""
    folder = corpora()
    path = folder.parent / "gold" / "acts_dev.jsonl" if folder else None
    if folder is None or path is None or not path.is_file():
        print("no gold: set REGESTA_CORPORA")
        print(json.dumps({"figures": []}))
        return
    gold = read_gold(path)
    documents = documents_of(folder, {entry.id for entry in gold})
    figures: list[dict[str, Any]] = []
    for name in BACKENDS:
        try:
            finder = act_finder(name)
        except MissingExtra as error:
            print(f"{name}: {error.what}; {error.hint}")
            continue
        for which in ("develop", "check"):
            some = [entry for entry in gold if half(entry.id) == which]
            started = time.process_time()
            found = evaluate_acts(some, documents, finder=finder)
            seconds = time.process_time() - started
            print(f"{name}, {which}: {told(found.all)}\n  certain: {told(found.certain)}")
            note = f"certain: {told(found.certain)}; {seconds:.0f} s"
            what = f"acts by the {name}, “{which}” half"
            figures.append({"what": what, "reached": told(found.all), "note": note})
    print(json.dumps({"figures": figures}, ensure_ascii=False))


def told(figures: ActFigures) -> str:
    """Figures of finding in a line."""
    shares = (figures.precision, figures.recall, figures.strict_precision, figures.strict_recall)
    low = [f"{share:.2f}" if share is not None else "–" for share in shares]
    return f"placed P {low[0]} R {low[1]}, strict P {low[2]} R {low[3]}, {figures.found} found"


if __name__ == "__main__":
    main()
