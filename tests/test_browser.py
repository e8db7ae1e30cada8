"""The pages in a real browser: no accessibility violation, no overflow, no need of a script."""

import shutil
import threading
import time
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
import uvicorn
from fake_edition import FakeEdition
from starlette.applications import Starlette

from regesta.serving.app import create_app

sync_api = pytest.importorskip("playwright.sync_api", reason="needs the extra [browser]")
axe_core = pytest.importorskip("axe_core_python", reason="needs the extra [browser]")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
]
PAGES = [
    "/",
    "/search",
    "/search?q=harbour&author=Berg&from=1912&to=1912",
    "/search?q=zebra+harbour",
    '/search?q="harbour',
    "/documents/white/d1",
    "/documents/white/d2",
    "/documents/grey/x-1.2",
    "/subjects",
    "/authors",
    "/authors/Berg",
    "/recipients",
    "/places",
    "/dates",
    "/dates/1912",
    "/dates/1912-06",
    "/on/1912-06-03",
    "/on/1912-06-01",
    "/collections/white",
    "/collections/white/sections/pr",
    "/acts",
    "/acts?between=Norland&between=United+States",
    "/acts?actor=Nobody",
    "/compare/white/d1/white/d2",
    "/compare/white/d1/grey/x-1.2",
    "/network",
    "/network?between=powers",
    "/map",
    "/api",
    "/conversation?one=Berg&other=Lind",
    "/audit",
    "/audit?kind=date.year",
    "/about",
    "/nowhere",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The made-up edition, served as a user's would be, security headers included."""
    app: Starlette = create_app(FakeEdition())
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium."""
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core."""
    return resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(address: str, browser: Any, axe: str, width: int, scheme: str) -> None:
    """No page has an accessibility violation or is wider than the window; dark ones are checked
    for what differs, their contrast.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = []
    for path in PAGES:
        page.goto(address + path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found.append((path, "overflow", wide))
        page.evaluate(axe)
        rules = {"type": "tag", "values": TAGS} if scheme == "light" else ["color-contrast"]
        result = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
        for violation in result["violations"]:
            found.append((path, violation["id"], violation["nodes"][0]["html"][:200]))
    context.close()
    assert not found


def test_nothing_is_refused_or_asked_elsewhere(address: str, browser: Any) -> None:
    """Under the served security headers every page loads whole, from this machine alone."""
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES[:-1]:
        page.goto(address + path)
    page.close()
    elsewhere = [url for url in asked if not url.startswith((address, "data:"))]
    assert not elsewhere
    assert not [line for line in said if "400 (Bad Request)" not in line]


def test_works_without_script(address: str, browser: Any) -> None:
    """Without JavaScript one can search, narrow, read and go on to the next document."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    page.fill("#q", "harbour")
    page.press("#q", "Enter")
    assert page.inner_text(".tally") == "2 documents"
    page.click(".facet a >> nth=0")
    assert page.inner_text(".tally") == "1 document"
    page.click(".hits a.doc")
    assert page.inner_text("h1") == "3 June 1912"
    page.click(".ways a[rel=next]")
    assert page.inner_text("h1") == "4 June 1912"
    page.click(".facts summary >> nth=0")
    assert page.is_visible(".facts .why >> nth=0")
    context.close()


def test_keyboard(address: str, browser: Any) -> None:
    """The first tab stop leads past the head; j and k turn the pages; ? lists the keys."""
    page = browser.new_page()
    page.goto(f"{address}/documents/white/d1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("j")
    page.wait_for_url("**/white/d2")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/white/d1")
    page.keyboard.press("?")
    assert page.is_visible("dialog.keys")
    page.keyboard.press("Escape")
    assert not page.is_visible("dialog.keys")
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    page.keyboard.press("/")
    page.keyboard.type("j")
    assert page.input_value("#q") == "j"
    page.close()


def test_focus_can_be_seen(address: str, browser: Any) -> None:
    """Whatever has the keyboard's focus is outlined."""
    page = browser.new_page()
    page.goto(f"{address}/documents/white/d1")
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            "return [s.outlineStyle, parseFloat(s.outlineWidth)] })()"
        )
        assert style[0] == "solid"
        assert style[1] >= 2
    page.close()


def test_copy_yields_the_words_only(address: str, browser: Any) -> None:
    """Selecting the text copies the document's words, without notes, marks and page numbers."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/documents/white/d1")
    text = page.evaluate(
        "(() => { const s = getSelection(); s.selectAllChildren(document.querySelector('#p1'));"
        "return s.toString() })()"
    )
    assert " ".join(text.split()) == (
        "41. The harbour was closed at noon. I asked Mr. Berg whether vessels might leave."
    )
    page.close()


def test_notes_stand_once(address: str, browser: Any) -> None:
    """A note stands in the margin on wide screens and after the text on narrow ones, never both."""
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(f"{address}/documents/white/d1")
        in_margin = page.is_visible(".side >> nth=0")
        assert in_margin == (width == 1280)
        assert page.is_visible("#n1") != in_margin
        page.close()


def test_dragging_chooses_a_range(address: str, browser: Any) -> None:
    """Dragging over the bars of the plate asks for that range of dates."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/search?q=harbour")
    box = page.locator("svg.chart-l").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, y, steps=5)
    page.mouse.move(box["x"] + box["width"] - 2, y, steps=5)
    page.mouse.up()
    page.wait_for_url("**from=1912-06**")
    assert "to=1912-06" in page.url
    assert "q=harbour" in page.url
    page.close()


def test_paper(address: str, browser: Any) -> None:
    """On paper there is the document, its notes and its citation, and nothing to click."""
    page = browser.new_page()
    page.goto(f"{address}/documents/white/d1")
    page.emulate_media(media="print")
    for hidden in (".runhead", ".rail", ".ways", ".foot", ".crumbs", ".side >> nth=0"):
        assert not page.is_visible(hidden)
    for shown in ("h1", "#p1", "#n1", ".cite p >> nth=0"):
        assert page.is_visible(shown)
    page.close()
