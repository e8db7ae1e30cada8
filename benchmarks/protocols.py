"""Clients that we did not write ask an edition of real documents all they can; a site is made.

Every verb of each protocol is asked over a real socket: the official MCP client, thunderdots (DTS),
oaipmh-scythe (OAI-PMH), iiif-prezi3 (IIIF), schemathesis (OpenAPI). An error is any answer that the
client, or its schema, does not take.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import uvicorn

from regesta.edition import Edition, build
from regesta.serving.app import create_app
from regesta.serving.server import address_of, listen
from regesta.serving.site.pagefind import has_pagefind
from regesta.serving.site.site import export_site

#: Documents of the smallest collections whose every citable unit is fetched by the DTS client; the
#: whole edition would be a hundred thousand requests.
DEEP = 300
#: The extra that has the clients.
CURE = "pip install -e '.[bench]'"


def corpora() -> Path | None:
    """Where the real corpora are, if they are."""
    beside = Path(__file__).parents[2] / "shared" / "corpora"
    found = Path(os.environ.get("REGESTA_CORPORA", beside))
    return found if found.is_dir() else None


@contextmanager
def served(edition: Edition) -> Iterator[str]:
    taken = listen("127.0.0.1", 0)
    config = uvicorn.Config(create_app(edition), log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    try:
        yield address_of(taken).rstrip("/")
    finally:
        server.should_exit = True
        thread.join(timeout=30)


def ask_mcp(edition: Edition, address: str) -> tuple[int, int]:
    """Every tool, on a sample of documents, by both ways of the protocol: calls, errors."""
    import anyio
    from mcp.client import Client

    some = list(edition.ids())[:: max(1, edition.info().documents // 25)]
    asked: list[tuple[str, dict[str, Any]]] = [
        ("about", {}),
        ("search", {"query": "ship*", "facets": None}),
        ("acts", {}),
        ("silences", {}),
        ("day", {"date": "1918-07-25"}),
        *(("index", {"name": n}) for n in ("subject", "author", "recipient", "place", "date")),
    ]
    asked[1][1].pop("facets")
    for id in some:
        document = edition.document(id)
        words = " ".join(document.text.split()[5:15]) or "nothing"
        asked += [
            ("read", {"id": id}),
            ("thread", {"id": id}),
            ("counterparts", {"id": id}),
            ("verify", {"id": id, "quotation": words}),
            ("cite", {"id": id}),
            ("find", {"citation": edition.cite(id)}),
        ]

    async def run(mode: str) -> int:
        async with Client(f"{address}/mcp", mode=mode) as client:
            tools = await client.list_tools()
            wrong = len({t.name for t in tools.tools} - {name for name, _ in asked})
            for name, given in asked:
                found = await client.call_tool(name, given)
                wrong += bool(found.is_error)
        return wrong

    wrong = anyio.run(run, "auto") + anyio.run(run, "legacy")
    return 2 * len(asked), wrong


def ask_dts(edition: Edition, address: str) -> tuple[int, int]:
    """All collections and their documents; every unit and text of the smallest collections."""
    asked, wrong = _thunderdots(address, "edition", edition.info().documents, {})
    deep = {"fetch_document": True, "fragment_mode": "navigation"}
    room = DEEP
    for one in sorted(edition.collections(), key=lambda c: c.documents):
        room -= one.documents
        if room < 0:
            break
        calls, errors = _thunderdots(address, one.collection.id, one.documents, deep)
        asked, wrong = asked + calls, wrong + errors
    return asked, wrong


def _thunderdots(
    address: str, collection: str, documents: int, asked: dict[str, Any]
) -> tuple[int, int]:
    import thunderdots

    client = thunderdots.ThunderDots(
        f"{address}/api/dts",
        collection_params={"collection_id": collection},
        resource_params=asked or {"fetch_document": False},
        verbose=False,
        concurrency=4,
        retries=0,
        timeout=600.0,
        request_timeout=120.0,
        use_cache=False,
    )
    client.fetch()
    stats, found = client.stats(), client.results()["resource_results"]
    client.close()
    missing = documents - len({one["id"] for one in found})
    return int(stats["requests_total"]), int(stats["http_errors"]) + missing


def _any(found: Any) -> Any:
    return found


def ask_oai(edition: Edition, address: str) -> tuple[int, int]:
    """Every verb; all records in both formats."""
    from oaipmh_scythe import Scythe

    total, wrong, asked = edition.info().documents, 0, 3
    with Scythe(f"{address}/oai") as client:
        client.identify()
        # Untyped: each list may as well be one of bare answers.
        formats: list[Any] = [f.metadataPrefix for f in _any(client.list_metadata_formats())]
        sets: list[Any] = [s.setSpec for s in _any(client.list_sets())]
        headers = list(_any(client.list_identifiers(metadata_prefix="oai_dc")))
        wrong += len({h.identifier for h in headers}) != total
        for prefix in formats:
            wrong += len(list(client.list_records(metadata_prefix=prefix))) != total
        for one in sets:
            asked += 1
            wrong += not list(client.list_identifiers(metadata_prefix="oai_dc", set_=one))
        for header in headers[:: max(1, total // 25)]:
            asked += 1
            record: Any = client.get_record(identifier=header.identifier)
            wrong += not record.metadata
    return asked + 1 + len(formats), wrong


def ask_iiif(_: Edition, address: str) -> tuple[int, int]:
    """The collections, and every manifest."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import iiif_prezi3

    asked = wrong = 0

    def follow(url: str, kind: str) -> dict[str, Any]:
        nonlocal asked, wrong
        asked += 1
        with urllib.request.urlopen(url, timeout=120) as answer:
            found: dict[str, Any] = json.load(answer)
        try:
            getattr(iiif_prezi3, kind).model_validate(found)
        except ValueError:
            wrong += 1
        return found

    for part in follow(f"{address}/iiif/collection.json", "Collection")["items"]:
        for item in follow(part["id"], "Collection")["items"]:
            follow(item["id"], "Manifest")
    return asked, wrong


def ask_openapi() -> tuple[int, int]:
    """The test that sends generated requests, good and bad, to every endpoint.

    Raises:
        ImportError: schemathesis is not installed.
    """
    if find_spec("schemathesis") is None:
        raise ImportError("No module named 'schemathesis'")
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/test_api_schema.py"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    passed = done.stdout.count(".")
    failed = len(re.findall(r"^FAILED", done.stdout, re.MULTILINE))
    if done.returncode and not failed:
        failed = 1
    return passed + failed, failed


def figure(what: str, target: str, reached: str, met: bool, note: str = "") -> dict[str, Any]:
    print(f"{what}: {reached} (target {target}){'' if met else '  MISSED'}  {note}", flush=True)
    return {"what": what, "target": target, "reached": reached, "met": met, "note": note}


CLIENTS: tuple[tuple[str, Callable[[Edition, str], tuple[int, int]]], ...] = (
    ("MCP, the official client", ask_mcp),
    ("DTS 1.0, thunderdots", ask_dts),
    ("OAI-PMH 2.0, oaipmh-scythe", ask_oai),
    ("IIIF Presentation 3, iiif-prezi3", ask_iiif),
    ("OpenAPI, schemathesis", lambda edition, address: ask_openapi()),
)


def clients(edition: Edition) -> Iterator[dict[str, Any]]:
    """What each client says; one that is not installed is left out, with the cure."""
    total = edition.info().documents
    with served(edition) as address:
        for name, ask in CLIENTS:
            started = time.perf_counter()
            try:
                calls, wrong = ask(edition, address)
            except ImportError as error:
                print(f"{name}: {error}; {CURE}", flush=True)
                continue
            took = time.perf_counter() - started
            note = f"{calls:,} requests on {total:,} documents, {took:.0f} s"
            if name.startswith("OpenAPI"):
                note = f"{calls} operations, 40 requests each, {took:.0f} s"
            yield figure(name, "0 errors", f"{wrong} errors", not wrong, note)


def site(edition: Edition, folder: Path) -> list[dict[str, Any]]:
    """A site of files, with its own search and with Pagefind: dead links, documents a second."""
    figures = []
    # Both stand till the end: files are made slowly where many were removed just before.
    for search in ("own", "pagefind") if has_pagefind(None) else ("own",):
        report = export_site(edition, folder / search, with_pagefind=search == "pagefind")
        rate, dead = report.documents / report.seconds, len(report.dead_links)
        for link in report.dead_links[:10]:
            print(f"dead: {link}")
        for reason in report.without[:10]:
            print(f"not made: {reason}")
        kind = "a site with Pagefind" if search == "pagefind" else "a site with its own search"
        figures += [
            figure(f"dead links of {kind}", "0", str(dead), not dead, f"of {report.links:,} links"),
            figure(
                f"documents a second into {kind}, on the clock", "≥ 100", f"{rate:.0f}",
                rate >= 100,
                f"{report.pages:,} pages and {report.files:,} files of {report.documents:,} "
                f"documents in {report.seconds:.1f} s; {report.processor_seconds:.1f} s of "
                "processor, Pagefind's own left out; links, acts and names were found before, as "
                "a build does",
            ),
        ]  # fmt: skip
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", type=Path, help="a built edition; else one is built")
    parser.add_argument("--only", choices=["clients", "site"], help="one half of it")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = asked.edition
        if place is None:
            folder = corpora()
            if folder is None:
                print("no corpora; set REGESTA_CORPORA")
                print(json.dumps({"figures": []}))
                return
            place = Path(scratch) / "e.regesta"
            build([folder], place)
        edition = Edition.open(place)
        edition.links.find()
        edition.acts.find()
        edition.names.find()
        figures: list[dict[str, Any]] = []
        if asked.only != "site":
            figures += clients(edition)
        if asked.only != "clients":
            figures += site(edition, Path(scratch) / "site")
        edition.close()
    print(json.dumps({"figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
