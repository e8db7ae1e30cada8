"""Where the time of a build goes: CPU microseconds a document by stage, of one process.

Usage: python benchmarks/build_stages.py [--rounds N] [SOURCE...]
Sources are $REGESTA_CORPORA, else ../shared/corpora. A stage's time is the least of the rounds,
source by source, so that what else the machine does weighs little. A build has its stages up to
"pack" in its workers and the others in the process that writes.
"""

import argparse
import gc
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from regesta.edition.building import builder, pipeline, workers
from regesta.edition.building.keys import document_keys, people_of
from regesta.edition.building.rows import Rows, add_rows
from regesta.edition.search.schema import layer_texts, search_entry
from regesta.reading.registry import read
from regesta.reading.sources import SourceRef, Unread, find_sources

PROJECT = Path(__file__).resolve().parents[1]


class Stages:
    """Seconds by stage, each the least of several rounds."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def time(self, stage: str, work: Callable[[], Any]) -> Any:
        """Do some work as often as there are rounds; give what it gave last."""
        best = float("inf")
        for _ in range(self.rounds):
            started = time.process_time()
            result = work()
            best = min(best, time.process_time() - started)
        self.seconds[stage] += best
        return result


def measure_source(stages: Stages, ref: SourceRef) -> int:
    """Take one source through the stages of a worker; give how many documents it holds."""
    file = stages.time("load", ref.load)
    reading = stages.time("read", lambda: read(file))
    people = people_of(reading.collection.persons)
    documents = stages.time(
        "describe", lambda: list(pipeline.described(reading.documents, reading.collection))
    )
    rows = Rows()

    def make_rows() -> None:
        for n, document in enumerate(documents):
            add_rows(rows, n, document, people, searched=False)

    stages.time("rows", make_rows)
    parts = [(d, document_keys(d, people), layer_texts(d)) for d in documents]
    entries = stages.time(
        "search entry",
        lambda: [
            search_entry(d, n=n, keys=keys, texts=texts) for n, (d, keys, texts) in enumerate(parts)
        ],
    )
    found = pipeline.shelve(pipeline.Job(1, ref))
    packed = stages.time("pack", lambda: workers.packed(found))
    stages.time("unpack", lambda: workers.unpacked(packed))
    return len(entries)


def measure_writing(stages: Stages, sources: Sequence[str]) -> None:
    """Build with everything read beforehand: what is left is what one process does alone."""
    begun: list[tuple[float, float]] = []

    def all_read(jobs: Sequence[pipeline.Job], **_: Any) -> Iterator[pipeline.Shelved]:
        found = [pipeline.shelve(job) for job in jobs]
        begun.append((time.thread_time(), time.process_time()))
        yield from found

    builder.run = all_read  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as scratch:
        builder.build(sources, Path(scratch) / "edition")
    thread, process = begun[0]
    stages.seconds["record, indexes"] = time.thread_time() - thread
    stages.seconds["search index"] = time.process_time() - process - (time.thread_time() - thread)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sources", nargs="*", metavar="SOURCE")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    default = os.environ.get("REGESTA_CORPORA") or str(PROJECT.parent / "shared" / "corpora")
    sources = asked.sources or [default]
    if not all(Path(source).exists() for source in sources):
        sys.exit(f"no such source: {', '.join(sources)}; set REGESTA_CORPORA")
    gc.disable()  # as in a build
    stages = Stages(asked.rounds)
    documents = 0
    for ref in find_sources(sources):
        if not isinstance(ref, Unread):
            documents += measure_source(stages, ref)
            gc.collect()
    measure_writing(stages, sources)
    for stage, seconds in stages.seconds.items():
        print(f"{stage:16}{seconds / documents * 1e6:7.0f} µs a document")
    whole = sum(stages.seconds.values())
    print(f"{'together':16}{whole / documents * 1e6:7.0f} µs, {documents} documents: {whole:.2f} s")


if __name__ == "__main__":
    main()
