"""Runs every benchmark there is, one after the other, and writes their figures to BENCHMARKS.md.

In come the scripts beside this file, each a program of its own that prints its figures; out goes
one page with targets beside what was reached, the machine and the day. A part that is missing or
fails says so in its place, and the others go on.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent


@dataclass(frozen=True, slots=True)
class Part:
    """One benchmark.

    Attributes:
        script: What measures it.
        title: What it is about.
        target: What the project set itself, in words.
        edition: Whether it takes an edition.
    """

    script: str
    title: str
    target: str = ""
    edition: bool = False


PARTS = (
    Part(
        "build_speed.py",
        "Building an edition",
        "2,000 documents a second, describing included; peak memory 1 GB; every character "
        "accounted for; nothing changed 1 s; one volume changed: that volume's time and 1 s.",
    ),
    Part(
        "search_speed.py",
        "Searching",
        "at 321,000 documents, CPU time at the 95th percentile: 10 ms with count, 20 results and "
        "snippets; 15 ms with all facets; 20 ms for phrases of frequent words; 20 times faster "
        "than SQLite FTS5.",
        edition=True,
    ),
    Part(
        "retrieval.py",
        "Finding a known document",
        "MRR@10 .82, recall@10 .94 on the editors' one-line summaries.",
    ),
    Part(
        "pages_speed.py",
        "Pages",
        "at 321,000 documents: 25 ms at the 95th percentile, 200 KB transferred.",
        edition=True,
    ),
    Part("quality_describe.py", "Describing"),
    Part(
        "other_editions.py",
        "Describing in the manner of other editions",
        "of made-up documents as other series print theirs fewer than .02 of the values wrong.",
    ),
    Part(
        "hard_dates.py",
        "Hard dates",
        "of a table written from the literature of chronology .98 right and none invented.",
    ),
    Part(
        "acts_ledger.py",
        "The ledger of acts",
        "400 documents a second a processor found; 1,200 built with acts on; the page 25 ms at the "
        "95th percentile with a million acts.",
    ),
    Part("acts_backends.py", "Back ends that find acts"),
    Part(
        "audit.py",
        "Auditing",
        "95 % of the known date defects named, 45 of 47 hidden mismatches; nine of ten "
        "right among the first hundred findings, by reading.",
    ),
    Part(
        "references.py",
        "Linking references",
        "of the editors' own references .92 found; .98 of the links asserted right, by reading; "
        "of mentions with number and date .85 resolved or shown absent; 0.5 ms a document.",
    ),
    Part(
        "counterparts.py",
        "Counterparts",
        "of known pairs, their explicit clues blotted out, recall@10 .80 and MRR .60 by content, "
        "time and parties; the nine pairs of the demo, none invented.",
    ),
    Part(
        "reuse.py",
        "Text reuse",
        "against the saved figures of passim 2 fifty times faster in a fifth of the memory, with "
        ".99 of the pairs its method finds; planted passages of 150 characters found at 3, 5 and "
        "10 % misreadings: .98, .95, .60, of 400 at 10 %: .97; classes of pairs, by reading: "
        "macro-F1 .85.",
    ),
    Part(
        "linking_growth.py",
        "Linking, as an edition grows",
        "321,000 documents on two processors in 10 minutes and 6 GB; the cost of a document about "
        "the same at ten times as many.",
    ),
    Part(
        "citations.py",
        "Finding by citation",
        "of 500 citations in five printed styles, half of them with a small error, .97 lead to "
        "their document first and .005 to another; the worst of several draws.",
    ),
    Part(
        "quotations.py",
        "Verifying quotations",
        "of 1,000 true quotations .995 accepted, of 1,000 altered by one word none.",
    ),
    Part(
        "protocols.py",
        "Protocols and the static edition",
        "every verb of every protocol without an error by clients of other hands, no failure of "
        "the OpenAPI; a site of 100 documents a second without a dead link.",
    ),
    Part(
        "names_in_text.py",
        "Names in the running text",
        "recall .80, precision .90, 1 million characters a second without a model.",
    ),
    Part(
        "bibliographies.py",
        "Bibliographies",
        "every entry read by bibtexparser, rispy and citeproc-py, with equal fields; 2,000 "
        "documents a second.",
    ),
    Part(
        "exports.py",
        "Exports",
        "line formats 2,000 documents a second, TEI 500; constant memory; the same bytes again; "
        "every format read by programs of others; QhoD's CMIF in and out equal in six facts.",
    ),
    Part(
        "office_holders.py",
        "Who held an office on a day",
        "with names and signatures hidden: right .97 where answered, wrong .01 of all asked.",
    ),
    Part(
        "authorities.py",
        "Persons over all collections",
        "merges right .99; entries of lists of persons found again without their references .80.",
    ),
    Part(
        "tei_export.py",
        "TEI out and in",
        "every document valid, every document read back equal; 500 documents a second.",
    ),
    Part(
        "subjects.py",
        "Suggested subjects",
        "precision@3 and recall@10 reported, and raised three times by different means.",
    ),
    Part(
        "acts.py",
        "Acts: who protests, proposes, refuses",
        "certain tier P .90 at R .35 with all right; all at their place P .78, R .60; strict P "
        ".70; polarity wrong 1 %; the newspaper page 13 of 17; PLOVER F1 .60; 400 documents a "
        "second of one core.",
    ),
    Part(
        "acts_paradigm.py",
        "Acts in every construction",
        "> .95 of the wordings of a dictionary in every frame of syntax.",
    ),
    Part("start_speed.py", "Starting", "200 ms."),
)


def machine() -> str:
    """The machine in one line: processor, cores, memory, system, Python, and how busy it is."""
    model = platform.processor() or platform.machine()
    memory = ""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
        total = Path("/proc/meminfo").read_text().split("MemTotal:")[1].split()[0]
        memory = f", {int(total) / 2**20:.0f} GB"
    except (OSError, IndexError):
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    busy = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    python = platform.python_version()
    return f"{model}, {cores} cores{memory}, {platform.system()}, Python {python}{busy}"


def figures(output: str) -> list[dict[str, Any]]:
    """The figures that a script printed: its last line that is a JSON object with "figures"."""
    for line in reversed(output.strip().splitlines()):
        if line.startswith("{") and '"figures"' in line:
            try:
                found = json.loads(line)["figures"]
            except (json.JSONDecodeError, KeyError):
                continue
            return found if isinstance(found, list) else []
    return []


def cell(value: object) -> str:
    """A table cell."""
    return str("" if value is None else value).replace("|", "\\|")


def table(rows: list[dict[str, Any]]) -> list[str]:
    """Figures as a Markdown table."""
    lines = ["| what | target | reached | |", "|---|---|---|---|"]
    for row in rows:
        met = "" if row.get("met") is None else "reached" if row["met"] else "**not reached**"
        said = " · ".join(part for part in (met, cell(row.get("note"))) if part)
        what, target, reached = (cell(row.get(key)) for key in ("what", "target", "reached"))
        lines.append(f"| {what} | {target} | {reached} | {said} |")
    return lines


def printed(output: str) -> list[str]:
    """What a script printed for people, without its lines for programs."""
    return [line for line in output.strip().splitlines() if not line.startswith("{")]


def run(part: Part, options: Sequence[str], limit: float) -> list[str]:
    """Run one part and give its section of the page."""
    heading = [f"## {part.title}", ""]
    if part.target:
        heading += [f"Target: {part.target}", ""]
    path = HERE / part.script
    if not path.is_file():
        return [*heading, f"Not measured: there is no `{part.script}`.", ""]
    print(f"{part.script} …", file=sys.stderr, flush=True)
    started = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, str(path), *options],
            cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return [*heading, f"Not measured: `{part.script}` took more than {limit:.0f} s.", ""]
    took = time.monotonic() - started
    print(f"{part.script} {took:.0f} s, status {done.returncode}", file=sys.stderr, flush=True)
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        return [*heading, f"Not measured: `{part.script}` ended with {done.returncode}: {why}", ""]
    rows, said = figures(done.stdout), printed(done.stdout)
    lines = [*heading, *(table(rows) if rows else [])]
    if said:
        lines += ["", "```text", *said, "```"] if rows else ["```text", *said, "```"]
    return [*lines, "", f"`benchmarks/{part.script}`, {took:.0f} s.", ""]


def main() -> int:
    """Run the parts that are asked for, all by default."""
    parser = argparse.ArgumentParser(description="Run the benchmarks; write BENCHMARKS.md.")
    parser.add_argument("parts", nargs="*", help="script names without .py; default: all")
    parser.add_argument("--to", type=Path, default=ROOT / "BENCHMARKS.md")
    parser.add_argument("--limit", type=float, default=1800, help="seconds for one part")
    parser.add_argument("--edition", help="an edition for searching and pages, such as a grown one")
    asked = parser.parse_args()
    chosen = [p for p in PARTS if not asked.parts or p.script.removesuffix(".py") in asked.parts]
    page = [
        "# Benchmarks",
        "",
        "Written by `python benchmarks/run.py`; how each figure is measured stands in",
        "[benchmarks/README.md](benchmarks/README.md). Targets are those the project set itself",
        "before it was built; what is not reached says so.",
        "",
        f"{date.today().isoformat()} · {machine()}",
        "",
    ]
    for part in chosen:
        options = [asked.edition] if asked.edition and part.edition else []
        page += run(part, options, asked.limit)
    asked.to.write_text("\n".join(page).rstrip() + "\n", encoding="utf-8")
    print(asked.to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
