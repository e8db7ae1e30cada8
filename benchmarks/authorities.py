"""Persons over all collections: what is joined without the sources' ids, and merges that were read.

Recall and precision: the references of documents to lists of persons and to authority files are
taken out of the record, persons are made of names alone, and compared with the references. Merges:
`authority_merges.tsv` holds a sample of them with a reader's verdict; it is printed how many right
ones still stand and how many wrong ones do.
"""

import argparse
import csv
import json
import sqlite3
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from grow import corpora

from regesta.describing.persons.authorities import make_authorities
from regesta.describing.persons.values import Authority, Form, uri_key
from regesta.edition import build
from regesta.edition.authorities.gathering import gather
from regesta.edition.record.store import RECORD

MERGES = Path(__file__).with_name("authority_merges.tsv")
TARGET_RECALL, TARGET_PRECISION, TARGET_MERGES = 0.8, 0.99, 0.99


def hidden(forms: list[Form]) -> list[Form]:
    """The same forms without references; entries of lists keep their name, note and years."""
    return [form._replace(refs=()) if form.listed else form._replace(person="") for form in forms]


def key_of(form: Form) -> str:
    """What the source itself says a form refers to, or ""."""
    return uri_key(form.person) if form.person else ""


def compare(forms: list[Form], found: list[Authority]) -> tuple[int, int, int]:
    """Documents whose person has a list entry or shares an id: joined rightly, wrongly, not.

    A document counts as joined where its authority holds the entry it refers to, wrongly where it
    holds another entry of the same list and not that one.
    """
    entry_keys: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        if form.listed:
            keys = {uri_key(k) for k in (form.person, *form.refs)}
            for key in keys:
                entry_keys[key] |= keys
    of_form = {i: k for k, one in enumerate(found) for i in one.forms}
    held: dict[int, set[str]] = defaultdict(set)
    for i, form in enumerate(forms):
        if form.listed and i in of_form:
            held[of_form[i]] |= entry_keys[uri_key(form.person)]
    right = wrong = apart = 0
    for i, form in enumerate(forms):
        if form.listed or not key_of(form) or i not in of_form:
            continue
        wanted = entry_keys.get(key_of(form))
        if not wanted:
            continue
        if held[of_form[i]] & wanted:
            right += form.times
        elif held[of_form[i]]:
            wrong += form.times
        else:
            apart += form.times
    return right, wrong, apart


def pairs(forms: list[Form], found: list[Authority]) -> tuple[int, int]:
    """Pairs of forms that refer to different entries of one list: kept apart, joined."""
    together = apart = 0
    for one in found:
        ids = Counter(
            key_of(forms[i]) for i in one.forms if not forms[i].listed and "#" in forms[i].person
        )
        by_list: dict[str, set[str]] = defaultdict(set)
        for id in ids:
            by_list[id.partition("#")[0]].add(id)
        together += sum(len(some) > 1 for some in by_list.values())
        apart += sum(len(some) == 1 for some in by_list.values())
    return apart, together


def merges(forms: list[Form], found: list[Authority]) -> tuple[int, int, int, int]:
    """Of the merges that were read: right ones that stand, all; wrong ones that stand, all."""
    where: dict[tuple[str, str, str], int] = {}
    for k, authority in enumerate(found):
        for i in authority.forms:
            form = forms[i]
            where.setdefault((form.name, form.fuller, form.collection), k)
    counts: Counter[tuple[str, str]] = Counter()
    with MERGES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        for row in rows:
            one = where.get((row["name"], row["fuller"], row["collection"]))
            other = where.get((row["other"], row["other_fuller"], row["other_collection"]))
            if one is None or other is None:
                continue
            counts[row["verdict"], "all"] += 1
            counts[row["verdict"], "stand"] += one == other
    return (
        counts["right", "stand"], counts["right", "all"],
        counts["wrong", "stand"], counts["wrong", "all"],
    )  # fmt: skip


def main() -> int:
    """Build the corpora, or take an edition, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", nargs="?", type=Path, help="an edition; default: build one")
    options = parser.parse_args()
    source = corpora()
    if options.edition is None and source is None:
        print("no corpora: name their folder in REGESTA_CORPORA")
        print(json.dumps({"figures": []}))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.edition or Path(scratch) / "edition"
        if options.edition is None and source is not None:
            build(source, folder)
        return measure(folder / RECORD)


def measure(record: Path) -> int:
    """Print the figures of a record."""
    db = sqlite3.connect(f"file:{record}?mode=ro", uri=True)
    forms = gather(db).forms
    db.close()
    whole = make_authorities(forms)
    bare = make_authorities(hidden(forms))
    right, wrong, apart = compare(forms, bare)
    total = max(1, right + wrong + apart)
    recall, precision = right / total, right / max(1, right + wrong)
    kept, joined = pairs(forms, bare)
    stand, stood, still, bad = merges(forms, whole)
    read = max(1, stood + bad)
    print(f"{len(forms)} forms, {len(whole)} persons and bodies")
    print(f"ids hidden: joined with their entry {right} of {total} documents, with another {wrong}")
    print(f"entries of one list kept apart {kept}, joined {joined}")
    print(
        f"merges read: right {stood}, of which stand {stand}; wrong {bad}, of which stand {still}"
    )
    figures = [
        {"what": "documents joined with their entry, ids hidden", "target": f"≥ {TARGET_RECALL}",
         "reached": f"{recall:.3f}", "met": recall >= TARGET_RECALL},
        {"what": "of those joined with any entry, with the right one",
         "target": f"≥ {TARGET_PRECISION}", "reached": f"{precision:.3f}",
         "met": precision >= TARGET_PRECISION},
        {"what": "merges in a sample that was read, right", "target": f"≥ {TARGET_MERGES}",
         "reached": f"{stand / max(1, stand + still):.3f}",
         "met": stand / max(1, stand + still) >= TARGET_MERGES, "note": f"{read} merges"},
    ]  # fmt: skip
    print(json.dumps({"figures": figures}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
