"""A site of files in a real browser: from disk and from a web host, its search in both."""

import http.server
import importlib.util
import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from regesta.edition import Edition
from regesta.serving.site.site import export_site

sync_api = pytest.importorskip("playwright.sync_api", reason="needs the extra [browser]")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
]
HAS_PAGEFIND = importlib.util.find_spec("pagefind_bin") is not None


@pytest.fixture(scope="module")
def site(demo_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled edition as files, with Pagefind where it is installed."""
    target = tmp_path_factory.mktemp("site") / "public"
    edition = Edition.open(demo_path)
    export_site(edition, target)
    edition.close()
    return target


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    """The same folder on a web host that knows nothing of Regesta."""
    handler = partial(Silent, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=20)


class Silent(http.server.SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium."""
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page whose complaints are collected in ``page.complaints``."""
    page = browser.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
    page.on("requestfailed", lambda asked: page.complaints.extend(failed(asked)))
    yield page
    page.close()


def failed(asked: Any) -> list[str]:
    """The address of a request that failed; of one that a reader left behind, none."""
    return [] if asked.failure == "net::ERR_ABORTED" else [asked.url]


def found(page: Any) -> list[str]:
    """What a search lists, once it has come to an end."""
    said = page.locator("#site-said")
    sync_api.expect(said).to_have_text(re.compile(r"^[\d,]+ documents?, |^No document"))
    if not said.inner_text().startswith("No"):
        page.locator("#site-found li a").first.wait_for()
    return [str(words) for words in page.locator("#site-found li a").all_inner_texts()]


@pytest.mark.parametrize(
    "name", ["index", "subjects", "acts", "on/1918-07-25", "threads", "about", "search"]
)
def test_pages_open_from_disk(site: Path, page: Any, name: str) -> None:
    """A page that is opened as a file shows itself with its style, and complains of nothing."""
    page.goto((site / f"{name}.html").as_uri())
    assert page.locator("h1").first.inner_text()
    assert page.evaluate("getComputedStyle(document.body).fontFamily").find("Regesta") >= 0
    assert page.complaints == []


def test_the_way_from_the_first_page_to_a_document(site: Path, page: Any) -> None:
    """From the first page by the index of authors to a document, all by links, all from disk."""
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Authors").first.click()
    page.locator("main a[href*='authors/']").first.click()
    page.locator("main a[href*='documents/']").first.click()
    assert "/documents/" in page.url
    assert page.locator("main").inner_text()
    assert page.complaints == []


def test_the_search_works_from_disk(site: Path, page: Any, demo: Edition) -> None:
    """From disk words and filters find what the edition finds, and a result leads to its document.

    Where Pagefind was made, the reader is told what a web host would add.
    """
    page.goto((site / "search.html").as_uri())
    page.fill("#q", "departure")
    page.keyboard.press("Enter")
    names = found(page)
    assert len(names) == 25 or len(names) == demo.search("=departure").total
    said = page.locator("#site-said").inner_text()
    assert ("need a web host" in said) == HAS_PAGEFIND
    page.locator("#site-found li a").first.click()
    assert "departure" in page.locator("main").inner_text().lower()
    for word in ("zeppelin", "constructor"):  # the second is a name that every object has
        page.goto((site / "search.html").as_uri() + f"?q={word}")
        assert found(page) == []
    author = demo.index("author")[0]
    page.goto((site / "search.html").as_uri() + f"?author={author.id}")
    assert len(found(page)) == author.count
    assert page.complaints == []


def test_a_search_without_its_index_says_so(site: Path, tmp_path: Path, page: Any) -> None:
    """A page that was copied without the folder of its index says what is missing."""
    for name in ("search.html", "static"):
        source = site / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    page.goto((tmp_path / "search.html").as_uri() + "?q=departure")
    sync_api.expect(page.locator("#site-said")).to_contain_text("cannot be loaded")


@pytest.mark.skipif(not HAS_PAGEFIND, reason="needs the extra [site]: Pagefind")
def test_pagefind_searches_on_a_web_host(host: str, page: Any) -> None:
    """On a web host Pagefind finds, ranks and shows passages; a result leads to its document."""
    page.goto(f"{host}/search.html?q=departure")
    assert found(page)
    assert page.locator("#site-found mark").count()
    assert "likeliest" in page.locator("#site-said").inner_text()
    page.locator("#site-found li a").first.click()
    assert "/documents/" in page.url
    assert "departure" in page.locator("main").inner_text().lower()
    assert page.complaints == []


def test_a_page_without_scripts(site: Path, browser: Any) -> None:
    """Without JavaScript the pages stand, and the search says which indexes do without it."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "search.html").as_uri())
    assert "needs JavaScript" in page.locator("noscript").inner_text()
    page.goto((site / "index.html").as_uri())
    assert page.locator("main a").count() > 5
    context.close()
