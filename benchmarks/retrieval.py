"""Finding a known document: an editor's one-line summary in, the rank of its document out.

The summaries stand in the volumes' lists of papers, which are sections and no documents, so that
they cannot be found by themselves. Weights were developed on the half of the summaries whose
digest is even; the other half was not looked at.
"""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from grow import corpora

from regesta.edition import Edition
from regesta.edition.building import builder

BEST = 10
TARGET_MRR, TARGET_RECALL = 0.82, 0.94


def is_looked_at(pair: dict[str, Any]) -> bool:
    """Whether a summary belongs to the half on which the weights were developed."""
    digest = hashlib.sha1((pair["document"] + pair["summary"]).encode()).digest()
    return digest[0] % 2 == 0


def ranks(edition: Edition, pairs: list[dict[str, Any]]) -> list[int]:
    """Rank of each summary's document among the best ten, from 1; 0 where it is not there."""
    found = []
    for pair in pairs:
        result = edition.search(pair["summary"], match="any", limit=BEST, snippets=False)
        ids = [hit.regest.id for hit in result.hits]
        found.append(ids.index(pair["document"]) + 1 if pair["document"] in ids else 0)
    return found


def main() -> None:
    source = corpora()
    gold = source.parent / "gold" / "frus_summaries.jsonl" if source else None
    if source is None or gold is None or not gold.is_file():
        print("no corpora or gold: name the corpora's folder in REGESTA_CORPORA")
        print(json.dumps({"figures": []}))
        return
    pairs = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    figures = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "edition"
        builder.build(source, folder)
        edition = Edition.open(folder)
        for name, half in (("looked at", True), ("not looked at", False)):
            found = ranks(edition, [pair for pair in pairs if is_looked_at(pair) is half])
            mrr = sum(1 / rank for rank in found if rank) / len(found)
            recall = sum(1 for rank in found if rank) / len(found)
            print(f"{name:14} {len(found):5} summaries  MRR@10 {mrr:.3f}  recall@10 {recall:.3f}")
            for what, reached, target in (
                ("MRR@10", mrr, TARGET_MRR),
                ("recall@10", recall, TARGET_RECALL),
            ):
                figures.append(
                    {
                        "what": f"{what}, half {name}",
                        "target": f"≥ {target:.2f}",
                        "reached": f"{reached:.3f}",
                        "met": reached >= target,
                        "note": "plain BM25: .767 / .905" if half else "",
                    }
                )
    print(json.dumps({"figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
