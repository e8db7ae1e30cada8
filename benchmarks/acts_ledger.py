"""The ledger of acts: what finding costs beside a build, and how fast the page of a large one is.

Builds an edition of the real documents, finds their acts, and compares the processor time of
both; then grows the ledger by copies of the documents that state acts, each with days of its own,
and asks for the page /acts in every way. The corpora are found as for the other benchmarks.

    python benchmarks/acts_ledger.py [--acts 1000000] [--edition EDITION]
"""

import argparse
import asyncio
import json
import os
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from pages_speed import ask, corpora, percentile

from regesta.edition import Edition, build
from regesta.edition.acts import ledger as acts_ledger
from regesta.edition.acts.ledger import Dated, write_ledger
from regesta.edition.acts.stage import _stream, state_of, write_acts
from regesta.edition.acts.store import FILE, TABLES, VIEWS, FoundActs
from regesta.edition.results import Regest
from regesta.serving.app import create_app

SEED, MARK = 1918, "~"
TARGET_MS, TARGET_SPEED = 25, 1_200
YEARS = (1861, 1976)
#: Addresses asked for, of each kind.
ROUNDS = 12

Figure = dict[str, str | bool]


def spent() -> float:
    """Processor seconds of this process and of those that it started."""
    own, children = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def finding(edition: Edition, folder: Path, building: float) -> list[Figure]:
    """Find all acts anew; compare with the time of the build."""
    documents = edition.info().documents
    (folder / FILE).unlink(missing_ok=True)
    before = spent()
    write_acts(folder, edition._record, "grammar", workers=0)
    acts = spent() - before
    before = spent()
    with closing(sqlite3.connect(folder / FILE)) as db:
        count = db.execute("SELECT count(*) FROM acts").fetchone()[0]
        write_ledger(db, edition._record, lambda: _stream(db))
        db.rollback()
    writing = spent() - before
    print(f"{documents:,} documents, {count:,} acts")
    print(f"finding {documents / (acts - writing):,.0f} documents/s of one processor")
    print(f"writing the ledger {count / writing:,.0f} acts/s; the whole stage {acts:.1f} s")
    rows = [figure("finding the acts and writing the ledger", "≥ 400 documents/s a processor",
                   f"{documents / acts:,.0f}", documents / acts >= 400,
                   f"{count / documents:.1f} acts a document")]  # fmt: skip
    if building:
        both = documents / (building + acts)
        print(f"build {building:.1f} s of all processors, acts {acts:.1f} s")
        rows.append(figure(
            "a build with acts, on two processors", f"≥ {TARGET_SPEED:,} documents/s",
            f"{2 * both:,.0f}", 2 * both >= TARGET_SPEED,
            f"processor time only: {2 * documents / building:,.0f} without acts, links left out",
        ))  # fmt: skip
    return rows


def figure(what: str, target: str, reached: str, met: bool, note: str) -> Figure:
    """A row of the page of figures."""
    return {"what": what, "target": target, "reached": reached, "met": met, "note": note}


def grow(edition: Edition, folder: Path, acts: int) -> None:
    """Write a ledger of at least so many acts from copies of the documents that state some."""
    with closing(sqlite3.connect(folder / FILE)) as db:
        found = [one for some in _stream(db) for one in some]
    size = sum(len(one.acts) for one in found)
    copies = -(-acts // size)
    chance = random.Random(SEED)
    known = acts_ledger._dates(edition._record)
    dates: dict[str, Dated] = {}
    for copy in range(copies):
        for one in found:
            day = (
                f"{chance.randint(*YEARS)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
            )
            drawn = Dated(0, known[one.id].collection, day, day, True)
            dates[f"{one.id}{MARK}{copy}"] = drawn if chance.random() > 0.02 else known[one.id]
    order = sorted(dates, key=lambda id: (not dates[id].dated, dates[id].earliest or "9", id))
    dates = {id: dates[id]._replace(rank=rank) for rank, id in enumerate(order, 1)}

    def stream() -> Iterator[list[FoundActs]]:
        for copy in range(copies):
            yield [replace(one, id=f"{one.id}{MARK}{copy}") for one in found]

    path = folder / FILE
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.executescript(TABLES + VIEWS)
        kept, acts_ledger._dates = acts_ledger._dates, lambda record: dates
        before = time.process_time()
        write_ledger(db, edition._record, stream)
        acts_ledger._dates = kept
        meta = [
            ("state", state_of(edition._record, "grammar", edition.path)),
            ("finder", "grammar"),
        ]
        db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta)
        db.commit()
    seconds, large = time.process_time() - before, path.stat().st_size / 1e6
    print(f"grown to {size * copies:,} acts in {seconds:.0f} s of processor time, {large:,.0f} MB")


class Grown(Edition):
    """Gives the regest of a copy's original, so that pages do all their work."""

    def regests(self, ids: Sequence[str]) -> list[Regest]:
        """Regests of copies."""
        found = {r.id: r for r in super().regests([id.partition(MARK)[0] for id in ids])}
        return [replace(found[id.partition(MARK)[0]], id=id) for id in ids]


def addresses(edition: Edition) -> dict[str, list[str]]:
    """Addresses of the page, by what is asked."""
    from urllib.parse import urlencode

    chance = random.Random(SEED)
    names = edition.acts.names("actor", limit=400)
    facets = edition.acts(limit=0, facets=["act", "group"]).facets
    acts = [row.value for row in facets["act"]]
    groups = [row.value for row in facets["group"]]

    def many(**asked: Any) -> str:
        return f"/acts?{urlencode(asked, doseq=True)}"

    def year() -> int:
        return chance.randint(*YEARS)

    return {
        "everything": ["/acts"] * ROUNDS,
        "far into it": [many(offset=chance.randrange(900_000)) for _ in range(ROUNDS)],
        "frequent actors": [many(actor=name) for name in names[:ROUNDS]],
        "rare actors": [many(actor=chance.choice(names[30:] or names)) for _ in range(ROUNDS)],
        "two powers": [many(between=chance.sample(names[:8], 2)) for _ in range(ROUNDS)],
        "one power": [many(between=name) for name in names[:ROUNDS]],
        "an act": [many(act=act) for act in acts[:ROUNDS]],
        "a group, denied": [many(group=g, polarity="negated") for g in groups],
        "certain, of a power": [many(actor=n, tier="certain") for n in names[:ROUNDS]],
        "a year": [many(**{"from": y, "to": y}) for y in (year() for _ in range(ROUNDS))],
        "twenty years, two powers": [
            many(between=chance.sample(names[:8], 2), **{"from": y, "to": y + 20})
            for y in (year() for _ in range(ROUNDS))
        ],
        "a word": [many(about=word) for word in
                   ("troops", "treaty", "government", "ships", "loan", "claims", "note", "port")],
    }  # fmt: skip


async def pages(edition: Edition) -> list[Figure]:
    """Ask for every address once, after one to warm up."""
    app = create_app(edition)
    # What the most frequent actors and acts need is read once, when they are first asked for.
    for url in ("/acts", "/acts?tier=certain", "/acts?from=1900&to=1910"):
        await ask(app, url)
    whole: list[float] = []
    for kind, urls in addresses(edition).items():
        times = []
        for url in urls:
            started = time.process_time()
            status, _ = await ask(app, url)
            times.append((time.process_time() - started) * 1000)
            assert status == 200, (status, url)
        whole += times
        print(f"{kind:28} p50 {percentile(times, 0.5):6.1f}  p95 {percentile(times, 0.95):6.1f} ms")
    low, high = percentile(whole, 0.5), percentile(whole, 0.95)
    total = edition.acts(limit=0).total
    note = f"{low:.1f} ms at the median; {len(whole)} addresses"
    what, target = f"the page /acts, {total:,} acts", f"≤ {TARGET_MS} ms at p95"
    return [figure(what, target, f"{high:.1f} ms", high <= TARGET_MS, note)]


def main() -> None:
    """Measure, and print for people and for the page of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=1_000_000)
    parser.add_argument(
        "--edition", type=Path, help="An edition that is there; copied, not changed"
    )
    options = parser.parse_args()
    sources = corpora()
    if sources is None and options.edition is None:
        print("no corpora: set REGESTA_CORPORA")
        print(json.dumps({"figures": []}))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder, building = Path(scratch) / "e.regesta", 0.0
        if sources is None or options.edition:
            shutil.copytree(options.edition, folder)
        else:
            before = spent()
            build([sources], folder, workers=max(2, os.cpu_count() or 2))
            building = spent() - before
        edition = Edition.open(folder)
        figures = finding(edition, folder, building)
        grow(edition, folder, options.acts)
        edition.close()
        grown = Grown(folder)
        figures += asyncio.run(pages(grown))
        grown.close()
    print(json.dumps({"figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
