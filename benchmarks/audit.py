"""How right and how quick the audit is: known defects, hidden ones, the first findings read.

Three figures. Of the defects that others found in FRUS's dates by rule and by reading, how many the
audit names. Of the datelines whose date in the mark-up has another year or month than the print,
hidden among many that agree, how many it names. And of its first hundred findings, how many were
right when read (`audit_read.tsv`: document, kind, verdict, and why in a line).

    python benchmarks/audit.py [--edition EDITION] [--unread] [--missed] [--first N]
"""

import argparse
import csv
import json
import os
import re
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

from regesta.edition import Edition, build
from regesta.edition.audit.shelf import AuditFinding

ROOT = Path(__file__).parents[1]
READ = Path(__file__).with_name("audit_read.tsv")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
#: Kinds that say that year, month or day in the mark-up are not those of the print.
AGAINST_PRINT = (
    "date.year", "date.month", "date.differs", "date.month-of-receipt", "date.impossible",
    "date.no-year",
)  # fmt: skip


def unit(found: AuditFinding) -> str:
    """The id that the gold has for a document or an attachment."""
    finding = found.finding
    return f"{finding.document}/{finding.enclosure}" if finding.enclosure else finding.document


def findings(edition: Edition) -> list[AuditFinding]:
    """All findings, in order."""
    return list(edition.audit(limit=1_000_000).findings)


def named(edition: Edition, gold: Path, *, show: bool) -> tuple[int, int]:
    """How many of the known defects the audit names, and how many there are."""
    known = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    dated = {unit(found) for found in findings(edition) if found.finding.field == "date"}
    missed = [entry for entry in known if entry["id"] not in dated]
    if show:
        for entry in missed:
            print(f"    missed: {entry['id']} {entry['tei']} {entry['printed']!r}")
    return len(known) - len(missed), len(known)


def disagrees(when: str, printed: str) -> bool:
    """Whether a printed year or month is another than the encoded one, by eye of a pattern."""
    months = re.findall("|".join(MONTHS), printed)
    years = re.findall(r"\b1[89]\d\d\b", printed)
    wrong_year = bool(years) and when[:4] not in years
    return wrong_year or (bool(months) and MONTHS[int(when[5:7]) - 1] not in months)


def hidden(rows: list[dict[str, str]], folder: Path) -> tuple[Edition, set[str]]:
    """Volumes made of datelines with their encoded dates; and the ids of those that disagree."""
    volumes: dict[str, list[str]] = {}
    wrong: set[str] = set()
    for n, row in enumerate(rows):
        id = f"d{n}"
        date = f'<date when="{row["when"]}">{escape(row["dateline"])}</date>'
        volumes.setdefault(row["volume"], []).append(
            f'<div type="document" xml:id="{id}"><head>Memorandum</head>'
            f"<dateline>{date}</dateline><p>The text of this paper is not given.</p></div>"
        )
        if disagrees(row["when"], row["dateline"]):
            wrong.add(f"{row['volume']}/{id}")
    sources = folder / "sources"
    sources.mkdir()
    for name, documents in volumes.items():
        (sources / f"{name}.xml").write_text(
            f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{name}"><teiHeader><fileDesc>'
            f"<titleStmt><title>{name}</title></titleStmt></fileDesc></teiHeader><text><body>"
            f'<div type="compilation">{"".join(documents)}'
            '<div type="document" xml:id="end"><head>Memorandum</head><p>The end.</p></div>'
            "</div></body></text></TEI>",
            encoding="utf-8",
        )
    build(sources, folder / "hidden.regesta")
    return Edition.open(folder / "hidden.regesta"), wrong


def unhide(gold: Path, *, show: bool) -> tuple[int, int, int]:
    """Mismatches named, mismatches there are, and agreeing datelines that are blamed."""
    rows = json.loads(gold.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as temporary:
        edition, wrong = hidden(rows, Path(temporary))
        blamed = {
            found.finding.document: found.finding
            for found in findings(edition)
            if found.finding.kind in AGAINST_PRINT
        }
        edition.close()
    if show:
        by_id = {f"{row['volume']}/d{n}": row for n, row in enumerate(rows)}
        for id in sorted(wrong - blamed.keys()):
            print(f"    missed: {by_id[id]['when']} {by_id[id]['dateline']!r}")
        for id in sorted(blamed.keys() - wrong):
            row = by_id[id]
            print(f"    besides: {blamed[id].kind} {row['when']} {row['dateline']!r}")
    return len(wrong & blamed.keys()), len(wrong), len(blamed.keys() - wrong)


def readings() -> dict[tuple[str, str], str]:
    """(document or attachment, kind) → verdict of whoever read it: right, wrong, unsure."""
    with READ.open(encoding="utf-8", newline="") as file:
        return {
            (row["id"], row["kind"]): row["verdict"] for row in csv.DictReader(file, delimiter="\t")
        }


def precision(edition: Edition, first: int, *, show: bool) -> tuple[Counter[str], int]:
    """Verdicts over the first findings; what nobody has read counts as unread."""
    known = readings()
    verdicts: Counter[str] = Counter()
    found = findings(edition)[:first]
    for item in found:
        id = unit(item) or f"{item.finding.collection}: {item.finding.words[:60]}"
        verdict = known.get((id, item.finding.kind), "unread")
        verdicts[verdict] += 1
        if show and verdict == "unread":
            f = item.finding
            print(f"{id}\t{f.kind}\t\t{f.values} | {f.why}")
    return verdicts, len(found)


def figure(
    what: str, target: str, reached: str, met: bool | None, note: str = ""
) -> dict[str, object]:
    """A row of the page of figures."""
    row: dict[str, object] = {"what": what, "target": target, "reached": reached, "note": note}
    return row if met is None else {**row, "met": met}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("REGESTA_CORPORA") or str(ROOT.parent / "shared" / "corpora")
    parser.add_argument("--corpora", type=Path, default=Path(default))
    parser.add_argument("--edition", type=Path, help="an edition of the corpora's FRUS volumes")
    parser.add_argument("--first", type=int, default=100, help="findings whose reading is counted")
    parser.add_argument("--unread", action="store_true", help="list what has not been read")
    parser.add_argument("--missed", action="store_true", help="list what was not named")
    asked = parser.parse_args()
    gold = asked.corpora.parent / "gold"
    if not (gold / "frus_date_defects.jsonl").is_file():
        print("Not measured: the gold is not here.")
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.edition or Path(temporary) / "frus.regesta"
        if asked.edition is None:
            build(asked.corpora / "frus", folder)
        (folder / "audit.sqlite").unlink(missing_ok=True)
        edition = Edition.open(folder)
        started = time.process_time()
        total = edition.audit(limit=0)
        seconds = time.process_time() - started
        started = time.perf_counter()
        edition.audit(limit=50)
        again = (time.perf_counter() - started) * 1000
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        there, known = named(edition, gold / "frus_date_defects.jsonl", show=asked.missed)
        verdicts, read = precision(edition, asked.first, show=asked.unread)
        edition.close()
    found, mismatches, besides = unhide(gold / "frus_when_outliers.json", show=asked.missed)
    counts = Counter(right=verdicts["right"], unsure=verdicts["unsure"])
    share = counts["right"] / max(1, read)
    print(f"{total.documents} documents, {total.total} findings, {seconds:.1f} CPU seconds")
    print(", ".join(f"{c.label} {c.count}" for c in total.facets["kind"]))
    figures = [
        figure("known date defects named", "≥ .95", f"{there} of {known}: {there / known:.3f}",
               there / known >= 0.95),
        figure("hidden mismatches of year or month named", "≥ 45 of 47",
               f"{found} of {mismatches}", found >= 45, f"{besides} other datelines blamed"),
        figure(f"right among the first {read} findings", "≥ .90", f"{share:.2f}", share >= 0.9,
               ", ".join(f"{n} {verdict}" for verdict, n in verdicts.most_common())),
        figure("auditing the corpora", "a few seconds", f"{seconds:.1f} s CPU", None,
               f"{total.documents} documents, {total.total} findings, {memory:.0f} MB; "
               f"asked again {again:.1f} ms"),
    ]  # fmt: skip
    for row in figures:
        print(f"{row['what']}: {row['reached']} (target {row['target']}) {row['note']}")
    print(json.dumps({"figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
