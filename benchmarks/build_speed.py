"""How fast an edition is built of all the real documents, how much memory it takes, and rebuilt.

Usage: python benchmarks/build_speed.py [--workers N] [--json FILE] [SOURCE...]
Sources are $REGESTA_CORPORA, else ../shared/corpora. Prints a table, then one line of JSON.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from regesta.edition import build

PROJECT = Path(__file__).resolve().parents[1]


class PeakMemory(threading.Thread):
    """Watches the memory of this process and its children, summed, every 20 ms (Linux only)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.02):
            self.peak = max(self.peak, sum(map(resident, tree(os.getpid()))))

    def stop(self) -> float:
        """Megabytes at the peak, proportional share of what is shared."""
        self.ended.set()
        self.join()
        return self.peak / 1e6


def tree(pid: int) -> list[int]:
    found = [pid]
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            children = Path(f"/proc/{pid}/task/{task}/children").read_text().split()
            for child in children:
                found += tree(int(child))
    except OSError:
        pass
    return found


def resident(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()
        return (int(pages[1])) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def timed(sources: list[str], to: Path, workers: int | None) -> dict[str, Any]:
    memory = PeakMemory()
    memory.start()
    cpu, started = cpu_seconds(), time.perf_counter()
    report = build(sources, to, workers=workers)
    seconds = time.perf_counter() - started
    return {
        "documents": report.documents,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu_seconds() - cpu, 2),
        "per_second": round(report.documents / seconds),
        "peak_mb": round(memory.stop()),
        "unread": len(report.unread),
        "unaccounted": report.unaccounted_characters,
    }


def measure(sources: list[str], workers: int | None) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        copies = [Path(scratch) / "sources" / Path(source).name for source in sources]
        for source, copy in zip(sources, copies, strict=True):
            copy.parent.mkdir(exist_ok=True)
            (shutil.copytree if Path(source).is_dir() else shutil.copy)(source, copy)
        given, to = [str(copy) for copy in copies], Path(scratch) / "edition"
        found["all from nothing"] = timed(given, to, workers)
        found["nothing changed"] = timed(given, to, workers)
        files = [path for copy in copies for path in copy.rglob("*.xml")] or copies
        largest = max(files, key=lambda path: path.stat().st_size)
        alone = timed([str(largest)], Path(scratch) / "alone", 0)
        with largest.open("ab") as stream:
            stream.write(b"\n<!-- touched -->\n")
        found["one volume changed"] = timed(given, to, workers)
        found["that volume alone"] = alone
        found["all from nothing"]["disk_mb"] = round(
            sum(path.stat().st_size for path in to.rglob("*") if path.is_file()) / 1e6
        )
    return found


def figures(found: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """What was reached beside its target, for the page of all benchmarks."""
    whole, again = found["all from nothing"], found["nothing changed"]
    changed, alone = found["one volume changed"], found["that volume alone"]
    return [
        {
            "what": f"build of {whole['documents']:,} documents, described and indexed",
            "target": "≥ 2,000 documents/s",
            "reached": f"{whole['per_second']:,} documents/s",
            "met": whole["per_second"] >= 2000,
            "note": f"{whole['seconds']} s wall, {whole['cpu_seconds']} s CPU of all processes",
        },
        {
            "what": "peak memory, all processes summed",
            "target": "≤ 1,000 MB",
            "reached": f"{whole['peak_mb']} MB",
            "met": whole["peak_mb"] <= 1000,
        },
        {"what": "edition on disk", "reached": f"{whole['disk_mb']} MB"},
        {
            "what": "characters of the sources that stand nowhere",
            "target": "0",
            "reached": str(whole["unaccounted"]),
            "met": whole["unaccounted"] == 0,
            "note": f"{whole['unread']} files unread",
        },
        {
            "what": "rebuild, nothing changed",
            "target": "< 1 s",
            "reached": f"{again['seconds']} s",
            "met": again["seconds"] < 1,
        },
        {
            "what": "rebuild, one volume changed",
            "target": "that volume's time + 1 s",
            "reached": f"{changed['seconds']} s",
            "met": changed["seconds"] <= alone["seconds"] + 1,
            "note": f"that volume alone: {alone['seconds']} s; of all processors "
            f"{changed['cpu_seconds']} against {alone['cpu_seconds']} s",
        },
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="*", metavar="SOURCE")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--json", metavar="FILE")
    asked = parser.parse_args()
    default = os.environ.get("REGESTA_CORPORA") or str(PROJECT.parent / "shared" / "corpora")
    sources = asked.sources or [default]
    if not all(Path(source).exists() for source in sources):
        sys.exit(f"no such source: {', '.join(sources)}; set REGESTA_CORPORA")
    found = measure(sources, asked.workers)
    print(f"{'':20}{'documents':>10}{'wall s':>9}{'CPU s':>8}{'per s':>8}{'peak MB':>9}")
    for name, row in found.items():
        print(
            f"{name:20}{row['documents']:>10}{row['seconds']:>9}{row['cpu_seconds']:>8}"
            f"{row['per_second']:>8}{row['peak_mb']:>9}"
        )
    whole = found["all from nothing"]
    print(
        f"unread files {whole['unread']}, characters unaccounted {whole['unaccounted']}, "
        f"on disk {whole['disk_mb']} MB"
    )
    print(json.dumps({"figures": figures(found), "measured": found}))
    if asked.json:
        Path(asked.json).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
