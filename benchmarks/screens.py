"""Pictures of real pages for the docs: an edition in, PNG files at 1280 and 390 pixels out."""

import argparse
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from regesta.edition import Edition
from regesta.serving.app import create_app

WIDTHS = (1280, 390)


@contextmanager
def served(edition: Edition) -> Iterator[str]:
    """Serve an edition on a free port of this machine; gives its address."""
    config = uvicorn.Config(create_app(edition), host="127.0.0.1", port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def pages(edition: Edition, document: str, query: str, day: str) -> dict[str, str]:
    """What to show, by file name."""
    from regesta.serving.pages.links import (
        collection_url,
        day_url,
        document_url,
        index_url,
        search_url,
    )

    author = next((s for s in edition.steps(document) if s.way == "author"), None)
    shown = {
        "home": "/",
        "search": search_url(q=query, sort="date"),
        "search-empty": search_url(q=f"{query} zzyzx"),
        "document": document_url(document),
        "day": day_url(day),
        "year": index_url("date", day[:4]),
        "subjects": index_url("subject"),
        "collection": collection_url(edition.collection_of(document).id),
        "about": "/about",
    }
    if author:
        shown["author"] = index_url("author", author.id)
    return shown


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition")
    parser.add_argument("--to", default="docs/screens", help="folder for the pictures")
    parser.add_argument("--document", help="id of the document to show; else the first of its day")
    parser.add_argument("--query", default="currency")
    parser.add_argument("--day", default="1918-07-25")
    parser.add_argument("--tall", type=int, default=1600, help="cut pictures at so many pixels")
    asked = parser.parse_args()
    from playwright.sync_api import sync_playwright

    folder = Path(asked.to)
    folder.mkdir(parents=True, exist_ok=True)
    edition = Edition.open(asked.edition)
    document = asked.document or edition.on(asked.day).sides[0][1][0].id
    with served(edition) as address, sync_playwright() as player:
        chromium = shutil.which("chromium")
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                page = browser.new_page(
                    viewport={"width": width, "height": 900},
                    color_scheme=scheme,
                )
                shown = pages(edition, document, asked.query, asked.day)
                for name, path in shown.items():
                    if scheme == "dark" and name not in ("home", "document"):
                        continue
                    page.goto(address + path)
                    page.evaluate("document.fonts.ready")
                    tall = page.evaluate("document.documentElement.scrollHeight")
                    box = {"x": 0, "y": 0, "width": width, "height": min(tall, asked.tall)}
                    file = f"{name}-{width}{'-dark' if scheme == 'dark' else ''}.png"
                    page.screenshot(path=folder / file, full_page=True, clip=box)  # type: ignore[arg-type]
                page.close()
        browser.close()
    edition.close()


if __name__ == "__main__":
    main()
