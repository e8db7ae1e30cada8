"""Search at the size of a whole series: CPU time of 210 mixed queries, beside SQLite FTS5.

In come a grown edition (see ``grow.py``) and chance; out go percentiles for queries with exact
count, 20 results and snippets, by kind, with all facets, and for phrases of frequent words; and
the same queries, where it knows them, on an FTS5 table of the same texts in the same run.
"""

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from grow import corpora, grow

from regesta.edition import Edition
from regesta.edition.search.schema import FACETS
from regesta.edition.search.words import folded_words

SEED = 1918
SAMPLE = 4000
EACH = 30
#: Queries with all facets, and phrases of frequent words, in ms of CPU at the 95th percentile.
TARGET, TARGET_FACETS, TARGET_PHRASES, TARGET_RATIO = 10, 15, 20, 20

#: What a "facetted" query of the mix counts; all facets are measured apart.
SOME_FACETS = ("year", "collection", "author", "kind")

Queries = list[tuple[str, str]]


def queries(edition: Edition, chance: random.Random) -> tuple[Queries, list[str]]:
    """Draw 210 queries of seven kinds and 30 phrases of frequent words from the texts."""
    texts = sample(edition, chance)
    counts: Counter[str] = Counter()
    for words in texts:
        counts.update(set(words))
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ranked = [w for w, _ in order if w.isalpha() and len(w) > 2]
    common, middle = ranked[:200], ranked[200:4000]
    rare = [w for w, n in order if n == 1 and w.isalpha() and len(w) > 4]
    frequent = {w for w, _ in order[:100]}
    pick = chance.choice

    def of_one(size: int) -> list[str]:
        words = pick([t for t in texts if len(t) > size + 2])
        return chance.sample([w for w in words if w in counts and len(w) > 2] or words, size)

    def phrase(size: int) -> str:
        words = pick([t for t in texts if len(t) > size + 2])
        at = chance.randrange(len(words) - size)
        return f'"{" ".join(words[at : at + size])}"'

    made: Queries = []
    for i in range(EACH):
        made += [
            ("rare", pick(rare)),
            ("common", pick(common)),
            ("AND", " ".join(of_one(2 + i % 2))),
            ("OR", " OR ".join([pick(common), pick(middle), pick(rare)][: 2 + i % 2])),
            ("phrase", phrase(2 + i % 3)),
            ("facetted", pick(common) if i % 3 == 0 else " ".join((pick(middle), pick(middle)))),
        ]
        made.append(("prefix", f"{pick(middle)[:5]}*") if i % 2 else ("fuzzy", f"{pick(middle)}~1"))
    made = [(k, q if k != "fuzzy" or len(q) > 5 else f"{pick(rare)}~1") for k, q in made]
    grams: Counter[tuple[str, ...]] = Counter()
    for words in texts:
        for size in (2, 3, 4):
            grams.update(zip(*(words[i:] for i in range(size)), strict=False))
    most = sorted(grams.items(), key=lambda pair: (-pair[1], pair[0]))[:4000]
    often = [g for g, _ in most if frequent.issuperset(g)]
    by_size = [[g for g in often if len(g) == size][:60] for size in (2, 3, 4)]
    phrases = [f'"{" ".join(g)}"' for found in by_size for g in chance.sample(found, 10)]
    return made, ['"the government of the"', *phrases][:EACH]


def sample(edition: Edition, chance: random.Random) -> list[list[str]]:
    """Words of documents drawn by chance."""
    total = edition.counts().documents
    offsets = sorted(chance.sample(range(min(total, 100_000)), min(SAMPLE, total // 2)))
    ids = []
    for offset in offsets[:: max(1, len(offsets) // 400)]:
        ids += [
            h.regest.id
            for h in edition.search(
                offset=min(offset, 99_980), limit=10, sort="date", snippets=False
            ).hits
        ]
    return [w for d in edition.documents(ids=ids) if len(w := folded_words(d.text)) > 8]


def measured(run: Callable[[str], object], asked: list[str]) -> list[float]:
    """CPU milliseconds of each query."""
    times = []
    for query in asked:
        began = time.process_time_ns()
        run(query)
        times.append((time.process_time_ns() - began) / 1e6)
    return times


def at(times: list[float], share: float) -> float:
    """A percentile."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def line(name: str, times: list[float]) -> str:
    return (
        f"{name:34}{len(times):5}{statistics.median(times):9.1f}{at(times, 0.95):9.1f}"
        f"{at(times, 0.99):9.1f}"
    )


def fts5(edition: Edition, path: Path) -> sqlite3.Connection:
    """Make an FTS5 table of the same texts, or open the one that is there."""
    if path.exists():
        return sqlite3.connect(path)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    db = sqlite3.connect(new)
    db.executescript(
        "PRAGMA journal_mode = off; PRAGMA synchronous = off;"
        "CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, text, notes,"
        " tokenize = 'porter unicode61 remove_diacritics 2');"
    )

    def rows() -> Iterator[tuple[str, str, str]]:
        record = sqlite3.connect(f"file:{edition.path / 'record.sqlite'}?mode=ro", uri=True)
        for (packed,) in record.execute(
            "SELECT json_group_array(n) FROM documents GROUP BY n / 500"
        ):
            found = edition._shelf.take(json.loads(packed), texts=True)
            for regest, texts in found.values():
                assert texts is not None
                yield regest.id, "\n".join(texts.headings + texts.document), "\n".join(texts.notes)

    db.executemany("INSERT INTO t VALUES (?, ?, ?)", rows())
    db.commit()
    db.close()
    new.rename(path)
    return sqlite3.connect(path)


def ask_fts5(db: sqlite3.Connection) -> Callable[[str], object]:
    """The same question to FTS5: exact count, the 20 best, a snippet of each."""

    def run(query: str) -> object:
        count = db.execute("SELECT count(*) FROM t WHERE t MATCH ?", (query,)).fetchone()
        best = db.execute(
            "SELECT id, bm25(t), snippet(t, 1, '[', ']', '…', 40) FROM t WHERE t MATCH ?"
            " ORDER BY rank LIMIT 20",
            (query,),
        ).fetchall()
        return count, best

    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("edition", nargs="?", type=Path, help="a grown edition; else one is made")
    parser.add_argument("--documents", type=int, default=321_000, help="how many to make")
    parser.add_argument("--no-peer", action="store_true", help="leave FTS5 out")
    asked = parser.parse_args()
    if corpora() is None:
        print("no corpora: name their folder in REGESTA_CORPORA")
        print(json.dumps({"figures": []}))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.edition or Path(scratch) / "grown"
        edition = Edition.open(folder) if asked.edition else grow(asked.documents, folder)
        measure(edition, folder, peer=not asked.no_peer)


def measure(edition: Edition, folder: Path, *, peer: bool) -> None:
    """Measure one grown edition and print what came out."""
    total = edition.counts().documents
    mixed, phrases = queries(edition, random.Random(SEED))

    def run(query: str) -> object:
        return edition.search(query)

    def with_some(query: str) -> object:
        return edition.search(query, facets=SOME_FACETS)

    def with_facets(query: str) -> object:
        return edition.search(query, facets=FACETS)

    for _, query in queries(edition, random.Random(SEED + 1))[0]:
        run(query)  # Other queries of the same kinds bring the files into memory.
    print(f"{total:,} documents, ms of CPU{'':13}    n      p50      p95      p99")
    times: list[float] = []
    for kind in dict.fromkeys(kind for kind, _ in mixed):
        of_kind = [query for k, query in mixed if k == kind]
        found = measured(with_some if kind == "facetted" else run, of_kind)
        times += found
        print(line(f"  {kind}", found))
    facetted = measured(with_facets, [query for _, query in mixed])
    framed = measured(run, phrases)
    print(line("mixed", times))
    print(line("mixed, all facets", facetted))
    print(line("phrases of frequent words", framed))
    figures = [
        figure("210 mixed queries, p95", at(times, 0.95), TARGET, total),
        figure("with all facets, p95", at(facetted, 0.95), TARGET_FACETS, total),
        figure("phrases of frequent words, p95", at(framed, 0.95), TARGET_PHRASES, total),
    ]
    if peer:
        figures += against_fts5(edition, folder, mixed, run)
    print(json.dumps({"figures": figures}, ensure_ascii=False))


def against_fts5(
    edition: Edition, folder: Path, mixed: Queries, run: Callable[[str], object]
) -> list[dict[str, object]]:
    """The queries that FTS5 knows, on both."""
    known = [query for kind, query in mixed if kind != "fuzzy"]
    db = fts5(edition, folder.with_suffix(".fts5"))
    theirs, ours = measured(ask_fts5(db), known), measured(run, known)
    print(line("SQLite FTS5 (without fuzzy)", theirs))
    print(line("Regesta, the same queries", ours))
    ratio = at(theirs, 0.95) / at(ours, 0.95)
    return [
        {"what": "SQLite FTS5, p95", "reached": f"{at(theirs, 0.95):.0f} ms", "note": "same run"},
        {
            "what": "times faster than FTS5 at p95",
            "target": f"≥ {TARGET_RATIO}",
            "reached": f"{ratio:.0f}",
            "met": ratio >= TARGET_RATIO,
        },
    ]


def figure(what: str, reached: float, target: float, documents: int) -> dict[str, object]:
    return {
        "what": what,
        "target": f"≤ {target} ms",
        "reached": f"{reached:.1f} ms",
        "met": reached <= target,
        "note": f"CPU, {documents:,} documents, count, 20 results, snippets",
    }


if __name__ == "__main__":
    main()
