"""Server time and size of every kind of page, in one process, without the network.

In comes an edition (built of the corpora where none is given, or any other, such as one grown to
the size of all FRUS); out go, for each kind of page, the median and the 95th percentile of the
processor time from request to last byte (compressing included), the wall time, and what is largest.
"""

import argparse
import asyncio
import gzip
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from regesta.edition import Edition
from regesta.serving.app import create_app

ROUNDS = 40
TARGET_MS, TARGET_KB = 25, 200
SEED = 1918
#: Frequent and rarer words of diplomatic papers, each asked once: no answer is kept from before.
WORDS = [
    "treaty", "consul", "railway", "war", "peace", "note", "minister", "ship", "claims",
    "government", "embassy", "loan", "commission", "trade", "telegram", "vessel", "president",
    "neutral", "blockade", "harbour", "bank", "citizens", "police", "mission", "frontier",
    "troops", "protest", "passport", "tariff", "protocol", "negotiations", "arbitration",
    "export", "revolution", "steamer", "currency", "indemnity", "cotton", "fisheries",
    "quarantine",
]  # fmt: skip


def corpora() -> Path | None:
    """Where the real documents are."""
    named = os.environ.get("REGESTA_CORPORA")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "corpora"
    return folder if folder.is_dir() else None


def addresses(edition: Edition, chance: random.Random) -> dict[str, list[str]]:
    """Addresses to ask for, by kind of page, drawn by chance from what the edition has."""
    from regesta.serving.pages.links import collection_url, day_url, document_url, index_url

    days = [e.id for e in edition.index("date", level="day", documents=False) if len(e.id) == 10]
    days = chance.sample(days, min(len(days), ROUNDS))
    years = [f"{y:04d}" for y in edition.counts().years]
    some = [r.id for day in days for _, side in edition.on(day).sides for r in side[:2]]
    chance.shuffle(some)
    words = WORDS
    collections = [c.collection.id for c in edition.collections()]
    found = {
        "home": ["/"] * ROUNDS,
        "document": [document_url(id) for id in some[:ROUNDS]],
        "search, one word": [f"/search?q={w}" for w in words],
        "search, two words": [f"/search?q={a}+{b}" for a, b in zip(words[7:], words, strict=False)],
        "search, everything": ["/search", "/search?sort=date&offset=2000"] * 10,
        "search, paged": [f"/search?q={w}&offset=20" for w in words],
        "search, filtered": [f"/search?q={w}&from=1860&to=1919&undated=1" for w in words],
        "day": [day_url(day) for day in days],
        "dates": ["/dates"] * 10,
        "year": [index_url("date", y) for y in years][:ROUNDS],
        "month": [index_url("date", day[:7]) for day in days],
        "collection": [collection_url(id) for id in collections][:ROUNDS],
        "about": ["/about"] * 10,
    }
    for name in ("subject", "author", "recipient", "place"):
        entries = edition.index(name, limit=2000, documents=False)
        full = sorted(entries, key=lambda e: -e.count)[:10]
        drawn = full + chance.sample(entries, min(len(entries), ROUNDS - 10))
        found[f"index of {name}s"] = [f"{index_url(name)}?offset={i * 240}" for i in range(20)]
        found[f"{name}"] = [index_url(name, e.id) for e in drawn]
    return {kind: urls for kind, urls in found.items() if urls}


async def ask(app: Any, url: str) -> tuple[int, bytes]:
    """One request straight to the application: status and body as sent."""
    path, _, query = url.partition("?")
    from urllib.parse import unquote

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(),
        "root_path": "", "scheme": "http", "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1), "headers": [(b"accept-encoding", b"gzip")],
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    body = b"".join(m.get("body", b"") for m in sent)
    return int(sent[0]["status"]), body


def percentile(values: list[float], share: float) -> float:
    """The value below which a share of the values lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


async def measure(edition: Edition) -> Iterator[dict[str, Any]]:
    """Ask for every page once to warm up and once on the clock."""
    app = create_app(edition)
    rows = []
    for kind, urls in addresses(edition, random.Random(SEED)).items():
        await ask(app, urls[0])
        times, walls, sizes, bad = [], [], [], 0
        for url in urls:
            started, wall = time.process_time(), time.perf_counter()
            status, body = await ask(app, url)
            times.append((time.process_time() - started) * 1000)
            walls.append((time.perf_counter() - wall) * 1000)
            sizes.append(len(body))
            bad += status != 200
        rows.append(
            {
                "kind": kind,
                "asked": len(urls),
                "bad": bad,
                "p50": statistics.median(times),
                "p95": percentile(times, 0.95),
                "most": max(times),
                "kb": max(sizes) / 1000,
                "slowest": urls[times.index(max(times))],
                "times": times,
                "walls": walls,
            }
        )
        r = rows[-1]
        print(
            f"{kind:22} {len(urls):4} asked {bad or '':>3}  p50 {r['p50']:6.1f} ms  "
            f"p95 {r['p95']:6.1f} ms  most {r['most']:6.1f} ms  wall p50 "
            f"{statistics.median(walls):6.1f}  largest {r['kb']:6.1f} KB  "
            f"{r['slowest']}",
            file=sys.stderr,
        )
    return iter(rows)


def keep_still(edition: Edition) -> None:
    """Where links or acts were never found, leave them out: finding them is no page's own time."""
    for name in ("links", "acts"):
        if not (edition.path / f"{name}.sqlite").exists():
            print(f"{name} are not there and left out of the pages", file=sys.stderr)
            setattr(edition, f"{name}_progress", lambda wait=0.0: (0, 1))
    if not edition.names.ready:
        print("names were not found at a build and are looked for on each page", file=sys.stderr)


def fixed_size() -> float:
    """What every first visit loads besides its page: sheet, script and roman type, in KB."""
    from regesta.serving.pages.frame import static_files

    files = static_files()
    text = sum(len(gzip.compress(files[n], 5)) for n in ("regesta.css", "regesta.js"))
    return (text + len(files["fonts/regesta-serif-roman.woff2"])) / 1000


def main() -> None:
    """Measure an edition and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", nargs="?", help="an edition; else one is built of the corpora")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.edition
        if path is None:
            sources = corpora()
            if sources is None:
                print("no corpora: set REGESTA_CORPORA")
                print(json.dumps({"figures": []}))
                return
            from regesta.edition import build

            path = str(Path(folder) / "pages.regesta")
            build([sources], path)
        edition = Edition.open(path)
        keep_still(edition)
        rows = list(asyncio.run(measure(edition)))
        documents = edition.counts().documents
        edition.close()
    times = [t for row in rows for t in row["times"]]
    worst = max(rows, key=lambda r: r["p95"])
    largest = max(rows, key=lambda r: r["kb"])
    walls = [t for row in rows for t in row["walls"]]
    p95, kb = percentile(times, 0.95), float(str(largest["kb"]))
    figures = [
        {
            "what": f"pages, server CPU time p95 over all kinds, {documents:,} documents",
            "target": f"≤ {TARGET_MS} ms",
            "reached": f"{p95:.1f} ms (p50 {statistics.median(times):.1f})",
            "met": p95 <= TARGET_MS,
            "note": f"wall p50 {statistics.median(walls):.1f}, "
            f"p95 {percentile(walls, 0.95):.1f} ms; "
            f"slowest kind: {worst['kind']}, p95 {worst['p95']:.1f} ms",
        },
        {
            "what": "largest page, gzipped",
            "target": f"≤ {TARGET_KB} KB",
            "reached": f"{kb:.0f} KB",
            "met": kb <= TARGET_KB,
            "note": f"{largest['kind']}; sheet, script and type once: {fixed_size():.0f} KB",
        },
    ]
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
